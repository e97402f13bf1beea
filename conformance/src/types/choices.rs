//! Enums and literals.

use proofmark::Record;

#[derive(Record, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[record(rename_all = "lower")]
pub(crate) enum Color {
    Red,
    Green,
    #[variant(rename = "bleu")]
    Blue,
}

#[derive(Record, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[record(int)]
pub(crate) enum Level {
    Low = 1,
    Mid = 5,
    High = 10,
}

#[derive(Record, Clone, Copy, Debug, PartialEq)]
#[record(int)]
#[repr(i64)]
pub(crate) enum Sparse64 {
    A = -9_223_372_036_854_775_808,
    B = 0,
    C = 9_223_372_036_854_775_807,
}

#[derive(Record, Clone, Copy, Debug, PartialEq)]
#[record(int)]
pub(crate) enum PlainInt {
    One = 1,
    Two = 2,
}

// `Literal['a', 'b']`
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[record(rename_all = "lower")]
pub(crate) enum LiteralAB {
    A,
    B,
}

// `Literal[1]`
#[derive(Record, Clone, Copy, Debug, PartialEq)]
#[record(int)]
pub(crate) enum Literal1 {
    One = 1,
}

// `Literal['a']`
#[derive(Record, Clone, Copy, Debug, PartialEq)]
#[record(rename_all = "lower")]
pub(crate) enum LiteralA {
    A,
}

// `Literal['z']`
#[derive(Record, Clone, Copy, Debug, PartialEq)]
#[record(rename_all = "lower")]
pub(crate) enum LiteralZ {
    Z,
}

// `Literal[1, 2]`
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[record(int)]
pub(crate) enum Literal12 {
    One = 1,
    Two = 2,
}

// `Literal[1, 2, 3]`
#[derive(Record, Clone, Copy, Debug, PartialEq)]
#[record(int)]
pub(crate) enum Literal123 {
    One = 1,
    Two = 2,
    Three = 3,
}

#[derive(Record, Clone, Copy, Debug, PartialEq)]
#[record(rename_all = "lower")]
pub(crate) enum LiteralX {
    X,
}

#[derive(Record, Clone, Copy, Debug, PartialEq)]
#[record(int)]
pub(crate) enum Literal5 {
    Five = 5,
}

// `Literal['x', 5]`; together with `None` it is an `Option`.
#[derive(Record, Clone, Copy, Debug, PartialEq)]
pub(crate) enum LiteralX5 {
    X(LiteralX),
    Five(Literal5),
}
