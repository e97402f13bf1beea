//! The grammar of JSON, as RFC 8259 draws it: what it takes and what it does not, on every way alike.

use proofmark::{ErrorKind, Format};

use crate::way::{Verdict, WAYS};

#[track_caller]
fn check(documents: &[&[u8]], verdict: Verdict) {
    for (way, document) in WAYS.iter().flat_map(|way| documents.iter().map(move |document| (way, document))) {
        let found = way.verdict_of_cut(Format::Json, document);
        // What stands around a value may end it, and so make of its end a fault in its middle.
        let found = if verdict == Verdict::Accepted { way.verdict(Format::Json, document) } else { found };
        assert_eq!(found, verdict, "{}: {}", way.name, document.escape_ascii());
    }
}

#[track_caller]
fn accept(documents: &[&[u8]]) {
    check(documents, Verdict::Accepted);
}

#[track_caller]
fn refuse(documents: &[&[u8]], kind: ErrorKind) {
    check(documents, Verdict::Refused(kind));
}

#[test]
fn every_kind_of_value_is_taken() {
    accept(&[b"null", b"true", b"false", b"0", b"\"\"", b"[]", b"{}", b"[[],{}]", br#"{"":{"":[]}}"#]);
}

#[test]
fn blanks_may_stand_between_tokens_and_around() {
    accept(&[
        b" \t\r\n1 \t\r\n",
        b"\n[\n]\n",
        b"\r{\r}\r",
        b"[ 1 , 2 ]",
        b"{ \"a\" : 1 , \"b\" : 2 }",
        b"{\n\t\"a\"\n:\n1\n}\n",
    ]);
}

#[test]
fn other_blanks_are_refused() {
    let kind = ErrorKind::Malformed;
    refuse(
        &[b"\x0c1", b"\x0b[]", b"[\xa0]", b"[\xc2\xa0]", b"[1\x00]", b"\x00", b"[\xe2\x80\xa8]", b"[\x85]"],
        kind,
    );
    refuse(&[b"\xef\xbb\xbf{}", b"\xff\xfe1\x00", b"\xfe\xff\x001"], kind);
}

#[test]
fn numbers_of_every_form_are_taken() {
    accept(&[
        b"-0",
        b"-1",
        b"10",
        b"9007199254740993",
        b"18446744073709551615",
        b"-9223372036854775808",
        b"0.0",
        b"-0.0",
        b"0.5",
        b"1.50",
        b"1e0",
        b"1E5",
        b"1e+5",
        b"1e-5",
        b"1.5E-05",
        b"0e0",
        b"-0e-0",
        b"1e-999",
        b"0e999",
        b"123456789012345678901234567890",
        b"0.1000000000000000055511151231257827021181583404541015625",
    ]);
}

#[test]
fn numbers_of_other_forms_are_refused() {
    let numbers: [&[u8]; 40] = [
        b"01",
        b"-01",
        b"00",
        b"00.5",
        b"+1",
        b"++1",
        b"--1",
        b"-a",
        b"- 1",
        b".5",
        b"-.5",
        b"1.e5",
        b"1.x",
        b"0.e1",
        b"1ex",
        b"1e+x",
        b"1e- 5",
        b"0x1F",
        b"0b1",
        b"1_000",
        b"1a",
        b"1.5.5",
        b"1e5e5",
        b"1e5.5",
        b"1.5f",
        b"NaN",
        b"nan",
        b"Infinity",
        b"-Infinity",
        b"inf",
        b"-inf",
        b"1/2",
        b"1-2",
        b"1+2",
        b"\xd9\xa1",
        b"\xef\xbc\x91",
        b"0A",
        b"1 000",
        b"1L",
        b"$1",
    ];
    let in_list = numbers.map(|number| [b"[", number, b"]"].concat());
    refuse(&in_list.each_ref().map(Vec::as_slice), ErrorKind::Malformed);
}

#[test]
fn words_are_spelt_in_one_way() {
    let kind = ErrorKind::Malformed;
    refuse(
        &[
            b"[True]",
            b"[NULL]",
            b"[nul]",
            b"[truee]",
            b"[fals e]",
            b"[undefined]",
            b"[None]",
            b"[t   ]",
            b"[yes]",
        ],
        kind,
    );
    refuse(&[b"[nulll]", b"[true1]", b"[true\"\"]", b"[null,nil]", b"[tru\x65\x00]"], kind);
}

#[test]
fn strings_are_taken_with_every_escape() {
    accept(&[
        br#""\"\\\/\b\f\n\r\t""#,
        br#""\u0000""#,
        br#""\u001f""#,
        br#""\u00E9\u00e9""#,
        br#""\ud83d\uDE00""#,
        br#""\ufffe\uffff""#,
        br#""\uDBFF\uDFFF""#,
        br#""a/b""#,
        b"\"\x7f\"",
        "\"é😀\u{2028}\u{feff}\"".as_bytes(),
        "\"\u{10ffff}\u{fdd0}\"".as_bytes(),
        br#""//""#,
        br#""/**/""#,
        br#"{"\u0061":1}"#,
    ]);
}

#[test]
fn strings_with_other_escapes_or_bare_controls_are_refused() {
    let strings: [&[u8]; 24] = [
        br#""\a""#,
        br#""\x41""#,
        br#""\'""#,
        br#""\0""#,
        br#""\U0041""#,
        br#""\u00g0""#,
        br#""\u 041""#,
        br#""\u+041""#,
        br#""\u{41}""#,
        br#""\u12""#,
        "\"\\é\"".as_bytes(),
        b"\"\\\n\"",
        b"\"\n\"",
        b"\"\t\"",
        b"\"\r\"",
        b"\"\x00\"",
        b"\"\x1f\"",
        br#"'a'"#,
        br#""\ud800""#,
        br#""\ud800\n""#,
        br#""\ud800\u0041""#,
        br#""\udc00""#,
        br#""\udc00\ud800""#,
        br#""\ud83d\ud83d""#,
    ];
    let followed = strings.map(|string| [b"[", string, b",123456]"].concat());
    refuse(&followed.each_ref().map(Vec::as_slice), ErrorKind::Malformed);
    let as_key = strings.map(|string| [b"{", string, b":123456}"].concat());
    refuse(&as_key.each_ref().map(Vec::as_slice), ErrorKind::Malformed);
}

#[test]
fn lists_and_objects_have_single_commas_between() {
    let kind = ErrorKind::Malformed;
    refuse(
        &[
            b"[,]",
            b"[1,]",
            b"[,1]",
            b"[1,,2]",
            b"[1 2]",
            b"[1;2]",
            b"[1:2]",
            b"[\"a\" \"b\"]",
            b"[1,\n]",
            b"[[] []]",
        ],
        kind,
    );
    refuse(
        &[
            b"{,}",
            b"{\"a\":1,}",
            b"{,\"a\":1}",
            b"{\"a\":1,,\"b\":2}",
            b"{\"a\":1 \"b\":2}",
            b"{\"a\":1;\"b\":2}",
        ],
        kind,
    );
}

#[test]
fn keys_are_strings_and_have_one_value() {
    let kind = ErrorKind::Malformed;
    refuse(
        &[
            b"{1:1}",
            b"{a:1}",
            b"{'a':1}",
            b"{null:1}",
            b"{[]:1}",
            b"{\"a\"}",
            b"{\"a\",1}",
            b"{\"a\" 1}",
            b"{:1}",
        ],
        kind,
    );
    refuse(
        &[b"{\"a\":}", b"{\"a\":,}", b"{\"a\"::1}", b"{\"a\":1:2}", b"{\"a\"=1}", b"{{}:1}", b"{\"a\":1 1}"],
        kind,
    );
}

#[test]
fn containers_close_as_they_opened() {
    let kind = ErrorKind::Malformed;
    refuse(&[b"[1}", b"{\"a\":1]", b"[{]}", b"{\"a\":[}", b"[\"\"}", b"[}", b"{]", b"[(])"], kind);
    refuse(
        &[
            b":]", b":}", b",", b":", b"(1)", b"<1>", b"#1", b"/**/1", b"//1\n1", b"[1/**/]", b"[1//\n]",
            b"\\n", b"'", b"*",
        ],
        kind,
    );
}

#[test]
fn nothing_and_parts_are_told_from_wrong() {
    let kind = ErrorKind::Truncated;
    refuse(
        &[
            b"",
            b" ",
            b"\n\n",
            b"[",
            b"[1",
            b"[1,",
            b"[1, ",
            b"[[]",
            b"{",
            b"{ ",
            b"{\"a\"",
            b"{\"a\":",
            b"{\"a\":1",
            b"{\"a\":1,",
        ],
        kind,
    );
    refuse(
        &[b"\"", b"\"a", b"\"\\", b"\"\\u", b"\"\\u00", b"\"\\ud83d", b"\"\\ud83d\\u", b"\"\\ud83d\\ude0"],
        kind,
    );
    refuse(&[b"n", b"nul", b"t", b"tru", b"f", b"fals"], kind);
}

#[test]
fn keys_that_differ_in_their_form_differ() {
    accept(&[
        "{\"é\":1,\"e\u{301}\":2}".as_bytes(),
        b"{\"a\":1,\"A\":2}",
        b"{\"a\":1,\"a \":2}",
        br#"{"a":1,"a":2}"#,
    ]);
}
