//! What must hold of any bytes. Each function panics where it does not.

use proofmark::{ErrorKind, Result};

use crate::{agreement, number, peer, scalar, text, typed, value};

/// A function that panics when the codec does wrong.
pub(crate) type Check = fn(&[u8]);

/// All of them, by the name of their fuzz target and with the kind of input that gets them furthest.
pub(crate) const CHECKS: [(&str, Input, Check); 11] = [
    ("json_number", Input::Number, number::json_number),
    ("json_peer", Input::Json, peer::json_peer),
    ("json_text", Input::Text, text::json_text),
    ("json_typed", Input::Json, typed::json_typed),
    ("json_value", Input::Json, value::json_value),
    ("json_ways", Input::Json, agreement::json_ways),
    ("msgpack_number", Input::MsgPack, number::msgpack_number),
    ("msgpack_typed", Input::MsgPack, typed::msgpack_typed),
    ("msgpack_value", Input::MsgPack, value::msgpack_value),
    ("msgpack_ways", Input::MsgPack, agreement::msgpack_ways),
    ("scalar_text", Input::Scalar, scalar::scalar_text),
];

/// What bytes should look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Input {
    /// A JSON document.
    Json,
    /// A MessagePack message.
    MsgPack,
    /// A number in decimal.
    Number,
    /// Text with letters of every length, escapes and control characters.
    Text,
    /// A date, a duration, a UUID, base64, …
    Scalar,
}

/// What was written, unless the format has no way to say it.
pub(crate) fn written(result: Result<Vec<u8>>) -> Option<Vec<u8>> {
    result.map_err(|error| assert_eq!(error.kind(), ErrorKind::Unsupported, "{error}")).ok()
}
