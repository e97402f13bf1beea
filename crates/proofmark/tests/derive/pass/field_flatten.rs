use std::collections::BTreeMap;

use proofmark::{Maybe, Record, Value, json};

use crate::{check, read, refuse};

#[derive(Record, Debug, PartialEq)]
struct Page {
    #[field(alias = "from")]
    offset: u32,
    #[field(le = 100, default = 10)]
    limit: u32,
}

#[derive(Record, Debug, PartialEq)]
struct Query {
    text: String,
    #[field(flatten)]
    page: Page,
    #[field(default)]
    strict: bool,
}

fn query(offset: u32, limit: u32, strict: bool) -> Query {
    Query { text: "a".into(), page: Page { offset, limit }, strict }
}

#[test]
fn fields_stand_in_the_place_of_the_field() {
    check(&query(1, 20, true), r#"{"text":"a","offset":1,"limit":20,"strict":true}"#);
    check(&query(1, 10, false), r#"{"text":"a","offset":1}"#);
    read(r#"{"strict":true,"limit":20,"from":1,"text":"a"}"#, &query(1, 20, true));
    read(r#"{"offset":3,"text":"a","offset":1}"#, &query(1, 10, false));
}

#[test]
fn faults_are_told_where_they_are_on_the_wire() {
    refuse::<Query>(r#"{"text":"a","offset":"x"}"#, "Expected `int`, got `str` - at `$.offset`");
    refuse::<Query>(r#"{"text":"a","offset":1,"limit":101}"#, "Expected `int` <= 100 - at `$.limit`");
    refuse::<Vec<Query>>(r#"[{"text":"a"}]"#, "Object missing required field `offset` - at `$[0]`");
    refuse::<Query>(r#"{"offset":1}"#, "Object missing required field `text`");
    refuse::<Query>(r#"{"text":"a","offset":1,"page":{}}"#, "Object contains unknown field `page`");
    refuse::<Query>(r#"{"text":"a","offset":1,"x":{}}"#, "Object contains unknown field `x`");
}

#[derive(Record, Debug, PartialEq)]
struct Rest {
    id: u8,
    #[field(flatten)]
    rest: BTreeMap<String, Value>,
}

#[test]
fn a_map_takes_what_is_left() {
    let rest = |text: &str| json::from_str(text).unwrap();
    check(
        &Rest { id: 1, rest: rest(r#"{"a":[1,{"b":null}],"z":"x"}"#) },
        r#"{"id":1,"a":[1,{"b":null}],"z":"x"}"#,
    );
    check(&Rest { id: 1, rest: BTreeMap::new() }, r#"{"id":1}"#);
    read(r#"{"z":1,"id":1,"a":2}"#, &Rest { id: 1, rest: rest(r#"{"a":2,"z":1}"#) });
    let clash = Rest { id: 1, rest: rest(r#"{"id":2}"#) };
    let error = json::to_string(&clash).unwrap_err();
    assert_eq!(error.to_string(), "A flattened map has the key 'id', which is a field - at `key` in `$`");
    // More entries than a short header of MessagePack can say.
    for len in [13, 14, 15, 16, 70_000] {
        let rest = (0..len).map(|index| (format!("{index:05}"), Value::from(index))).collect();
        let value = Rest { id: 1, rest };
        check(&value, &json::to_string(&value).unwrap());
    }
}

#[derive(Record, Debug, PartialEq)]
struct Loose {
    #[field(flatten)]
    page: Option<Page>,
    #[field(flatten)]
    query: Maybe<Box<Word>>,
    id: u8,
}

#[derive(Record, Debug, PartialEq)]
struct Word {
    word: String,
}

#[test]
fn an_optional_part_is_there_when_one_of_its_fields_is() {
    let word = Maybe::Set(Box::new(Word { word: "a".into() }));
    check(&Loose { page: None, query: Maybe::Unset, id: 1 }, r#"{"id":1}"#);
    let page = || Some(Page { offset: 1, limit: 10 });
    check(&Loose { page: page(), query: word, id: 1 }, r#"{"offset":1,"word":"a","id":1}"#);
    check(&Loose { page: page(), query: Maybe::Unset, id: 1 }, r#"{"offset":1,"id":1}"#);
    refuse::<Loose>(r#"{"limit":1,"id":1}"#, "Object missing required field `offset`");
    refuse::<Loose>(r#"{"page":null,"id":1}"#, "Object contains unknown field `page`");
}

#[derive(Record, Debug, PartialEq)]
enum Action {
    Move { x: i8, y: i8 },
    Stop,
}

#[derive(Record, Debug, PartialEq)]
#[record(tag = "step.v1", tag_field = "kind")]
struct Step {
    id: u8,
    #[field(flatten)]
    action: Action,
    #[field(flatten)]
    meta: Meta,
}

#[derive(Record, Debug, PartialEq)]
struct Meta {
    by: String,
    #[field(flatten)]
    page: Option<Page>,
    #[field(flatten)]
    rest: BTreeMap<String, Vec<u16>>,
}

#[test]
fn unions_and_tags_and_parts_of_parts_work() {
    let meta = |rest: &[&str]| Meta {
        by: "me".into(),
        page: Some(Page { offset: 1, limit: 10 }),
        rest: rest.iter().map(|key| ((*key).to_owned(), vec![1])).collect(),
    };
    check(
        &Step { id: 1, action: Action::Move { x: 1, y: -1 }, meta: meta(&["p", "q"]) },
        r#"{"kind":"step.v1","id":1,"type":"Move","x":1,"y":-1,"by":"me","offset":1,"p":[1],"q":[1]}"#,
    );
    check(
        &Step { id: 1, action: Action::Stop, meta: meta(&[]) },
        r#"{"kind":"step.v1","id":1,"type":"Stop","by":"me","offset":1}"#,
    );
    read(
        r#"{"p":[1],"y":-1,"offset":1,"by":"me","type":"Move","q":[1],"x":1,"id":1}"#,
        &Step { id: 1, action: Action::Move { x: 1, y: -1 }, meta: meta(&["p", "q"]) },
    );
    refuse::<Step>(r#"{"kind":"step.v2"}"#, "Invalid value 'step.v2' - at `$.kind`");
    refuse::<Step>(r#"{"id":1,"type":"Fly","by":"me"}"#, "Invalid value 'Fly' - at `$.type`");
    refuse::<Step>(r#"{"id":1,"by":"me"}"#, "Object missing required field `type`");
    refuse::<Step>(
        r#"{"id":1,"type":"Stop","by":"me","p":"x"}"#,
        "Expected `array`, got `str` - at `$[...]`",
    );
    refuse::<Step>(r#"{"id":1,"type":"Move","x":1,"by":"me"}"#, "Object missing required field `y`");
}

#[derive(Record, Debug, PartialEq)]
struct Only {
    #[field(flatten)]
    action: Action,
}

#[test]
fn fields_of_another_variant_are_unknown() {
    refuse::<Only>(r#"{"type":"Stop","x":1}"#, "Object contains unknown field `x`");
    check(&Only { action: Action::Stop }, r#"{"type":"Stop"}"#);
}

#[derive(Record, Debug, PartialEq)]
#[record(allow_unknown)]
struct Open {
    #[field(flatten)]
    action: Action,
}

#[test]
fn the_record_around_says_what_becomes_of_unknown_fields() {
    read(r#"{"y":0,"type":"Stop","x":1,"z":[2]}"#, &Open { action: Action::Stop });
}

/// A record inside its own part, through a list.
#[derive(Record, Debug, PartialEq)]
struct Node {
    id: u8,
    #[field(flatten)]
    children: Children<Self>,
}

#[derive(Record, Debug, PartialEq)]
struct Children<T> {
    #[field(default)]
    left: Vec<T>,
    #[field(default)]
    right: Vec<T>,
}

#[test]
fn generic_and_recursive_records_work() {
    let leaf = |id| Node { id, children: Children { left: vec![], right: vec![] } };
    let tree = Node { id: 1, children: Children { left: vec![leaf(2)], right: vec![leaf(3)] } };
    check(&tree, r#"{"id":1,"left":[{"id":2}],"right":[{"id":3}]}"#);
}

#[derive(Record, Debug, PartialEq)]
struct Borrowed<'a> {
    id: &'a str,
    #[field(flatten)]
    rest: BTreeMap<&'a str, &'a str>,
}

#[test]
fn parts_borrow_from_the_input() {
    let text = r#"{"a":"b","id":"c"}"#;
    let value: Borrowed<'_> = json::from_str(text).unwrap();
    let (key, value) = value.rest.first_key_value().unwrap();
    assert_eq!((key.as_ptr(), value.as_ptr()), (text[2..].as_ptr(), text[6..].as_ptr()));
}
