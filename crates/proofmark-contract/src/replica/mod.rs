//! A reader and writer built from a lock: what a release did, without its code.
//!
//! A replica goes through the codec by the same calls that derived code makes: prediction of keys, tags, unknown fields,
//! positions and unions are the codec's own, and so are the errors. What it reads is a [`Reading`] with defaults filled
//! in, which is what a program of that release would have seen.

mod bounds;
mod build;
mod cell;
mod key;
mod names;
mod node;
mod order;
mod read;
mod reading;
mod union;
mod view;
mod write;

use proofmark::{Limits, Result, Value, json, msgpack};

pub(crate) use self::bounds::Constraint;
use self::node::{Id, Node};
pub use self::reading::Reading;
pub use self::view::View;
use crate::codec::{Codec, DEPTH_MAX};
use crate::lock::{Lock, Type};

/// A reader and writer built from a lock.
///
/// # Examples
/// ```
/// use proofmark::{Record, Value};
/// use proofmark_contract::{Codec, Registry, Replica, Use};
///
/// #[derive(Record)]
/// struct Cursor { dataset: String, #[field(default)] version: u64 }
///
/// let lock = Registry::new().record::<Cursor>("cursor", 1, Use::Cursor).entries()[0].lock()?;
/// let replica = Replica::new(&lock)?;
/// let value = replica.decode(br#"{"dataset":"orders"}"#, Codec::Json)?;
/// assert_eq!(value["version"], 0);
/// assert_eq!(replica.encode(&value, Codec::MessagePack)?, b"\x81\xa7dataset\xa6orders");
/// assert!(replica.decode(br#"{"dataset":1}"#, Codec::Json).is_err());
/// # Ok::<(), proofmark::Error>(())
/// ```
#[derive(Debug)]
pub struct Replica {
    nodes: Vec<Node>,
    root: Id,
}

impl Replica {
    /// The replica of a lock's record.
    ///
    /// What the codec compares with, such as names and tags, stays in memory for as long as the program runs, as that of
    /// derived types does: make a replica once, and keep it.
    ///
    /// # Errors
    /// Fails when the lock contradicts itself: a default that is not of its type, a union whose members cannot be told
    /// apart. Fields that are flattened must be records.
    pub fn new(lock: &Lock) -> Result<Self> {
        Self::of_type(lock, &lock.root)
    }

    /// The replica of one type of a lock.
    ///
    /// # Errors
    /// As [`Replica::new`].
    pub fn of_type(lock: &Lock, ty: &Type) -> Result<Self> {
        build::replica(lock, ty)
    }

    /// Reads what a program of that release would have read, and keeps it as the lock lays it out.
    ///
    /// The fastest way to look into a record or to check it: several times that of [`Replica::decode`].
    ///
    /// # Errors
    /// Fails as that program would have.
    pub fn read<'r, 'de>(&'r self, input: &'de [u8], codec: Codec) -> Result<Reading<'r, 'de>> {
        self.read_as(self.root, input, codec)
    }

    /// Reads what a program of that release would have read, into a value that stands alone.
    ///
    /// # Errors
    /// Fails as that program would have.
    pub fn decode(&self, input: &[u8], codec: Codec) -> Result<Value> {
        self.decode_as(self.root, input, codec)
    }

    /// Writes what a program of that release would have written.
    ///
    /// # Errors
    /// Fails when the value is not of the type, or the format cannot express it.
    pub fn encode(&self, value: &Value, codec: Codec) -> Result<Vec<u8>> {
        codec.encode(&write::Typed { replica: self, node: self.root, value })
    }

    fn decode_as(&self, node: Id, input: &[u8], codec: Codec) -> Result<Value> {
        self.read_as(node, input, codec).map(|reading| reading.to_value())
    }

    fn read_as<'r, 'de>(&'r self, node: Id, input: &'de [u8], codec: Codec) -> Result<Reading<'r, 'de>> {
        let mut reading = Reading::new(self, input.len(), codec);
        let seed = read::At { reading: &mut reading, node };
        let root = match codec {
            Codec::Json => {
                json::Decoder::new().limits(Limits::depth(DEPTH_MAX)).seeded_from_slice(input, seed)
            }
            Codec::MessagePack => {
                msgpack::Decoder::new().limits(Limits::depth(DEPTH_MAX)).seeded_from_slice(input, seed)
            }
        };
        reading.root = root?;
        reading.open = Vec::new();
        Ok(reading)
    }

    fn node(&self, id: Id) -> &Node {
        &self.nodes[id]
    }
}
