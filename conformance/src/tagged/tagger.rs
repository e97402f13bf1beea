//! An encoder that writes [`Node`]s.

use jiff::{SignedDuration, civil::Date};
use proofmark::{
    Encode, Encoder, Error, Ext, Key, Medium, Order, Raw, Result, Tag,
    scalar::{DateTime, Decimal, Time},
    shape::RecordShape,
};
use uuid::Uuid;

use super::Node;

/// Takes a value apart, everything in the order in which its containers hold it.
pub(crate) fn tag<T: Encode + ?Sized>(value: &T) -> Result<Node> {
    let mut tagger = Tagger { last: None };
    value.encode(&mut tagger)?;
    tagger.take()
}

/// The value that was written last waits in `last` until its container asks for it.
struct Tagger {
    last: Option<Node>,
}

impl Tagger {
    fn put(&mut self, node: Node) -> Result<()> {
        self.last = Some(node);
        Ok(())
    }

    fn take(&mut self) -> Result<Node> {
        self.last.take().ok_or_else(|| Error::custom("nothing was written"))
    }
}

/// A record that is being written: the field whose value comes next, and what was collected so far.
struct Record {
    shape: &'static RecordShape,
    field: Option<&'static str>,
    fields: Vec<(&'static str, Node)>,
}

impl Record {
    fn collect(&mut self, tagger: &mut Tagger) {
        if let (Some(field), Some(value)) = (self.field.take(), tagger.last.take()) {
            self.fields.push((field, value));
        }
    }
}

/// A map that is being written.
#[derive(Default)]
struct Map {
    key: Option<Node>,
    entries: Vec<(Node, Node)>,
}

impl Map {
    fn collect(&mut self, tagger: &mut Tagger) {
        if let (Some(key), Some(value)) = (self.key.take(), tagger.last.take()) {
            self.entries.push((key, value));
        }
    }
}

impl Encoder for Tagger {
    type Record = Record;
    type Seq = Vec<Node>;
    type Map = Map;

    const MEDIUM: Medium = Medium::Memory;

    fn order(&self) -> Order {
        Order::Declared
    }
    fn depth_left(&self) -> u32 {
        u32::MAX
    }
    fn null(&mut self) -> Result<()> {
        self.put(Node::Null)
    }
    fn bool(&mut self, value: bool) -> Result<()> {
        self.put(Node::Bool(value))
    }
    fn i64(&mut self, value: i64) -> Result<()> {
        self.put(Node::Int(value.into()))
    }
    fn u64(&mut self, value: u64) -> Result<()> {
        self.put(Node::Int(value.into()))
    }
    fn i128(&mut self, value: i128) -> Result<()> {
        self.put(Node::Int(value))
    }
    fn u128(&mut self, value: u128) -> Result<()> {
        self.big_int(&value.to_string())
    }
    fn big_int(&mut self, digits: &str) -> Result<()> {
        self.put(digits.parse().map_or_else(|_| Node::BigInt(digits.to_owned()), Node::Int))
    }
    fn f64(&mut self, value: f64) -> Result<()> {
        self.put(Node::Float(value))
    }
    fn f32(&mut self, value: f32) -> Result<()> {
        self.put(Node::Float(value.into()))
    }
    fn str(&mut self, value: &str) -> Result<()> {
        self.put(Node::Str(value.to_owned()))
    }
    fn bytes(&mut self, value: &[u8]) -> Result<()> {
        self.put(Node::Bytes(value.to_owned()))
    }
    fn datetime(&mut self, value: &DateTime) -> Result<()> {
        self.put(Node::DateTime(*value))
    }
    fn timestamp(&mut self, value: jiff::Timestamp) -> Result<()> {
        self.put(Node::DateTime(DateTime::try_from(value).map_err(Error::custom)?))
    }
    fn date(&mut self, value: Date) -> Result<()> {
        self.put(Node::Date(value))
    }
    fn time(&mut self, value: &Time) -> Result<()> {
        self.put(Node::Time(*value))
    }
    fn duration(&mut self, value: SignedDuration) -> Result<()> {
        self.put(Node::Duration(value))
    }
    fn uuid(&mut self, value: Uuid) -> Result<()> {
        self.put(Node::Uuid(value))
    }
    fn decimal(&mut self, value: &Decimal) -> Result<()> {
        self.put(Node::Decimal(value.to_string()))
    }
    fn ext(&mut self, value: &Ext) -> Result<()> {
        self.put(Node::Ext(value.code(), value.data().to_owned()))
    }
    fn raw(&mut self, value: &Raw<'_>) -> Result<()> {
        self.put(Node::Raw(value.as_bytes().to_owned()))
    }

    fn record_start(&mut self, shape: &'static RecordShape) -> Result<Record> {
        Ok(Record { shape, field: None, fields: Vec::new() })
    }
    fn record_tag(&mut self, _: &mut Record, _: &'static Tag) {}
    fn record_field(&mut self, record: &mut Record, key: &'static Key) {
        record.collect(self);
        record.field = Some(key.name);
    }
    fn record_end(&mut self, mut record: Record) -> Result<()> {
        record.collect(self);
        self.put(Node::Record(record.shape, record.fields))
    }

    fn seq_start(&mut self, _: usize) -> Result<Vec<Node>> {
        Ok(Vec::new())
    }
    fn seq_item(&mut self, seq: &mut Vec<Node>) {
        seq.extend(self.last.take());
    }
    fn seq_end(&mut self, mut seq: Vec<Node>) -> Result<()> {
        seq.extend(self.last.take());
        self.put(Node::List(seq))
    }

    fn map_start(&mut self, _: usize) -> Result<Map> {
        Ok(Map::default())
    }
    fn map_key<K: Encode + ?Sized>(&mut self, map: &mut Map, key: &K) -> Result<()> {
        map.collect(self);
        map.key = Some(tag(key)?);
        Ok(())
    }
    fn map_end(&mut self, mut map: Map) -> Result<()> {
        map.collect(self);
        self.put(Node::Map(map.entries))
    }
    fn map_end_sorted(&mut self, map: Map) -> Result<()> {
        self.map_end(map)
    }
}
