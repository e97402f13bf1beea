//! Borrowed decoding: nothing is copied, nothing is allocated.

use std::borrow::Cow;

use proofmark::{Decode, Order, Raw, Record, Value, json, msgpack};

#[derive(Record, Debug, PartialEq)]
struct Row<'a> {
    name: &'a str,
    cow: Cow<'a, str>,
    #[field(default)]
    note: Option<&'a str>,
    pair: (&'a str, Cow<'a, str>),
    inner: Inner<'a>,
    event: Event<'a>,
    raw: Raw<'a>,
    #[field(lenient, alias = "other")]
    loose: &'a str,
}

#[derive(Record, Debug, PartialEq)]
struct Inner<'a> {
    key: &'a str,
    rows: u64,
}

#[derive(Record, Debug, PartialEq)]
enum Event<'a> {
    Open {
        path: &'a str,
    },
    Close,
    #[variant(fallback)]
    Unknown,
}

const ROW: &str = r#"{"name":"aé","cow":"b","note":"c","pair":["d","e"],"inner":{"key":"f","rows":7},"event":{"type":"Open","path":"g"},"raw":"h","loose":"i"}"#;
/// Out of order, with blanks, the tag behind the fields, another name.
const SHUFFLED: &str = r#"{ "other": "i", "raw": "h", "event": {"path": "g", "type": "Open"}, "inner": {"rows": 7, "key": "f"},
    "pair": ["d", "e"], "note": "c", "cow": "b", "name": "aé" }"#;

/// Reads with no allocation at all.
#[track_caller]
fn without_copy<T>(read: impl FnOnce() -> T) -> T {
    let mut value = None;
    let used = allocation_counter::measure(|| value = Some(read()));
    assert_eq!((used.count_total, used.bytes_total), (0, 0));
    value.unwrap()
}

#[track_caller]
fn lies_inside(part: &[u8], input: &[u8]) {
    assert!(
        input.as_ptr_range().contains(&part.as_ptr()) && part.as_ptr_range().end <= input.as_ptr_range().end
    );
}

#[track_caller]
fn check_row(row: &Row<'_>, input: &[u8]) {
    let Event::Open { path } = &row.event else { panic!("{:?}", row.event) };
    let (Cow::Borrowed(cow), Cow::Borrowed(second)) = (&row.cow, &row.pair.1) else { panic!("copied") };
    let texts = [row.name, cow, row.note.unwrap(), row.pair.0, second, row.inner.key, path, row.loose];
    assert_eq!(texts, ["aé", "b", "c", "d", "e", "f", "g", "i"]);
    texts.iter().for_each(|text| lies_inside(text.as_bytes(), input));
    lies_inside(row.raw.as_bytes(), input);
}

#[test]
fn text_points_into_json() {
    for text in [ROW, SHUFFLED] {
        let row: Row<'_> = without_copy(|| json::from_str(text).unwrap());
        check_row(&row, text.as_bytes());
    }
}

#[test]
fn text_points_into_messagepack() {
    for text in [ROW, SHUFFLED] {
        let value: Value = json::from_str(text).unwrap();
        let bytes = msgpack::Encoder::new().order(Order::Declared).to_vec(&value).unwrap();
        let row: Row<'_> = without_copy(|| msgpack::from_slice(&bytes).unwrap());
        check_row(&row, &bytes);
    }
}

#[test]
fn bytes_point_into_messagepack_and_cannot_point_into_json() {
    let bytes = msgpack::to_vec(&(vec![1_u8, 2], vec![3_u8])).unwrap();
    let (one, two): (&[u8], Cow<'_, [u8]>) = without_copy(|| msgpack::from_slice(&bytes).unwrap());
    assert_eq!((one, &*two), (&[1, 2][..], &[3][..]));
    assert!(matches!(two, Cow::Borrowed(_)));
    lies_inside(one, &bytes);
    lies_inside(&two, &bytes);
    let error = json::from_str::<&[u8]>(r#""AQI=""#).unwrap_err();
    assert_eq!(error.to_string(), "Bytes in JSON text cannot be borrowed");
}

#[test]
fn text_points_into_values_in_memory() {
    let value = Value::from_iter([("key", Value::from("f")), ("rows", Value::from(7))]);
    let inner: Inner<'_> = without_copy(|| proofmark::from_value(&value).unwrap());
    assert_eq!(inner.key.as_ptr(), value["key"].as_str().unwrap().as_ptr());
}

#[test]
fn only_text_with_escapes_is_copied_and_then_once() {
    let text = r#"["plain","a\tb"]"#;
    let mut read = None;
    let used = allocation_counter::measure(|| {
        read = Some(json::from_str::<(Cow<'_, str>, Cow<'_, str>)>(text).unwrap());
    });
    let read = read.unwrap();
    assert!(matches!((&read.0, &read.1), (Cow::Borrowed("plain"), Cow::Owned(text)) if text == "a\tb"));
    assert_eq!(used.count_total, 1);
    let error = json::from_str::<Vec<&str>>(text).unwrap_err();
    assert_eq!(error.to_string(), "Text with escapes cannot be borrowed - at `$[1]`");
}

#[test]
fn lines_are_borrowed_from_what_the_reader_gave() {
    let mut lines = json::LineReader::new(
        &b"{\"key\":\"a\",\"rows\":1}\n{\"key\":\"b\",\"rows\":2}\n"[..],
        json::Decoder::new(),
    );
    let first: Inner<'_> = lines.next().unwrap().unwrap();
    assert_eq!(first, Inner { key: "a", rows: 1 });
    let second: Inner<'_> = without_copy(|| lines.next().unwrap().unwrap());
    assert_eq!(second, Inner { key: "b", rows: 2 });
}

/// A generic reader of borrowed values.
fn read<'de, T: Decode<'de>>(text: &'de str) -> T {
    json::from_str(text).unwrap()
}

#[test]
fn unknown_records_are_passed_without_a_copy() {
    let text = r#"{"type":"Shut","why":"not","n":1}"#;
    assert_eq!(without_copy(|| read::<Event<'_>>(text)), Event::Unknown);
    assert_eq!(without_copy(|| read::<Event<'_>>(r#"{"type":"Close"}"#)), Event::Close);
}
