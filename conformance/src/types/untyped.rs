//! Records that hold values of any type, undecoded or not.

use proofmark::{Ext, Maybe, Raw, Record, Value};

#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, encode_defaults)]
pub(crate) struct AnyHolder {
    v: Value,
}

// In Python `rest` is empty bytes by default, which is no value; here it is absent.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, encode_defaults)]
pub(crate) struct RawHolder<'a> {
    kind: String,
    payload: Raw<'a>,
    rest: Maybe<Raw<'a>>,
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, encode_defaults)]
pub(crate) struct RawReq<'a> {
    kind: String,
    payload: Raw<'a>,
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, encode_defaults)]
pub(crate) struct ExtHolder {
    e: Ext,
    #[field(default = Value::Null)]
    a: Value,
}
