//! Records that could be read can be written, and read again as the same.

use proofmark::{Encode, convert, decode::DecodeOwned, json, msgpack};

use crate::{
    check::written,
    record::{Borrowed, Either, Event, Owned, Row},
};

/// Records of every kind, out of JSON.
pub(crate) fn json_typed(bytes: &[u8]) {
    let owned: Option<Owned> = json::from_slice(bytes).ok();
    if let Some(owned) = &owned {
        check(owned);
        json::from_slice::<Borrowed<'_>>(bytes).expect("what is borrowed has the same syntax");
    }
    if let Ok(borrowed) = json::from_slice::<Borrowed<'_>>(bytes) {
        json::to_vec(&borrowed).expect("what was read can be written");
    }
    let _ = json::from_slice::<Vec<Either>>(bytes).inspect(check);
    let _ = json::from_slice::<Vec<Event>>(bytes).inspect(check);
    let _ = json::from_slice::<Vec<Row>>(bytes).inspect(check);
}

/// Records of every kind, out of MessagePack.
pub(crate) fn msgpack_typed(bytes: &[u8]) {
    let owned: Option<Owned> = msgpack::from_slice(bytes).ok();
    if let Some(owned) = &owned {
        check(owned);
        msgpack::from_slice::<Borrowed<'_>>(bytes).expect("what is borrowed has the same syntax");
    }
    if let Ok(borrowed) = msgpack::from_slice::<Borrowed<'_>>(bytes) {
        msgpack::to_vec(&borrowed).expect("what was read can be written");
    }
    let _ = msgpack::from_slice::<Vec<Either>>(bytes).inspect(check);
    let _ = msgpack::from_slice::<Vec<Event>>(bytes).inspect(check);
    let _ = msgpack::from_slice::<Vec<Row>>(bytes).inspect(check);
}

/// A value goes through both formats and comes back with the same bytes.
fn check<T: Encode + DecodeOwned>(value: &T) {
    // By bytes: a value may hold floats that are not equal to themselves.
    let text = written(json::to_vec(value));
    let packed = written(msgpack::to_vec(value));
    if let Some(packed) = &packed {
        let again: T = msgpack::from_slice(packed).expect("what was written can be read");
        assert_eq!(msgpack::to_vec(&again).ok().as_ref(), Some(packed));
        let again: T = convert(value).expect("what was read can be converted");
        assert_eq!(msgpack::to_vec(&again).ok().as_ref(), Some(packed));
    }
    if let Some(text) = &text {
        let again: T = json::from_slice(text).expect("what was written can be read");
        assert_eq!(json::to_vec(&again).ok().as_ref(), Some(text));
    }
}
