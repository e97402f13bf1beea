//! Dropping nested values level by level: a value that was built deep must not end in a stack overflow.

use super::{Map, Value};

/// Takes what is nested in `items` apart, so that dropping `items` goes one level deep.
pub(super) fn array(items: &mut [Value]) {
    let mut open = Vec::new();
    items.iter_mut().for_each(|item| take_nested(item, &mut open));
    finish(open);
}

/// As [`array`], for a map.
pub(super) fn map(entries: &mut [(Value, Value)]) {
    let mut open = Vec::new();
    entries.iter_mut().for_each(|entry| take_entry(entry, &mut open));
    finish(open);
}

/// The content of a container that is being taken apart.
enum Open {
    Items(Vec<Value>),
    Entries(Vec<(Value, Value)>),
}

fn finish(mut open: Vec<Open>) {
    while let Some(content) = open.pop() {
        match content {
            Open::Items(mut items) => items.iter_mut().for_each(|item| take_nested(item, &mut open)),
            Open::Entries(mut entries) => {
                entries.iter_mut().for_each(|entry| take_entry(entry, &mut open));
            }
        }
    }
}

fn take_entry((key, value): &mut (Value, Value), open: &mut Vec<Open>) {
    take_nested(key, open);
    take_nested(value, open);
}

fn take_nested(value: &mut Value, open: &mut Vec<Open>) {
    match value {
        Value::Array(array) if !array.is_empty() => open.push(Open::Items(array.take())),
        Value::Map(map) if !map.is_empty() => open.push(Open::Entries(Map::take(map))),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        Value,
        value::{Array, Map},
    };

    const LEVELS: usize = 1_000_000;

    fn on_small_stack(test: impl FnOnce() + Send + 'static) {
        std::thread::Builder::new().stack_size(256 << 10).spawn(test).unwrap().join().unwrap();
    }

    #[test]
    fn deep_arrays_drop_on_a_small_stack() {
        on_small_stack(|| {
            let nest = |value, _| Value::Array(Array::from(vec![Value::Null, value]));
            drop((0..LEVELS).fold(Value::Null, nest));
        });
    }

    #[test]
    fn deep_maps_drop_on_a_small_stack() {
        on_small_stack(|| {
            let in_value = |value, _| Value::Map(Map::from_iter([("a", value)]));
            drop((0..LEVELS).fold(Value::Null, in_value));
            let in_key = |value, _| Value::Map(Map::from(vec![(value, Value::Null)]));
            drop((0..LEVELS).fold(Value::Null, in_key));
        });
    }

    #[test]
    fn deep_values_are_refused_by_both_formats_on_a_small_stack() {
        on_small_stack(|| {
            let nest = |value, _| Value::Array(Array::from(vec![value]));
            let deep = (0..LEVELS).fold(Value::Null, nest);
            assert_eq!(crate::json::to_vec(&deep).unwrap_err().kind(), crate::ErrorKind::Limit);
            assert_eq!(crate::msgpack::to_vec(&deep).unwrap_err().kind(), crate::ErrorKind::Limit);
        });
    }
}
