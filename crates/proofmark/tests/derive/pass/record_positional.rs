use proofmark::Record;

use crate::{check, refuse};

#[derive(Record, Debug, PartialEq)]
#[record(positional, tag = "scan")]
struct Scan {
    files: u8,
    #[field(default)]
    rows: Option<u8>,
}

#[test]
fn fields_are_told_by_position() {
    check(&Scan { files: 1, rows: None }, r#"["scan",1,null]"#);
    refuse::<Scan>(r#"["scan"]"#, "Expected `array` of at least length 2, got 1");
    refuse::<Scan>(r#"["scan",1,2,3]"#, "Expected `array` of at most length 2, got 3");
    refuse::<Scan>(r#"["scan",null]"#, "Expected `int`, got `null` - at `$[1]`");
}
