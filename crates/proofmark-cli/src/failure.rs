//! How a command fails: what, where, what to do, and the exit code.

use std::fmt;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use proofmark_artifacts::{StoreError, StoreErrorKind};

use crate::reference::Opened;
use crate::render::text::escape;

/// Result of a command.
pub(crate) type Result<T, E = Failure> = std::result::Result<T, E>;

/// How a command ended that did what it was asked to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Nothing is wrong.
    Clean,
    /// Something is wrong with what was looked at.
    Findings,
}

impl From<Verdict> for ExitCode {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Clean => Self::SUCCESS,
            Verdict::Findings => Self::from(100),
        }
    }
}

/// Why a command could not do what it was asked to.
#[derive(Debug)]
pub(crate) struct Failure {
    kind: Kind,
    message: String,
    help: Option<String>,
    note: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// The command line makes no sense, whatever is on the disk.
    Usage,
    /// It makes sense, but could not be carried out.
    Incomplete,
    /// The reader of our output has gone; nobody is left to tell.
    Closed,
}

impl Failure {
    /// The command line makes no sense.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self { kind: Kind::Usage, message: message.into(), help: None, note: None }
    }

    /// The command could not be carried out.
    pub(crate) fn incomplete(message: impl Into<String>) -> Self {
        Self { kind: Kind::Incomplete, message: message.into(), help: None, note: None }
    }

    /// A file could not be read or written.
    pub(crate) fn io(doing: &str, path: &Path, error: &io::Error) -> Self {
        Self::incomplete(format!("cannot {doing} `{}`: {error}", escape(&path.to_string_lossy())))
    }

    /// The same, of a run that is called otherwise than its copy.
    #[must_use]
    pub(crate) fn told_of(self, run: &Opened) -> Self {
        Self { message: run.told(&self.message), ..self }
    }

    /// What the user can do about it.
    #[must_use]
    pub(crate) fn with_help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// The same, unless there is nothing to say.
    #[must_use]
    pub(crate) fn with_some_help(self, help: Option<String>) -> Self {
        Self { help: help.or(self.help), ..self }
    }

    /// What else is to be said, after the error.
    #[must_use]
    pub(crate) fn with_note(self, note: String) -> Self {
        Self { note: Some(note), ..self }
    }

    /// What else is to be said, after the error.
    pub(crate) fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// Whether the reader of our output has gone.
    pub(crate) fn is_closed(&self) -> bool {
        self.kind == Kind::Closed
    }

    /// The exit code: 2 for the command line, 101 for all else.
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self.kind {
            Kind::Usage => ExitCode::from(2),
            Kind::Incomplete => ExitCode::from(101),
            Kind::Closed => ExitCode::SUCCESS,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.help {
            Some(help) => write!(f, "\n  help: {help}"),
            None => Ok(()),
        }
    }
}

/// An error of writing to standard output.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        let failure = Self::incomplete(format!("cannot write the output: {error}"));
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self { kind: Kind::Closed, ..failure },
            _ => failure,
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let message = escape(&error.to_string()).into_owned();
        if error.kind() == StoreErrorKind::Url {
            return Self::usage(message);
        }
        Self::incomplete(message).with_some_help(help(error.kind()).map(str::to_owned))
    }
}

fn help(kind: StoreErrorKind) -> Option<&'static str> {
    match kind {
        StoreErrorKind::NotFound => {
            Some("`proofmark ls` lists the runs, `proofmark show RUN` what a run left")
        }
        StoreErrorKind::Ambiguous => Some("give more of the id"),
        StoreErrorKind::Damaged => {
            Some("restore the file from a copy, or run the pipeline again; the other artifacts can be read")
        }
        StoreErrorKind::Denied => {
            Some("the environment tells who asks: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION")
        }
        StoreErrorKind::Unreachable => Some(
            "is there such a bucket? the environment tells where: AWS_ENDPOINT, AWS_REGION, and AWS_ALLOW_HTTP=true without TLS",
        ),
        _ => None,
    }
}
