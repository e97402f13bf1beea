//! Values of a type that tell releases apart: the ends of ranges, absence, null, every variant, text that looks like
//! something else.

mod pattern;
mod place;
mod scalar;
mod words;

use proofmark::value::Map;
use proofmark::{Maybe, Value};

use crate::lock::{Bounds, Definition, FieldLock, Lock, RecordLock, TagText, Type, UnionLock};
use crate::replica::Constraint;

pub(crate) use self::place::Place;
pub(crate) use self::words::Words;

/// Levels of types in types for which values are made up.
const DEPTH_MAX: usize = 12;

/// The values of one type at most.
const VALUES_MAX: usize = 32;

/// The values of a field at most, where all fields of a record are varied.
const FIELD_VALUES_MAX: usize = 6;

/// Makes up values of the types of a lock.
///
/// Values are as a [`Replica`](crate::Replica) reads them. The first of several is the smallest.
#[derive(Clone, Copy)]
pub(crate) struct Samples<'a> {
    lock: &'a Lock,
    words: &'a Words,
    depth_left: usize,
}

/// Which fields of a record are varied.
#[derive(Clone, Copy)]
pub(crate) enum Focus<'a> {
    /// The field that was first known by this name.
    Field(&'a str),
    /// All fields, one after the other.
    All,
    /// None: the record is inside of what is looked at.
    None,
}

impl<'a> Samples<'a> {
    /// Values of the types of `lock`, in which `words` are among the texts.
    pub(crate) const fn new(lock: &'a Lock, words: &'a Words) -> Self {
        Self { lock, words, depth_left: DEPTH_MAX }
    }

    /// Values of a type.
    pub(crate) fn values(self, ty: &Type) -> Vec<Value> {
        let Some(depth_left) = self.depth_left.checked_sub(1) else { return Vec::new() };
        let inside = Self { depth_left, ..self };
        let mut values = inside.of_type(ty);
        values.truncate(VALUES_MAX);
        values
    }

    fn of_type(self, ty: &Type) -> Vec<Value> {
        match ty {
            Type::Optional(of) => [vec![Value::Null], self.values(of)].concat(),
            Type::Maybe(of) => self.values(of),
            Type::List(of) | Type::Set(of) => self.lists(of),
            Type::Array(of, len) => self.values(of).into_iter().map(|item| repeat(&item, *len)).collect(),
            Type::Tuple(parts) => self.tuples(parts),
            Type::Map(key, value) => self.maps(key, value),
            Type::Ext { code, text } => scalar::ext(*code, text.is_some()),
            Type::Named(name) => match self.lock.types.get(name) {
                Some(Definition::Record(record)) => self.records(record, Focus::None),
                Some(Definition::Enum(choices)) => {
                    choices.variants.iter().map(|variant| tag_value(&variant.value)).collect()
                }
                Some(Definition::Union(union)) => self.union(union),
                Some(Definition::Newtype(newtype)) => self.bounded(&newtype.of, &newtype.bounds),
                None => Vec::new(),
            },
            Type::Str => self.texts(),
            scalar => scalar::values(scalar),
        }
    }

    fn texts(self) -> Vec<Value> {
        let texts = |words: &[String]| words.iter().map(|word| Value::from(&**word)).collect::<Vec<_>>();
        let mut values = scalar::values(&Type::Str);
        // Behind the smallest, and before what may be too much.
        values.splice(1..1, texts(&self.words.telling));
        values.extend(texts(&self.words.names));
        values
    }

    fn lists(self, of: &Type) -> Vec<Value> {
        let items = self.values(of);
        let single = items.iter().map(|item| Value::from_iter([item.clone()]));
        // The first one twice, and not in order: a set keeps neither.
        let several = match &items[..] {
            [first, second, ..] => vec![Value::from_iter([second.clone(), first.clone(), second.clone()])],
            _ => Vec::new(),
        };
        [Value::from_iter(Vec::<Value>::new())].into_iter().chain(single).chain(several).collect()
    }

    fn tuples(self, parts: &[Type]) -> Vec<Value> {
        let columns: Vec<_> = parts.iter().map(|part| self.values(part)).collect();
        if columns.iter().any(Vec::is_empty) {
            return Vec::new();
        }
        let rows = columns.iter().map(Vec::len).max().unwrap_or(1);
        let row =
            |at: usize| Value::from_iter(columns.iter().map(|values| values[at % values.len()].clone()));
        (0..rows).map(row).collect()
    }

    fn maps(self, key: &Type, value: &Type) -> Vec<Value> {
        let (keys, values) = (self.values(key), self.values(value));
        let one = |key: &Value, value: &Value| Value::from(Map::from(vec![(key.clone(), value.clone())]));
        let mut maps = vec![Value::from(Map::new())];
        maps.extend(keys.first().into_iter().flat_map(|key| values.iter().map(|value| one(key, value))));
        maps.extend(values.first().into_iter().flat_map(|value| keys.iter().map(|key| one(key, value))));
        maps
    }

    fn union(self, union: &UnionLock) -> Vec<Value> {
        let is_fallback = |name: &str| matches!(&union.fallback, Maybe::Set(fallback) if fallback == name);
        let known = union.members.iter().filter(|member| !is_fallback(&member.name));
        let mut values: Vec<Vec<Value>> = known.map(|member| self.values(&member.ty)).collect();
        // The smallest of each member first: members are what unions are about.
        let firsts: Vec<_> = values.iter_mut().filter(|of| !of.is_empty()).map(|of| of.remove(0)).collect();
        firsts.into_iter().chain(values.into_iter().flatten()).collect()
    }

    /// Values within bounds.
    fn bounded(self, ty: &Type, bounds: &Bounds) -> Vec<Value> {
        let values = self.values(ty);
        if *bounds == Bounds::default() {
            return values;
        }
        let more = scalar::at_bounds(ty.present(), bounds, &values);
        let Ok(check) = Constraint::new(bounds) else { return Vec::new() };
        values.into_iter().chain(more).filter(|value| check.check(value).is_ok()).collect()
    }

    fn field(self, field: &FieldLock) -> Vec<Value> {
        self.bounded(&field.ty, &field.bounds)
    }

    /// Values of a record in which some fields are varied.
    pub(crate) fn records(self, record: &RecordLock, focus: Focus<'_>) -> Vec<Value> {
        let Some(base) = self.smallest(record) else { return Vec::new() };
        let mut records = vec![Value::from(base.clone())];
        for field in &record.fields {
            let values = match focus {
                Focus::Field(identity) if field.identity() == identity => self.field(field),
                Focus::Field(_) | Focus::None => continue,
                Focus::All => self.field(field).into_iter().take(FIELD_VALUES_MAX).collect(),
            };
            records.extend(values.into_iter().map(|value| Value::from(with(&base, field, value))));
        }
        records.extend(self.spread(record, &base).map(Value::from));
        records
    }

    /// The record that says no more than it must.
    fn smallest(self, record: &RecordLock) -> Option<Map> {
        let mut map = Map::new();
        if let Maybe::Set(tag) = &record.tag {
            map.insert(tag.field.clone(), tag_value(&tag.value));
        }
        for field in record.fields.iter().filter(|field| field.is_required() || field.flatten) {
            put(&mut map, field, self.field(field).into_iter().next()?);
        }
        Some(map)
    }

    /// A record whose fields are all there and differ, as far as their types let them.
    fn spread(self, record: &RecordLock, base: &Map) -> Option<Map> {
        let mut map = base.clone();
        for (index, field) in record.fields.iter().enumerate() {
            let values = self.field(field);
            let len = values.len().max(1);
            let value = values.into_iter().cycle().nth((index + 1) % len)?;
            put(&mut map, field, value);
        }
        Some(map)
    }
}

fn with(base: &Map, field: &FieldLock, value: Value) -> Map {
    let mut map = base.clone();
    put(&mut map, field, value);
    map
}

/// Gives a field of a record a value; of one that is flattened, the fields of the value stand in its place.
fn put(record: &mut Map, field: &FieldLock, value: Value) {
    match value {
        Value::Map(inner) if field.flatten => {
            inner.into_iter().for_each(|(name, value)| drop(record.insert(name, value)));
        }
        value => drop(record.insert(field.name.clone(), value)),
    }
}

fn repeat(item: &Value, len: usize) -> Value {
    Value::from_iter(std::iter::repeat_n(item.clone(), len.min(VALUES_MAX)))
}

/// The value of a tag or of an enum.
pub(crate) fn tag_value(value: &TagText) -> Value {
    match value {
        TagText::Str(text) => Value::from(text.as_str()),
        TagText::Int(number) => Value::Int(*number),
    }
}
