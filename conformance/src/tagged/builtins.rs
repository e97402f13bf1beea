//! Values whose types have no form of their own on the wire, as the text that the wire has for them.

use proofmark::{Encode, json};

use super::Node;

/// A value as msgspec's `to_builtins` gives it: what JSON writes as text is text.
pub(crate) fn builtins(node: Node) -> Node {
    match node {
        Node::Bytes(bytes) => text(&bytes),
        Node::DateTime(value) => text(&value),
        Node::Date(value) => text(&value),
        Node::Time(value) => text(&value),
        Node::Duration(value) => text(&value),
        Node::Uuid(value) => text(&value),
        Node::Decimal(digits) => Node::Str(digits),
        Node::List(items) => Node::List(items.into_iter().map(builtins).collect()),
        Node::Map(entries) => {
            Node::Map(entries.into_iter().map(|(key, value)| (builtins(key), builtins(value))).collect())
        }
        node => node,
    }
}

fn text(value: &impl Encode) -> Node {
    let quoted = json::to_string(value).unwrap_or_default();
    Node::Str(quoted.trim_matches('"').to_owned())
}
