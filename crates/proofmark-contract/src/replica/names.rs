//! Names that live as long as the program.
//!
//! The codec compares keys and tags with constants. Those of a lock become such constants here, once for each text, so that
//! reading one lock many times keeps nothing twice.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use proofmark::{Key, Result, Tag, TagValue, json, msgpack};

use crate::lock::{TagLock, TagText};

static TEXTS: OnceLock<Mutex<BTreeMap<Vec<u8>, &'static [u8]>>> = OnceLock::new();

fn bytes(bytes: Vec<u8>) -> &'static [u8] {
    let mut known = TEXTS.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
    known.entry(bytes).or_insert_with_key(|bytes| Box::leak(bytes.clone().into_boxed_slice()))
}

/// A text that lives as long as the program.
pub(super) fn text(text: &str) -> &'static str {
    // What came from text is text.
    std::str::from_utf8(bytes(text.as_bytes().to_vec())).unwrap_or_default()
}

/// The key of a field.
pub(super) fn key(name: &str) -> Result<Key> {
    let json = [&b","[..], &json::to_vec(name)?, b":"].concat();
    Ok(Key {
        name: text(name),
        json_bare: bytes(json[1..].to_vec()),
        json: bytes(json),
        msgpack: bytes(msgpack::to_vec(name)?),
    })
}

/// The value of a tag, or of a variant.
pub(super) fn tag_value(value: &TagText) -> TagValue {
    match value {
        TagText::Str(value) => TagValue::Str(text(value)),
        TagText::Int(value) => TagValue::Int(*value),
    }
}

/// The tag of a record.
pub(super) fn tag(tag: &TagLock) -> Result<Tag> {
    let key = key(&tag.field)?;
    let json = [key.json, &json::to_vec(&tag.value)?].concat();
    let value = msgpack::to_vec(&tag.value)?;
    let aliases: Vec<_> = tag.aliases.iter().map(|alias| text(alias)).collect();
    Ok(Tag {
        key,
        value: tag_value(&tag.value),
        json_bare: bytes(json[1..].to_vec()),
        json: bytes(json),
        msgpack: bytes([key.msgpack, &value].concat()),
        msgpack_value: bytes(value),
        aliases: Box::leak(aliases.into_boxed_slice()),
    })
}
