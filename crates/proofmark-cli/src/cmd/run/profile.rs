//! The settings of a run by name: built in, or of a file of the user's own.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use proofmark_artifacts::options::{Layers, OptionsError};
use proofmark_artifacts::profile::{Profiles, RuntimeProfile};
use proofmark_datafusion::{PROFILE_DEFAULT, setting_names};

use crate::failure::{Failure, Result};
use crate::render::text::escape_lines;

/// Where profiles of one's own are looked for.
const FILE: &str = "proofmark.toml";

/// Variables that change single values, as `PROOFMARK_PROFILE_SCAN__BATCH_SIZE=1024`.
const VARIABLES: &str = "PROOFMARK_PROFILE_";

/// Which settings a run has.
#[derive(clap::Args)]
pub(crate) struct Chosen {
    /// The settings by name: dev_debug, prod_fast, memory_tight, or one of --profiles
    #[arg(long = "profile", value_name = "NAME", default_value = PROFILE_DEFAULT)]
    name: String,
    /// The file with profiles of your own [default: proofmark.toml, where there is one]
    #[arg(long = "profiles", value_name = "FILE.toml", env = "PROOFMARK_PROFILES", hide_env = true)]
    file: Option<PathBuf>,
}

impl Chosen {
    /// The profile, with what variables say on top.
    pub(crate) fn resolve(&self) -> Result<Arc<RuntimeProfile>> {
        self.profile().map(Arc::new).map_err(|error| Failure::usage(escape_lines(&error.to_string())))
    }

    fn profile(&self) -> Result<RuntimeProfile, OptionsError> {
        let mut profiles = Profiles::built_in();
        match &self.file {
            Some(file) => profiles.toml_file(file)?,
            None if Path::new(FILE).exists() => profiles.toml_file(FILE)?,
            None => {}
        }
        let mut over = Layers::new();
        over.variables(VARIABLES, std::env::vars_os())?;
        let found = profiles.resolve_with(&self.name, &over)?;
        let known = setting_names();
        found.check_settings(&known.iter().map(String::as_str).collect::<Vec<_>>())?;
        Ok(found.profile)
    }
}
