//! Two stored records of one type, place by place.

use proofmark::shape::Volatility;
use proofmark::{Maybe, Record, Result, Shape, Value, json};

use super::align::{align, content, name};
use super::parts::{Item, Part, Parts};
use crate::codec::LIMITS;
use crate::fingerprint::strip;
use crate::{Codec, Digest, RecordType};

/// Largest value, as compact JSON, that a difference shows whole.
pub const SHOWN_BYTES_MAX: usize = 4 << 10;

/// Most differences of two records that are told one by one.
pub const CHANGES_MAX: usize = 10_000;

/// One place at which two records differ.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct ValueChange {
    /// The place, as `proofmark show` takes it; in the older record, where it is gone from the newer one.
    pub path: String,
    /// The name of the list item that holds it: places in lists shift, names stay.
    #[field(absent = "it lies in no list of things with names")]
    pub item: Maybe<String>,
    /// Why two runs of the same work may differ here: `time`, `host`, `path`, `random`, `race`, `measured`.
    #[field(absent = "they may not: it is content")]
    pub volatility: Maybe<String>,
    /// What happened.
    pub edit: ValueEdit,
}

/// What happened to a value.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag_field = "kind", rename_all = "snake")]
pub enum ValueEdit {
    /// It was not there.
    Added {
        /// It.
        value: ShownValue,
    },
    /// It is gone.
    Removed {
        /// What it was.
        value: ShownValue,
    },
    /// It is another one.
    Changed {
        /// What it was.
        old: ShownValue,
        /// What it is.
        new: ShownValue,
    },
    /// A list item has another place among the others.
    Moved {
        /// Its place in the older list.
        from: u64,
        /// Its place in the newer list.
        to: u64,
    },
}

/// A value as a difference shows it.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag_field = "form", rename_all = "snake")]
pub enum ShownValue {
    /// All of it.
    Whole {
        /// The value, as JSON has it.
        value: Value,
    },
    /// It is larger than [`SHOWN_BYTES_MAX`].
    Digest {
        /// Its size as compact JSON.
        bytes: u64,
        /// Digest of its compact JSON.
        sha256: Digest,
    },
}

/// All places at which two values differ.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ValueDiff {
    /// The places, in the order of the newer value.
    pub changes: Vec<ValueChange>,
    /// Volatile fields that differ and were not looked into.
    pub hidden: u64,
    /// Differences beyond [`CHANGES_MAX`].
    pub omitted: u64,
}

impl ValueDiff {
    /// Whether nothing but hidden fields differs.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

/// Whether fields are looked into that may differ between two runs of the same work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum VolatileFields {
    /// They are counted only.
    #[default]
    Hidden,
    /// They are compared like all others.
    Shown,
}

/// Compares two stored records of one type by name, presence and value.
///
/// Items of lists are found again by their names or their content: an item in front does not change those behind it.
///
/// # Errors
/// Fails when one of them is no such record.
///
/// # Examples
/// ```
/// use proofmark_artifacts::compare::{VolatileFields, compare_records};
/// use proofmark_artifacts::{CdfCursor, Codec, record_type};
///
/// let stored = |version| Codec::Json.encode(&CdfCursor::new("orders", version));
/// let (row, json) = (record_type("cdf_cursor").expect("a record"), Codec::Json);
/// let diff = compare_records(row, (&stored(7)?, json), (&stored(9)?, json), VolatileFields::Hidden)?;
/// assert_eq!(diff.changes[0].path, ".last_version");
/// # Ok::<(), proofmark::Error>(())
/// ```
pub fn compare_records(
    row: &RecordType,
    old: (&[u8], Codec),
    new: (&[u8], Codec),
    fields: VolatileFields,
) -> Result<ValueDiff> {
    let (old, new) = (json_value(row, old)?, json_value(row, new)?);
    Ok(compare_values(&old, &new, (row.shape)(), fields))
}

/// A stored record as the value of its JSON form.
pub(super) fn json_value(row: &RecordType, (bytes, codec): (&[u8], Codec)) -> Result<Value> {
    Codec::Json.decode(&row.recode(bytes, codec, Codec::Json)?)
}

/// The JSON form of a stored record, with or without its volatile fields: what people compare by eye.
///
/// # Errors
/// Fails when it is no such record.
pub fn content_value(row: &RecordType, stored: (&[u8], Codec), fields: VolatileFields) -> Result<Value> {
    let mut value = json_value(row, stored)?;
    if fields == VolatileFields::Hidden {
        strip(&mut value, (row.shape)());
    }
    Ok(value)
}

/// Compares two values of one shape; [`Shape::Any`] where it is not known.
pub fn compare_values(old: &Value, new: &Value, shape: Shape, fields: VolatileFields) -> ValueDiff {
    let mut walk = Walk { fields, diff: ValueDiff::default(), path: String::new(), item: None };
    walk.items(Item { value: old, shape }, Item { value: new, shape }, None);
    walk.diff
}

/// The way through two values.
struct Walk {
    fields: VolatileFields,
    diff: ValueDiff,
    path: String,
    item: Option<String>,
}

impl Walk {
    fn items(&mut self, old: Item<'_>, new: Item<'_>, volatility: Option<Volatility>) {
        if old.value == new.value {
            return;
        }
        match (old.parts(), new.parts()) {
            (Parts::Named(old), Parts::Named(new)) => self.named(&old, &new, volatility),
            (Parts::Items(old), Parts::Items(new)) => self.lists(&old, &new, volatility),
            _ => self.push(
                ValueEdit::Changed { old: ShownValue::of(old.value), new: ShownValue::of(new.value) },
                volatility,
            ),
        }
    }

    fn named(&mut self, old: &[Part<'_>], new: &[Part<'_>], volatility: Option<Volatility>) {
        for part in new {
            let before = old.iter().find(|before| before.name == part.name);
            self.field(before.map(|before| before.item), Some(part.item), part, volatility);
        }
        for part in old {
            if !new.iter().any(|after| after.name == part.name) {
                self.field(Some(part.item), None, part, volatility);
            }
        }
    }

    fn field(
        &mut self,
        old: Option<Item<'_>>,
        new: Option<Item<'_>>,
        part: &Part<'_>,
        around: Option<Volatility>,
    ) {
        let volatility = part.volatility.or(around);
        let is_same = matches!((old, new), (Some(old), Some(new)) if old.value == new.value);
        if is_same {
            return;
        }
        if volatility.is_some() && self.fields == VolatileFields::Hidden {
            self.diff.hidden += 1;
            return;
        }
        self.step(&field_step(&part.name), |walk| match (old, new) {
            (Some(old), Some(new)) => walk.items(old, new, volatility),
            (None, Some(new)) => walk.push(ValueEdit::Added { value: ShownValue::of(new.value) }, volatility),
            (Some(old), None) => {
                walk.push(ValueEdit::Removed { value: ShownValue::of(old.value) }, volatility)
            }
            (None, None) => {}
        });
    }

    fn lists(&mut self, old: &[Item<'_>], new: &[Item<'_>], volatility: Option<Volatility>) {
        let alignment = align(old, new);
        for &(from, to) in &alignment.moved() {
            let edit = ValueEdit::Moved { from: from as u64, to: to as u64 };
            self.list_item(to, new[to], |walk| walk.push(edit, volatility));
        }
        for &(from, to) in &alignment.pairs {
            self.list_item(to, new[to], |walk| walk.items(old[from], new[to], volatility));
        }
        for &to in &alignment.added {
            let edit = ValueEdit::Added { value: ShownValue::of(new[to].value) };
            self.list_item(to, new[to], |walk| walk.push(edit, volatility));
        }
        for &from in &alignment.removed {
            let edit = ValueEdit::Removed { value: ShownValue::of(old[from].value) };
            self.list_item(from, old[from], |walk| walk.push(edit, volatility));
        }
    }

    fn list_item(&mut self, idx: usize, item: Item<'_>, visit: impl FnOnce(&mut Self)) {
        let around = self.item.clone();
        self.item = name(item).or(around.clone());
        self.step(&format!("[{idx}]"), visit);
        self.item = around;
    }

    fn step(&mut self, step: &str, visit: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        self.path.push_str(step);
        visit(self);
        self.path.truncate(length);
    }

    fn push(&mut self, edit: ValueEdit, volatility: Option<Volatility>) {
        if self.diff.changes.len() == CHANGES_MAX {
            self.diff.omitted += 1;
            return;
        }
        let path = if self.path.is_empty() { ".".to_owned() } else { self.path.clone() };
        let volatility = volatility.map(|why| why.name().to_owned()).into();
        self.diff.changes.push(ValueChange { path, item: self.item.clone().into(), volatility, edit });
    }
}

/// A step to a field: `.rows`, or `["a.b"]` where the name is not plain.
pub(crate) fn field_step(name: &str) -> String {
    let is_plain = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if is_plain {
        return format!(".{name}");
    }
    format!("[\"{}\"]", name.replace('\\', "\\\\").replace('"', "\\\""))
}

impl ShownValue {
    /// A value whole, or its digest where it is too large to be shown.
    pub fn of(value: &Value) -> Self {
        let text = compact(value);
        if text.len() <= SHOWN_BYTES_MAX {
            return Self::Whole { value: value.clone() };
        }
        Self::Digest { bytes: text.len() as u64, sha256: Digest::of(text.as_bytes()) }
    }
}

/// A value as compact JSON text.
fn compact(value: &Value) -> String {
    let encoder = json::Encoder::new().limits(LIMITS);
    // What came out of JSON goes back into it; the debug form is for values of other origin.
    encoder
        .to_vec(value)
        .map_or_else(|_| format!("{value:?}"), |bytes| String::from_utf8_lossy(&bytes).into_owned())
}

/// Whether two values of one shape have the same content.
pub(super) fn same_content(old: Item<'_>, new: Item<'_>) -> bool {
    old.value == new.value || content(old) == content(new)
}

#[cfg(test)]
mod tests {
    use proofmark::Describe;

    use super::*;

    #[derive(Record)]
    #[record(tag = "outer")]
    struct Outer {
        rows: u64,
        #[field(volatile = "time", default)]
        at: u64,
        #[field(default)]
        settings: std::collections::BTreeMap<String, u64>,
        #[field(default)]
        tables: Vec<Table>,
        #[field(default)]
        scans: Vec<Scan>,
    }

    #[derive(Record, PartialEq)]
    struct Table {
        name: String,
        #[field(default)]
        columns: Vec<String>,
        #[field(volatile = "path", default)]
        path: String,
    }

    #[derive(Record, PartialEq)]
    #[record(positional)]
    struct Scan {
        files: u64,
        #[field(volatile = "race")]
        bytes: u64,
    }

    fn diff(old: &str, new: &str, fields: VolatileFields) -> ValueDiff {
        let value = |text: &str| json::from_str::<Value>(text).unwrap();
        compare_values(&value(old), &value(new), Outer::shape(), fields)
    }

    fn line(change: &ValueChange) -> String {
        let shown = |value: &ShownValue| match value {
            ShownValue::Whole { value } => value.to_string(),
            ShownValue::Digest { bytes, .. } => format!("{bytes} bytes"),
        };
        let edit = match &change.edit {
            ValueEdit::Added { value } => format!("+ {}", shown(value)),
            ValueEdit::Removed { value } => format!("- {}", shown(value)),
            ValueEdit::Changed { old, new } => format!("{} -> {}", shown(old), shown(new)),
            ValueEdit::Moved { from, to } => format!("moved {from} to {to}"),
        };
        let item = change.item.as_ref().into_option().map_or(String::new(), |item| format!(" ({item})"));
        let why = change.volatility.as_ref().into_option().map_or(String::new(), |why| format!(" ~{why}"));
        format!("{}{item} {edit}{why}", change.path)
    }

    #[track_caller]
    fn check(old: &str, new: &str, fields: VolatileFields, expected: &[&str], hidden: u64) {
        let found = diff(old, new, fields);
        assert_eq!(found.changes.iter().map(line).collect::<Vec<_>>(), expected);
        assert_eq!((found.hidden, found.omitted), (hidden, 0));
    }

    const OLD: &str = r#"{"rows":1,"at":5,"settings":{"a.b":1,"c":2},"tables":[
        {"name":"orders","columns":["x","y"],"path":"/a"},{"name":"items","path":"/b"}],"scans":[[1,9]]}"#;
    const NEW: &str = r#"{"rows":2,"at":6,"settings":{"a.b":3},"tables":[{"name":"new"},
        {"name":"orders","columns":["w","x","y"],"path":"/z"}],"scans":[[2,8]]}"#;

    #[test]
    fn places_are_found_by_name_and_volatile_fields_are_counted() {
        check(
            OLD,
            NEW,
            VolatileFields::Hidden,
            &[
                ".rows 1 -> 2",
                ".settings[\"a.b\"] 1 -> 3",
                ".settings.c - 2",
                ".tables[1].columns[0] (orders) + \"w\"",
                ".tables[0] (new) + {\"name\":\"new\"}",
                ".tables[1] (items) - {\"name\":\"items\",\"path\":\"/b\"}",
                ".scans[0].files 1 -> 2",
            ],
            3,
        );
    }

    #[test]
    fn volatile_fields_are_shown_on_request_and_say_why_they_are() {
        let (old, new) = (r#"{"rows":1,"at":5,"scans":[[1,9]]}"#, r#"{"rows":1,"scans":[[1,8]]}"#);
        check(old, new, VolatileFields::Shown, &[".scans[0].bytes 9 -> 8 ~race", ".at - 5 ~time"], 0);
        check(old, new, VolatileFields::Hidden, &[], 2);
    }

    #[test]
    fn another_order_of_things_with_names_is_told_once() {
        let tables = |names: &str| format!(r#"{{"rows":1,"tables":[{names}]}}"#);
        let (a, b, c) = (r#"{"name":"a"}"#, r#"{"name":"b"}"#, r#"{"name":"c"}"#);
        check(
            &tables(&[a, b, c].join(",")),
            &tables(&[c, a, b].join(",")),
            VolatileFields::Hidden,
            &[".tables[0] (c) moved 2 to 0"],
            0,
        );
    }

    #[test]
    fn a_value_one_byte_over_the_limit_is_told_by_its_digest() {
        let settings = |len: usize| {
            let record = format!(r#"{{"rows":1,"x":"{}"}}"#, "a".repeat(len - 2));
            diff(r#"{"rows":1,"x":1}"#, &record, VolatileFields::Hidden).changes.remove(0).edit
        };
        for (len, is_whole) in
            [(SHOWN_BYTES_MAX - 1, true), (SHOWN_BYTES_MAX, true), (SHOWN_BYTES_MAX + 1, false)]
        {
            let ValueEdit::Changed { new, .. } = settings(len) else { panic!("it is changed") };
            assert_eq!(matches!(new, ShownValue::Whole { .. }), is_whole, "{len}");
        }
    }

    #[test]
    fn what_is_beyond_the_limit_is_counted() {
        let record = |first: usize, count: usize| {
            let entries: Vec<_> = (first..first + count).map(|n| format!(r#""k{n:06}":{n}"#)).collect();
            format!(r#"{{"rows":1,"settings":{{{}}}}}"#, entries.join(","))
        };
        for (count, omitted) in [(CHANGES_MAX - 1, 0), (CHANGES_MAX, 0), (CHANGES_MAX + 1, 1)] {
            let found = diff(r#"{"rows":1,"settings":{}}"#, &record(0, count), VolatileFields::Hidden);
            assert_eq!((found.changes.len(), found.omitted), (count.min(CHANGES_MAX), omitted));
        }
    }
}
