//! Schemas as locks.

use std::collections::BTreeMap;

use arrow_schema::{DataType, Field, FieldRef, Fields, IntervalUnit, Schema, UnionFields};
use proofmark::{Maybe, Value};
use proofmark_contract::lock::{
    Bounds, Definition, FORMAT, FieldLock, Lock, MemberLock, NewtypeLock, RecordLock, Type, UnionLock,
};
use proofmark_contract::{Codec, Use};

use super::form;
use super::plain::{parts_of, plain_type};
use super::reading::Caster;

/// Levels of types in types that are told; what is deeper is `any`.
///
/// A level may be two in a lock, `list<option<...>>`, and locks have 64.
pub const LEVELS_MAX: usize = 31;

/// The definition of the row.
pub(super) const ROW: &str = "Row";

/// The lock of a table's schema: a record whose fields are the columns.
///
/// A column that may be null is `option<T>`, null by default, since it is read as nulls where a file lacks it. Columns
/// that the table does not know are passed over, and so are fields of structs. What locks have no word for is
/// said by bounds: the digits of a decimal by a factor and two ends, the unit of a time by a pattern of its texts.
///
/// # Examples
/// ```
/// use arrow_schema::{DataType, Field, Schema};
/// use proofmark_arrow::drift;
/// use proofmark_contract::lock::Definition;
///
/// let lock = drift::lock(&Schema::new(vec![Field::new("rows", DataType::UInt32, true)]));
/// let Some(Definition::Record(row)) = lock.definition(&lock.root) else { panic!("a row is a record") };
/// assert_eq!(row.fields[0].ty.to_string(), "option<u32>");
/// ```
pub fn lock(schema: &Schema) -> Lock {
    described(schema).lock
}

/// A lock, and what its definitions are in the schema.
pub(super) struct Described {
    pub(super) lock: Lock,
    pub(super) parts: BTreeMap<String, Part>,
}

/// What a definition is in a schema.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) place: Place,
    pub(super) data_type: DataType,
}

/// A place in a schema: the column, where in it, and who reads what is there.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) column: Option<String>,
    pub(super) inside: String,
    pub(super) caster: Caster,
}

impl Place {
    /// The place of a field of what is here.
    pub(super) fn field(&self, name: &str) -> Self {
        match &self.column {
            None => Self { column: Some(name.to_owned()), ..Self::default() },
            Some(_) => self.step(&format!(".{name}")),
        }
    }

    fn step(&self, step: &str) -> Self {
        Self { inside: format!("{}{step}", self.inside), ..self.clone() }
    }

    /// The place of the keys or the values of a map.
    fn entry(&self, step: &str) -> Self {
        Self { caster: Caster::Kernel, ..self.step(step) }
    }
}

pub(super) fn described(schema: &Schema) -> Described {
    let mut writer = Writer::default();
    let row = At { name: ROW.to_owned(), place: Place::default(), levels_left: LEVELS_MAX };
    writer.record(&row, ROW.to_owned(), schema.fields());
    let lock = Lock {
        proofmark_lock: FORMAT,
        record: "columns".to_owned(),
        version: 1,
        // The format that keeps bytes and numbers what they are.
        codecs: vec![Codec::MessagePack],
        used_as: Use::Manifest,
        root: Type::Named(ROW.to_owned()),
        types: writer.types,
    };
    Described { lock, parts: writer.parts }
}

#[derive(Default)]
struct Writer {
    types: BTreeMap<String, Definition>,
    parts: BTreeMap<String, Part>,
}

/// Where a type stands.
struct At {
    /// By numbers, so that a definition is called the same where its column has another name: `Row.3.0`.
    name: String,
    place: Place,
    levels_left: usize,
}

impl At {
    fn step(&self, number: usize, place: Place) -> Self {
        let name = format!("{}.{number}", self.name);
        Self { name, place, levels_left: self.levels_left.saturating_sub(1) }
    }

    /// Names are of places and types, so that fields with different types are never taken for one that was renamed.
    fn definition(&self, data_type: &DataType) -> String {
        format!("{}~{:016x}", self.name, fnv(&data_type.to_string()))
    }
}

/// FNV-1a.
fn fnv(text: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

impl Writer {
    fn define(&mut self, at: &At, name: String, data_type: DataType, definition: Definition) -> Type {
        self.parts.insert(name.clone(), Part { place: at.place.clone(), data_type });
        self.types.insert(name.clone(), definition);
        Type::Named(name)
    }

    fn record(&mut self, at: &At, name: String, fields: &Fields) -> Type {
        let locked = fields.iter().enumerate().map(|(number, field)| {
            let inner = at.step(number, at.place.field(field.name()));
            self.field(&inner, field)
        });
        let record = RecordLock {
            tag: Maybe::Unset,
            positional: false,
            allow_unknown: true,
            encode_defaults: true,
            checked: false,
            fields: locked.collect(),
        };
        self.define(at, name, DataType::Struct(fields.clone()), Definition::Record(record))
    }

    fn field(&mut self, at: &At, field: &FieldRef) -> FieldLock {
        FieldLock {
            name: field.name().clone(),
            ty: self.or_null(at, field),
            id: Maybe::Unset,
            default: if field.is_nullable() { Maybe::Set(Value::Null) } else { Maybe::Unset },
            bounds: Bounds::default(),
            checked: false,
            absent: Maybe::Unset,
            null: Maybe::Unset,
            undecided: Maybe::Unset,
            volatile: Maybe::Unset,
            aliases: Vec::new(),
            lenient: false,
            read_only: false,
            flatten: false,
        }
    }

    fn or_null(&mut self, at: &At, field: &Field) -> Type {
        match self.of(at, field.data_type()) {
            Type::Null => Type::Null,
            present if field.is_nullable() => Type::Optional(Box::new(present)),
            present => present,
        }
    }

    fn of(&mut self, at: &At, data_type: &DataType) -> Type {
        if at.levels_left == 0 {
            return Type::Any;
        }
        if let Some((of, bounds)) = form::bounded(data_type) {
            let newtype = Definition::Newtype(NewtypeLock { of, bounds });
            return self.define(at, at.definition(data_type), data_type.clone(), newtype);
        }
        match data_type {
            DataType::List(item) => Type::List(self.item(at, item)),
            DataType::FixedSizeList(item, len) => {
                Type::Array(self.item(at, item), usize::try_from(*len).unwrap_or(0))
            }
            DataType::Struct(fields) => self.record(at, at.definition(data_type), fields),
            DataType::Union(fields, _) => self.union(at, data_type, fields),
            DataType::Map(entries, _) => match parts_of(entries) {
                Some((key, value)) => {
                    let key = self.or_null(&at.step(0, at.place.entry("{key}")), key);
                    let value = self.or_null(&at.step(1, at.place.entry("{}")), value);
                    Type::Map(Box::new(key), Box::new(value))
                }
                None => Type::Any,
            },
            leaf => match (word(leaf), plain_type(leaf)) {
                (Some(word), _) => word,
                (None, same) if same == *leaf => Type::Any,
                (None, plain) => self.of(at, &plain),
            },
        }
    }

    fn item(&mut self, at: &At, item: &FieldRef) -> Box<Type> {
        Box::new(self.or_null(&at.step(0, at.place.step("[]")), item))
    }

    fn union(&mut self, at: &At, data_type: &DataType, fields: &UnionFields) -> Type {
        let member = |(number, (id, field)): (usize, (i8, &FieldRef))| {
            let inner = at.step(number, at.place.step(&format!("<{}>", field.name())));
            // The number says which member a value is.
            MemberLock { name: format!("{id} {}", field.name()), ty: self.or_null(&inner, field) }
        };
        let members = fields.iter().enumerate().map(member).collect();
        let union = Definition::Union(UnionLock { members, fallback: Maybe::Unset });
        self.define(at, at.definition(data_type), data_type.clone(), union)
    }
}

/// The word of locks for a type; none for those that are the same as another one.
fn word(leaf: &DataType) -> Option<Type> {
    let int = |bits: u32| Type::Int { min: -(1 << (bits - 1)), max: (1 << (bits - 1)) - 1 };
    let unsigned = |bits: u32| Type::Int { min: 0, max: (1 << bits) - 1 };
    // Months, days and the rest are numbers of their own: none is so many of another.
    let numbers = |bits: &[u32]| Type::Tuple(bits.iter().map(|bits| int(*bits)).collect());
    Some(match leaf {
        DataType::Null => Type::Null,
        DataType::Boolean => Type::Bool,
        DataType::Int8 => int(8),
        DataType::Int16 => int(16),
        DataType::Int32 => int(32),
        DataType::Int64 => int(64),
        DataType::UInt8 => unsigned(8),
        DataType::UInt16 => unsigned(16),
        DataType::UInt32 => unsigned(32),
        DataType::UInt64 => unsigned(64),
        DataType::Float32 => Type::Float { bits: 32 },
        DataType::Float64 => Type::Float { bits: 64 },
        DataType::Utf8 => Type::Str,
        DataType::Binary => Type::Bytes,
        DataType::FixedSizeBinary(len) => Type::ByteArray(usize::try_from(*len).unwrap_or(0)),
        DataType::Interval(IntervalUnit::YearMonth) => numbers(&[32]),
        DataType::Interval(IntervalUnit::DayTime) => numbers(&[32, 32]),
        DataType::Interval(IntervalUnit::MonthDayNano) => numbers(&[32, 32, 64]),
        _ => return None,
    })
}
