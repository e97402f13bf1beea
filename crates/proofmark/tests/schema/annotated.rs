//! What the codec goes by and JSON Schema has no word for.

use std::borrow::Cow;
use std::collections::BTreeMap;

use proofmark::ext::{Base64, ExtType};
use proofmark::schema::annotated_json_schema;
use proofmark::{Describe, Maybe, Record, Result, ext_type};

/// The annotated definitions of `T`, which is a reference to `name`.
#[track_caller]
fn check<T: Describe>(name: &str, definitions: &str) {
    let schema = annotated_json_schema::<T>().unwrap();
    assert_eq!(schema, format!(r##"{{"$ref":"#/$defs/{name}","$defs":{{{definitions}}}}}"##));
}

#[derive(Record)]
#[record(positional, tag = "span")]
struct Span {
    start: u64,
    #[field(default)]
    end: f32,
}

#[test]
fn positions_have_names_and_numbers_a_width() {
    check::<Span>(
        "Span",
        concat!(
            r#""Span":{"title":"Span","type":"array","prefixItems":[{"enum":["span"]},"#,
            r#"{"type":"integer","minimum":0,"x-number":"u64","x-presence":"required"},"#,
            r#"{"type":"number","x-number":"f32","default":0.0,"x-presence":"default"}],"minItems":2,"maxItems":3,"#,
            r#""x-unknown-fields":"refused","x-positions":["type","start","end"],"x-defaults":"written"}"#,
        ),
    );
}

#[derive(Record, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[record(int)]
enum Level {
    Low = 1,
    High = 10,
}

#[derive(Record)]
#[record(allow_unknown)]
struct Levels {
    #[field(was = "level", absent = "nobody asked")]
    now: Maybe<Level>,
    #[field(default)]
    counts: BTreeMap<i64, bool>,
}

#[test]
fn values_have_names_and_fields_a_history() {
    check::<Levels>(
        "Levels",
        concat!(
            r##""Levels":{"title":"Levels","type":"object","properties":{"now":{"$ref":"#/$defs/Level","##,
            r#""x-absent-means":"nobody asked","x-presence":"maybe","x-was":"level"},"#,
            r#""counts":{"type":"object","additionalProperties":{"type":"boolean"},"x-keys":"integer","default":{},"#,
            r#""x-presence":"default"}},"required":[],"x-unknown-fields":"skipped","x-defaults":"omitted"},"#,
            r#""Level":{"title":"Level","enum":[1,10],"x-names":{"Low":1,"High":10}}"#,
        ),
    );
}

struct Blob(Vec<u8>);

impl ExtType for Blob {
    const CODE: i8 = 40;
    const NAME: &'static str = "blob";
    type Text = Base64;

    fn payload(&self) -> Cow<'_, [u8]> {
        Cow::Borrowed(&self.0)
    }

    fn from_payload(payload: &[u8]) -> Result<Self> {
        Ok(Self(payload.to_vec()))
    }
}
ext_type!(Blob);

#[test]
fn extension_values_have_a_code() {
    assert_eq!(
        annotated_json_schema::<Option<Blob>>().unwrap(),
        r#"{"anyOf":[{"type":"string","contentEncoding":"base64","x-ext-code":40},{"type":"null"}]}"#
    );
}

fn any(_: &Checked) -> Result<()> {
    Ok(())
}

#[derive(Record)]
#[record(check = any, encode_defaults)]
struct Checked {
    #[field(default)]
    at: bool,
}

#[test]
fn checks_in_code_are_told() {
    check::<Checked>(
        "Checked",
        concat!(
            r#""Checked":{"title":"Checked","type":"object","properties":{"at":{"type":"boolean","default":false,"#,
            r#""x-presence":"default"}},"required":[],"additionalProperties":false,"#,
            r#""x-unknown-fields":"refused","x-defaults":"written","x-checked":true}"#,
        ),
    );
}
