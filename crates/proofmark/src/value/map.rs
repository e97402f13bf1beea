//! Maps of values.

use std::{cmp::Ordering, ops::Deref};

use super::{Value, teardown};

/// A map of values, in the order in which its keys came.
///
/// No key is there twice: of equal keys the last value counts, at the place of the first. Entries are read as a slice
/// and looked up one by one, which is fast for the few keys a record has; turn a large map into a `BTreeMap` to
/// look up many. Two maps are equal when their entries are, in whatever order.
///
/// ```
/// use proofmark::{Value, value::Map};
///
/// let mut map = Map::from_iter([("rows", 7), ("bytes", 80)]);
/// map.insert("rows", 8);
/// assert_eq!(map.get("rows"), Some(&Value::Int(8)));
/// assert_eq!(map, Map::from_iter([("bytes", 80), ("rows", 8)]));
/// ```
#[derive(Clone, Default)]
pub struct Map(Vec<(Value, Value)>);

impl Map {
    /// An empty map.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// The value under a text key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.iter().find(|(found, _)| found == key).map(|(_, value)| value)
    }

    /// The value under a text key, to change it.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Value> {
        self.0.iter_mut().find(|(found, _)| found == key).map(|(_, value)| value)
    }

    /// Sets the value under `key`, and returns the one that was there.
    pub fn insert(&mut self, key: impl Into<Value>, value: impl Into<Value>) -> Option<Value> {
        let (key, value) = (key.into(), value.into());
        match self.0.iter_mut().find(|(found, _)| found.is_same(&key)) {
            Some((_, place)) => Some(std::mem::replace(place, value)),
            None => {
                self.0.push((key, value));
                None
            }
        }
    }

    /// Takes out the value under a text key. The entries after it move up.
    pub fn remove(&mut self, key: &str) -> Option<Value> {
        let index = self.0.iter().position(|(found, _)| found == key)?;
        Some(self.0.remove(index).1)
    }

    /// The keys.
    pub fn keys(&self) -> impl Iterator<Item = &Value> {
        self.0.iter().map(|(key, _)| key)
    }

    /// The values.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        self.0.iter().map(|(_, value)| value)
    }

    /// The values, to change them.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut Value> {
        self.0.iter_mut().map(|(_, value)| value)
    }

    /// The entries as a plain `Vec`.
    pub fn into_vec(mut self) -> Vec<(Value, Value)> {
        self.take()
    }

    /// Entries whose keys are known to differ.
    #[doc(hidden)]
    pub const fn from_distinct(entries: Vec<(Value, Value)>) -> Self {
        Self(entries)
    }

    pub(super) fn take(&mut self) -> Vec<(Value, Value)> {
        std::mem::take(&mut self.0)
    }

    /// The entries in the order of their keys.
    pub(super) fn sorted(&self) -> Vec<&(Value, Value)> {
        let mut entries = Vec::from_iter(&self.0);
        if !entries.is_sorted_by(|a, b| in_key_order(a, b) != Ordering::Greater) {
            entries.sort_unstable_by(|a, b| in_key_order(a, b));
        }
        entries
    }
}

fn in_key_order(a: &(Value, Value), b: &(Value, Value)) -> Ordering {
    a.0.total_cmp(&b.0)
}

impl Drop for Map {
    fn drop(&mut self) {
        teardown::map(&mut self.0);
    }
}

impl Deref for Map {
    type Target = [(Value, Value)];

    fn deref(&self) -> &[(Value, Value)] {
        &self.0
    }
}

impl PartialEq for Map {
    fn eq(&self, other: &Self) -> bool {
        if self.len() != other.len() {
            return false;
        }
        // Values once, and not until all keys are the same: comparing them a second time, in another order of the keys,
        // would double the work with each level.
        if self.keys().zip(other.keys()).all(|(a, b)| a.is_same(b)) {
            return self.values().eq(other.values());
        }
        let (ours, theirs) = (self.sorted(), other.sorted());
        ours.iter().zip(&theirs).all(|(a, b)| a.0.is_same(&b.0))
            && ours.iter().map(|(_, value)| value).eq(theirs.iter().map(|(_, value)| value))
    }
}

impl From<Vec<(Value, Value)>> for Map {
    fn from(entries: Vec<(Value, Value)>) -> Self {
        Self(without_duplicates(entries))
    }
}

impl<K: Into<Value>, V: Into<Value>> FromIterator<(K, V)> for Map {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        Self::from(Vec::from_iter(entries.into_iter().map(|(key, value)| (key.into(), value.into()))))
    }
}

impl<K: Into<Value>, V: Into<Value>> Extend<(K, V)> for Map {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        let mut all = self.take();
        all.extend(entries.into_iter().map(|(key, value)| (key.into(), value.into())));
        *self = Self::from(all);
    }
}

impl IntoIterator for Map {
    type Item = (Value, Value);
    type IntoIter = std::vec::IntoIter<(Value, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.into_vec().into_iter()
    }
}

impl<'a> IntoIterator for &'a Map {
    type Item = &'a (Value, Value);
    type IntoIter = std::slice::Iter<'a, (Value, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

/// Up to here every key is compared with every other; beyond, they are sorted.
const PAIRWISE_LEN_MAX: usize = 8;

fn without_duplicates(mut entries: Vec<(Value, Value)>) -> Vec<(Value, Value)> {
    let is_sorted = || entries.is_sorted_by(|a, b| in_key_order(a, b) == Ordering::Less);
    if is_sorted() || (entries.len() <= PAIRWISE_LEN_MAX && !has_duplicate(&entries)) {
        return entries;
    }
    let mut later = vec![false; entries.len()];
    for same in places_by_key(&entries).chunk_by(|a, b| a.1 == b.1) {
        if let [(first, _), .., (last, _)] = *same {
            entries[first].1 = std::mem::take(&mut entries[last].1);
            same[1..].iter().for_each(|&(place, _)| later[place] = true);
        }
    }
    let mut later = later.into_iter();
    entries.retain(|_| !later.next().unwrap_or(false));
    entries
}

fn has_duplicate(entries: &[(Value, Value)]) -> bool {
    let is_earlier = |place: usize, key| entries[..place].iter().any(|(earlier, _)| earlier.is_same(key));
    entries.iter().enumerate().any(|(place, (key, _))| is_earlier(place, key))
}

/// The places of the entries, each with a number for its key. Places with one key stand together, the first one first.
///
/// Sorting takes no longer for keys that were chosen to make it slow, as hashing would.
fn places_by_key(entries: &[(Value, Value)]) -> Vec<(usize, usize)> {
    let mut places = Vec::from_iter((0..entries.len()).map(|place| (place, 0)));
    places.sort_by(|a, b| in_key_order(&entries[a.0], &entries[b.0]));
    for idx in 1..places.len() {
        let (place, (before, number)) = (places[idx].0, places[idx - 1]);
        let is_other = in_key_order(&entries[before], &entries[place]) != Ordering::Equal;
        places[idx].1 = number + usize::from(is_other);
    }
    places
}

#[cfg(test)]
mod tests {
    use super::Map;
    use crate::Value;

    /// Entries given as `(key, value)` and the ones that stay.
    #[track_caller]
    fn check(given: &[(u32, u32)], kept: &[(u32, u32)]) {
        let map = Map::from_iter(given.iter().copied());
        let kept = kept.iter().map(|&(key, value)| (Value::from(key), Value::from(value)));
        assert_eq!(*map, *Vec::from_iter(kept));
    }

    #[test]
    fn of_equal_keys_the_last_value_counts_at_the_first_place() {
        check(&[(1, 1), (2, 2), (1, 3)], &[(1, 3), (2, 2)]);
        check(&[(1, 1), (1, 2), (1, 3)], &[(1, 3)]);
        let many = Vec::from_iter((0..100).map(|key| (key % 60, key)));
        let kept = Vec::from_iter((0..60).map(|key| (key, if key < 40 { key + 60 } else { key })));
        check(&many, &kept);
        let distinct = Vec::from_iter((0..100).rev().map(|key| (key, key)));
        check(&distinct, &distinct);
    }

    #[test]
    fn signed_and_unsigned_keys_of_one_value_are_one_key() {
        let map = Map::from(vec![(Value::Int(1), 1.into()), (Value::UInt(1), 2.into())]);
        assert_eq!(map.len(), 1);
    }

    #[test]
    fn an_entry_is_set_replaced_and_removed() {
        let mut map = Map::new();
        assert_eq!(map.insert("a", 1), None);
        assert_eq!(map.insert("b", 2), None);
        assert_eq!(map.insert("a", 3), Some(Value::Int(1)));
        *map.get_mut("b").unwrap() = Value::Null;
        assert_eq!(map, Map::from_iter([("b", Value::Null), ("a", 3.into())]));
        assert_eq!(map.remove("a"), Some(Value::Int(3)));
        assert_eq!(map.remove("a"), None);
        assert_ne!(map, Map::new());
    }
}
