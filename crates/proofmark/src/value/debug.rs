//! Values as programmers see them. What is nested deeper than [`Limits::DEPTH_MAX`] is `…`, so that no value that was
//! built by hand ends in a stack overflow where it is logged.

use std::fmt;

use super::{Array, Map, Value};
use crate::Limits;

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Shown { value: self, depth_left: Limits::DEPTH_MAX }.fmt(f)
    }
}

impl fmt::Debug for Array {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Items { items: self, depth_left: Limits::DEPTH_MAX }.fmt(f)
    }
}

impl fmt::Debug for Map {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Entries { entries: self, depth_left: Limits::DEPTH_MAX }.fmt(f)
    }
}

struct Shown<'a> {
    value: &'a Value,
    depth_left: u32,
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let depth_left = self.depth_left;
        match self.value {
            Value::Null => f.write_str("Null"),
            Value::Bool(value) => f.debug_tuple("Bool").field(value).finish(),
            Value::Int(value) => f.debug_tuple("Int").field(value).finish(),
            Value::UInt(value) => f.debug_tuple("UInt").field(value).finish(),
            Value::Float(value) => f.debug_tuple("Float").field(value).finish(),
            Value::Str(text) => f.debug_tuple("Str").field(text).finish(),
            Value::Bytes(bytes) => f.debug_tuple("Bytes").field(bytes).finish(),
            Value::Array(items) => f.debug_tuple("Array").field(&Items { items, depth_left }).finish(),
            Value::Map(entries) => f.debug_tuple("Map").field(&Entries { entries, depth_left }).finish(),
            Value::Ext(ext) => f.debug_tuple("Ext").field(ext).finish(),
            Value::Native(native) => f.debug_tuple("Native").field(native).finish(),
        }
    }
}

struct Items<'a> {
    items: &'a [Value],
    depth_left: u32,
}

impl fmt::Debug for Items<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(depth_left) = self.depth_left.checked_sub(1) else { return f.write_str("…") };
        f.debug_list().entries(self.items.iter().map(|value| Shown { value, depth_left })).finish()
    }
}

struct Entries<'a> {
    entries: &'a [(Value, Value)],
    depth_left: u32,
}

impl fmt::Debug for Entries<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(depth_left) = self.depth_left.checked_sub(1) else { return f.write_str("…") };
        let shown = |value| Shown { value, depth_left };
        f.debug_map().entries(self.entries.iter().map(|(key, value)| (shown(key), shown(value)))).finish()
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        Ext, Value,
        value::{Array, Map},
    };

    #[test]
    fn it_is_what_a_derive_would_write() {
        let value = Value::from(vec![
            Value::Null,
            true.into(),
            (-1).into(),
            u64::MAX.into(),
            0.5.into(),
            "a".into(),
            Value::Bytes(vec![7]),
            Map::from_iter([("k", 1)]).into(),
            Ext::new(5, [1]).into(),
        ]);
        let text = "Array([Null, Bool(true), Int(-1), UInt(18446744073709551615), Float(0.5), Str(\"a\"), \
                    Bytes([7]), Map({Str(\"k\"): Int(1)}), Ext(Ext { code: 5, data: [1] })])";
        assert_eq!(format!("{value:?}"), text);
        assert_eq!(format!("{:?}", Array::from(vec![1.into()])), "[Int(1)]");
        assert_eq!(
            format!("{:#?}", Map::from_iter([("k", 1)])),
            "{\n    Str(\n        \"k\",\n    ): Int(\n        1,\n    ),\n}"
        );
    }
}
