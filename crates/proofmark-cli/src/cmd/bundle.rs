//! `proofmark bundle`: a run as one file, to be sent and read elsewhere.

use std::fs::File;
use std::io::{BufReader, Read as _, Seek as _};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use proofmark_artifacts::{Digest, Redaction, pack, pack_redacted};

use crate::args::Runs;
use crate::failure::{Failure, Result, Verdict};
use crate::reference::bundle;
use crate::render::quantity;
use crate::render::text::{escape, plural};
use crate::screen::Screen;

/// Packs a run into one file, or unpacks one
///
/// The file is a ZIP archive of the bundle's files as they are: any program opens it, and the same run gives the same
/// bytes. With --redact, paths and secrets are taken out; digests and fingerprints are then those of what is left, and the
/// manifest's notes say so.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  proofmark bundle latest -o incident.zip --redact paths,secrets
  proofmark bundle --unpack incident.zip --runs incidents")]
pub(crate) struct Args {
    /// The run: `latest`, `latest~N`, the start of an id, or the directory of a bundle
    #[arg(value_name = "RUN", default_value = "latest")]
    run: String,
    /// The file to write
    #[arg(short, long, value_name = "FILE.zip", required_unless_present = "unpack")]
    output: Option<PathBuf>,
    /// Take these out
    #[arg(long, value_enum, value_name = "WHAT", value_delimiter = ',', conflicts_with = "unpack")]
    redact: Vec<Redact>,
    /// Overwrite the file
    #[arg(long, conflicts_with = "unpack")]
    force: bool,
    /// Put the run in this file into the runs
    #[arg(long, value_name = "FILE.zip", conflicts_with_all = ["output", "run"])]
    unpack: Option<PathBuf>,
    #[command(flatten)]
    runs: Runs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Redact {
    /// Paths and URLs
    Paths,
    /// Values whose names say that they are secrets, users and passwords of URLs
    Secrets,
}

impl Args {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Verdict> {
        match (&self.unpack, &self.output) {
            (Some(archive), _) => self.unpack(archive, screen)?,
            (None, Some(output)) => self.pack(output, screen)?,
            (None, None) => return Err(Failure::usage("nothing says what to write: -o FILE.zip")),
        }
        Ok(Verdict::Clean)
    }

    fn pack(&self, output: &Path, screen: &mut Screen) -> Result<()> {
        let bundle = bundle(&self.runs.open()?, &self.run)?;
        let failed = |error: &std::io::Error| Failure::io("write", output, error);
        let dir = output.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut file = tempfile::NamedTempFile::new_in(dir).map_err(|error| failed(&error))?;
        let index = if self.redact.is_empty() {
            pack(&bundle, &mut file)?;
            bundle.index().clone()
        } else {
            pack_redacted(&bundle, self.redaction(), &mut file)?
        };
        let mut bytes = Vec::new();
        file.rewind().and_then(|()| file.read_to_end(&mut bytes)).map_err(|error| failed(&error))?;
        file.as_file().sync_all().map_err(|error| failed(&error))?;
        let put = if self.force { file.persist(output) } else { file.persist_noclobber(output) };
        put.map_err(|error| match error.error.kind() {
            std::io::ErrorKind::AlreadyExists => {
                Failure::incomplete(format!("`{}` exists already", escape(&output.to_string_lossy())))
                    .with_help("--force overwrites it")
            }
            _ => failed(&error.error),
        })?;
        let (count, unpacked) = (index.artifacts.len(), quantity::bytes(index.bytes()));
        screen.print(&format!(
            "wrote {}: {}, {} of {unpacked}\nsha256 {}\n",
            escape(&output.to_string_lossy()),
            plural(count, "artifact", "artifacts"),
            quantity::bytes(bytes.len() as u64),
            Digest::of(&bytes),
        ))
    }

    fn redaction(&self) -> Redaction {
        Redaction {
            paths: self.redact.contains(&Redact::Paths),
            secrets: self.redact.contains(&Redact::Secrets),
        }
    }

    fn unpack(&self, archive: &Path, screen: &mut Screen) -> Result<()> {
        let file = File::open(archive).map_err(|error| Failure::io("read", archive, &error))?;
        let name = archive.to_string_lossy();
        let unpacked = self.runs.open()?.unpack(BufReader::new(file));
        let (id, place) =
            unpacked.map_err(|failure| failure.with_note(format!("while unpacking `{}`", escape(&name))))?;
        screen.print(&format!("unpacked run {} into {}\n", id.short(), escape(&place)))
    }
}
