//! What is left after a failure: no memory, no half of an output, and a message that is short and tells no secrets.

use std::collections::{BTreeMap, HashMap};

use proofmark::{
    Encode, Encoder, Error, Ext, Format, Lazy, Limits, Raw, Record, Sealed, Strictness, Value,
    decode::DecodeOwned, json, msgpack, scalar::Decimal, serde::AsSerde,
};

use crate::way::{FORMATS, decode};

/// More than the message of any fault needs, whatever the input.
const MESSAGE_BYTES_MAX: usize = 2048;

const SECRET: &str = "hunter2";

#[derive(Record, PartialEq, Default)]
struct Everything {
    #[field(default)]
    number: u8,
    #[field(default)]
    float: f64,
    #[field(default)]
    flag: bool,
    #[field(default, max_len = 2, pattern = "^[0-9]*$")]
    digits: String,
    #[field(default)]
    bytes: Vec<u8>,
    #[field(default)]
    list: Vec<Vec<String>>,
    #[field(default)]
    map: BTreeMap<String, u8>,
    #[field(default)]
    hash: HashMap<u8, String>,
    #[field(default)]
    id: Option<uuid::Uuid>,
    #[field(default)]
    time: Option<jiff::Timestamp>,
    #[field(default)]
    date: Option<jiff::civil::Date>,
    #[field(default)]
    duration: Option<jiff::SignedDuration>,
    #[field(default)]
    decimal: Option<Decimal>,
    #[field(default)]
    pair: Option<(u8, String)>,
    #[field(default)]
    inner: Option<Box<Everything>>,
}

/// Documents that are wrong in one place, which holds the text.
fn faults(text: &str) -> Vec<String> {
    let fields = [
        "number", "float", "flag", "digits", "bytes", "list", "map", "hash", "id", "time", "date",
        "duration", "decimal", "pair", "inner",
    ];
    let values = [
        format!("\"{text}\""),
        format!("[\"{text}\"]"),
        format!("[[\"ok\",\"{text}\"],\"{text}\"]"),
        format!("{{\"{text}\":\"{text}\"}}"),
        format!("{{\"1\":\"ok\",\"{text}\":\"{text}\"}}"),
        format!("{{\"inner\":{{\"digits\":\"{text}\"}}}}"),
    ];
    fields
        .iter()
        .flat_map(|field| {
            values
                .iter()
                .map(move |value| format!("{{\"pair\":[1,\"ok\"],\"list\":[[\"ok\"]],\"{field}\":{value}}}"))
        })
        .collect()
}

fn errors<T: DecodeOwned>(text: &str) -> Vec<Error> {
    let lenient = json::Decoder::new().strictness(Strictness::Lenient);
    let packed = msgpack::to_vec(&json::from_str::<Value>(text).unwrap()).unwrap();
    let value: Value = json::from_str(text).unwrap();
    [
        json::from_str::<T>(text).err(),
        lenient.from_slice::<T>(text.as_bytes()).err(),
        msgpack::from_slice::<T>(&packed).err(),
        proofmark::from_value::<T>(&value).err(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[test]
fn messages_hold_no_values() {
    for text in faults(SECRET) {
        for error in errors::<Everything>(&text) {
            // A field that is not known is named, and nothing else of the input is.
            let message = format!("{error} {error:?} {}", error.path());
            let names_field = message.contains(&format!("unknown field `{SECRET}`"));
            assert!(names_field || !message.contains(SECRET), "{text}: {message}");
        }
        for error in errors::<AsSerde<BySerde>>(&text) {
            let message = format!("{error} {error:?}");
            let names_field = message.contains(&format!("unknown field `{SECRET}`"));
            assert!(names_field || !message.contains(SECRET), "{text}: {message}");
        }
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct BySerde {
    number: Option<u8>,
    float: Option<f64>,
    flag: Option<bool>,
    list: Option<Vec<Vec<String>>>,
    map: Option<BTreeMap<String, u8>>,
    pair: Option<(u8, String)>,
}

#[derive(Record)]
#[allow(dead_code)]
enum Tagged {
    A { x: u8 },
    B { x: u8 },
}

#[derive(Record)]
#[allow(dead_code)]
enum Plain {
    One,
    Two,
}

#[test]
fn messages_are_short_and_on_one_line_whatever_the_input() {
    for filler in ["a", "é", "\\n", "\\u001b[2J", "`", "'", "\\\""] {
        let long = filler.repeat(2000);
        let texts = faults(&long).into_iter().chain([
            format!("{{\"type\":\"{long}\"}}"),
            format!("{{\"{long}\":1}}"),
            format!("\"{long}\""),
            format!("[\"{long}\"]"),
        ]);
        for text in texts {
            let all = [
                errors::<Everything>(&text),
                errors::<Tagged>(&text),
                errors::<Plain>(&text),
                errors::<Decimal>(&text),
                errors::<jiff::SignedDuration>(&text),
                errors::<AsSerde<BySerde>>(&text),
                errors::<Vec<Plain>>(&text),
            ];
            for error in all.into_iter().flatten() {
                for message in [error.to_string(), format!("{error:?}")] {
                    assert!(
                        message.len() <= MESSAGE_BYTES_MAX,
                        "{} bytes: {}",
                        message.len(),
                        &message[..200]
                    );
                    assert!(!message.chars().any(char::is_control), "{message:?}");
                }
            }
        }
    }
}

#[test]
fn a_failure_frees_all_it_took() {
    fn check<T: DecodeOwned>(format: Format, input: &[u8]) {
        let used = allocation_counter::measure(|| drop(decode::<T>(format, input, Limits::DEFAULT)));
        assert_eq!((used.count_current, used.bytes_current), (0, 0), "{}", input.escape_ascii());
    }
    // What is made once and kept, as compiled patterns are, is made first.
    for text in faults("11") {
        drop(errors::<Everything>(&text));
    }
    let whole = r#"{"number":1,"digits":"12","list":[["a","b"],["c"]],"map":{"k":1},"hash":{"1":"x"},"inner":{"pair":[1,"y"]}}"#;
    let packed = msgpack::to_vec(&json::from_str::<Value>(whole).unwrap()).unwrap();
    for (format, document) in FORMATS.into_iter().zip([whole.as_bytes(), &packed]) {
        for len in 0..=document.len() {
            check::<Everything>(format, &document[..len]);
            check::<Value>(format, &document[..len]);
            check::<Lazy<Value>>(format, &document[..len]);
            check::<AsSerde<serde_json::Value>>(format, &document[..len]);
        }
        for index in 0..document.len() {
            let mut broken = document.to_vec();
            broken[index] ^= 0x20;
            check::<Everything>(format, &broken);
            check::<Value>(format, &broken);
        }
    }
}

/// Writes something and fails.
struct Failing(u8);

impl proofmark::Describe for Failing {
    const KINDS: proofmark::Kinds = proofmark::Kinds::of(proofmark::Kind::Any);
    fn shape() -> proofmark::Shape {
        proofmark::Shape::Any
    }
}

impl Encode for Failing {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> proofmark::Result<()> {
        encoder.str("partial")?;
        Err(Error::custom(self.0))
    }
}

#[test]
fn a_failure_leaves_an_output_as_it_was() {
    let values = [
        ("in a list", check_output(&vec![Failing(1)])),
        ("in a map", check_output(&BTreeMap::from([("a", Failing(1))]))),
        ("beyond 64 bits", check_packed(&[1_u128, u128::MAX])),
        ("an extension", check_text(&(1, Ext::new(5, [])))),
        ("too deep", check_output(&(0..200).fold(Value::Null, |value, _| Value::from_iter([value])))),
    ];
    for (name, is_kept) in values {
        assert!(is_kept, "{name}");
    }
    assert!(Sealed::new(Failing(1)).is_err());
    assert!(Raw::encode(Format::Json, &Failing(1)).is_err());
}

fn check_output<T: Encode>(value: &T) -> bool {
    check_text(value) && check_packed(value)
}

fn check_text<T: Encode>(value: &T) -> bool {
    let mut out = b"before".to_vec();
    json::encode_into(value, &mut out).is_err() && out == b"before"
}

fn check_packed<T: Encode>(value: &T) -> bool {
    let mut out = b"before".to_vec();
    msgpack::encode_into(value, &mut out).is_err() && out == b"before"
}

#[test]
fn a_reader_that_fails_is_told_and_nothing_is_made_of_what_it_gave() {
    struct Broken(&'static [u8]);
    impl std::io::Read for Broken {
        fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
            match std::io::Read::read(&mut self.0, buf)? {
                0 => Err(std::io::Error::other("broken pipe")),
                len => Ok(len),
            }
        }
    }
    let error = json::from_reader::<u8, _>(Broken(b"1")).unwrap_err();
    assert_eq!((error.kind(), error.to_string().as_str()), (proofmark::ErrorKind::Io, "broken pipe"));
    assert_eq!(msgpack::from_reader::<u8, _>(Broken(b"\x01")).unwrap_err().kind(), proofmark::ErrorKind::Io);
}
