//! `cargo xtask tidy`: what the compiler does not check about the shape of this workspace.
//!
//! Each check is a function from [`Sources`] to findings, so that its tests run on sources of their own. The tables of
//! what is allowed stand at the head of each file; an exception carries its reason.

mod edges;
mod length;
mod modules;
mod places;
mod proofs;
mod rust;
mod source;
mod twins;
mod unsafe_code;

use std::path::Path;
use std::process::ExitCode;

use source::{Finding, Sources};

type Check = fn(&Sources) -> Vec<Finding>;

/// The checks, by the name that a finding shows.
const CHECKS: [(&str, Check); 7] = [
    ("edges", edges::check),
    ("length", length::check),
    ("modules", modules::check),
    ("places", places::check),
    ("proofs", proofs::check),
    ("twins", twins::check),
    ("unsafe", unsafe_code::check),
];

/// Checks the workspace and prints what is wrong with it.
pub(crate) fn run() -> ExitCode {
    match findings(Path::new(WORKSPACE)) {
        Err(error) => {
            eprintln!("error: cannot read the workspace: {error}");
            ExitCode::from(101)
        }
        Ok(findings) if findings.is_empty() => {
            println!("tidy: {} checks, nothing found", CHECKS.len());
            ExitCode::SUCCESS
        }
        Ok(findings) => {
            findings.iter().for_each(|finding| println!("{finding}"));
            println!("tidy: {} found", findings.len());
            ExitCode::from(100)
        }
    }
}

const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

fn findings(root: &Path) -> std::io::Result<Vec<String>> {
    let sources = Sources::read(root)?;
    let named = |(name, check): &(&str, Check)| {
        check(&sources).into_iter().map(|finding| format!("{finding} [{name}]")).collect::<Vec<_>>()
    };
    Ok(CHECKS.iter().flat_map(named).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_workspace_is_tidy() {
        let findings = findings(Path::new(WORKSPACE)).unwrap();
        assert!(findings.is_empty(), "\n{}", findings.join("\n"));
    }
}
