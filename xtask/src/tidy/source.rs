//! The files of the workspace, as the checks see them.

use std::fmt;
use std::fs;
use std::io;
use std::path::Path;

/// Directories that hold nothing written by hand.
const SKIPPED: [&str; 4] = [".git", "target", "runs", "data"];

/// Files that are text written by hand.
const EXTENSIONS: [&str; 7] = ["rs", "toml", "md", "sh", "sql", "py", "yml"];

/// One file.
#[derive(Debug)]
pub(crate) struct Source {
    /// Its path from the root of the workspace, with `/` between the parts.
    pub(crate) path: String,
    /// Its text.
    pub(crate) text: String,
}

/// All files, sorted by path.
#[derive(Debug, Default)]
pub(crate) struct Sources(pub(crate) Vec<Source>);

/// One thing that is wrong.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    /// The file.
    pub(crate) path: String,
    /// The line from 1, where the finding is about one.
    pub(crate) line: Option<usize>,
    /// What is wrong, and what to do.
    pub(crate) message: String,
}

impl Finding {
    /// A finding about a whole file.
    pub(crate) fn of_file(path: &str, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line: None, message: message.into() }
    }

    /// A finding about the line that holds the byte `offset` of `text`.
    pub(crate) fn at(path: &str, text: &str, offset: usize, message: impl Into<String>) -> Self {
        let line = text[..offset].matches('\n').count() + 1;
        Self { path: path.to_owned(), line: Some(line), message: message.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.message)
    }
}

impl Sources {
    /// Reads all files below a directory.
    pub(crate) fn read(root: &Path) -> io::Result<Self> {
        let mut sources = Vec::new();
        read_below(root, "", &mut sources)?;
        sources.sort_by(|a: &Source, b| a.path.cmp(&b.path));
        Ok(Self(sources))
    }

    /// The Rust files.
    pub(crate) fn rust(&self) -> impl Iterator<Item = &Source> {
        self.0.iter().filter(|source| source.path.ends_with(".rs"))
    }

    /// The Rust files below a directory, each with its path from there.
    pub(crate) fn rust_below<'a>(&'a self, dir: &'a str) -> impl Iterator<Item = (&'a str, &'a Source)> {
        self.rust().filter_map(move |source| Some((source.path.strip_prefix(dir)?, source)))
    }
}

fn read_below(dir: &Path, prefix: &str, sources: &mut Vec<Source>) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        // A name that is not UTF-8 is nothing we wrote.
        let Ok(name) = entry.file_name().into_string() else { continue };
        let path = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            if !SKIPPED.contains(&name.as_str()) {
                read_below(&entry.path(), &format!("{path}/"), sources)?;
            }
        } else if is_text(&name) {
            sources.push(Source { path, text: fs::read_to_string(entry.path())? });
        }
    }
    Ok(())
}

fn is_text(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, extension)| EXTENSIONS.contains(&extension))
}

/// Sources that are not on a disk, for tests.
#[cfg(test)]
pub(crate) fn sources(files: &[(&str, &str)]) -> Sources {
    let source = |&(path, text): &(&str, &str)| Source { path: path.to_owned(), text: text.to_owned() };
    Sources(files.iter().map(source).collect())
}

/// The findings of a check, as lines.
#[cfg(test)]
pub(crate) fn lines(findings: Vec<Finding>) -> Vec<String> {
    findings.iter().map(ToString::to_string).collect()
}
