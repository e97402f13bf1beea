//! A value of ours, taken apart.

use jiff::{SignedDuration, civil::Date};
use proofmark::{
    scalar::{DateTime, Time},
    shape::RecordShape,
};
use uuid::Uuid;

/// What an encoder was told about a value, before any format had a say.
#[derive(Clone, Debug)]
pub(crate) enum Node {
    Null,
    Bool(bool),
    Int(i128),
    /// An integer beyond 128 bits, as its digits.
    BigInt(String),
    Float(f64),
    Str(String),
    Bytes(Vec<u8>),
    DateTime(DateTime),
    Date(Date),
    Time(Time),
    Duration(SignedDuration),
    Uuid(Uuid),
    Decimal(String),
    Ext(i8, Vec<u8>),
    Raw(Vec<u8>),
    List(Vec<Self>),
    Map(Vec<(Self, Self)>),
    /// Fields by wire name; those left out are not in it.
    Record(&'static RecordShape, Vec<(&'static str, Self)>),
}
