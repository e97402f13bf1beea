//! Records in array form.

use proofmark::Record;

use super::Int;

#[derive(Record, Clone, Debug, PartialEq)]
#[record(positional, allow_unknown)]
pub(crate) struct Arr {
    a: Int,
    b: String,
    #[field(default = 1.5)]
    c: f64,
    #[field(default)]
    d: Vec<Int>,
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(positional)]
pub(crate) struct ArrStrict {
    a: Int,
    #[field(default)]
    b: Option<String>,
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(positional, allow_unknown, tag = 1)]
pub(crate) struct ArrA {
    x: Int,
    #[field(default = 2)]
    y: Int,
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(positional, allow_unknown, tag = 2)]
pub(crate) struct ArrB {
    #[field(default = "d")]
    s: String,
}

// `Union[ArrA, ArrB]`
#[derive(Record, Clone, Debug, PartialEq)]
pub(crate) enum ArrAOrB {
    A(ArrA),
    B(ArrB),
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(positional, tag = "ArrTagStrict")]
pub(crate) struct ArrTagStrict {
    x: Int,
    #[field(default)]
    y: Int,
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(positional, allow_unknown)]
pub(crate) struct KwArr {
    #[field(default = 1)]
    a: Int,
    b: Int,
    #[field(default = 3)]
    c: Int,
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(positional, allow_unknown, tag_field = "kind", tag = "da")]
pub(crate) struct DerivedArr {
    #[field(rename = "baseId")]
    base_id: Int,
    #[field(default = 9)]
    z: Int,
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(positional, allow_unknown)]
pub(crate) struct ArrAllOpt {
    #[field(default = 1)]
    a: Int,
    #[field(default = "x")]
    b: String,
}

// A named tuple.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(positional)]
pub(crate) struct NT {
    a: Int,
    #[field(default = "x")]
    b: String,
}
