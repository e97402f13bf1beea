//! Looking into a reading.

use proofmark::{Kind, Value};

use super::cell::Cell;
use super::node::{FieldNode, Node, RecordNode};
use super::reading::Reading;

/// One value of a [`Reading`].
///
/// # Examples
/// ```
/// use proofmark::Record;
/// use proofmark_contract::{Codec, Registry, Replica, Use};
///
/// #[derive(Record)]
/// struct Scan { columns: Vec<String>, rows: Option<u64> }
///
/// let lock = Registry::new().record::<Scan>("scan", 1, Use::Event).entries()[0].lock()?;
/// let replica = Replica::new(&lock)?;
/// let reading = replica.read(br#"{"columns":["a","b"],"rows":null}"#, Codec::Json)?;
/// let columns = reading.root().get("columns").expect("it was read");
/// let names: Vec<_> = columns.items().filter_map(|column| column.as_str()).collect();
/// assert_eq!(names, ["a", "b"]);
/// assert!(reading.root().get("rows").is_some_and(|rows| rows.is_null()));
/// # Ok::<(), proofmark::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct View<'a>(Place<'a>);

#[derive(Clone, Copy, Debug)]
enum Place<'a> {
    Cell(&'a Reading<'a, 'a>, &'a Cell<'a>),
    /// A default, or what has no cells.
    Value(&'a Value),
    /// The name of a field.
    Name(&'a str),
}

impl<'a> View<'a> {
    pub(super) const fn of_cell(reading: &'a Reading<'a, 'a>, cell: &'a Cell<'a>) -> Self {
        match cell {
            Cell::Value(value) => Self(Place::Value(value)),
            cell => Self(Place::Cell(reading, cell)),
        }
    }

    /// Whether this is null.
    pub const fn is_null(self) -> bool {
        matches!(self.0, Place::Cell(_, Cell::Null) | Place::Value(Value::Null))
    }

    /// The boolean.
    pub const fn as_bool(self) -> Option<bool> {
        match self.0 {
            Place::Cell(_, Cell::Bool(value)) | Place::Value(Value::Bool(value)) => Some(*value),
            _ => None,
        }
    }

    /// The integer, if it fits.
    pub fn as_i64(self) -> Option<i64> {
        match self.0 {
            Place::Cell(_, Cell::Int(value)) => Some(*value),
            Place::Value(value) => value.as_i64(),
            _ => None,
        }
    }

    /// The integer, if it fits.
    pub fn as_u64(self) -> Option<u64> {
        match self.0 {
            Place::Cell(_, Cell::Int(value)) => u64::try_from(*value).ok(),
            Place::Cell(_, Cell::UInt(value)) => Some(*value),
            Place::Value(value) => value.as_u64(),
            _ => None,
        }
    }

    /// The number as a float: a float, or the float next to a 64-bit integer.
    pub const fn as_f64(self) -> Option<f64> {
        match self.0 {
            Place::Cell(_, Cell::Float(value)) => Some(*value),
            Place::Cell(_, Cell::Int(value)) => Some(*value as f64),
            Place::Cell(_, Cell::UInt(value)) => Some(*value as f64),
            Place::Value(value) => value.as_f64(),
            _ => None,
        }
    }

    /// The text.
    pub const fn as_str(self) -> Option<&'a str> {
        match self.0 {
            Place::Cell(_, Cell::Str(text)) => Some(text),
            Place::Value(value) => value.as_str(),
            Place::Name(name) => Some(name),
            Place::Cell(..) => None,
        }
    }

    /// The bytes.
    pub const fn as_bytes(self) -> Option<&'a [u8]> {
        match self.0 {
            Place::Cell(_, Cell::Bytes(bytes)) => Some(bytes),
            Place::Value(value) => value.as_bytes(),
            _ => None,
        }
    }

    /// The kind of this value.
    pub fn kind(self) -> Kind {
        match self.0 {
            Place::Value(value) => value.kind(),
            Place::Name(_) | Place::Cell(_, Cell::Str(_)) => Kind::Str,
            Place::Cell(_, cell) => match cell {
                Cell::Bool(_) => Kind::Bool,
                Cell::Int(_) | Cell::UInt(_) => Kind::Int,
                Cell::Float(_) => Kind::Float,
                Cell::Bytes(_) => Kind::Bytes,
                Cell::Native(native) => native.kind(),
                Cell::Items { .. } => Kind::Array,
                Cell::Entries { .. } | Cell::Record { .. } => Kind::Object,
                Cell::Value(value) => value.kind(),
                Cell::Str(_) | Cell::Absent | Cell::Null => Kind::Null,
            },
        }
    }

    /// The field of a record by its name in the lock, its default where it was not read; the entry of a map by text key.
    pub fn get(self, name: &str) -> Option<Self> {
        self.entries().find(|(key, _)| key.as_str() == Some(name)).map(|(_, value)| value)
    }

    /// The items of a sequence; nothing for any other value.
    pub fn items(self) -> impl Iterator<Item = Self> {
        let (cells, values) = match self.0 {
            Place::Cell(reading, Cell::Items { at, len }) => {
                (Some(reading.cells[*at..at + len].iter().map(|cell| Self::of_cell(reading, cell))), None)
            }
            Place::Value(Value::Array(items)) => (None, Some(items.iter().map(Self::of_value))),
            _ => (None, None),
        };
        cells.into_iter().flatten().chain(values.into_iter().flatten())
    }

    /// The entries of a map or a record, its tag first; nothing for any other value.
    pub fn entries(self) -> impl Iterator<Item = (Self, Self)> {
        let entries: Box<dyn Iterator<Item = (Self, Self)> + 'a> = match self.0 {
            Place::Cell(reading, Cell::Record { node, at }) => match reading.replica.node(*node) {
                Node::Record(record) => Box::new(fields(reading, record, *at)),
                _ => Box::new(std::iter::empty()),
            },
            Place::Cell(reading, Cell::Entries { at, len }) => {
                let entries = reading.cells[*at..at + 2 * len].chunks_exact(2);
                let of = |cell| Self::of_cell(reading, cell);
                Box::new(entries.map(move |entry| (of(&entry[0]), of(&entry[1]))))
            }
            Place::Value(Value::Map(map)) => {
                Box::new(map.iter().map(|(key, value)| (Self::of_value(key), Self::of_value(value))))
            }
            _ => Box::new(std::iter::empty()),
        };
        entries
    }

    /// A copy that borrows nothing, with defaults filled in.
    pub fn to_value(self) -> Value {
        match self.0 {
            Place::Cell(reading, cell) => reading.value(cell),
            Place::Value(value) => value.clone(),
            Place::Name(name) => Value::from(name),
        }
    }

    const fn of_value(value: &'a Value) -> Self {
        Self(Place::Value(value))
    }
}

fn fields<'a>(
    reading: &'a Reading<'a, 'a>,
    record: &'a RecordNode,
    at: usize,
) -> impl Iterator<Item = (View<'a>, View<'a>)> {
    let name = |name| View(Place::Name(name));
    let tag = record.shape.tag.as_ref().zip(record.tag.as_ref());
    let tag = tag.map(move |(tag, value)| (name(tag.key.name), View::of_value(value)));
    let fields = record.fields.iter().zip(&reading.cells[at..]);
    tag.into_iter().chain(
        fields
            .filter_map(move |(field, cell)| Some((name(field.key.name), field_view(reading, field, cell)?))),
    )
}

fn field_view<'a>(
    reading: &'a Reading<'a, 'a>,
    field: &'a FieldNode,
    cell: &'a Cell<'a>,
) -> Option<View<'a>> {
    match cell {
        Cell::Absent => field.default.as_ref().map(View::of_value),
        cell => Some(View::of_cell(reading, cell)),
    }
}
