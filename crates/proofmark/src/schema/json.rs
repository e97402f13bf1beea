//! JSON values whose keys keep the order in which they were set.

use std::borrow::Cow;

use crate::json;

/// A JSON value that is being put together.
#[derive(Clone, Debug)]
pub(super) enum Json {
    /// JSON text as it is.
    Text(String),
    Array(Vec<Self>),
    Object(Object),
}

/// The entries of a JSON object, each key once.
#[derive(Clone, Debug, Default)]
pub(super) struct Object(Vec<(Cow<'static, str>, Json)>);

impl Json {
    /// A string.
    pub(super) fn string(text: &str) -> Self {
        Self::Text(json::quote(text))
    }

    /// Anything whose display is JSON.
    pub(super) fn literal(value: impl ToString) -> Self {
        Self::Text(value.to_string())
    }

    pub(super) fn strings<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        Self::Array(texts.into_iter().map(Self::string).collect())
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Text(text) => out.push_str(text),
            Self::Array(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { "," });
                    item.write(out);
                }
                out.push(']');
            }
            Self::Object(object) => object.write(out),
        }
    }
}

impl Object {
    /// An object of one entry.
    pub(super) fn of(key: impl Into<Cow<'static, str>>, value: impl Into<Json>) -> Self {
        Self::default().with(key, value)
    }

    /// `{"type": name}`
    pub(super) fn typed(name: &str) -> Self {
        Self::of("type", Json::string(name))
    }

    /// This object with an entry more at its end; an entry of that key is replaced where it stands.
    #[must_use]
    pub(super) fn with(mut self, key: impl Into<Cow<'static, str>>, value: impl Into<Json>) -> Self {
        self.set(key, value);
        self
    }

    /// Sets an entry.
    pub(super) fn set(&mut self, key: impl Into<Cow<'static, str>>, value: impl Into<Json>) {
        let (key, value) = (key.into(), value.into());
        match self.0.iter_mut().find(|entry| entry.0 == key) {
            Some(entry) => entry.1 = value,
            None => self.0.push((key, value)),
        }
    }

    /// This object with the entries of another at its end.
    #[must_use]
    pub(super) fn and(mut self, other: Self) -> Self {
        other.0.into_iter().for_each(|(key, value)| self.set(key, value));
        self
    }

    /// This object without one of its entries.
    #[must_use]
    pub(super) fn without(mut self, key: &str) -> Self {
        self.0.retain(|entry| entry.0 != key);
        self
    }

    /// The value of an entry.
    pub(super) fn get(&self, key: &str) -> Option<&Json> {
        self.0.iter().find(|entry| entry.0 == key).map(|entry| &entry.1)
    }

    /// Whether an entry of `key` is there.
    pub(super) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// The entries in order.
    pub(super) fn into_entries(self) -> impl Iterator<Item = (Cow<'static, str>, Json)> {
        self.0.into_iter()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The object as compact text.
    pub(super) fn to_text(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    fn write(&self, out: &mut String) {
        out.push('{');
        for (index, (key, value)) in self.0.iter().enumerate() {
            out.push_str(if index == 0 { "" } else { "," });
            Json::string(key).write(out);
            out.push(':');
            value.write(out);
        }
        out.push('}');
    }
}

impl From<Object> for Json {
    fn from(object: Object) -> Self {
        Self::Object(object)
    }
}
