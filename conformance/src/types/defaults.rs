//! Records that leave defaults out, and fields that may be absent.

use proofmark::{Maybe, Record};

use super::{Dict, Int, Set, plain::Strict};

#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown)]
pub(crate) struct Sparse {
    id: Int,
    #[field(default)]
    a: Int,
    #[field(default)]
    b: Option<String>,
    #[field(default)]
    c: Vec<Int>,
    #[field(default)]
    d: Dict<String, Int>,
    #[field(default)]
    e: bool,
    #[field(default)]
    f: Set<Int>,
    #[field(default)]
    g: Vec<Int>,
    #[field(default = "x")]
    s: String,
    #[field(default = 1.5)]
    fl: f64,
    #[field(default = 100_000)]
    big: Int,
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, encode_defaults)]
pub(crate) struct Patch {
    id: Int,
    name: Maybe<Option<String>>,
    age: Maybe<Int>,
    #[field(default)]
    nick: Option<String>,
}

#[derive(Record, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[record(allow_unknown, encode_defaults)]
pub(crate) struct Frozen {
    #[field(default = 1)]
    a: Int,
    #[field(default = "q")]
    b: String,
}

impl Default for Frozen {
    fn default() -> Self {
        Self { a: 1, b: "q".to_owned() }
    }
}

#[derive(Record, Clone, Debug, PartialEq)]
pub(crate) struct Config {
    #[field(default)]
    frozen: Frozen,
    #[field(default = Made(Strict::of(1)))]
    sub: Made<Strict>,
    #[field(default = 3)]
    retries: Int,
    #[field(default)]
    names: Set<String>,
    timeout: Maybe<f64>,
}

// A value whose default comes out of a function, which msgspec does not call to compare: it is always written.
#[derive(Record, Clone, Debug)]
#[record(transparent)]
pub(crate) struct Made<T>(T);

impl<T> PartialEq for Made<T> {
    fn eq(&self, _: &Self) -> bool {
        false
    }
}
