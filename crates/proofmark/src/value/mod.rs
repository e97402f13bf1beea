//! Values of any type: a document whose type is not known, or not wanted, at compile time.

mod access;
mod array;
mod codec;
mod debug;
mod display;
mod from;
mod map;
mod native;
mod order;
mod path;
mod teardown;

pub use self::{access::Index, array::Array, map::Map, native::Native};
use crate::{Ext, Kind};

/// A value of any type.
///
/// Everything either format can say has a place here, and what both say as text, such as a UUID, is kept
/// [as it is](Native) on the way from one typed value to another. It is 32 bytes wide.
///
/// Values that were decoded are as deep as [`Limits::depth_max`](crate::Limits) at most. Values built by hand may be
/// deeper: encoding refuses them, showing cuts them, and dropping them takes no stack, but cloning and comparing go down
/// all levels.
///
/// ```
/// use proofmark::{Value, json};
///
/// let value: Value = json::from_str(r#"{"rows": [7, 8], "name": "orders"}"#)?;
/// assert_eq!(value["name"], "orders");
/// assert_eq!(value.at("$.rows[1]")?.as_u64(), Some(8));
/// assert_eq!(value.get("missing"), None);
/// // Keys are sorted when a value is written.
/// assert_eq!(value.to_string(), r#"{"name":"orders","rows":[7,8]}"#);
/// # Ok::<(), proofmark::Error>(())
/// ```
#[derive(Clone, Default)]
pub enum Value {
    /// Null.
    #[default]
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer of 64 bits.
    Int(i64),
    /// An integer beyond `i64`.
    UInt(u64),
    /// A float.
    Float(f64),
    /// Text.
    Str(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A sequence.
    Array(Array),
    /// A map.
    Map(Map),
    /// An extension value.
    Ext(Box<Ext>),
    /// A value of a type that has no wire form of its own.
    Native(Box<Native>),
}

impl Value {
    /// Null, for places that want a reference.
    pub(crate) const NULL: &'static Self = &Self::Null;

    /// The kind of this value.
    ///
    /// # Examples
    /// ```
    /// use proofmark::{Kind, Value};
    /// assert_eq!(Value::from("a").kind(), Kind::Str);
    /// assert_eq!(Value::from(u64::MAX).kind(), Kind::Int);
    /// ```
    pub fn kind(&self) -> Kind {
        match self {
            Self::Null => Kind::Null,
            Self::Bool(_) => Kind::Bool,
            Self::Int(_) | Self::UInt(_) => Kind::Int,
            Self::Float(_) => Kind::Float,
            Self::Str(_) => Kind::Str,
            Self::Bytes(_) => Kind::Bytes,
            Self::Array(_) => Kind::Array,
            Self::Map(_) => Kind::Object,
            Self::Ext(_) => Kind::Ext,
            Self::Native(native) => native.kind(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Value;

    #[test]
    fn a_value_is_four_words() {
        assert_eq!(size_of::<Value>(), 32);
        assert_eq!(size_of::<Option<Value>>(), 32);
    }
}
