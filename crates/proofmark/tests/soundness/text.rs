//! Strings: what is written is read back, by us and by others; what is read is what others read.

use std::borrow::Cow;

use proofmark::{json, msgpack};

/// Strings of JSON and MessagePack, from the side of the bytes and from that of the text.
pub(crate) fn json_text(bytes: &[u8]) {
    read(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        write(text);
    }
}

fn write(text: &str) {
    let written = json::to_vec(text).expect("text can be written");
    assert_eq!(json::from_slice::<String>(&written).ok().as_deref(), Some(text));
    assert_eq!(serde_json::from_slice::<String>(&written).ok().as_deref(), Some(text));
    let packed = msgpack::to_vec(text).expect("text can be written");
    assert_eq!(msgpack::from_slice::<&str>(&packed).ok(), Some(text));
    assert_eq!(rmp_serde::from_slice::<&str>(&packed).ok(), Some(text));
    let key = std::collections::BTreeMap::from([(text, text)]);
    let written = json::to_vec(&key).expect("text can be a key");
    assert_eq!(
        json::from_slice::<std::collections::BTreeMap<String, Cow<'_, str>>>(&written).ok(),
        Some(key.into_iter().map(|(key, value)| (key.to_owned(), Cow::Borrowed(value))).collect())
    );
}

fn read(bytes: &[u8]) {
    let quoted = [b"\"", bytes, b"\""].concat();
    let ours: Option<String> = json::from_slice(&quoted).ok();
    let theirs: Option<String> = serde_json::from_slice(&quoted).ok();
    assert_eq!(ours, theirs);
    let borrowed: Option<Cow<'_, str>> = json::from_slice(&quoted).ok();
    let is_plain = !bytes.contains(&b'\\');
    if let Some(borrowed) = &borrowed {
        assert_eq!(matches!(borrowed, Cow::Borrowed(_)), is_plain, "copied where there is an escape");
    }
    assert_eq!(borrowed.as_deref(), ours.as_deref());
    assert_eq!(json::from_slice::<&str>(&quoted).ok(), ours.as_deref().filter(|_| is_plain));
}
