use proofmark::Record;

use crate::{check, refuse};

#[derive(Record, Debug, PartialEq)]
struct Name {
    #[field(pattern = "^[a-z]+$")]
    whole: String,
    #[field(pattern = r"\d{2}")]
    anywhere: String,
}

#[test]
fn text_without_a_match_is_refused() {
    check(&Name { whole: "ab".into(), anywhere: "x42".into() }, r#"{"whole":"ab","anywhere":"x42"}"#);
    refuse::<Name>(r#"{"whole":"aB"}"#, "Expected `str` matching regex '^[a-z]+$' - at `$.whole`");
    refuse::<Name>(r#"{"anywhere":"4 2"}"#, r"Expected `str` matching regex '\d{2}' - at `$.anywhere`");
}
