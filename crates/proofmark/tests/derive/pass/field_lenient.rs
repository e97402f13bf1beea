use proofmark::{Maybe, Record};

use crate::{check, read, refuse};

#[derive(Record, Debug, PartialEq)]
struct Row {
    #[field(lenient, ge = 1)]
    id: u32,
    rows: u32,
    #[field(lenient, default)]
    flags: Vec<Option<bool>>,
    #[field(lenient)]
    share: Maybe<f64>,
}

#[test]
fn the_field_alone_takes_text_that_spells_its_value() {
    let row = Row { id: 7, rows: 1, flags: vec![Some(true), None], share: Maybe::Set(0.5) };
    check(&row, r#"{"id":7,"rows":1,"flags":[true,null],"share":0.5}"#);
    read(r#"{"id":"7","rows":1,"flags":["TRUE","null"],"share":"0.5"}"#, &row);
    read(r#"{"share":"5e-1","flags":[1,null],"id":7.0,"rows":1}"#, &row);
    refuse::<Row>(r#"{"id":"7","rows":"1"}"#, "Expected `int`, got `str` - at `$.rows`");
    refuse::<Row>(r#"{"id":"x","rows":1}"#, "Expected `int`, got `str` - at `$.id`");
    refuse::<Row>(r#"{"id":"0","rows":1}"#, "Expected `int` >= 1 - at `$.id`");
}

#[derive(Record, Debug, PartialEq)]
#[record(positional)]
struct Scan {
    #[field(lenient)]
    files: u8,
    rows: u8,
}

#[test]
fn strictness_comes_back_behind_the_field_also_after_a_fault() {
    read(r#"["1",2]"#, &Scan { files: 1, rows: 2 });
    refuse::<Scan>(r#"["1","2"]"#, "Expected `int`, got `str` - at `$[1]`");
    let errors = proofmark::json::decode_all_errors::<Vec<Scan>>(br#"[["x","2"],[1,"2"]]"#).unwrap_err();
    assert_eq!(errors.as_slice().len(), 3);
}
