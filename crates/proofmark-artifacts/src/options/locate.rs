//! Where an error is: the keys that lead there, the value, and its shape.

use proofmark::value::Map;
use proofmark::{Error, ErrorKind, Segment, Shape, TagValue, Value, json};

use super::fault::one_of;
use super::text::{IsNamed, entry_shape, item_shape, settled};
use super::{Fault, Node, nearest};

/// Characters of a value that a fault shows.
const SHOWN_CHARS_MAX: usize = 60;

/// A key or an index.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    Key(String),
    Index(usize),
}

/// A document that was refused, and a way to ask what is wrong with part of it.
pub(super) struct Refused<'a> {
    pub(super) root: &'a Node,
    pub(super) shape: Shape,
    pub(super) value: &'a Value,
    /// The texts of all errors of a document.
    pub(super) errors_of: &'a dyn Fn(&Value) -> Vec<String>,
}

/// The value that an error is about.
struct Place<'a> {
    steps: Vec<Step>,
    node: &'a Node,
    shape: Shape,
}

impl Refused<'_> {
    /// One fault per error.
    pub(super) fn faults<'e>(&self, errors: impl IntoIterator<Item = &'e Error>) -> Vec<Fault> {
        // Errors do not tell keys of maps. Of errors of one text, each is of another entry.
        let mut blamed: Vec<(String, Vec<Step>)> = Vec::new();
        let mut faults = Vec::new();
        for error in errors {
            let place = self.place(error, &blamed);
            blamed.push((error.to_string(), place.steps.clone()));
            faults.push(fault(error, place));
        }
        faults
    }

    fn place(&self, error: &Error, blamed: &[(String, Vec<Step>)]) -> Place<'_> {
        let mut place = Place { steps: Vec::new(), node: self.root, shape: settled(self.root, self.shape) };
        for segment in error.path().segments() {
            let step = match segment {
                Segment::Field(name) => Some(Step::Key(place.spelling(name))),
                Segment::Index(idx) => Some(Step::Index(*idx)),
                _ => self.culprit(error, &place, blamed).map(Step::Key),
            };
            match step.and_then(|step| place.enter(step)) {
                Some(next) => place = next,
                None => break,
            }
        }
        place
    }

    /// The entry of a map that an error comes from, found by halves: the error is still there while that entry is.
    fn culprit(&self, error: &Error, map: &Place<'_>, blamed: &[(String, Vec<Step>)]) -> Option<String> {
        let text = error.to_string();
        let is_free = |key: &&String| {
            !blamed.iter().any(|(other, steps)| *other == text && leads_through(steps, &map.steps, key))
        };
        let mut keys: Vec<&String> = map.node.entries()?.keys().filter(is_free).collect();
        if !self.has_error(&text, &map.steps, &keys) {
            return None;
        }
        while keys.len() > 1 {
            let rest = keys.split_off(keys.len() / 2);
            if !self.has_error(&text, &map.steps, &keys) {
                keys = rest;
            }
        }
        keys.pop().cloned()
    }

    /// Whether a document whose map at `steps` has no other entries than `keys` has this error.
    fn has_error(&self, text: &str, steps: &[Step], keys: &[&String]) -> bool {
        let mut value = self.value.clone();
        let map = steps.iter().try_fold(&mut value, |value, step| match step {
            Step::Key(key) => value.get_mut(key.as_str()),
            Step::Index(idx) => value.get_mut(*idx),
        });
        let Some(Value::Map(map)) = map else { return false };
        let is_kept = |key: &Value| keys.iter().any(|kept| key == kept.as_str());
        let entries = std::mem::take(map).into_iter().filter(|(key, _)| is_kept(key));
        *map = Map::from_distinct(entries.collect());
        (self.errors_of)(&value).iter().any(|error| error == text)
    }
}

fn leads_through(steps: &[Step], map: &[Step], key: &str) -> bool {
    steps.starts_with(map) && matches!(steps.get(map.len()), Some(Step::Key(found)) if found == key)
}

impl<'a> Place<'a> {
    /// The name under which a field stands here: its own, or another one that it is read by.
    fn spelling(&self, field: &str) -> String {
        let Shape::Record(record) = self.shape else { return field.to_owned() };
        let fields = record.wire_fields();
        let shape = fields.iter().find(|shape| shape.key.name == field);
        let keys = self.node.entries().into_iter().flat_map(|entries| entries.keys());
        let mut keys = keys.filter(|key| shape.is_some_and(|shape| shape.is_named(key)));
        keys.next().map_or_else(|| field.to_owned(), String::clone)
    }

    fn enter(&self, step: Step) -> Option<Place<'a>> {
        let (node, shape) = match &step {
            Step::Key(key) => (self.node.entries()?.get(key)?, entry_shape(self.shape, key)),
            Step::Index(idx) => (self.node.item(*idx)?, item_shape(self.shape, *idx)),
        };
        let steps = self.steps.iter().cloned().chain([step]).collect();
        Some(Place { steps, node, shape: settled(node, shape) })
    }

    fn path(&self) -> String {
        self.steps.iter().fold("$".to_owned(), |path, step| match step {
            Step::Index(idx) => format!("{path}[{idx}]"),
            Step::Key(key) => path + &key_text(key),
        })
    }
}

/// A key as paths write it: `.name`, or `["a.b"]`.
pub(crate) fn key_text(key: &str) -> String {
    let is_plain = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    if is_plain {
        return format!(".{key}");
    }
    format!("[\"{}\"]", key.replace('\\', "\\\\").replace('"', "\\\""))
}

fn fault(error: &Error, place: Place<'_>) -> Fault {
    match error.kind() {
        ErrorKind::UnknownField => unknown_key(error.found().unwrap_or_default(), place),
        ErrorKind::MissingField => Fault {
            path: place.path(),
            origin: place.node.origin.clone(),
            expected: format!("a key `{}`", error.expected().unwrap_or_default()),
            found: "none".to_owned(),
            suggestion: None,
        },
        _ => wrong_value(error, &place),
    }
}

fn unknown_key(key: &str, place: Place<'_>) -> Fault {
    let Shape::Record(record) = place.shape else { return wrong_key(key, &place, &[]) };
    let names: Vec<&str> = record.wire_fields().iter().map(|field| field.key.name).collect();
    wrong_key(key, &place, &names)
}

fn wrong_key(key: &str, place: &Place<'_>, names: &[&str]) -> Fault {
    let node = place.node.entries().and_then(|entries| entries.get(key)).unwrap_or(place.node);
    Fault {
        path: place.path() + &key_text(key),
        origin: node.origin.clone(),
        expected: one_of(names.iter().copied()),
        found: "an unknown key".to_owned(),
        suggestion: nearest(key, names.iter().copied()).map(str::to_owned),
    }
}

fn wrong_value(error: &Error, place: &Place<'_>) -> Fault {
    let (expected, suggestion) = match place.shape {
        Shape::Enum(shape) if error.kind() == ErrorKind::InvalidValue => {
            let words = shape.variants.iter().filter_map(|variant| match variant.value {
                TagValue::Str(text) => Some(text),
                TagValue::Int(_) => None,
            });
            let words: Vec<&str> = words.collect();
            let meant = nearest(place.text().unwrap_or_default(), words.iter().copied());
            (one_of(words), meant.map(str::to_owned))
        }
        _ => (expected_text(error), None),
    };
    let (path, origin) = (place.path(), place.node.origin.clone());
    Fault { path, origin, expected, found: shown(place.node), suggestion }
}

impl Place<'_> {
    fn text(&self) -> Option<&str> {
        match &self.node.body {
            super::Body::Leaf(value) => value.as_str(),
            _ => None,
        }
    }
}

/// What an error would have taken, in the codec's words.
fn expected_text(error: &Error) -> String {
    if let Some(kinds) = error.expected_kinds() {
        return format!("`{kinds}`");
    }
    match error.expected() {
        Some(expected) => expected.into_owned(),
        None => {
            let text = error.to_string();
            let text = text.split(" - at `").next().unwrap_or_default();
            format!("a valid value: {}", lower_first(text))
        }
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// A value as JSON, the beginning of it if it is long.
fn shown(node: &Node) -> String {
    let value = node.to_value();
    let text = json::to_string(&value).unwrap_or_else(|_| format!("`{}`", value.kind().name()));
    match text.char_indices().nth(SHOWN_CHARS_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
