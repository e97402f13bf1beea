//! Tags of unions: wherever they stand, whatever stands before them, and however often they are asked for.

use std::time::{Duration, Instant};

use proofmark::{ErrorKind, Format, Limits, Raw, Record, Value, json, msgpack};

use crate::way::{FORMATS, decode};

#[derive(Record, Debug, PartialEq)]
#[record(allow_unknown)]
enum Event {
    Start { n: u8 },
    Stop { n: u8 },
}

fn in_format(format: Format, text: &str) -> Vec<u8> {
    match format {
        Format::Json => text.as_bytes().to_vec(),
        // In the order of the text, which a raw value keeps.
        Format::MsgPack => msgpack::to_vec(&Raw::new(Format::Json, text.as_bytes()).unwrap()).unwrap(),
    }
}

#[track_caller]
fn check(text: &str, expected: Result<Event, ErrorKind>) {
    for format in FORMATS {
        let found = decode::<Event>(format, &in_format(format, text), Limits::DEFAULT);
        assert_eq!(found.map_err(|error| error.kind()), expected, "{format:?}: {text}");
    }
    let value: Value = json::from_str(text).unwrap();
    let found = proofmark::from_value::<Event>(&value).map_err(|error| error.kind());
    assert_eq!(found, expected, "value: {text}");
}

#[test]
fn a_tag_may_stand_first_last_and_between() {
    for text in [
        r#"{"type":"Stop","n":1}"#,
        r#"{"n":1,"type":"Stop"}"#,
        r#"{"x":[{"type":"Start"}],"n":1,"type":"Stop","y":{"type":"Start"}}"#,
        r#"{"x":"type","y":"Start","type":"Stop","n":1}"#,
        r#"{"t\u0079pe":"St\u006fp","n":1}"#,
    ] {
        check(text, Ok(Event::Stop { n: 1 }));
    }
}

#[test]
fn a_tag_that_is_missing_or_wrong_is_refused() {
    check(r#"{"n":1}"#, Err(ErrorKind::MissingField));
    check("{}", Err(ErrorKind::MissingField));
    check(r#"{"x":{"type":"Stop"},"n":1}"#, Err(ErrorKind::MissingField));
    check(r#"{"Type":"Stop","n":1}"#, Err(ErrorKind::MissingField));
    check(r#"{"type":"stop","n":1}"#, Err(ErrorKind::InvalidValue));
    check(r#"{"type":"","n":1}"#, Err(ErrorKind::InvalidValue));
    check(r#"{"type":"Stop ","n":1}"#, Err(ErrorKind::InvalidValue));
    for tag in ["1", "null", "true", "[\"Stop\"]", "{\"Stop\":1}", "1.5"] {
        check(&format!("{{\"type\":{tag},\"n\":1}}"), Err(ErrorKind::Type));
        check(&format!("{{\"n\":1,\"type\":{tag}}}"), Err(ErrorKind::Type));
    }
    for text in ["[]", "1", "null", "\"Stop\"", "true"] {
        check(text, Err(ErrorKind::Type));
    }
}

const BODY: usize = 10 << 20;

#[test]
fn ten_megabytes_before_the_tag_are_passed_over_and_not_copied() {
    let bodies = [
        format!("\"{}\"", "a".repeat(BODY)),
        format!("[{}0]", "0,".repeat(BODY / 2)),
        format!("{{{}\"b\":0}}", "\"a\":0,".repeat(BODY / 6)),
    ];
    for body in bodies {
        for text in [
            format!(r#"{{"body":{body},"n":1,"type":"Stop"}}"#),
            format!(r#"{{"n":1,"type":"Stop","body":{body}}}"#),
        ] {
            let packed = in_format(Format::MsgPack, &text);
            for (format, input) in [(Format::Json, text.as_bytes()), (Format::MsgPack, &packed)] {
                let start = Instant::now();
                let used = allocation_counter::measure(|| {
                    assert_eq!(
                        decode::<Event>(format, input, Limits::DEFAULT).unwrap(),
                        Event::Stop { n: 1 }
                    );
                });
                assert!(used.bytes_max < 16 << 10, "{format:?}: {} bytes", used.bytes_max);
                assert!(start.elapsed() < Duration::from_secs(3), "{format:?}: {:?}", start.elapsed());
            }
        }
    }
}

#[derive(Record)]
#[allow(dead_code)]
enum Node {
    Leaf { weight: String },
    Inner { child: Box<Node> },
}

#[test]
fn tags_behind_nested_bodies_cost_each_level_once() {
    let levels = Limits::DEPTH_MAX as usize - 1;
    let leaf = format!(r#"{{"weight":"{}","type":"Leaf"}}"#, "QUJD".repeat(100_000));
    let text = (0..levels).fold(leaf, |child, _| format!(r#"{{"child":{child},"type":"Inner"}}"#));
    let packed = in_format(Format::MsgPack, &text);
    let start = Instant::now();
    assert!(json::from_str::<Node>(&text).is_ok());
    assert!(msgpack::from_slice::<Node>(&packed).is_ok());
    // Each level passes over all that is inside it: the depth limit bounds how often.
    assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
}
