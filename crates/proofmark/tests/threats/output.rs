//! What is written: the same bytes for the same value, and bytes that others read as that value.

use std::collections::{BTreeMap, HashMap, HashSet};

use indexmap::IndexMap;
use proofmark::{Order, Record, Value, json, msgpack, to_value};
use proptest::prelude::*;

#[derive(Record)]
struct Numbers {
    wide: f64,
    narrow: f32,
    list: Vec<f64>,
}

#[test]
fn what_is_not_finite_is_null_in_json_and_itself_in_messagepack() {
    for value in [f64::NAN, -f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let numbers = Numbers { wide: value, narrow: value as f32, list: vec![value, 1.0] };
        assert_eq!(json::to_string(&numbers).unwrap(), r#"{"wide":null,"narrow":null,"list":[null,1.0]}"#);
        assert_eq!(
            json::to_string(&to_value(&numbers).unwrap()).unwrap(),
            r#"{"list":[null,1.0],"narrow":null,"wide":null}"#
        );
        let read: Numbers = msgpack::from_slice(&msgpack::to_vec(&numbers).unwrap()).unwrap();
        assert_eq!(read.wide.to_bits(), value.to_bits());
        assert_eq!(read.list[0].to_bits(), value.to_bits());
        assert_eq!((read.narrow.is_nan(), read.narrow > 0.0), (value.is_nan(), value > 0.0));
        let key = Value::from(proofmark::value::Map::from(vec![(Value::from(value), 1.into())]));
        let word = if value.is_nan() {
            "nan"
        } else if value > 0.0 {
            "inf"
        } else {
            "-inf"
        };
        assert_eq!(json::to_string(&key).unwrap(), format!("{{\"{word}\":1}}"));
    }
}

#[test]
fn no_hash_shows_in_the_bytes() {
    let keys = Vec::from_iter((0..200).map(|index| format!("{}", index * 7919 % 1000)));
    let expected: BTreeMap<&str, usize> =
        keys.iter().enumerate().map(|(index, key)| (key.as_str(), index)).collect();
    let (text, packed) = (json::to_vec(&expected).unwrap(), msgpack::to_vec(&expected).unwrap());
    for turn in 0..10 {
        // Each map has a hasher of its own, and the entries come in another order.
        let entries = || {
            keys.iter()
                .enumerate()
                .cycle()
                .skip(turn * 17)
                .take(keys.len())
                .map(|(index, key)| (key.as_str(), index))
        };
        let hash: HashMap<&str, usize> = entries().collect();
        let index: IndexMap<&str, usize> = entries().collect();
        let value = Value::from_iter(entries().map(|(key, index)| (key, index as u64)));
        for order in [Order::Deterministic, Order::Sorted] {
            let (to_json, to_msgpack) =
                (json::Encoder::new().order(order), msgpack::Encoder::new().order(order));
            assert_eq!(to_json.to_vec(&hash).unwrap(), text);
            assert_eq!(to_json.to_vec(&index).unwrap(), text);
            assert_eq!(to_json.to_vec(&value).unwrap(), text);
            assert_eq!(to_msgpack.to_vec(&hash).unwrap(), packed);
            assert_eq!(to_msgpack.to_vec(&index).unwrap(), packed);
            assert_eq!(to_msgpack.to_vec(&value).unwrap(), packed);
        }
        let set: HashSet<&str> = entries().map(|(key, _)| key).collect();
        assert_eq!(json::to_vec(&set).unwrap(), json::to_vec(&expected.keys().collect::<Vec<_>>()).unwrap());
    }
}

/// Values that both formats and every peer can say.
fn value() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        // Few digits: serde_json as it is by default reads others as a neighbour.
        any::<i32>().prop_map(|eighths| Value::from(f64::from(eighths) / 8.0)),
        any::<String>().prop_map(Value::from),
        "[\\x00-\\x7f\"\\\\é😀]{0,40}".prop_map(Value::from),
    ];
    scalar.prop_recursive(5, 60, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..8).prop_map(Value::from_iter),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn others_read_what_is_written_and_write_what_is_read(value in value()) {
        let theirs: serde_json::Value = proofmark::serde::from_value(&value).unwrap();
        for text in [json::to_vec(&value).unwrap(), json::to_vec_pretty(&value).unwrap()] {
            prop_assert_eq!(&serde_json::from_slice::<serde_json::Value>(&text).unwrap(), &theirs);
            prop_assert_eq!(&json::from_slice::<Value>(&text).unwrap(), &value);
        }
        let packed = msgpack::to_vec(&value).unwrap();
        prop_assert_eq!(&rmp_serde::from_slice::<serde_json::Value>(&packed).unwrap(), &theirs);
        prop_assert_eq!(&msgpack::from_slice::<Value>(&packed).unwrap(), &value);
        prop_assert_eq!(&json::from_slice::<Value>(&serde_json::to_vec(&theirs).unwrap()).unwrap(), &value);
        prop_assert_eq!(&msgpack::from_slice::<Value>(&rmp_serde::to_vec(&theirs).unwrap()).unwrap(), &value);
    }

    #[test]
    fn equal_values_are_equal_bytes_after_any_detour(value in value()) {
        let text = json::to_vec(&value).unwrap();
        let packed = msgpack::to_vec(&value).unwrap();
        let from_packed: Value = msgpack::from_slice(&packed).unwrap();
        prop_assert_eq!(json::to_vec(&from_packed).unwrap(), text.clone());
        let from_text: Value = json::from_slice(&text).unwrap();
        prop_assert_eq!(msgpack::to_vec(&from_text).unwrap(), packed);
        prop_assert_eq!(json::to_vec(&to_value(&value).unwrap()).unwrap(), text);
    }
}
