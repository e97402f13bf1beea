//! TOML, with the line of every value.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::{Timestamp, civil};
use proofmark::decode::DecodeOwned;
use proofmark::{Encode, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::tree::too_deep;
use super::{Body, FILE_BYTES_MAX, Node, OPTIONS_DEPTH_MAX, OptionsError, Origin};

/// Reads a document; `name` is what its origins are called.
pub(super) fn parse(name: &str, text: &str) -> Result<Node, OptionsError> {
    if text.len() > FILE_BYTES_MAX {
        return Err(too_large(name, text.len()));
    }
    let file = File { name: name.into(), line_ends: text.match_indices('\n').map(|(at, _)| at).collect() };
    let document = DeTable::parse(text).map_err(|error| file.malformed(&error))?;
    let origin = file.origin(0..0);
    Ok(Node { origin, body: file.table(document.get_ref(), 1)? })
}

pub(super) fn too_large(name: &str, len: usize) -> OptionsError {
    let origin = Origin::File { name: name.into(), line: 1 };
    OptionsError::one(origin, format!("at most {FILE_BYTES_MAX} bytes"), format!("{len} bytes"))
}

struct File {
    name: Arc<str>,
    /// Where the lines end: looked up by halves, so that a long file of short lines takes no longer.
    line_ends: Vec<usize>,
}

impl File {
    fn origin(&self, span: Range<usize>) -> Origin {
        let line = 1 + self.line_ends.partition_point(|end| *end < span.start);
        Origin::File { name: self.name.clone(), line }
    }

    fn malformed(&self, error: &toml::de::Error) -> OptionsError {
        OptionsError::one(self.origin(error.span().unwrap_or_default()), "TOML", error.message())
    }

    fn table(&self, table: &DeTable<'_>, depth: usize) -> Result<Body, OptionsError> {
        let mut entries = BTreeMap::new();
        for (key, value) in table.iter() {
            let mut node = self.node(value, depth)?;
            // A table is where its header is, a value where its key is: the value may end on a later line.
            node.origin = self.origin(key.span());
            entries.insert(key.get_ref().to_string(), node);
        }
        Ok(Body::Table(entries))
    }

    fn node(&self, value: &Spanned<DeValue<'_>>, depth: usize) -> Result<Node, OptionsError> {
        let origin = self.origin(value.span());
        let is_container = matches!(value.get_ref(), DeValue::Table(_) | DeValue::Array(_));
        if is_container && depth >= OPTIONS_DEPTH_MAX {
            return Err(too_deep(origin));
        }
        let body = match value.get_ref() {
            DeValue::Table(table) => self.table(table, depth + 1)?,
            DeValue::Array(items) => {
                let items = items.iter().map(|item| self.node(item, depth + 1));
                Body::List(items.collect::<Result<_, _>>()?)
            }
            leaf => Body::Leaf(scalar(leaf).ok_or_else(|| {
                OptionsError::one(origin.clone(), "a number or date within range", leaf_text(leaf))
            })?),
        };
        Ok(Node { origin, body })
    }
}

/// `None` where a number or date is beyond what can be held.
fn scalar(leaf: &DeValue<'_>) -> Option<Value> {
    Some(match leaf {
        DeValue::String(text) => text.to_string().into(),
        DeValue::Boolean(value) => (*value).into(),
        DeValue::Integer(digits) => i128::from_str_radix(digits.as_str(), digits.radix()).ok()?.into(),
        DeValue::Float(digits) => digits.as_str().parse::<f64>().ok()?.into(),
        DeValue::Datetime(value) => datetime(value.to_string())?,
        DeValue::Array(_) | DeValue::Table(_) => return None,
    })
}

/// TOML's four kinds of date and time keep their kind, so that a date is not taken for text.
fn datetime(text: String) -> Option<Value> {
    let text = text.into();
    let date = || typed::<civil::DateTime>(&text).or_else(|| typed::<civil::Date>(&text));
    typed::<Timestamp>(&text).or_else(date).or_else(|| typed::<civil::Time>(&text))
}

fn typed<T: DecodeOwned + Encode>(text: &Value) -> Option<Value> {
    proofmark::to_value(&proofmark::from_value::<T>(text).ok()?).ok()
}

fn leaf_text(leaf: &DeValue<'_>) -> String {
    match leaf {
        DeValue::Integer(digits) => digits.to_string(),
        DeValue::Float(digits) => digits.to_string(),
        DeValue::Datetime(value) => value.to_string(),
        _ => "another value".to_owned(),
    }
}
