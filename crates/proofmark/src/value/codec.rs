//! Reading and writing values.

use jiff::tz::Offset;

use super::{Map, Native, Value};
use crate::{
    Decode, Decoder, Describe, Encode, Encoder, Ext, Kinds, Order, Result, Segment, Shape,
    decode::Token,
    ext,
    scalar::{DateTime, epoch::Epoch},
};

impl Describe for Value {
    const KINDS: Kinds = Kinds::ANY;
    fn shape() -> Shape {
        Shape::Any
    }
}

impl Encode for Value {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        match self {
            Self::Null => encoder.null(),
            Self::Bool(value) => encoder.bool(*value),
            Self::Int(value) => encoder.i64(*value),
            Self::UInt(value) => encoder.u64(*value),
            Self::Float(value) => encoder.f64(*value),
            Self::Str(text) => encoder.str(text),
            Self::Bytes(bytes) => encoder.bytes(bytes),
            Self::Array(items) => items.encode(encoder),
            Self::Map(map) => encode_map(map, encoder),
            Self::Ext(ext) => encoder.ext(ext),
            Self::Native(native) => native.encode_in(encoder),
        }
    }
}

impl Value {
    /// Writes this value with keys in the order in which they came, whatever order is in force.
    pub(crate) fn encode_as_it_came<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        match self {
            Self::Array(items) => {
                let mut seq = encoder.seq_start(items.len())?;
                for item in items {
                    encoder.seq_item(&mut seq);
                    item.encode_as_it_came(encoder)?;
                }
                encoder.seq_end(seq)
            }
            Self::Map(map) => encode_entries(map.iter(), encoder, Self::encode_as_it_came),
            scalar => scalar.encode(encoder),
        }
    }
}

impl Native {
    fn encode_in<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        match self {
            Self::BigInt(digits) => encoder.big_int(digits),
            Self::DateTime(value) => encoder.datetime(value),
            Self::Date(value) => encoder.date(*value),
            Self::Time(value) => encoder.time(value),
            Self::Duration(value) => encoder.duration(*value),
            Self::Uuid(value) => encoder.uuid(*value),
            Self::Decimal(value) => encoder.decimal(value),
        }
    }
}

/// Keys are sorted by [`Value::total_cmp`] unless the order is the map's own.
fn encode_map<E: Encoder>(map: &Map, encoder: &mut E) -> Result<()> {
    match encoder.order() {
        Order::Declared => encode_entries(map.iter(), encoder, Value::encode),
        Order::Deterministic | Order::Sorted => {
            encode_entries(map.sorted().into_iter(), encoder, Value::encode)
        }
    }
}

fn encode_entries<'a, E: Encoder>(
    entries: impl ExactSizeIterator<Item = &'a (Value, Value)>,
    encoder: &mut E,
    encode: impl Fn(&Value, &mut E) -> Result<()>,
) -> Result<()> {
    let mut map = encoder.map_start(entries.len())?;
    for (key, value) in entries {
        encoder.map_key(&mut map, key).map_err(|error| error.at(Segment::Key))?;
        encode(value, encoder).map_err(|error| error.at(Segment::Value))?;
    }
    encoder.map_end(map)
}

impl<'de> Decode<'de> for Value {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        Ok(match decoder.token()? {
            Token::Null => Self::Null,
            Token::Bool(value) => Self::Bool(value),
            Token::Int(value) => Self::from(value),
            Token::BigInt(digits) => Native::BigInt(digits.into_owned()).into(),
            Token::Float(value, _) => Self::Float(value),
            Token::Str(text) => Self::Str(text.into_owned()),
            Token::Bytes(bytes) => Self::Bytes(bytes.into_owned()),
            Token::Ext(code, data) => decode_ext(code, &data)?,
            Token::Native(native) => native.clone().into(),
            Token::Array => Self::Array(Vec::decode(decoder)?.into()),
            Token::Object => decode_map(decoder)?,
        })
    }
}

/// A timestamp is a date with a time, to the nanosecond, and an error if it is none; all other codes stay as they are.
fn decode_ext(code: i8, data: &[u8]) -> Result<Value> {
    if code != ext::TIMESTAMP {
        return Ok(Ext::new(code, data).into());
    }
    let civil = Epoch::from_payload(data)?.to_civil()?;
    Ok(DateTime::exact(civil, Some(Offset::UTC)).into())
}

fn decode_map<'de, D: Decoder<'de>>(decoder: &mut D) -> Result<Value> {
    let mut map = decoder.map_start()?;
    let room = crate::impls::capacity::<(Value, Value), D>(D::map_len(&map), decoder);
    let mut entries = Vec::with_capacity(room);
    while let Some(key) = decoder.map_key(&mut map)? {
        match Value::decode(decoder) {
            Ok(value) => entries.push((key, value)),
            Err(error) => return Err(error.at(Segment::Value)),
        }
        decoder.map_next(&mut map)?;
    }
    decoder.settle(room, size_of::<(Value, Value)>());
    Ok(Map::from(entries).into())
}

#[cfg(test)]
mod tests {
    use crate::{
        Ext, Limits, Order, Value, json, msgpack,
        value::{Map, Native},
    };

    #[track_caller]
    fn check_json(text: &str, written: &str) {
        let value: Value = json::from_str(text).unwrap();
        assert_eq!(json::to_string(&value).unwrap(), written);
    }

    #[track_caller]
    fn check_msgpack(bytes: &[u8], value: impl Into<Value>) {
        let decoded: Value = msgpack::from_slice(bytes).unwrap();
        assert_eq!(decoded, value.into());
        assert_eq!(msgpack::to_vec(&decoded).unwrap(), bytes);
    }

    #[test]
    fn a_document_is_read_and_written() {
        check_json(r#" { "b" : [ 1 , -2.50 , null ] , "a" : {} } "#, r#"{"a":{},"b":[1,-2.5,null]}"#);
        check_json("18446744073709551616", "18446744073709551616");
        check_json("-0", "0");
        check_json(&"9".repeat(100), &"9".repeat(100));
        check_msgpack(b"\x93\xc0\xc3\xa1a", [Value::Null, true.into(), "a".into()]);
        check_msgpack(b"\x82\x01\xc4\x01\xff\xa1k\xcb\x3f\xf0\0\0\0\0\0\0", {
            Map::from(vec![(1.into(), Value::Bytes(vec![255])), ("k".into(), 1.0.into())])
        });
    }

    #[test]
    fn of_duplicate_keys_the_last_one_counts() {
        check_json(r#"{"a":1,"b":2,"a":3}"#, r#"{"a":3,"b":2}"#);
    }

    #[test]
    fn keys_are_sorted_unless_the_order_is_declared() {
        let map = Value::from_iter([("é", 1), ("aa", 2), ("B", 3), ("a", 4), ("", 5)]);
        assert_eq!(json::to_string(&map).unwrap(), r#"{"":5,"B":3,"a":4,"aa":2,"é":1}"#);
        let declared = json::Encoder::new().order(Order::Declared).to_vec(&map).unwrap();
        assert_eq!(declared, r#"{"é":1,"aa":2,"B":3,"a":4,"":5}"#.as_bytes());
        let numbers = Value::from_iter([(10, 'b'), (9, 'a'), (-1, 'c')]);
        assert_eq!(json::to_string(&numbers).unwrap(), r#"{"-1":"c","9":"a","10":"b"}"#);
        let mixed = Map::from(vec![("a".into(), 1.into()), (2.into(), 2.into()), (Value::Null, 3.into())]);
        assert_eq!(msgpack::to_vec(&Value::from(mixed)).unwrap(), b"\x83\xc0\x03\x02\x02\xa1a\x01");
    }

    #[test]
    fn a_timestamp_is_a_datetime_and_other_codes_stay() {
        let value: Value = msgpack::from_slice(b"\xd6\xff\0\0\0\0").unwrap();
        assert_eq!(value.to_string(), r#""1970-01-01T00:00:00Z""#);
        assert!(matches!(value.as_native(), Some(Native::DateTime(_))));
        assert_eq!(msgpack::to_vec(&value).unwrap(), b"\xd6\xff\0\0\0\0");
        check_msgpack(b"\xd4\x05\x01", Ext::new(5, [1]));
        check_msgpack(b"\xc7\x00\x80", Ext::new(-128, []));
        let nanos = b"\xd7\xff\x00\x00\x00\x04\x00\x00\x00\x00";
        assert_eq!(msgpack::to_vec(&msgpack::from_slice::<Value>(nanos).unwrap()).unwrap(), nanos);
        for broken in [&b"\xd4\xff\0"[..], b"\xd7\xff\xff\xff\xff\xff\0\0\0\0"] {
            assert!(msgpack::from_slice::<Value>(broken).is_err(), "{broken:?}");
        }
    }

    #[test]
    fn what_a_format_cannot_say_is_refused_where_it_stands() {
        let ext = Value::from_iter([("a", [Value::Null, Ext::new(5, []).into()])]);
        let error = json::to_vec(&ext).unwrap_err();
        assert_eq!(error.to_string(), "Encoding objects of type Ext is unsupported - at `$[...][1]`");
        let key = Value::from(Map::from(vec![(Value::Null, Value::Null)]));
        let error = json::to_vec(&key).unwrap_err();
        assert_eq!(
            error.to_string(),
            "Only dicts with str-like or number-like keys are supported - at `key` in `$`"
        );
        let big = Value::from_iter([u128::MAX]);
        let error = msgpack::to_vec(&big).unwrap_err();
        assert_eq!(error.to_string(), "can't serialize ints < -2**63 or > 2**64 - 1 - at `$[0]`");
    }

    #[test]
    fn the_deepest_value_is_handled_on_a_small_stack() {
        let depth = Limits::DEPTH_MAX as usize;
        let text = |depth| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
        let test = move || {
            let value: Value = json::from_str(&text(depth)).unwrap();
            assert_eq!(value.clone(), value);
            assert_eq!(value.to_string(), text(depth));
            assert_eq!(format!("{value:?}").matches("Array").count(), depth);
            assert_eq!(msgpack::from_slice::<Value>(&msgpack::to_vec(&value).unwrap()).unwrap(), value);
            assert!(json::from_str::<Value>(&text(depth + 1)).is_err());
        };
        std::thread::Builder::new().stack_size(256 << 10).spawn(test).unwrap().join().unwrap();
    }
}
