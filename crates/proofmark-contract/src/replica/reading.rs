//! What a release read, kept as its lock lays it out.

use proofmark::Value;
use proofmark::value::Map;

use super::cell::Cell;
use super::node::{FieldNode, Node};
use super::view::View;
use super::{Replica, node::Id};
use crate::codec::Codec;

/// What a release read: the values of the input in one row, laid out by the lock.
///
/// Names of fields are the lock's, text without escapes is the input's, and defaults stand in the lock until they are
/// asked for, so that reading takes two allocations for most documents, however many values they have. Look at it through
/// [`Reading::root`], or turn it into a [`Value`] that stands alone.
///
/// # Examples
/// ```
/// use proofmark::Record;
/// use proofmark_contract::{Codec, Registry, Replica, Use};
///
/// #[derive(Record)]
/// struct Cursor { dataset: String, #[field(default)] version: u64 }
///
/// let lock = Registry::new().record::<Cursor>("cursor", 1, Use::Cursor).entries()[0].lock()?;
/// let replica = Replica::new(&lock)?;
/// let reading = replica.read(br#"{"dataset":"orders"}"#, Codec::Json)?;
/// let dataset = reading.root().get("dataset").and_then(|name| name.as_str());
/// assert_eq!(dataset, Some("orders"));
/// assert_eq!(reading.root().get("version").and_then(|version| version.as_u64()), Some(0));
/// assert_eq!(reading.to_value(), replica.decode(br#"{"dataset":"orders"}"#, Codec::Json)?);
/// # Ok::<(), proofmark::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Reading<'r, 'de> {
    pub(super) replica: &'r Replica,
    /// What is inside of containers that are closed.
    pub(super) cells: Vec<Cell<'de>>,
    /// What is inside of lists and maps that are being read. Empty in the end.
    pub(super) open: Vec<Cell<'de>>,
    pub(super) root: Cell<'de>,
}

impl<'r, 'de> Reading<'r, 'de> {
    /// An empty reading, with room for the values of so many bytes of input.
    pub(super) fn new(replica: &'r Replica, input_bytes: usize, codec: Codec) -> Self {
        let cells = Vec::with_capacity(CELLS_MIN + input_bytes / bytes_per_cell(codec));
        Self { replica, cells, open: Vec::with_capacity(CELLS_MIN), root: Cell::Absent }
    }

    /// The value that was read.
    pub const fn root(&self) -> View<'_> {
        View::of_cell(self, &self.root)
    }

    /// A copy that borrows nothing, with defaults filled in.
    pub fn to_value(&self) -> Value {
        self.value(&self.root)
    }

    /// Room for the fields of a record; where it begins.
    #[inline]
    pub(super) fn set_aside(&mut self, len: usize) -> usize {
        let at = self.cells.len();
        self.cells.resize_with(at + len, Cell::default);
        at
    }

    /// Moves what was read since `start` to where it stays.
    pub(super) fn close(&mut self, start: usize) -> usize {
        let at = self.cells.len();
        self.cells.extend(self.open.drain(start..));
        at
    }

    pub(super) fn close_items(&mut self, start: usize) -> Cell<'de> {
        let len = self.open.len() - start;
        Cell::Items { at: self.close(start), len }
    }

    pub(super) fn value(&self, cell: &Cell<'de>) -> Value {
        match cell {
            Cell::Absent | Cell::Null => Value::Null,
            Cell::Bool(value) => Value::Bool(*value),
            Cell::Int(value) => Value::Int(*value),
            Cell::UInt(value) => Value::UInt(*value),
            Cell::Float(value) => Value::Float(*value),
            Cell::Str(text) => Value::from(*text),
            Cell::Bytes(bytes) => Value::from(*bytes),
            Cell::Native(native) => Value::Native(native.clone()),
            Cell::Value(value) => (**value).clone(),
            Cell::Items { at, len } => {
                Value::from_iter(self.cells[*at..at + len].iter().map(|cell| self.value(cell)))
            }
            Cell::Entries { at, len } => {
                let entries = self.cells[*at..at + 2 * len].chunks_exact(2);
                let entries = entries.map(|entry| (self.value(&entry[0]), self.value(&entry[1])));
                Map::from_distinct(entries.collect()).into()
            }
            Cell::Record { node, at } => self.record_value(*node, *at),
        }
    }

    fn record_value(&self, node: Id, at: usize) -> Value {
        let Node::Record(record) = self.replica.node(node) else { return Value::Null };
        let mut entries = Vec::with_capacity(record.fields.len() + 1);
        if let (Some(tag), Some(value)) = (&record.shape.tag, &record.tag) {
            entries.push((Value::from(tag.key.name), value.clone()));
        }
        let fields = record.fields.iter().zip(&self.cells[at..]);
        entries.extend(fields.filter_map(|(field, cell)| {
            self.field_value_of(field, cell).map(|value| (Value::from(field.key.name), value))
        }));
        // A lock has no two fields of one name, nor one of the name of its tag.
        Map::from_distinct(entries).into()
    }

    fn field_value_of(&self, field: &FieldNode, cell: &Cell<'de>) -> Option<Value> {
        match cell {
            Cell::Absent => field.default.clone(),
            cell => Some(self.value(cell)),
        }
    }
}

/// Cells for which there is room at first, so that a small record grows none.
const CELLS_MIN: usize = 16;

/// Bytes of input for which there is room of a cell at first: about those of a short field.
const fn bytes_per_cell(codec: Codec) -> usize {
    match codec {
        Codec::Json => 16,
        Codec::MessagePack => 6,
    }
}
