//! What msgspec has no word for: parts, further names, fallbacks.

use std::collections::BTreeMap;

use proofmark::Record;

use crate::{check, check_defs};

#[derive(Record)]
struct Page {
    #[field(alias = "from")]
    offset: i64,
    #[field(default = 10)]
    limit: i64,
}

#[derive(Record)]
#[expect(dead_code, reason = "only its schema is asked for")]
struct Query {
    #[field(flatten)]
    page: Page,
    text: String,
    #[field(skip)]
    seen: bool,
    #[field(skip_encode)]
    token: String,
    #[field(lenient)]
    size: i64,
}

#[test]
fn parts_and_further_names_are_properties() {
    check_defs::<Query>(
        "Query",
        concat!(
            r#""Query":{"title":"Query","type":"object","properties":{"from":{"type":"integer","deprecated":true},"#,
            r#""offset":{"type":"integer"},"limit":{"type":"integer","default":10},"text":{"type":"string"},"#,
            r#""token":{"type":"string","writeOnly":true},"size":{"type":"integer","x-lenient":true}},"#,
            r#""required":["text","token","size"],"#,
            r#""allOf":[{"anyOf":[{"required":["offset"]},{"required":["from"]}]}],"additionalProperties":false}"#,
        ),
    );
}

#[derive(Record)]
struct Word {
    word: String,
    by: String,
}

#[derive(Record)]
struct Loose {
    #[field(flatten)]
    word: Option<Word>,
    #[field(flatten)]
    rest: BTreeMap<String, i64>,
}

#[test]
fn an_optional_part_is_whole_or_not_there_and_a_map_takes_the_rest() {
    check_defs::<Loose>(
        "Loose",
        concat!(
            r#""Loose":{"title":"Loose","type":"object","properties":{"word":{"type":"string"},"by":{"type":"string"}},"#,
            r#""required":[],"dependentRequired":{"word":["word","by"],"by":["word","by"]},"#,
            r#""additionalProperties":{"type":"integer"}}"#,
        ),
    );
}

#[derive(Record)]
enum Action {
    Move { x: i64 },
    Stop,
}

#[derive(Record)]
struct Step {
    id: i64,
    #[field(flatten)]
    action: Action,
}

#[test]
fn a_part_that_is_a_union_is_one_of_its_records() {
    check_defs::<Step>(
        "Step",
        concat!(
            r#""Step":{"title":"Step","type":"object","properties":{"id":{"type":"integer"}},"required":["id"],"#,
            r#""allOf":[{"anyOf":[{"properties":{"type":{"enum":["Move"]},"x":{"type":"integer"}},"required":["type","x"]},"#,
            r#"{"properties":{"type":{"enum":["Stop"]}},"required":["type"]}]}],"unevaluatedProperties":false}"#,
        ),
    );
}

#[derive(Record)]
enum Level {
    #[variant(alias = "warn")]
    Warning,
    Error,
    #[variant(fallback)]
    Other(String),
}

#[test]
fn an_enum_with_a_fallback_is_any_text() {
    check_defs::<Level>(
        "Level",
        r#""Level":{"title":"Level","anyOf":[{"enum":["Error","Warning","warn"]},{"type":"string"}]}"#,
    );
}

#[derive(Record)]
enum Event {
    #[variant(alias = "Begin")]
    Open {},
    #[variant(fallback)]
    Unknown,
}

#[test]
fn a_union_with_a_fallback_takes_records_of_other_tags() {
    check::<Event>(concat!(
        r##"{"anyOf":[{"type":"object","properties":{"type":{"not":{"enum":["Open","Begin"]}}},"required":["type"]},"##,
        r##"{"$ref":"#/$defs/Open"}],"##,
        r##""$defs":{"Open":{"title":"Open","type":"object","properties":{"type":{"enum":["Open","Begin"]}},"##,
        r##""required":["type"],"additionalProperties":false}}}"##,
    ));
}
