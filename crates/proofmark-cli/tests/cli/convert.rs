//! `proofmark convert`.

use std::fs;

use expect_test::expect;
use proofmark_artifacts::Codec;

use crate::check_in;
use crate::fixture::{Fixture, manifest};

#[test]
fn a_record_comes_back_byte_for_byte() {
    let fixture = Fixture::new();
    let dir = fixture.dir();
    let json = fixture.write("a.json", manifest(Codec::Json));
    check_in(
        dir,
        &["convert", "a.json", "b.msgpack"],
        expect![[r#"
        exit 0
    "#]],
    );
    assert_eq!(fs::read(dir.join("b.msgpack")).unwrap(), manifest(Codec::MessagePack));
    check_in(
        dir,
        &["convert", "b.msgpack", "c.json", "--pretty"],
        expect![[r#"
        exit 0
    "#]],
    );
    assert_eq!(fs::read(dir.join("c.json")).unwrap(), fs::read(json).unwrap());
}

#[test]
fn pipes_need_a_format_and_get_compact_json() {
    let fixture = Fixture::new();
    fixture.write("x.msgpack", b"\x82\xa1b\x01\xa1a\x92\xc3\xcb\x3f\xf8\0\0\0\0\0\0");
    check_in(
        fixture.dir(),
        &["convert", "x.msgpack", "-", "--to", "json"],
        expect![[r#"
            {"b":1,"a":[true,1.5]}
            exit 0
        "#]],
    );
    check_in(
        fixture.dir(),
        &["convert", "x.msgpack", "-", "--to", "json", "--pretty"],
        expect![[r#"
            {
              "b": 1,
              "a": [
                true,
                1.5
              ]
            }
            exit 0
        "#]],
    );
    check_in(
        fixture.dir(),
        &["convert", "x.msgpack", "-"],
        expect![[r#"
        error: cannot tell the format of `-` by its name
          help: end it in .json or .msgpack, or give the format: --to json
        exit 2
    "#]],
    );
    check_in(
        fixture.dir(),
        &["convert", "x.msgpack", "y.txt"],
        expect![[r#"
        error: cannot tell the format of `y.txt` by its name
          help: end it in .json or .msgpack, or give the format: --to json
        exit 2
    "#]],
    );
}

#[test]
fn a_file_is_not_overwritten_unasked() {
    let fixture = Fixture::new();
    fixture.write("x.json", "[1]");
    let kept = fixture.write("y.msgpack", "mine");
    check_in(
        fixture.dir(),
        &["convert", "x.json", "y.msgpack"],
        expect![[r#"
        error: `y.msgpack` exists already
          help: --force overwrites it
        exit 101
    "#]],
    );
    assert_eq!(fs::read(&kept).unwrap(), b"mine");
    check_in(
        fixture.dir(),
        &["convert", "x.json", "y.msgpack", "--force"],
        expect![[r#"
        exit 0
    "#]],
    );
    assert_eq!(fs::read(&kept).unwrap(), b"\x91\x01");
}

#[test]
fn a_type_is_checked_and_an_untyped_file_is_not() {
    let fixture = Fixture::new();
    fixture.write("x.json", r#"{"dataset_name":"orders","last_version":-1}"#);
    check_in(
        fixture.dir(),
        &["convert", "x.json", "-", "--to", "json"],
        expect![[r#"
        {"dataset_name":"orders","last_version":-1}
        exit 0
    "#]],
    );
    check_in(
        fixture.dir(),
        &["convert", "x.json", "y.msgpack", "--type", "cdf_cursor"],
        expect![[r#"
        error: cannot read `x.json`: Expected `int` >= 0 - at `$.last_version`
          help: `proofmark schema cdf_cursor` says what is expected
        exit 101
    "#]],
    );
    assert!(!fixture.dir().join("y.msgpack").exists());
}

#[test]
fn what_json_cannot_say_is_said() {
    let fixture = Fixture::new();
    fixture.write("x.msgpack", b"\x92\xc4\x01\xff\xcb\x7f\xf8\0\0\0\0\0\0");
    check_in(
        fixture.dir(),
        &["convert", "x.msgpack", "-", "--to", "json"],
        expect![[r#"
            ["/w==",null]
            warning: 1 float not finite: NaN and infinities are null in JSON
            warning: 1 byte string written as base64: only a type tells that from text
            exit 0
        "#]],
    );
    fixture.write("y.msgpack", b"\xd4\x05\x01");
    check_in(
        fixture.dir(),
        &["convert", "y.msgpack", "y.json"],
        expect![[r#"
            error: cannot write `y.msgpack` as JSON: Encoding objects of type Ext is unsupported
              help: JSON has no extension values; `proofmark show` shows them
            exit 101
        "#]],
    );
    fixture.write("z.json", "18446744073709551616");
    check_in(
        fixture.dir(),
        &["convert", "z.json", "z.msgpack"],
        expect![[r#"
            error: cannot write `z.json` as MessagePack: can't serialize ints < -2**63 or > 2**64 - 1
              help: MessagePack has no integers beyond 64 bits; keep the file as JSON
            exit 101
        "#]],
    );
}
