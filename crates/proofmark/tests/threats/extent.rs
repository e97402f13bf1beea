//! Where a value ends: no part of one is taken for one, and nothing may follow it.

use proofmark::{ErrorKind, Format};

use crate::way::{Verdict, WAYS};

/// A value with everything that has a length in it.
const DOCUMENTS: [(Format, &[u8]); 5] = [
    (Format::Json, br#"{"a":[true,false,null,-1.5e+10,"\u00e9\n\ud83d\ude00"],"":{"b":[[],{}]}}"#),
    (Format::Json, " [ 12 , \"é😀\" , { \"k\" : 0 } ]".as_bytes()),
    (Format::Json, br#""plain text that is longer than one block of sixteen bytes""#),
    (
        Format::MsgPack,
        b"\x86\xa1a\x93\xc3\xcb\x3f\xf0\0\0\0\0\0\0\xca\0\0\0\0\xa0\x92\xcd\x01\x00\xce\0\x01\0\0\xd9\x02hi\
          \x92\xcf\x01\0\0\0\0\0\0\0\xd3\xff\0\0\0\0\0\0\0\xa1b\xdc\0\x02\xd0\x80\xd1\x80\0\
          \xa1c\xdf\0\0\0\x01\xa0\xda\0\x01x\xa1d\xde\0\x01\xa1e\xdd\0\0\0\x01\xdb\0\0\0\x01y",
    ),
    (
        Format::MsgPack,
        b"\x95\xd4\x05\x01\xc7\x03\x05abc\xc8\0\x01\x05a\xc9\0\0\0\x01\x05a\xd7\xff\0\0\0\0\0\0\0\0",
    ),
];

#[test]
fn a_value_cut_at_any_byte_is_truncated() {
    for (format, document) in DOCUMENTS {
        for way in WAYS {
            assert_eq!(way.verdict(format, document), Verdict::Accepted, "{}: {format:?}", way.name);
            for len in 0..document.len() {
                let cut = &document[..len];
                // A number that wants another digit is malformed, as in msgspec.
                let in_number = ["-", ".", "5e", "+"].iter().any(|end| cut.ends_with(end.as_bytes()));
                let kind = if in_number { ErrorKind::Malformed } else { ErrorKind::Truncated };
                let found = way.verdict_of_cut(format, cut);
                assert_eq!(found, Verdict::Refused(kind), "{}: {}", way.name, cut.escape_ascii());
            }
        }
    }
}

#[test]
fn nothing_may_follow_a_value_but_blanks_in_json() {
    let refused = Verdict::Refused(ErrorKind::Malformed);
    for way in WAYS.into_iter().filter(|way| way.is_whole()) {
        for (format, document) in DOCUMENTS {
            for byte in 0..=u8::MAX {
                let is_blank = format == Format::Json && matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
                let verdict = if is_blank { Verdict::Accepted } else { refused };
                let found = way.verdict(format, &[document, &[byte]].concat());
                assert_eq!(found, verdict, "{}: {byte:#04x} after {}", way.name, document.escape_ascii());
            }
            assert_eq!(way.verdict(format, &document.repeat(2)), refused, "{}: twice", way.name);
        }
    }
}
