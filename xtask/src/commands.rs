//! `cargo xtask commands`: runs what the documents tell their readers to run.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// A block of commands in a document.
#[derive(Debug, PartialEq, Eq)]
struct Block {
    /// The line of its fence, from 1.
    line: usize,
    script: String,
}

/// Runs each `sh` block of the README and of the examples' READMEs, in order, from the root of the workspace.
pub(crate) fn run() -> ExitCode {
    match run_all(Path::new(WORKSPACE)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: cannot read the documents: {error}");
            ExitCode::from(101)
        }
    }
}

fn run_all(root: &Path) -> io::Result<bool> {
    for document in documents(root)? {
        for block in blocks(&fs::read_to_string(&document)?) {
            let place =
                format!("{}:{}", document.strip_prefix(root).unwrap_or(&document).display(), block.line);
            if !run_block(root, &place, &block.script)? {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

fn run_block(root: &Path, place: &str, script: &str) -> io::Result<bool> {
    println!("-- {place}\n{script}");
    let begin = Instant::now();
    let mut bash = Command::new("bash");
    bash.args(["-euo", "pipefail", "-c", script]).current_dir(root);
    for (name, _) in std::env::vars_os().filter(|(name, _)| is_of_our_cargo(name)) {
        bash.env_remove(name);
    }
    let status = bash.status()?;
    println!("-- {place}: {status}, {:.1} s", begin.elapsed().as_secs_f64());
    Ok(status.success())
}

/// What the cargo that started this task tells it about itself. A build script that looks at such a variable, as that of `ring`
/// does, would be run again for the cargo of the commands, and all that stands on it built again, the engine included.
fn is_of_our_cargo(name: &OsString) -> bool {
    let name = name.to_string_lossy();
    name == "CARGO_MANIFEST_DIR" || name == "CARGO_MANIFEST_PATH" || name.starts_with("CARGO_PKG_")
}

fn documents(root: &Path) -> io::Result<Vec<PathBuf>> {
    let mut documents = vec![root.join("README.md")];
    for entry in root.join("examples").read_dir()? {
        documents.push(entry?.path().join("README.md"));
    }
    documents.sort();
    documents.retain(|path| path.exists());
    Ok(documents)
}

/// The blocks between ```` ```sh ```` and ```` ``` ````. Other languages are shown and not run.
fn blocks(document: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = document.lines().enumerate();
    while let Some((idx, line)) = lines.next() {
        if line.starts_with("```") {
            let inside: Vec<_> =
                lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
            if line == "```sh" {
                blocks.push(Block { line: idx + 1, script: inside.join("\n") });
            }
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_shell_blocks_are_run() {
        let document = "a\n```sh\nb \\\n  c\n```\n```rust\n```\n```text\n```sh\n```\n```sh\nd\n```\n";
        let block = |line, script: &str| Block { line, script: script.to_owned() };
        assert_eq!(blocks(document), [block(2, "b \\\n  c"), block(11, "d")]);
    }

    fn check(name: &str, is_hidden: bool) {
        assert_eq!(is_of_our_cargo(&OsString::from(name)), is_hidden, "{name}");
    }

    #[test]
    fn commands_see_nothing_of_the_package_that_runs_them() {
        check("CARGO_MANIFEST_DIR", true);
        check("CARGO_PKG_VERSION_MAJOR", true);
        check("CARGO_TARGET_DIR", false);
        check("CARGO_HOME", false);
        check("PATH", false);
    }
}
