//! Values of unknown type keep what they hold on the way out and back in, and from one format to the other.

use proofmark::{Format, Order, Raw, Value, json, msgpack};

use crate::check::written;

/// Values out of JSON.
pub(crate) fn json_value(bytes: &[u8]) {
    let Ok(value) = json::from_slice::<Value>(bytes) else { return };
    for order in [Order::Declared, Order::Sorted] {
        let text = json::Encoder::new().order(order).to_vec(&value).expect("JSON holds what came from it");
        assert_eq!(json::from_slice::<Value>(&text).as_ref().ok(), Some(&value));
        let Some(packed) = written(msgpack::Encoder::new().order(order).to_vec(&value)) else { continue };
        let again: Value = msgpack::from_slice(&packed).expect("what was written can be read");
        assert_eq!(json::Encoder::new().order(order).to_vec(&again).ok(), Some(text));
    }
    let raw = Raw::new(Format::Json, bytes).expect("a value is one to every reader");
    let as_it_came = msgpack::Encoder::new().order(Order::Declared);
    assert_eq!(written(as_it_came.to_vec(&raw)), written(as_it_came.to_vec(&value)));
    for indent in [json::Indent::None, json::Indent::Spaces(2)] {
        let text = json::format(bytes, indent).expect("a value has a layout");
        assert_eq!(json::from_slice::<Value>(&text).ok().as_ref(), Some(&value));
        assert_eq!(json::format(&text, indent).ok().as_ref(), Some(&text), "a layout stays");
    }
}

/// Values out of MessagePack.
pub(crate) fn msgpack_value(bytes: &[u8]) {
    let Ok(value) = msgpack::from_slice::<Value>(bytes) else { return };
    for order in [Order::Declared, Order::Sorted] {
        let encoder = msgpack::Encoder::new().order(order);
        let packed = encoder.to_vec(&value).expect("MessagePack holds what came from it");
        let again: Value = msgpack::from_slice(&packed).expect("what was written can be read");
        assert_eq!(encoder.to_vec(&again).ok(), Some(packed));
    }
    Raw::new(Format::MsgPack, bytes).expect("a value is one to every reader");
    // Not all keys can be keys in JSON.
    let Some(text) = written(json::to_vec(&value)) else { return };
    let again: Value = json::from_slice(&text).expect("what was written can be read");
    // And of those that can, some are spelt alike: they are one from here on.
    let text = json::to_vec(&again).expect("JSON holds what came from it");
    assert_eq!(json::from_slice(&text).ok(), Some(again));
}
