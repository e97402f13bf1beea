//! Rows out of readers: where one ends and the next begins, whatever comes.

use std::io::{self, Read};

use proofmark::msgpack;
use proofmark_artifacts::diagnostics::intake::{Intake, ROW_BYTES_MAX, RowLayout, RowReader};

/// A reader that gives so many bytes at a time.
struct Slowly<'a>(&'a [u8], usize);

impl Read for Slowly<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let len = self.1.min(into.len());
        (&mut self.0).take(len as u64).read(into)
    }
}

fn rows(mut reader: RowReader<impl Read>) -> (Vec<Vec<u8>>, u64) {
    let mut rows = Vec::new();
    while let Some(row) = reader.next_row().unwrap() {
        rows.push(row.to_vec());
    }
    assert!(reader.next_row().unwrap().is_none(), "it stays at its end");
    (rows, reader.cut())
}

/// The rows of a file, however it comes.
#[track_caller]
fn check(file: &[u8], layout: RowLayout, expected: &[&[u8]]) {
    for len in [1, 2, 3, 7, usize::MAX] {
        let reader = RowReader::new(Slowly(file, len)).unwrap();
        assert_eq!(reader.layout(), layout, "{len} at a time");
        let expected: Vec<_> = expected.iter().map(|row| row.to_vec()).collect();
        assert_eq!(rows(reader), (expected, 0), "{len} at a time");
    }
}

use RowLayout::{JsonArray, JsonLines, MessagePack};

#[test]
fn lines_are_rows_and_blank_lines_are_none() {
    check(b"{\"a\":1}\n{}\n", JsonLines, &[b"{\"a\":1}", b"{}"]);
    check(b"\n\r\n  \n{}\r\n\n{\"a\":\r1}", JsonLines, &[b"{}", b"{\"a\":\r1}"]);
    check(b"{}\n{\"a\":", JsonLines, &[b"{}", b"{\"a\":"]);
    check(b"\xEF\xBB\xBF{}\n", JsonLines, &[b"{}"]);
    check(b"{\"a\":\"\xFF\"}\n\x00\n{}", JsonLines, &[b"{\"a\":\"\xFF\"}", b"\x00", b"{}"]);
}

#[test]
fn an_empty_file_has_no_rows() {
    check(b"", JsonLines, &[]);
    check(b" \n\r\n\t", JsonLines, &[]);
    check(b"\xEF\xBB\xBF", JsonLines, &[]);
    check(b"[]", JsonArray, &[]);
    check(b" [ \n ] \n", JsonArray, &[]);
}

#[test]
fn items_of_an_array_are_rows() {
    check(b"[{\"a\":[1,{\"b\":2}]},\n {} ]\n", JsonArray, &[b"{\"a\":[1,{\"b\":2}]}", b"{}"]);
    check(br#"["a,]\"],", "\\", 1, null]"#, JsonArray, &[br#""a,]\"],""#, br#""\\""#, b"1", b"null"]);
    check(b"\xEF\xBB\xBF [{}]", JsonArray, &[b"{}"]);
    check(b"[{},,{}]", JsonArray, &[b"{}", b"", b"{}"]);
    check(b"[{},]", JsonArray, &[b"{}", b""]);
    check(b"[}{,}]", JsonArray, &[b"}{,}"]);
}

#[test]
fn what_stands_behind_an_array_is_rows_too() {
    check(b"[{}] [1]", JsonArray, &[b"{}", b"1"]);
    check(b"[][1][]", JsonArray, &[b"1"]);
    check(b"[]\nx\ny\n", JsonArray, &[b"x", b"y"]);
    check(b"[{}]]", JsonArray, &[b"{}", b"]"]);
}

#[test]
fn an_array_that_is_cut_off_ends_in_a_row_that_is_none() {
    check(b"[", JsonArray, &[b""]);
    check(b"[{}", JsonArray, &[b"{}", b""]);
    check(b"[{}, ", JsonArray, &[b"{}", b""]);
    check(b"[{}, {\"a\": ", JsonArray, &[b"{}", b"{\"a\":"]);
    check(b"[{}, {\"a\":\"]", JsonArray, &[b"{}", b"{\"a\":\"]"]);
}

#[test]
fn messages_are_rows() {
    check(b"\x81\xA1a\x01\x80\x90", MessagePack, &[b"\x81\xA1a\x01", b"\x80", b"\x90"]);
    check(b"\x80\x01\xC0", MessagePack, &[b"\x80", b"\x01", b"\xC0"]);
    // Text that is not UTF-8 costs its own row alone.
    check(b"\x81\xA1\xFF\x01\x80", MessagePack, &[b"\x81\xA1\xFF\x01", b"\x80"]);
    check(b"\x80\x81\xA1", MessagePack, &[b"\x80", b"\x81\xA1"]);
    check(b"\x80\xC1\x80\x80", MessagePack, &[b"\x80", b"\xC1\x80\x80"]);
    check(b"\xDF\xFF\xFF\xFF\xFF\x01", MessagePack, &[b"\xDF\xFF\xFF\xFF\xFF\x01"]);
}

#[test]
fn a_layout_can_be_told() {
    let told = |layout| rows(RowReader::with_layout(&b"[1]\n[2]\n"[..], layout)).0;
    assert_eq!(told(JsonLines), [b"[1]", b"[2]"]);
    assert_eq!(told(JsonArray), [b"1", b"2"]);
    assert_eq!(told(MessagePack).len(), 8);
}

/// A row of so many bytes between two short ones, in a layout.
fn long(layout: RowLayout, len: usize) -> Vec<u8> {
    let text = |len: usize| format!("\"{}\"", "x".repeat(len - 2)).into_bytes();
    match layout {
        JsonLines => [b"1\n", &text(len)[..], b"\n2"].concat(),
        JsonArray => [b"[1,", &text(len)[..], b",2]"].concat(),
        MessagePack => [b"\x01", &msgpack::to_vec(&"x".repeat(len - 5)).unwrap()[..], b"\x02"].concat(),
    }
}

#[test]
fn a_row_is_kept_up_to_its_limit_and_the_next_one_is_found() {
    for layout in [JsonLines, JsonArray, MessagePack] {
        for (len, kept, cut) in [
            (ROW_BYTES_MAX - 1, ROW_BYTES_MAX - 1, 0),
            (ROW_BYTES_MAX, ROW_BYTES_MAX, 0),
            (ROW_BYTES_MAX + 1, ROW_BYTES_MAX + 1, 1),
            (ROW_BYTES_MAX + 100_000, ROW_BYTES_MAX + 1, 1),
        ] {
            let (rows, told) = rows(RowReader::with_layout(&long(layout, len)[..], layout));
            let lens: Vec<_> = rows.iter().map(Vec::len).collect();
            assert_eq!((lens, told), (vec![1, kept, 1], cut), "{layout:?} {len}");
        }
    }
}

#[test]
fn a_message_far_beyond_the_limit_is_the_last_row() {
    let rows = rows(RowReader::with_layout(&long(MessagePack, 4 * ROW_BYTES_MAX)[..], MessagePack));
    assert_eq!(rows.0.iter().map(Vec::len).collect::<Vec<_>>(), [1, ROW_BYTES_MAX + 1]);
    assert_eq!(rows.1, 1);
}

#[test]
fn a_file_without_end_takes_no_more_memory_than_a_row() {
    let used = |layout, byte: u8, len: u64| {
        let mut count = 0;
        let used = allocation_counter::measure(|| {
            let mut rows = RowReader::with_layout(io::repeat(byte).take(len), layout);
            while rows.next_row().unwrap().is_some() {
                count += 1;
            }
        });
        assert!(used.bytes_max < 4 * ROW_BYTES_MAX as u64, "{layout:?}: {}", used.bytes_max);
        count
    };
    let len = 8 * ROW_BYTES_MAX as u64;
    assert_eq!(used(JsonLines, b'x', len), 1);
    assert_eq!(used(JsonLines, b' ', len), 0);
    // An array that has no end ends in a row that is none, unless it is cut off in one.
    assert_eq!(used(JsonArray, b'"', 1 << 20), 2);
    assert_eq!(used(JsonArray, b'"', (1 << 20) + 1), 1);
    assert_eq!(used(JsonArray, b'[', len), 1);
    assert_eq!(used(MessagePack, 0xC1, len), 1);
    assert_eq!(used(MessagePack, 0xDF, len), 1);
    assert_eq!(used(MessagePack, 0x01, 1 << 20), 1 << 20);
}

#[test]
fn rows_are_taken_in_as_they_come() {
    let file = b"[{\"type\":\"run_event\",\"phase\":\"started\"},{\"type\":\"run_event\",\"phase\":\"x\"},";
    let mut rows = RowReader::new(&file[..]).unwrap();
    let mut intake = Intake::new(jiff::Timestamp::now);
    let mut told = Vec::new();
    while let Some(row) = intake.next_of(&mut rows).unwrap() {
        told.push(row.map_or_else(|row| row.error, |event| event.event_type().to_owned()));
    }
    let wrong = "Invalid enum value 'x' - at `$.phase`";
    assert_eq!(told, ["run_event.v1", wrong, "Input data was truncated"]);
    assert_eq!(intake.counts().rows, 3);
}

#[test]
fn a_reader_that_fails_says_so() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("it broke"))
        }
    }
    assert!(RowReader::new(Broken).is_err());
    for layout in [JsonLines, JsonArray, MessagePack] {
        let mut rows = RowReader::with_layout(b"1\n2".chain(Broken), layout);
        let told: Vec<_> = (0..4).map(|_| rows.next_row().map(|row| row.is_some())).collect();
        assert!(told.iter().any(Result::is_err), "{layout:?}: {told:?}");
    }
}
