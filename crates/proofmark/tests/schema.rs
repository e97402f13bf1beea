//! JSON Schema through its public interface. The expected texts are msgspec's for the same types.

#[path = "schema/annotated.rs"]
mod annotated;
#[path = "schema/beyond.rs"]
mod beyond;
#[path = "schema/record.rs"]
mod record;
#[path = "schema/value.rs"]
mod value;

use proofmark::{Describe, schema::json_schema};

/// The schema of `T`.
#[track_caller]
fn check<T: Describe + ?Sized>(schema: &str) {
    assert_eq!(json_schema::<T>().unwrap(), schema);
}

/// The definitions in the schema of `T`, which is a reference to `name`.
#[track_caller]
fn check_defs<T: Describe + ?Sized>(name: &str, definitions: &str) {
    check::<T>(&format!(r##"{{"$ref":"#/$defs/{name}","$defs":{{{definitions}}}}}"##));
}
