//! Text that is not UTF-8, and text that is but looks odd: at every place a text can stand, at every offset.

use proofmark::{ErrorKind, Format, Value, json, msgpack};

use crate::way::{FORMATS, Verdict, WAYS};

/// Byte sequences that are no UTF-8, whatever stands around them in ASCII.
const BAD: [&[u8]; 26] = [
    b"\x80",
    b"\xbf",
    b"\xc0\x80",
    b"\xc1\xbf",
    b"\xc2",
    b"\xc3\x28",
    b"\xe0\x80\x80",
    b"\xe0\x9f\xbf",
    b"\xe1\x80",
    b"\xe2\x28\xa1",
    b"\xe2\x82\x28",
    b"\xed\xa0\x80",
    b"\xed\xbf\xbf",
    b"\xed\xa0\xbd\xed\xb8\x80",
    b"\xef\xbf",
    b"\xf0\x80\x80\x80",
    b"\xf0\x8f\xbf\xbf",
    b"\xf0\x90\x80",
    b"\xf0\x28\x8c\xbc",
    b"\xf0\x90\x28\xbc",
    b"\xf4\x90\x80\x80",
    b"\xf5\x80\x80\x80",
    b"\xf8\x88\x80\x80\x80",
    b"\xfc\x84\x80\x80\x80\x80",
    b"\xfe",
    b"\xff",
];

const GOOD: [&str; 12] = [
    "\u{80}",
    "\u{7ff}",
    "\u{800}",
    "\u{d7ff}",
    "\u{e000}",
    "\u{feff}",
    "\u{fffd}",
    "\u{ffff}",
    "\u{10000}",
    "\u{10ffff}",
    "e\u{301}",
    "\u{202e}",
];

/// Past one block of every vector width that is in use, with room to spare.
const OFFSETS: usize = 70;

/// A document with the text in it: as value, as key, after an escape, in a list.
fn documents(format: Format, text: &[u8]) -> Vec<Vec<u8>> {
    match format {
        Format::Json => vec![
            [b"\"", text, b"\""].concat(),
            [b"{\"", text, b"\":1}"].concat(),
            [br#""\n"#, text, br#"\u00e9""#].concat(),
            [br#"[1,""#, text, br#"",{}]"#].concat(),
        ],
        Format::MsgPack => {
            let packed = [&[0xd9, text.len() as u8], text].concat();
            vec![
                packed.clone(),
                [b"\x81", &packed[..], b"\x01"].concat(),
                [b"\x93\x01", &packed[..], b"\x80"].concat(),
                [b"\x81\xa1a", &[0xda, 0, text.len() as u8][..], text].concat(),
            ]
        }
    }
}

fn check(sequence: &[u8], verdict: Verdict) {
    for (format, offset) in
        FORMATS.into_iter().flat_map(|format| (0..OFFSETS).map(move |offset| (format, offset)))
    {
        let text = [&b"a".repeat(offset)[..], sequence, &b"z".repeat((offset * 7) % 19)].concat();
        for (document, way) in
            documents(format, &text).iter().flat_map(|text| WAYS.map(|way| (text.clone(), way)))
        {
            let found = way.verdict(format, &document);
            assert_eq!(found, verdict, "{}: {format:?} {}", way.name, document.escape_ascii());
        }
    }
}

#[test]
fn text_that_is_not_utf8_is_refused_wherever_it_stands() {
    for sequence in BAD {
        check(sequence, Verdict::Refused(ErrorKind::Utf8));
    }
}

#[test]
fn text_that_is_utf8_is_taken_wherever_it_stands() {
    for sequence in GOOD {
        check(sequence.as_bytes(), Verdict::Accepted);
    }
}

#[test]
fn text_comes_out_as_it_went_in() {
    for text in GOOD.iter().copied().chain([
        "",
        "\0",
        "a\0b",
        "\u{7f}",
        "\u{1}\u{1f}",
        "\"\\/",
        "\r\n",
        "</script>",
        "\u{2028}",
    ]) {
        let value = Value::from_iter([(text, text)]);
        let written = json::to_vec(&value).unwrap();
        assert!(
            written.iter().all(|byte| *byte >= 0x20),
            "no control stands bare: {}",
            written.escape_ascii()
        );
        assert_eq!(json::from_slice::<Value>(&written).unwrap(), value);
        assert_eq!(msgpack::from_slice::<Value>(&msgpack::to_vec(&value).unwrap()).unwrap(), value);
    }
}

#[test]
fn a_nul_is_text_like_any_other_but_stands_bare_in_messagepack_alone() {
    for way in WAYS {
        assert_eq!(way.verdict(Format::Json, br#""a\u0000b""#), Verdict::Accepted, "{}", way.name);
        assert_eq!(
            way.verdict(Format::Json, b"\"a\0b\""),
            Verdict::Refused(ErrorKind::Malformed),
            "{}",
            way.name
        );
        assert_eq!(way.verdict(Format::MsgPack, b"\xa3a\0b"), Verdict::Accepted, "{}", way.name);
    }
}

#[test]
fn half_a_surrogate_pair_is_refused_in_both_formats() {
    for way in WAYS {
        for text in
            [r#""\ud800""#, r#""\udfff""#, r#""\ud800\ud800""#, r#""\udc00\ud800""#, r#""\ud800 \udc00""#]
        {
            let document = format!("[{text},1234567890]");
            let refused = Verdict::Refused(ErrorKind::Malformed);
            assert_eq!(way.verdict(Format::Json, document.as_bytes()), refused, "{}: {text}", way.name);
        }
        let utf8 = Verdict::Refused(ErrorKind::Utf8);
        assert_eq!(way.verdict(Format::MsgPack, b"\xa3\xed\xa0\x80"), utf8, "{}", way.name);
    }
}
