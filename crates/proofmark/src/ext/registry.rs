//! The one table of extension codes.
//!
//! A code that has once been written to a file keeps its meaning for ever: rows are added, never changed or reused. The
//! first byte of a new payload is the version of its layout, so that the layout can change under the same code.

/// The code of instants, fixed by MessagePack itself.
pub const TIMESTAMP: i8 = -1;
/// The code of Arrow schemas.
pub const ARROW_SCHEMA: i8 = 3;

/// The first of the codes that are left to applications, up to 127.
const FREE_MIN: i8 = 32;

/// A row of the table of codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Code {
    /// The code.
    pub code: i8,
    /// What the code means, in a word.
    pub name: &'static str,
    /// The Rust types of such values.
    pub rust_type: &'static str,
    /// What the bytes are.
    pub doc: &'static str,
}

const REGISTRY: &[Code] = &[
    Code {
        code: TIMESTAMP,
        name: "timestamp",
        rust_type: "jiff::Timestamp, proofmark::scalar::DateTime",
        doc: "An instant in seconds and nanoseconds since 1970, in 4, 8 or 12 bytes, as MessagePack lays it down.",
    },
    Code {
        code: ARROW_SCHEMA,
        name: "arrow_schema",
        rust_type: "proofmark_artifacts::ArrowSchema",
        doc: "One encapsulated Arrow IPC schema message, as `pyarrow.Schema.serialize()` gives it.",
    },
];

/// All codes that have a meaning here, in ascending order.
///
/// Codes below zero belong to MessagePack, 0 to 31 to Proofmark, 32 to 127 to applications.
///
/// # Examples
/// ```
/// let names = proofmark::ext::registry().iter().map(|row| (row.code, row.name));
/// assert!(names.eq([(-1, "timestamp"), (3, "arrow_schema")]));
/// ```
pub const fn registry() -> &'static [Code] {
    REGISTRY
}

/// The row of a code.
///
/// # Examples
/// ```
/// assert_eq!(proofmark::ext::lookup(3).map(|row| row.name), Some("arrow_schema"));
/// assert_eq!(proofmark::ext::lookup(4), None);
/// ```
pub const fn lookup(code: i8) -> Option<&'static Code> {
    let mut idx = 0;
    while idx < REGISTRY.len() {
        if REGISTRY[idx].code == code {
            return Some(&REGISTRY[idx]);
        }
        idx += 1;
    }
    None
}

/// Whether a code is left to applications.
pub const fn is_free(code: i8) -> bool {
    code >= FREE_MIN
}

/// Stops the build of a type whose code is neither registered under its name nor left to applications.
pub const fn assert_code(code: i8, name: &str) {
    let is_own = match lookup(code) {
        Some(row) => is_equal(row.name, name),
        None => false,
    };
    assert!(
        is_own || is_free(code),
        "extension codes below 32 belong to the types in `proofmark::ext::registry`"
    );
}

/// `a == b`, which constants cannot say yet.
const fn is_equal(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut idx = 0;
    while idx < a.len() && idx < b.len() && a[idx] == b[idx] {
        idx += 1;
    }
    idx == a.len() && idx == b.len()
}

#[cfg(test)]
mod tests {
    use super::{assert_code, is_free, registry};

    #[test]
    fn codes_ascend_and_so_are_unique() {
        assert!(registry().is_sorted_by(|a, b| a.code < b.code));
    }

    #[test]
    fn names_are_unique_words_and_rows_are_described() {
        for (place, row) in registry().iter().enumerate() {
            assert!(registry()[..place].iter().all(|earlier| earlier.name != row.name), "{}", row.name);
            assert!(row.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{}", row.name);
            assert!(row.doc.ends_with('.') && !row.rust_type.is_empty(), "{}", row.name);
        }
    }

    #[test]
    fn no_code_of_the_table_is_left_to_applications() {
        assert!(registry().iter().all(|row| !is_free(row.code)));
        assert!(is_free(32) && is_free(127) && !is_free(31) && !is_free(-128));
    }

    #[test]
    fn a_code_is_for_its_own_type() {
        assert_code(3, "arrow_schema");
        assert_code(32, "anything");
        for (code, name) in
            [(3, "arrow"), (3, "arrow_schemas"), (-1, ""), (4, "arrow_schema"), (31, "x"), (-2, "x")]
        {
            assert!(std::panic::catch_unwind(|| assert_code(code, name)).is_err(), "{code} {name}");
        }
    }
}
