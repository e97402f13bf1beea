//! Values with their origins.

use std::collections::BTreeMap;

use proofmark::Value;
use proofmark::value::Map;

use super::{KEYS_MAX, OPTIONS_DEPTH_MAX, OptionsError, Origin};

/// A value, and where it was said.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) origin: Origin,
    pub(crate) body: Body,
}

#[derive(Clone, Debug)]
pub(crate) enum Body {
    Leaf(Value),
    List(Vec<Node>),
    Table(BTreeMap<String, Node>),
}

impl Node {
    pub(crate) const fn table(origin: Origin) -> Self {
        Self { origin, body: Body::Table(BTreeMap::new()) }
    }

    pub(crate) fn leaf(value: impl Into<Value>, origin: &Origin) -> Self {
        Self { origin: origin.clone(), body: Body::Leaf(value.into()) }
    }

    /// A value in which every part has one origin. Its depth was bounded when it was made, its keys are text.
    pub(crate) fn of_value(value: Value, origin: &Origin) -> Self {
        let body = match value {
            Value::Array(items) => {
                Body::List(items.into_iter().map(|item| Self::of_value(item, origin)).collect())
            }
            Value::Map(map) => {
                let entry = |(key, value): (Value, Value)| {
                    let key = key.as_str().map_or_else(|| key.to_string(), str::to_owned);
                    (key, Self::of_value(value, origin))
                };
                Body::Table(map.into_iter().map(entry).collect())
            }
            leaf => Body::Leaf(leaf),
        };
        Self { origin: origin.clone(), body }
    }

    pub(crate) fn to_value(&self) -> Value {
        match &self.body {
            Body::Leaf(value) => value.clone(),
            Body::List(items) => items.iter().map(Self::to_value).collect(),
            Body::Table(entries) => {
                Value::Map(Map::from_iter(entries.iter().map(|(key, node)| (key.as_str(), node.to_value()))))
            }
        }
    }

    /// Lays `over` on top: tables entry by entry, anything else as a whole.
    pub(crate) fn merge(&mut self, over: Self) {
        match (&mut self.body, over) {
            (Body::Table(entries), Self { origin, body: Body::Table(more) }) => {
                // An empty layer says nothing about where the table is from.
                if !more.is_empty() {
                    self.origin = origin;
                }
                more.into_iter().for_each(|(key, node)| merge_entry(entries, key, node));
            }
            (_, over) => *self = over,
        }
    }

    /// Wraps a value into the tables that lead to it.
    pub(crate) fn below(self, keys: &[String]) -> Self {
        keys.iter().rev().fold(self, |node, key| {
            let origin = node.origin.clone();
            Self { origin, body: Body::Table(BTreeMap::from([(key.clone(), node)])) }
        })
    }

    /// Lays one entry over those of a table.
    pub(crate) fn merge_entry(&mut self, key: &str, node: Self) {
        if let Body::Table(entries) = &mut self.body {
            merge_entry(entries, key.to_owned(), node);
        }
    }

    /// Takes out the value that keys lead to; whether there was one.
    pub(crate) fn remove(&mut self, keys: &[String]) -> bool {
        match (&mut self.body, keys) {
            (Body::Table(entries), [key]) => entries.remove(key).is_some(),
            (Body::Table(entries), [key, rest @ ..]) => {
                entries.get_mut(key).is_some_and(|node| node.remove(rest))
            }
            _ => false,
        }
    }

    pub(crate) fn entries(&self) -> Option<&BTreeMap<String, Self>> {
        match &self.body {
            Body::Table(entries) => Some(entries),
            _ => None,
        }
    }

    pub(crate) fn item(&self, idx: usize) -> Option<&Self> {
        match &self.body {
            Body::List(items) => items.get(idx),
            _ => None,
        }
    }

    /// Keys and elements at all levels.
    fn len(&self) -> usize {
        match &self.body {
            Body::Leaf(_) => 0,
            Body::List(items) => items.iter().map(|node| 1 + node.len()).sum(),
            Body::Table(entries) => entries.values().map(|node| 1 + node.len()).sum(),
        }
    }

    pub(super) fn check_len(&self) -> Result<(), OptionsError> {
        let len = self.len();
        if len <= KEYS_MAX {
            return Ok(());
        }
        let expected = format!("at most {KEYS_MAX} keys and elements");
        Err(OptionsError::one(self.origin.clone(), expected, len.to_string()))
    }
}

fn merge_entry(entries: &mut BTreeMap<String, Node>, key: String, node: Node) {
    match entries.get_mut(&key) {
        Some(under) => under.merge(node),
        None => drop(entries.insert(key, node)),
    }
}

/// The fault of nesting beyond the limit.
pub(super) fn too_deep(origin: Origin) -> OptionsError {
    OptionsError::one(origin, format!("at most {OPTIONS_DEPTH_MAX} levels"), "more")
}
