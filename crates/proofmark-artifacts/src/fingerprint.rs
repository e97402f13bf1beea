//! What two runs of the same work have in common.

use proofmark::shape::{FieldShape, RecordShape, ShapeFn};
use proofmark::{Encode, Order, Result, Shape, TagValue, Value, msgpack};

#[cfg(doc)]
use crate::DEPTH_MAX;
use crate::Digest;
use crate::codec::LIMITS;

/// The digest of a record's content: of everything but its volatile fields.
///
/// A field is volatile when its type says so, `#[field(volatile = "time")]`: it may differ between two runs of the same
/// work. The digest is over MessagePack with sorted keys, from which volatile fields are left out at every depth; in
/// positional records null stands in their places.
///
/// # Errors
/// Fails when the record cannot be written in MessagePack, or is nested more than [`DEPTH_MAX`] levels deep.
///
/// # Examples
/// ```
/// use proofmark_artifacts::{CdfCursor, fingerprint};
/// # use proofmark::Maybe::Set;
///
/// let cursor = CdfCursor::new("orders", 7);
/// let again = CdfCursor { run_id: Set("another run".to_owned()), ..cursor.clone() };
/// assert_eq!(fingerprint(&cursor)?, fingerprint(&again)?);
/// assert_ne!(fingerprint(&cursor)?, fingerprint(&CdfCursor::new("orders", 8))?);
/// # Ok::<(), proofmark::Error>(())
/// ```
pub fn fingerprint<T: Encode + ?Sized>(record: &T) -> Result<Digest> {
    let bytes = msgpack::Encoder::new().limits(LIMITS).to_vec(record)?;
    fingerprint_of_msgpack(&bytes, T::shape())
}

/// The fingerprint of a record of this shape that was written in MessagePack.
pub(crate) fn fingerprint_of_msgpack(bytes: &[u8], shape: Shape) -> Result<Digest> {
    let mut value: Value = msgpack::Decoder::new().limits(LIMITS).from_slice(bytes)?;
    strip(&mut value, shape);
    Ok(Digest::of(&msgpack::Encoder::new().limits(LIMITS).order(Order::Sorted).to_vec(&value)?))
}

/// Takes the volatile fields out of a value of this shape.
pub(crate) fn strip(value: &mut Value, shape: Shape) {
    match shape {
        Shape::Record(record) => strip_record(value, record),
        Shape::Optional(inner) | Shape::Maybe(inner) => strip(value, inner()),
        Shape::Newtype(newtype) => strip(value, (newtype.inner)()),
        Shape::List(item) | Shape::Set(item) | Shape::Array { item, .. } => {
            strip_items(value, |_| Some(item))
        }
        Shape::Tuple(items) => strip_items(value, |idx| items.get(idx).copied()),
        Shape::Map { value: item, .. } => {
            if let Value::Map(entries) = value {
                entries.values_mut().for_each(|value| strip(value, item()));
            }
        }
        Shape::Union(union) => {
            let member =
                union.members.iter().map(|(_, member)| member()).find(|member| is_member(value, *member));
            if let Some(member) = member {
                strip(value, member);
            }
        }
        // Scalars, and what has no declared form: all of it is content.
        _ => {}
    }
}

fn strip_items(value: &mut Value, shape_of: impl Fn(usize) -> Option<ShapeFn>) {
    let Value::Array(items) = value else { return };
    for (idx, item) in items.iter_mut().enumerate() {
        if let Some(shape) = shape_of(idx) {
            strip(item, shape());
        }
    }
}

fn strip_record(value: &mut Value, record: &RecordShape) {
    match value {
        Value::Map(map) => {
            let mut entries = std::mem::take(map).into_vec();
            let fields = record.wire_fields();
            entries.retain_mut(|(key, value)| strip_field(key, value, &fields));
            *map = entries.into();
        }
        Value::Array(items) => {
            let tag_len = usize::from(record.tag.is_some());
            for (item, field) in items.iter_mut().skip(tag_len).zip(record.fields) {
                if field.volatility.is_some() { *item = Value::Null } else { strip(item, (field.shape)()) }
            }
        }
        _ => {}
    }
}

/// Strips the value of an entry; whether the entry is to stay.
fn strip_field(key: &Value, value: &mut Value, fields: &[&FieldShape]) -> bool {
    // The tag is no field, and content.
    let Some(field) = fields.iter().find(|field| key == field.key.name) else { return true };
    strip(value, (field.shape)());
    field.volatility.is_none()
}

/// Whether a value is the union member of this shape, which its tag tells.
pub(crate) fn is_member(value: &Value, shape: Shape) -> bool {
    match shape {
        Shape::Newtype(newtype) => is_member(value, (newtype.inner)()),
        Shape::Union(union) => union.members.iter().any(|(_, member)| is_member(value, member())),
        Shape::Record(record) => match (value, &record.tag) {
            (Value::Map(map), Some(tag)) => {
                map.get(tag.key.name).is_some_and(|found| is_tag_value(found, tag.value))
            }
            (Value::Array(items), Some(tag)) => {
                items.first().is_some_and(|found| is_tag_value(found, tag.value))
            }
            (Value::Map(_), None) => !record.positional,
            (Value::Array(_), None) => record.positional,
            _ => false,
        },
        _ => false,
    }
}

fn is_tag_value(found: &Value, wanted: TagValue) -> bool {
    match wanted {
        TagValue::Str(text) => matches!(found, Value::Str(found) if found == text),
        TagValue::Int(number) => matches!(found, Value::Int(found) if *found == number),
    }
}

#[cfg(test)]
mod tests {
    use proofmark::{Maybe, Record};

    use super::*;

    /// Each way in which a volatile field can lie inside another value.
    #[derive(Record, Clone)]
    #[record(tag = "outer")]
    struct Outer {
        content: u8,
        #[field(volatile = "time")]
        clock: u8,
        list: Vec<Inner>,
        map: std::collections::BTreeMap<String, Inner>,
        tuple: (u8, Inner),
        optional: Option<Inner>,
        maybe: Maybe<Inner>,
        boxed: Box<Inner>,
        newtype: Wrapper,
        positional: Row,
        union: Member,
    }

    #[derive(Record, Clone)]
    struct Inner {
        content: u8,
        #[field(volatile = "path", rename = "where")]
        place: u8,
    }

    #[derive(Record, Clone)]
    #[record(transparent)]
    struct Wrapper(Inner);

    #[derive(Record, Clone)]
    #[record(positional, tag = "row")]
    struct Row {
        content: u8,
        #[field(volatile = "race")]
        raced: u8,
        inner: Inner,
    }

    #[derive(Record, Clone)]
    enum Member {
        Plain {
            content: u8,
        },
        Timed {
            content: u8,
            #[field(volatile = "measured")]
            elapsed: u8,
        },
    }

    fn outer(content: u8, volatile: u8) -> Outer {
        let inner = Inner { content, place: volatile };
        Outer {
            content,
            clock: volatile,
            list: vec![inner.clone()],
            map: [("a".to_owned(), inner.clone())].into(),
            tuple: (content, inner.clone()),
            optional: Some(inner.clone()),
            maybe: Maybe::Set(inner.clone()),
            boxed: Box::new(inner.clone()),
            newtype: Wrapper(inner.clone()),
            positional: Row { content, raced: volatile, inner },
            union: Member::Timed { content, elapsed: volatile },
        }
    }

    #[test]
    fn volatile_fields_are_left_out_wherever_they_are() {
        assert_eq!(fingerprint(&outer(1, 1)).unwrap(), fingerprint(&outer(1, 2)).unwrap());
    }

    #[test]
    fn content_is_taken_in_wherever_it_is() {
        let base = outer(1, 1);
        let inner = Inner { content: 2, place: 1 };
        let others = [
            Outer { content: 2, ..base.clone() },
            Outer { list: vec![inner.clone()], ..base.clone() },
            Outer { list: vec![], ..base.clone() },
            Outer { map: [("a".to_owned(), inner.clone())].into(), ..base.clone() },
            Outer { tuple: (1, inner.clone()), ..base.clone() },
            Outer { optional: None, ..base.clone() },
            Outer { maybe: Maybe::Unset, ..base.clone() },
            Outer { boxed: Box::new(inner.clone()), ..base.clone() },
            Outer { newtype: Wrapper(inner.clone()), ..base.clone() },
            Outer { positional: Row { content: 1, raced: 1, inner }, ..base.clone() },
            Outer { union: Member::Plain { content: 1 }, ..base.clone() },
            Outer { union: Member::Timed { content: 2, elapsed: 1 }, ..base.clone() },
        ];
        let mut digests: Vec<_> = others.iter().map(|other| fingerprint(other).unwrap()).collect();
        digests.push(fingerprint(&base).unwrap());
        digests.sort();
        digests.dedup();
        assert_eq!(digests.len(), others.len() + 1);
    }
}
