//! Sequences of values.

use std::ops::{Deref, DerefMut};

use super::{Value, teardown};

/// A sequence of values: a `Vec` that is dropped without recursion.
///
/// ```
/// use proofmark::{Value, value::Array};
///
/// let mut array = Array::from(vec![Value::from(1)]);
/// array.push("two".into());
/// assert_eq!(array.len(), 2);
/// assert_eq!(Value::Array(array).to_string(), r#"[1,"two"]"#);
/// ```
#[derive(Clone, Default, PartialEq)]
pub struct Array(Vec<Value>);

impl Array {
    /// An empty sequence.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// The elements as a plain `Vec`.
    pub fn into_vec(mut self) -> Vec<Value> {
        self.take()
    }

    pub(super) fn take(&mut self) -> Vec<Value> {
        std::mem::take(&mut self.0)
    }
}

impl Drop for Array {
    fn drop(&mut self) {
        teardown::array(&mut self.0);
    }
}

impl Deref for Array {
    type Target = Vec<Value>;

    fn deref(&self) -> &Vec<Value> {
        &self.0
    }
}

impl DerefMut for Array {
    fn deref_mut(&mut self) -> &mut Vec<Value> {
        &mut self.0
    }
}

impl From<Vec<Value>> for Array {
    fn from(items: Vec<Value>) -> Self {
        Self(items)
    }
}

impl<T: Into<Value>> FromIterator<T> for Array {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(items.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<Value>> Extend<T> for Array {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        self.0.extend(items.into_iter().map(Into::into));
    }
}

impl IntoIterator for Array {
    type Item = Value;
    type IntoIter = std::vec::IntoIter<Value>;

    fn into_iter(self) -> Self::IntoIter {
        self.into_vec().into_iter()
    }
}

impl<'a> IntoIterator for &'a Array {
    type Item = &'a Value;
    type IntoIter = std::slice::Iter<'a, Value>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
