use std::collections::BTreeMap;

use proofmark::Record;

#[derive(Record)]
struct Plain {
    a: u8,
}

#[derive(Record)]
#[record(tag = "a")]
struct A {
    a: u8,
}

#[derive(Record)]
#[record(tag = "a")]
struct AlsoA {
    a: u8,
}

#[derive(Record)]
#[record(tag = "b", tag_field = "kind")]
struct OtherField {
    a: u8,
}

#[derive(Record)]
#[record(tag = 1)]
struct OtherKind {
    a: u8,
}

#[derive(Record)]
enum Untagged {
    A(A),
    Plain(Plain),
}

#[derive(Record)]
enum Map {
    A(A),
    Map(BTreeMap<String, u8>),
}

#[derive(Record)]
enum SameTag {
    A(A),
    AlsoA(AlsoA),
}

#[derive(Record)]
enum TwoFields {
    A(A),
    OtherField(OtherField),
}

#[derive(Record)]
enum TwoKinds {
    A(A),
    OtherKind(OtherKind),
}

#[derive(Record)]
enum Inner {
    A(A),
    Int(i64),
}

#[derive(Record)]
enum Nested {
    Inner(Inner),
    AlsoA(Box<AlsoA>),
}

fn main() {}
