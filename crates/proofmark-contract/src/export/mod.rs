//! Locks as code of other languages.
//!
//! Both exports are made from locks alone, so a lock of an older release, or of a program that is not at hand, exports
//! as well. What a language has no word for stands as a comment beside the field or type it is about: checks in code,
//! further names under which a field is read, fields that are read leniently.

mod bounds;
mod catalogue;
mod fields;
mod names;
mod python;
mod typescript;

use crate::lock::Lock;

/// A Python module with a `msgspec.Struct` for each record of the locks.
///
/// It needs Python 3.9 and `msgspec`, and nothing else. `decode_json`, `encode_json`, `decode_msgpack` and
/// `encode_msgpack` read and write the bytes that the records' own code reads and writes; `RECORDS` holds the type of
/// each record by its name.
///
/// Types that two locks define alike stand in the module once; a type that they define differently has a number at the
/// end of its name in all locks but the first.
///
/// # Where Python differs
/// - A `datetime` has microseconds: a time with nanoseconds is rounded when it is read.
/// - A float of 32 bits is written with 64 in MessagePack.
/// - Maps with keys that are not text are not written: `msgspec` does not sort them.
/// - A record of a tag that its union does not know is refused, even where the union has a member for it.
/// - A default that is a record, or a map with entries, is written although it need not be.
/// - Sets whose items Python cannot compare or hash are lists: optional values, unions, maps.
/// - A pattern with beginnings or ends of words (`\b{start}`) is not checked; a comment beside the field shows it.
/// - Types that hold themselves without a record in between are `Any` where they come back to themselves.
///
/// # Examples
/// ```
/// use proofmark::Record;
/// use proofmark_contract::{Registry, Use, export};
///
/// #[derive(Record)]
/// struct Cursor { dataset: String, #[field(default)] class: Option<u8> }
///
/// let locks = Registry::new().record::<Cursor>("cursor", 1, Use::Cursor).locks()?;
/// let module = export::python(&locks);
/// assert!(module.contains("class Cursor(msgspec.Struct"));
/// assert!(module.contains("    dataset: str\n"));
/// assert!(module.contains("    class_: Optional[U8] = msgspec.field(default=None, name=\"class\")\n"));
/// # Ok::<(), proofmark::Error>(())
/// ```
pub fn python(locks: &[Lock]) -> String {
    python::module(locks)
}

/// A TypeScript module with a type for each record of the locks, as it stands in JSON.
///
/// It holds types, and objects that name the values of integer enums; nothing else is there at run time. A field that may
/// be absent is `field?: T` and one that may be null `field: T | null`; compile with `exactOptionalPropertyTypes`, which
/// keeps `undefined` out of the first. `Records` holds the type of each record by its name.
///
/// Integers of 64 bits and more are `Int64`, a `number` or a `bigint`: `JSON.parse` makes numbers, which are exact up to
/// 2^53, while readers of MessagePack and parsers that keep every digit make bigints. A program has to say which it has.
///
/// # Examples
/// ```
/// use proofmark::Record;
/// use proofmark_contract::{Registry, Use, export};
///
/// #[derive(Record)]
/// struct Cursor { dataset: String, note: Option<String> }
///
/// let locks = Registry::new().record::<Cursor>("cursor", 1, Use::Cursor).locks()?;
/// let module = export::typescript(&locks);
/// assert!(module.contains("export interface Cursor {\n  dataset: string;\n  note: string | null;\n}\n"));
/// # Ok::<(), proofmark::Error>(())
/// ```
pub fn typescript(locks: &[Lock]) -> String {
    typescript::module(locks)
}
