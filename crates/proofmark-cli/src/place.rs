//! Where runs or cursors are.

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

use clap::builder::{OsStringValueParser, TypedValueParser as _, ValueParser};

use crate::failure::{Failure, Result};
use crate::render::text::escape;

/// A directory, or a place in an object store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Directory(PathBuf),
    Url(String),
}

impl Place {
    /// Reads it off the command line or the environment.
    pub(crate) fn parser() -> ValueParser {
        OsStringValueParser::new().map(Self::from).into()
    }

    /// The directory; some things cannot be done elsewhere.
    pub(crate) fn directory(&self) -> Result<&Path> {
        match self {
            Self::Directory(path) => Ok(path),
            Self::Url(url) => {
                Err(Failure::usage(format!("a directory is wanted here, not `{}`", escape(url))))
            }
        }
    }

    /// As a URL, also where it is a directory.
    pub(crate) fn to_url(&self) -> Result<String> {
        match self {
            Self::Url(url) => Ok(url.clone()),
            Self::Directory(path) => {
                let absolute =
                    std::path::absolute(path).map_err(|error| Failure::io("find", path, &error))?;
                let text = absolute.to_str().ok_or_else(|| {
                    Failure::usage(format!("the name of `{}` is not UTF-8", escape(&path.to_string_lossy())))
                })?;
                Ok(format!("file://{text}"))
            }
        }
    }
}

/// What has a scheme is a URL: no directory is called so.
impl From<OsString> for Place {
    fn from(text: OsString) -> Self {
        match text.to_str() {
            Some(text) if is_url(text) => Self::Url(text.to_owned()),
            _ => Self::Directory(PathBuf::from(text)),
        }
    }
}

fn is_url(text: &str) -> bool {
    let is_of_scheme = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    text.split_once("://").is_some_and(|(scheme, _)| !scheme.is_empty() && scheme.chars().all(is_of_scheme))
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Directory(path) => f.write_str(&path.to_string_lossy()),
            Self::Url(url) => f.write_str(url),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_and_directories_are_told_apart() {
        let place = |text: &str| Place::from(OsString::from(text));
        for url in ["s3://bucket/runs", "file:///runs", "gs://x", "s3://"] {
            assert_eq!(place(url), Place::Url(url.to_owned()));
        }
        for directory in ["runs", "/a/runs", "../runs", "://runs", "a b://runs", "s3:/runs", "C:\\runs"] {
            assert_eq!(place(directory), Place::Directory(PathBuf::from(directory)));
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_directory_as_a_url_starts_at_the_root() {
        let url = |text: &str| Place::from(OsString::from(text)).to_url().unwrap();
        assert_eq!(url("/a/runs"), "file:///a/runs");
        assert!(url("runs").starts_with("file:///") && url("runs").ends_with("/runs"));
        assert_eq!(url("s3://bucket/runs"), "s3://bucket/runs");
    }
}
