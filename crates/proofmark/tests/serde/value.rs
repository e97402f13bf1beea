//! Values between serde types, and in formats of others.

use proofmark::{
    Value,
    serde::{from_value, to_value},
};

#[test]
fn natives_are_text_to_serde() {
    let value = Value::from_iter([
        ("date", Value::from(jiff::civil::date(2026, 1, 2))),
        ("uuid", uuid::Uuid::nil().into()),
        ("decimal", proofmark::scalar::Decimal::parse("1.50").unwrap().into()),
    ]);
    let text = r#"{"date":"2026-01-02","decimal":"1.50","uuid":"00000000-0000-0000-0000-000000000000"}"#;
    let theirs: serde_json::Value = from_value(&value).unwrap();
    assert_eq!(theirs.to_string(), text);
    assert_eq!(from_value::<std::collections::BTreeMap<String, String>>(&value).unwrap()["decimal"], "1.50");
    assert_eq!(to_value(&theirs).unwrap().to_string(), text);
}

#[test]
fn a_value_is_a_serde_type() {
    let text = r#"{"b":[1,-2.5,null,true,18446744073709551615],"a":"x"}"#;
    let value: Value = serde_json::from_str(text).unwrap();
    assert_eq!(value, proofmark::json::from_str::<Value>(text).unwrap());
    assert_eq!(serde_json::to_string(&value).unwrap(), text);
    assert_eq!(to_value(&value).unwrap(), value);
    assert_eq!(from_value::<Value>(&value).unwrap(), value);
    let packed = rmp_serde::to_vec(&value).unwrap();
    assert_eq!(rmp_serde::from_slice::<Value>(&packed).unwrap(), value);
    assert!(serde_json::to_string(&Value::from(proofmark::Ext::new(5, []))).is_err());
    assert_eq!(serde_json::to_string(&Value::from(u128::MAX)).unwrap(), format!("\"{}\"", u128::MAX));
}
