//! What an object store says when it fails, on one line.

use std::error::Error as _;
use std::io;
use std::path::PathBuf;

use object_store::Error;
use object_store::client::{HttpError, HttpErrorKind};

use crate::store::{StoreError, StoreErrorKind};

/// Most characters of what a store says that are told.
const TOLD_CHARS_MAX: usize = 300;

/// What machines in a cloud ask for credentials, which is what is tried when nothing else tells any.
const METADATA_PATHS: [&str; 2] = ["/latest/api/token", "/latest/meta-data/"];

/// An error of an object store, with what was being done when it came.
pub(super) fn store_error(doing: &str, place: PathBuf, error: Error) -> StoreError {
    let kind = kind(&error);
    told_as(kind, doing, place, error)
}

/// An error that says that there is no such store.
pub(super) fn unreachable(doing: &str, place: PathBuf, error: Error) -> StoreError {
    told_as(StoreErrorKind::Unreachable, doing, place, error)
}

fn told_as(kind: StoreErrorKind, doing: &str, place: PathBuf, error: Error) -> StoreError {
    let detail = format!("cannot {doing}: {}", told(&error));
    StoreError::new(kind, &place, detail).because(io::Error::other(error))
}

fn kind(error: &Error) -> StoreErrorKind {
    match error {
        Error::NotFound { .. } => StoreErrorKind::NotFound,
        Error::AlreadyExists { .. } => StoreErrorKind::Exists,
        Error::PermissionDenied { .. } | Error::Unauthenticated { .. } => StoreErrorKind::Denied,
        _ if is_about_credentials(error) => StoreErrorKind::Denied,
        _ if is_unreachable(error) => StoreErrorKind::Unreachable,
        _ => StoreErrorKind::Io,
    }
}

fn is_about_credentials(error: &Error) -> bool {
    let text = error.to_string();
    METADATA_PATHS.iter().any(|path| text.contains(path))
}

fn is_unreachable(error: &Error) -> bool {
    if told(error).starts_with("NoSuchBucket") {
        return true;
    }
    let mut next = error.source();
    while let Some(source) = next {
        if let Some(http) = source.downcast_ref::<HttpError>() {
            return http.kind() != HttpErrorKind::Decode;
        }
        next = source.source();
    }
    false
}

/// The innermost cause, for those around it say less; of a document that a store answers with, its message.
fn told(error: &Error) -> String {
    if is_about_credentials(error) {
        return "there are no credentials".to_owned();
    }
    let (mut innermost, mut next) = (error.to_string(), error.source());
    while let Some(source) = next {
        (innermost, next) = (source.to_string(), source.source());
    }
    line(&innermost)
}

fn line(text: &str) -> String {
    let message = match (element(text, "Code"), element(text, "Message")) {
        (Some(code), Some(message)) => format!("{code}: {message}"),
        _ => text.to_owned(),
    };
    let words: Vec<_> = message.split_whitespace().collect();
    words.join(" ").chars().take(TOLD_CHARS_MAX).collect()
}

fn element<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(&format!("<{name}>"))?;
    Some(rest.split_once(&format!("</{name}>"))?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(line(text), expected);
    }

    #[test]
    fn of_a_document_its_message_is_told() {
        let document = "Server returned 404:\n<?xml?>\n<Error><Code>NoSuchBucket</Code><Message>There is\n none</Message></Error>";
        check(document, "NoSuchBucket: There is none");
        check("<Code>NoSuchBucket</Code>", "<Code>NoSuchBucket</Code>");
        check("<Message>cut off", "<Message>cut off");
    }

    #[test]
    fn what_is_told_is_one_line_of_some_length() {
        check("a\r\n  b\tc", "a b c");
        check(&"x".repeat(TOLD_CHARS_MAX), &"x".repeat(TOLD_CHARS_MAX));
        check(&"ü".repeat(TOLD_CHARS_MAX + 1), &"ü".repeat(TOLD_CHARS_MAX));
    }
}
