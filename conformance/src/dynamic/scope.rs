//! The types that values are of while they are decoded.

use std::cell::{Cell, RefCell};

use super::decode::Type;

thread_local! {
    static VALUE: Cell<Option<&'static Type>> = const { Cell::new(None) };
    static KEY: Cell<Option<&'static Type>> = const { Cell::new(None) };
    static POSITIONS: RefCell<Vec<(&'static [Type], usize)>> = const { RefCell::new(Vec::new()) };
}

/// Runs `run` with values of this type.
pub(crate) fn with_value<T>(of: &'static Type, run: impl FnOnce() -> T) -> T {
    let outer = VALUE.replace(Some(of));
    let result = run();
    VALUE.set(outer);
    result
}

/// Runs `run` with keys of this type.
pub(super) fn with_key<T>(of: &'static Type, run: impl FnOnce() -> T) -> T {
    let outer = KEY.replace(Some(of));
    let result = run();
    KEY.set(outer);
    result
}

/// Runs `run` with a type per position.
pub(super) fn with_positions<T>(of: &'static [Type], run: impl FnOnce() -> T) -> T {
    POSITIONS.with_borrow_mut(|positions| positions.push((of, 0)));
    let result = run();
    POSITIONS.with_borrow_mut(Vec::pop);
    result
}

/// The type of values.
pub(super) fn value() -> Option<&'static Type> {
    VALUE.get()
}

/// The type of keys.
pub(super) fn key() -> Option<&'static Type> {
    KEY.get()
}

/// The type of the next position.
pub(super) fn position() -> Option<&'static Type> {
    POSITIONS.with_borrow_mut(|positions| {
        let (types, next) = positions.last_mut()?;
        let types: &'static [Type] = types;
        let of = types.get(*next);
        *next += 1;
        of
    })
}
