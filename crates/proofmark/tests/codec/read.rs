//! Items from a reader: the same as from a slice, whatever the reader gives at a time, in memory of one item.

use std::io::{self, Read};

use proofmark::{Limits, Record, Result, json, msgpack};

/// Gives so many bytes at a time, and is interrupted before each.
struct Slow<'a> {
    bytes: &'a [u8],
    step: usize,
    is_interrupted: bool,
}

impl Read for Slow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.is_interrupted = !self.is_interrupted;
        if self.is_interrupted {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let len = self.step.min(buffer.len());
        (&mut self.bytes).take(len as u64).read(buffer)
    }
}

fn texts<T: std::fmt::Debug>(items: impl Iterator<Item = Result<T>>) -> Vec<String> {
    items
        .map(|item| {
            item.map_or_else(|error| format!("{error} {:?}", error.offset()), |item| format!("{item:?}"))
        })
        .collect()
}

#[derive(Record, Debug, PartialEq)]
struct Row {
    id: u32,
    name: String,
}

#[track_caller]
fn check_lines(text: &str, expected: &[&str]) {
    for step in [1, 2, 7, 1 << 20] {
        let reader = Slow { bytes: text.as_bytes(), step, is_interrupted: false };
        assert_eq!(texts(json::read_lines::<Row, _>(reader)), expected, "{step} bytes at a time");
    }
}

#[test]
fn lines_come_one_by_one_and_bad_ones_are_told_and_passed() {
    let row = r#"Row { id: 1, name: "a" }"#;
    check_lines("", &[]);
    check_lines("\n \r\n", &[]);
    check_lines(r#"{"id":1,"name":"a"}"#, &[row]);
    check_lines("{\"id\":1,\"name\":\"a\"}\r\n\n\n{\"name\":\"a\",\"id\":1}\n", &[row, row]);
    check_lines(
        "{\"id\":1}\n{\"id\":-1,\"name\":\"a\"}\n\n{\"id\":1,\"name\":\"a\"}\n{\"id\" 1}\n{\"id\":1,\"na\n{} {}\n[]",
        &[
            "Object missing required field `name` - at `$[0]` Some(8)",
            "Expected `int` >= 0 - at `$[1].id` Some(15)",
            row,
            "JSON is malformed: expected ':' (byte 57) Some(57)",
            "JSON is malformed: invalid character (byte 71) Some(71)",
            "Object missing required field `id` - at `$[5]` Some(74)",
            "Expected `object`, got `array` - at `$[6]` Some(78)",
        ],
    );
}

#[track_caller]
fn check_stream(bytes: &[u8], expected: &[&str]) {
    for step in [1, 2, 7, 1 << 20] {
        let reader = Slow { bytes, step, is_interrupted: false };
        assert_eq!(texts(msgpack::read_stream::<Row, _>(reader)), expected, "{step} bytes at a time");
    }
}

#[test]
fn messages_come_one_by_one_and_bad_ones_are_told_and_passed() {
    let row = r#"Row { id: 1, name: "a" }"#;
    let bytes = msgpack::to_vec(&Row { id: 1, name: "a".into() }).unwrap();
    check_stream(b"", &[]);
    check_stream(&bytes.repeat(3), &[row, row, row]);
    let all = [&bytes[..], b"\x81\xa2id\xff", &bytes].concat();
    check_stream(&all, &[row, "Expected `int` >= 0 - at `$[1].id` Some(16)", row]);
    // What is cut or no MessagePack ends the stream.
    let cut = [&bytes[..], &bytes[..5]].concat();
    check_stream(&cut, &[row, "Input data was truncated Some(17)"]);
    let broken = [&bytes[..], b"\xc1", &bytes].concat();
    assert_eq!(texts(msgpack::read_stream::<Row, _>(&broken[..])).len(), 2);
}

#[test]
fn a_failing_reader_is_told_once() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    let expected = ["the disk is gone - at `$[0]` None"];
    assert_eq!(texts(json::read_lines::<Row, _>(Broken)), expected);
    assert_eq!(texts(msgpack::read_stream::<Row, _>(Broken)), expected);
}

#[test]
fn an_item_at_the_limit_is_read_and_one_above_is_refused_and_passed() {
    let limits = |input_bytes_max| {
        let mut limits = Limits::DEFAULT;
        limits.input_bytes_max = input_bytes_max;
        limits
    };
    let text = format!("\"{}\"\n1\n", "a".repeat(200_000));
    for (max, len) in [(200_001, 0), (200_002, 200_002), (200_003, 200_002)] {
        let lines: Vec<_> = json::Decoder::new()
            .limits(limits(max))
            .read_lines::<proofmark::Value, _>(text.as_bytes())
            .collect();
        let first = lines[0].as_ref().map(|value| value.to_string().len());
        match first {
            Ok(found) => assert_eq!(found, len),
            Err(error) => {
                assert_eq!(error.to_string(), format!("Input is longer than {max} bytes (byte {max})"))
            }
        }
        assert_eq!((lines.len(), lines[1].as_ref().unwrap().to_string()), (2, "1".to_owned()));
    }
    let message = msgpack::to_vec(&"a".repeat(200_000)).unwrap();
    for (max, is_ok) in [(message.len() - 1, false), (message.len(), true), (message.len() + 1, true)] {
        let mut stream = msgpack::Decoder::new().limits(limits(max)).read_stream::<String, _>(&message[..]);
        assert_eq!(stream.next().unwrap().is_ok(), is_ok, "{max}");
        assert!(stream.next().is_none());
    }
}

/// Repeats an item without end.
struct Endless {
    item: Vec<u8>,
    at: usize,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        for byte in buffer.iter_mut() {
            *byte = self.item[self.at];
            self.at = (self.at + 1) % self.item.len();
        }
        Ok(buffer.len())
    }
}

#[test]
fn memory_is_that_of_one_item_however_many_there_are() {
    let row = Row { id: 1, name: "a".repeat(100) };
    let mut line = json::to_vec(&row).unwrap();
    line.push(b'\n');
    let packed = msgpack::to_vec(&row).unwrap();
    let peak = |read: &mut dyn FnMut()| allocation_counter::measure(read).bytes_max;
    let lines = peak(&mut || {
        let lines = json::read_lines::<Row, _>(Endless { item: line.clone(), at: 0 });
        assert!(lines.take(20_000).all(|row| row.is_ok()));
    });
    let messages = peak(&mut || {
        let messages = msgpack::read_stream::<Row, _>(Endless { item: packed.clone(), at: 0 });
        assert!(messages.take(20_000).all(|row| row.is_ok()));
    });
    assert!(lines < 300_000 && messages < 300_000, "{lines} and {messages} bytes for 2.5 MB");
}
