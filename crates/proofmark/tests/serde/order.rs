//! The order of keys.

use std::collections::HashMap;

use proofmark::{Order, convert::Converter, json, msgpack, serde::AsSerdeRef};
use serde::Serialize;

#[derive(Serialize)]
struct Record {
    b: u8,
    a: HashMap<String, Inner>,
}

#[derive(Serialize)]
enum Inner {
    Variant { d: u8, c: u8 },
}

fn record() -> Record {
    let keys = ["q", "z", "é", "aa", "B", "a", "m\"n", "l\nm", "k", "j", "i", "h"];
    Record { b: 1, a: keys.map(|key| (key.to_owned(), Inner::Variant { d: 1, c: 2 })).into() }
}

#[track_caller]
fn check(order: Order, keys: &str) {
    let record = record();
    let wrapped = AsSerdeRef::new(&record);
    let text = json::Encoder::new().order(order).to_vec(&wrapped).unwrap();
    let names: String = String::from_utf8(text.clone())
        .unwrap()
        .replace(r#""Variant":"#, "")
        .split(['"', '{', '}', ':', ',', '1', '2'])
        .map(|part| part.replace("\\n", ".").replace('\\', ""))
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    assert_eq!(names, keys);
    // Read as values, the other formats show the same order.
    let declared = json::Encoder::new().order(Order::Declared);
    let packed = msgpack::Encoder::new().order(order).to_vec(&wrapped).unwrap();
    let unpacked: proofmark::Value = msgpack::from_slice(&packed).unwrap();
    assert_eq!(declared.to_vec(&unpacked).unwrap(), text);
    let converted = Converter::new().order(order).to_value(&wrapped).unwrap();
    assert_eq!(declared.to_vec(&converted).unwrap(), text);
}

#[test]
fn maps_are_sorted_and_structs_are_not() {
    check(
        Order::Deterministic,
        "b a B d c a d c aa d c h d c i d c j d c k d c l.m d c m n d c q d c z d c é d c",
    );
}

#[test]
fn structs_are_sorted_when_all_is() {
    check(Order::Sorted, "a B c d a c d aa c d h c d i c d j c d k c d l.m c d m n c d q c d z c d é c d b");
}

#[test]
fn numbers_are_sorted_by_value_in_messagepack_and_as_text_in_json() {
    let map: HashMap<i32, ()> = [9, 10, -1, 300].map(|key| (key, ())).into();
    let packed = msgpack::to_vec(&AsSerdeRef::new(&map)).unwrap();
    assert_eq!(packed, b"\x84\xff\xc0\x09\xc0\x0a\xc0\xcd\x01\x2c\xc0");
    let text = json::to_string(&AsSerdeRef::new(&map)).unwrap();
    assert_eq!(text, r#"{"-1":null,"10":null,"300":null,"9":null}"#);
}

#[test]
fn a_declared_order_is_left_alone() {
    let map: HashMap<String, u8> = (0..50).map(|key| (key.to_string(), 0)).collect();
    let text = json::Encoder::new().order(Order::Declared).to_vec(&AsSerdeRef::new(&map)).unwrap();
    assert_eq!(text, serde_json::to_vec(&map).unwrap());
}
