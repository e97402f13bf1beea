//! What formats are made of.

/// What a format is made of, for the few types that stand differently in each.
///
/// An extension type has no code in text, and serde types have forms for people and for machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Medium {
    /// Text that people read: JSON.
    Text,
    /// Bytes that machines read: MessagePack.
    Binary,
    /// A [`Value`](crate::Value), which may come from either.
    Memory,
}
