//! The wire formats, and their reference writers: what the peers read was written by serde_json and rmp-serde.

use serde::Serialize;
use serde_json::ser::{PrettyFormatter, Serializer};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Json,
    /// JSON as people format it, with line breaks and this many blanks a level.
    PrettyJson(usize),
    /// MessagePack, records as maps.
    Msgpack,
    /// MessagePack, records as arrays.
    Positional,
}

impl Format {
    /// # Errors
    /// What the reference writer says; none of the bench's documents makes it fail.
    pub fn write(self, value: &impl Serialize) -> Result<Vec<u8>, String> {
        match self {
            Format::Json => serde_json::to_vec(value).map_err(|error| error.to_string()),
            Format::PrettyJson(indent) => write_pretty(value, &b" ".repeat(indent)),
            Format::Msgpack => rmp_serde::to_vec_named(value).map_err(|error| error.to_string()),
            Format::Positional => rmp_serde::to_vec(value).map_err(|error| error.to_string()),
        }
    }
}

fn write_pretty(value: &impl Serialize, indent: &[u8]) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut out, PrettyFormatter::with_indent(indent));
    value.serialize(&mut serializer).map_err(|error| error.to_string())?;
    Ok(out)
}
