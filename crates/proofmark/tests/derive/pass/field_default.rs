use proofmark::Record;

use crate::{check, refuse};

#[derive(Record, Debug, PartialEq)]
struct Options {
    #[field(default)]
    tags: Vec<String>,
    #[field(default = 1 + 2)]
    retries: u8,
    #[field(default = "text")]
    name: String,
    #[field(default = Some(1))]
    limit: Option<u8>,
}

#[test]
fn absence_means_the_default() {
    let options = Options { tags: vec![], retries: 3, name: "text".into(), limit: Some(1) };
    check(&options, "{}");
    check(&Options { limit: None, ..options }, r#"{"limit":null}"#);
    refuse::<Options>(r#"{"retries":null}"#, "Expected `int`, got `null` - at `$.retries`");
}
