//! A plan that another program made, and what it says of itself.

use std::sync::Arc;

use proofmark_artifacts::{Digest, Maybe, SubstraitOrigin};

use crate::error::{Error, ErrorKind, Result};
use crate::substrait::read;

/// Most bytes of a Substrait plan that are read.
pub const SUBSTRAIT_BYTES_MAX: usize = 16 << 20;

/// A Substrait plan, as Ibis and other front ends make it.
///
/// The engine reads plans of one query over tables that the session knows by name, with the columns the plan expects.
/// Format: <https://substrait.io/serialization/binary_serialization/>.
#[derive(Clone, Debug)]
pub struct SubstraitPlan(Arc<Given>);

#[derive(Debug)]
struct Given {
    bytes: Vec<u8>,
    origin: SubstraitOrigin,
    tables: Vec<String>,
}

/// What can be read of a plan without a session.
pub(crate) struct Header {
    pub(crate) producer: Option<String>,
    pub(crate) version: Option<String>,
    /// The last part of each table's name.
    pub(crate) tables: Vec<String>,
    /// The plan in its binary form.
    pub(crate) bytes: Vec<u8>,
}

impl SubstraitPlan {
    /// Reads a plan in its binary form or as JSON.
    ///
    /// # Errors
    /// Fails with [`ErrorKind::Parse`] when the bytes are no plan or more than [`SUBSTRAIT_BYTES_MAX`], and with
    /// [`ErrorKind::Unsupported`] in a build without the feature `substrait`.
    pub fn read(bytes: &[u8]) -> Result<Self> {
        if bytes.len() > SUBSTRAIT_BYTES_MAX {
            let found = format!("a plan of {} bytes; at most {SUBSTRAIT_BYTES_MAX} are read", bytes.len());
            return Err(Error::new(ErrorKind::Parse, found));
        }
        let Header { producer, version, tables, bytes } = read(bytes)?;
        let maybe = |text: Option<String>| text.map_or(Maybe::Unset, Maybe::Set);
        let origin = SubstraitOrigin {
            producer: maybe(producer),
            version: maybe(version),
            sha256: Digest::of(&bytes),
        };
        Ok(Self(Arc::new(Given { bytes, origin, tables })))
    }

    /// The plan in its binary form.
    pub fn bytes(&self) -> &[u8] {
        &self.0.bytes
    }

    /// Who made it, and its digest.
    pub fn origin(&self) -> &SubstraitOrigin {
        &self.0.origin
    }

    /// The last part of the name of each table it reads.
    pub fn tables(&self) -> &[String] {
        &self.0.tables
    }

    /// A SQL comment of one line that stands for the plan where texts are shown and compared.
    pub(crate) fn name(&self) -> String {
        let SubstraitOrigin { producer, sha256, .. } = self.origin();
        match producer {
            Maybe::Set(producer) => format!("-- Substrait plan by {}, {sha256}", one_line(producer)),
            Maybe::Unset => format!("-- Substrait plan, {sha256}"),
        }
    }
}

/// A name without what would end the comment.
fn one_line(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_control() && !matches!(letter, '\u{2028}' | '\u{2029}'))
        .take(64)
        .collect()
}
