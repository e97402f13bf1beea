//! Records and enums.

use std::collections::BTreeMap;

use proofmark::{Ext, Maybe, Record, Value, schema::json_schema};

use crate::{check, check_defs};

#[derive(Record)]
#[record(allow_unknown)]
struct User {
    id: i64,
    name: String,
    #[field(default)]
    email: Option<String>,
    #[field(default)]
    tags: Vec<String>,
    #[field(default = true)]
    active: bool,
}

const USER: &str = concat!(
    r#""User":{"title":"User","type":"object","properties":{"id":{"type":"integer"},"name":{"type":"string"},"#,
    r#""email":{"anyOf":[{"type":"string"},{"type":"null"}],"default":null},"#,
    r#""tags":{"type":"array","items":{"type":"string"},"default":[]},"active":{"type":"boolean","default":true}},"#,
    r#""required":["id","name"]}"#,
);

#[test]
fn defaults_stand_in_the_schema() {
    check_defs::<User>("User", USER);
}

#[derive(Record, PartialEq)]
struct Strict {
    a: i64,
    #[field(default = "z")]
    b: String,
}

#[test]
fn unknown_fields_are_refused_by_the_schema_too() {
    check_defs::<Strict>(
        "Strict",
        concat!(
            r#""Strict":{"title":"Strict","type":"object","properties":{"a":{"type":"integer"},"#,
            r#""b":{"type":"string","default":"z"}},"required":["a"],"additionalProperties":false}"#,
        ),
    );
}

#[derive(Record)]
#[record(allow_unknown)]
struct Patch {
    id: i64,
    name: Maybe<Option<String>>,
    age: Maybe<i64>,
}

#[test]
fn absent_fields_are_not_required_and_have_no_default() {
    check_defs::<Patch>(
        "Patch",
        concat!(
            r#""Patch":{"title":"Patch","type":"object","properties":{"id":{"type":"integer"},"#,
            r#""name":{"anyOf":[{"type":"string"},{"type":"null"}]},"age":{"type":"integer"}},"required":["id"]}"#,
        ),
    );
}

#[derive(Record)]
#[record(allow_unknown, rename_all = "camel")]
struct Camel {
    first_name: String,
    #[field(rename = "$ref")]
    reference: i64,
}

#[derive(Record)]
#[record(allow_unknown)]
struct Empty {}

#[test]
fn properties_have_wire_names() {
    check_defs::<Camel>(
        "Camel",
        concat!(
            r#""Camel":{"title":"Camel","type":"object","properties":{"firstName":{"type":"string"},"#,
            r#""$ref":{"type":"integer"}},"required":["firstName","$ref"]}"#,
        ),
    );
    check_defs::<Empty>(
        "Empty",
        r#""Empty":{"title":"Empty","type":"object","properties":{},"required":[]}"#,
    );
}

#[derive(Record)]
#[record(positional, tag = 1, allow_unknown)]
struct ArrA {
    x: i64,
    #[field(default = 2)]
    y: i64,
}

#[derive(Record)]
#[record(positional, tag = 2)]
struct ArrB {
    #[field(default = "d")]
    s: String,
}

#[derive(Record)]
enum ArrUnion {
    A(ArrA),
    B(ArrB),
}

const ARR_A: &str = concat!(
    r#""ArrA":{"title":"ArrA","type":"array","prefixItems":[{"enum":[1]},{"type":"integer"},"#,
    r#"{"type":"integer","default":2}],"minItems":2}"#,
);

#[test]
fn positional_records_are_arrays() {
    check_defs::<ArrA>("ArrA", ARR_A);
    check::<Option<ArrUnion>>(&format!(
        concat!(
            r##"{{"anyOf":[{{"$ref":"#/$defs/ArrA"}},{{"$ref":"#/$defs/ArrB"}},{{"type":"null"}}],"$defs":{{{},"##,
            r##""ArrB":{{"title":"ArrB","type":"array","prefixItems":[{{"enum":[2]}},"##,
            r##"{{"type":"string","default":"d"}}],"minItems":1,"maxItems":2}}}}}}"##,
        ),
        ARR_A
    ));
}

#[derive(Record)]
#[record(tag = "Cat", allow_unknown)]
struct Cat {
    lives: i64,
}

#[derive(Record)]
#[record(tag = "dog")]
struct Dog {
    name: String,
    #[field(default = true)]
    good: bool,
}

#[derive(Record)]
enum Animal {
    Cat(Cat),
    Dog(Box<Dog>),
}

#[derive(Record)]
#[record(allow_unknown)]
struct Zoo {
    animals: Vec<Animal>,
    #[field(default)]
    owner: Option<User>,
    mixed: Maybe<Mixed>,
}

#[derive(Record)]
enum Mixed {
    Animal(Animal),
    Int(i64),
    None(()),
    List(Vec<i64>),
}

impl PartialEq for User {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

const ANIMALS: &str = concat!(
    r##"{"anyOf":[{"$ref":"#/$defs/Cat"},{"$ref":"#/$defs/Dog"}],"discriminator":{"propertyName":"type","##,
    r##""mapping":{"Cat":"#/$defs/Cat","dog":"#/$defs/Dog"}}}"##,
);
const CAT_AND_DOG: &str = concat!(
    r#""Cat":{"title":"Cat","type":"object","properties":{"type":{"enum":["Cat"]},"lives":{"type":"integer"}},"#,
    r#""required":["type","lives"]},"Dog":{"title":"Dog","type":"object","properties":{"type":{"enum":["dog"]},"#,
    r#""name":{"type":"string"},"good":{"type":"boolean","default":true}},"required":["type","name"],"#,
    r#""additionalProperties":false}"#,
);

#[test]
fn tagged_records_have_a_discriminator() {
    check::<Animal>(&format!(
        r#"{},"$defs":{{{CAT_AND_DOG}}}}}"#,
        ANIMALS.trim_end_matches('}').to_owned() + "}}"
    ));
    check::<Option<Animal>>(&format!(
        r#"{{"anyOf":[{ANIMALS},{{"type":"null"}}],"$defs":{{{CAT_AND_DOG}}}}}"#
    ));
    check_defs::<Zoo>(
        "Zoo",
        &format!(
            concat!(
                r##""Zoo":{{"title":"Zoo","type":"object","properties":{{"animals":{{"type":"array","items":{}}},"##,
                r##""owner":{{"anyOf":[{{"$ref":"#/$defs/User"}},{{"type":"null"}}],"default":null}},"##,
                r##""mixed":{{"anyOf":[{{"type":"integer"}},{{"type":"array","items":{{"type":"integer"}}}},{},"##,
                r##"{{"type":"null"}}]}}}},"required":["animals"]}},{},{}"##,
            ),
            ANIMALS, ANIMALS, CAT_AND_DOG, USER
        ),
    );
}

#[derive(Record)]
#[record(tag_field = "op", allow_unknown)]
enum Op {
    /// Reads a key.
    Get { key: String },
    #[variant(tag = "set")]
    Put { key: String },
}

mod other {
    #[derive(proofmark::Record)]
    #[record(allow_unknown)]
    pub(super) struct Get {
        pub(super) op: super::Op,
    }
}

#[test]
fn struct_variants_are_records_of_their_own() {
    check::<Op>(concat!(
        r##"{"anyOf":[{"$ref":"#/$defs/Get"},{"$ref":"#/$defs/Put"}],"discriminator":{"propertyName":"op","##,
        r##""mapping":{"Get":"#/$defs/Get","set":"#/$defs/Put"}},"$defs":{"Get":{"title":"Get","##,
        r##""description":"Reads a key.","type":"object","properties":{"op":{"enum":["Get"]},"##,
        r##""key":{"type":"string"}},"required":["op","key"]},"Put":{"title":"Put","type":"object","##,
        r##""properties":{"op":{"enum":["set"]},"key":{"type":"string"}},"required":["op","key"]}}}"##,
    ));
}

#[test]
fn names_that_clash_are_told_apart_by_module() {
    let schema = json_schema::<other::Get>().unwrap();
    assert!(schema.starts_with(r##"{"$ref":"#/$defs/schema.record.other.Get","$defs":{"##), "{schema}");
    assert!(schema.contains(r##""schema.record.Op.Get":{"title":"Get","##), "{schema}");
    assert!(
        schema.contains(r##""mapping":{"Get":"#/$defs/schema.record.Op.Get","set":"#/$defs/Put"}"##),
        "{schema}"
    );
}

#[derive(Record, Clone, Copy)]
#[record(rename_all = "lower")]
/// A colour.
enum Color {
    Red,
    Green,
    #[variant(rename = "bleu")]
    Blue,
}

#[derive(Record)]
#[record(int)]
enum Level {
    High = 10,
    Low = -1,
}

#[derive(Record)]
#[record(allow_unknown)]
struct Crate<T> {
    item: T,
    #[field(default)]
    items: Vec<T>,
}

impl PartialEq for Color {
    fn eq(&self, other: &Self) -> bool {
        *self as u8 == *other as u8
    }
}

#[test]
fn enum_values_are_sorted() {
    check_defs::<Level>("Level", r#""Level":{"title":"Level","enum":[-1,10]}"#);
    check_defs::<Crate<Color>>(
        "Crate_Color_",
        concat!(
            r##""Crate_Color_":{"title":"Crate<Color>","type":"object","properties":{"item":{"$ref":"#/$defs/Color"},"##,
            r##""items":{"type":"array","items":{"$ref":"#/$defs/Color"},"default":[]}},"required":["item"]},"##,
            r##""Color":{"title":"Color","description":"A colour.","enum":["bleu","green","red"]}"##,
        ),
    );
}

#[derive(Record, PartialEq)]
#[record(allow_unknown)]
struct Tree {
    value: i64,
    #[field(default)]
    children: Vec<Self>,
    #[field(default)]
    parent: Option<Box<Self>>,
}

#[test]
fn recursive_records_refer_to_themselves() {
    check_defs::<Tree>(
        "Tree",
        concat!(
            r##""Tree":{"title":"Tree","type":"object","properties":{"value":{"type":"integer"},"##,
            r##""children":{"type":"array","items":{"$ref":"#/$defs/Tree"},"default":[]},"##,
            r##""parent":{"anyOf":[{"$ref":"#/$defs/Tree"},{"type":"null"}],"default":null}},"required":["value"]}"##,
        ),
    );
}

#[derive(Record)]
#[record(transparent)]
struct Share(#[field(ge = 1, lt = 100)] u8);

#[derive(Record)]
#[record(allow_unknown)]
struct Bounded {
    #[field(ge = 0, lt = 10, multiple_of = 2)]
    int: i64,
    #[field(gt = 0)]
    above: u32,
    #[field(ge = -5, le = 999)]
    weak: u8,
    #[field(gt = 0.5, le = 1.5, multiple_of = 0.25)]
    float: f64,
    #[field(min_len = 1, max_len = 4)]
    bytes: Vec<u8>,
    #[field(max_len = 2)]
    list: Vec<i64>,
    #[field(min_len = 1)]
    map: BTreeMap<String, Value>,
    #[field(ge = 10)]
    optional: Option<i64>,
    share: Share,
}

#[test]
fn constraints_stand_with_the_type_they_bind() {
    check_defs::<Bounded>(
        "Bounded",
        concat!(
            r#""Bounded":{"title":"Bounded","type":"object","properties":{"#,
            r#""int":{"type":"integer","minimum":0,"exclusiveMaximum":10,"multipleOf":2},"#,
            r#""above":{"type":"integer","exclusiveMinimum":0,"maximum":4294967295},"#,
            r#""weak":{"type":"integer","minimum":0,"maximum":255},"#,
            r#""float":{"type":"number","exclusiveMinimum":0.5,"maximum":1.5,"multipleOf":0.25},"#,
            r#""bytes":{"type":"string","contentEncoding":"base64","maxLength":8,"minLength":4},"#,
            r#""list":{"type":"array","items":{"type":"integer"},"maxItems":2},"#,
            r#""map":{"type":"object","minProperties":1},"#,
            r#""optional":{"anyOf":[{"type":"integer","minimum":10},{"type":"null"}]},"#,
            r#""share":{"type":"integer","minimum":1,"exclusiveMaximum":100}},"#,
            r#""required":["int","above","weak","float","bytes","list","map","optional","share"]}"#,
        ),
    );
}

#[derive(Record)]
#[record(allow_unknown)]
struct Words {
    /// When the run began.
    #[field(volatile = "time")]
    began: i64,
    /// Where it stopped, "if" it did.
    #[field(default, absent = "not known", null = "still running")]
    stopped: Option<i64>,
    /// Its parent.
    parent: Box<Option<Empty>>,
}

#[test]
fn what_json_schema_cannot_say_stands_in_x_keys() {
    check_defs::<Words>(
        "Words",
        concat!(
            r#""Words":{"title":"Words","type":"object","properties":{"began":{"description":"When the run began.","#,
            r#""type":"integer","x-volatile":"time"},"#,
            r#""stopped":{"description":"Where it stopped, \"if\" it did.","anyOf":[{"type":"integer"},{"type":"null"}],"#,
            r#""default":null,"x-absent-means":"not known","x-null-means":"still running"},"#,
            r##""parent":{"description":"Its parent.","anyOf":[{"$ref":"#/$defs/Empty"},{"type":"null"}]}},"##,
            r#""required":["began","parent"]},"#,
            r#""Empty":{"title":"Empty","type":"object","properties":{},"required":[]}"#,
        ),
    );
}

#[derive(Record)]
struct Holder {
    inner: Vec<Ext>,
}

#[test]
fn the_field_that_has_no_schema_is_named() {
    let error = json_schema::<Holder>().unwrap_err();
    assert_eq!(error.to_string(), "JSON Schema has no extension values - at `$.inner`");
}

#[derive(Record)]
enum EmptyOrInt {
    Empty(Empty),
    Int(Option<i64>),
}

#[test]
fn records_stand_behind_the_other_members_and_before_null() {
    check::<EmptyOrInt>(concat!(
        r##"{"anyOf":[{"type":"integer"},{"$ref":"#/$defs/Empty"},{"type":"null"}],"$defs":{"##,
        r#""Empty":{"title":"Empty","type":"object","properties":{},"required":[]}}}"#,
    ));
}
