//! Where statements run.

use std::fmt;
use std::str::FromStr;

use crate::error::{Error, ErrorKind, Result};

/// Where the statements of a run are executed.
///
/// # Examples
/// ```
/// use proofmark_datafusion::Engine;
///
/// assert_eq!("local".parse::<Engine>()?, Engine::Local);
/// assert_eq!("ballista://10.0.0.7:50050".parse::<Engine>()?.to_string(), "ballista://10.0.0.7:50050");
/// assert!("spark://10.0.0.7".parse::<Engine>().is_err());
/// # Ok::<(), proofmark_datafusion::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Engine {
    /// In this process.
    #[default]
    Local,
    /// On a Ballista cluster, which must see the files under the same paths.
    Ballista(ClusterAddress),
}

/// Where the scheduler of a cluster listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClusterAddress {
    /// A name or an address.
    pub host: String,
    /// The port.
    pub port: u16,
}

/// The port of a scheduler that is not told otherwise.
const SCHEDULER_PORT: u16 = 50050;

impl ClusterAddress {
    /// The address that its clients connect to.
    #[cfg(feature = "ballista")]
    pub(crate) fn http(&self) -> String {
        format!("http://{}:{}", self.host, self.port)
    }
}

impl FromStr for Engine {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        if text == "local" {
            return Ok(Self::Local);
        }
        let unknown = || {
            Error::new(ErrorKind::Usage, format!("`{}` is no engine", text.escape_debug()))
                .with_help("write `local` or `ballista://HOST:PORT`")
        };
        let place = text.strip_prefix("ballista://").ok_or_else(unknown)?;
        let (host, port) = match place.rsplit_once(':') {
            Some((host, port)) => (host, port.parse().map_err(|_| unknown())?),
            None => (place, SCHEDULER_PORT),
        };
        let is_host = |c: char| c.is_ascii_alphanumeric() || "-._[]:".contains(c);
        match !host.is_empty() && host.chars().all(is_host) {
            true => Ok(Self::Ballista(ClusterAddress { host: host.to_owned(), port })),
            false => Err(unknown()),
        }
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Local => f.write_str("local"),
            Self::Ballista(address) => write!(f, "ballista://{}:{}", address.host, address.port),
        }
    }
}
