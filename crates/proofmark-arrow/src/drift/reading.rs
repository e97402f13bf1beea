//! Whether a column is read as what it holds. Its parts are read one by one, as the engine does.

use arrow_cast::can_cast_types;
use arrow_schema::{DataType, Field, FieldRef, Fields};
use proofmark_contract::class::Verdict;

use super::leaf;
use super::plain::parts_of;

/// Who reads the parts of a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Caster {
    /// The engine: fields of structs by name, and null only where it is allowed.
    #[default]
    Engine,
    /// Arrow's kernel, which the engine leaves maps to: fields by place where it does not find all names.
    Kernel,
}

/// Whether a column of one type is read by another as what it holds. Both are plain.
pub(super) fn reading(file: &DataType, table: &DataType, by: Caster) -> Verdict {
    use DataType::{FixedSizeList, List, Map, Null, Struct};
    match (file, table) {
        _ if file == table => Verdict::Ok,
        // A column of nulls is one of any type.
        (Null, _) => Verdict::Ok,
        (List(a), List(b)) => part(a, b, by),
        (FixedSizeList(a, len), FixedSizeList(b, wanted)) if len == wanted => part(a, b, by),
        (FixedSizeList(..), FixedSizeList(..)) => Verdict::Refused,
        (FixedSizeList(a, _), List(b)) => part(a, b, Caster::Kernel),
        // Lists that happen to have the length are taken.
        (List(a), FixedSizeList(b, _)) => together([Verdict::Conditional, part(a, b, Caster::Kernel)]),
        (Map(a, _), Map(b, _)) => entries(a, b),
        (Struct(a), Struct(b)) => fields(a, b, by),
        // What can be cast all the same becomes a list of one, or text.
        _ if file.is_nested() || table.is_nested() => match can_cast_types(file, table) {
            true => Verdict::Silent,
            false => Verdict::Refused,
        },
        _ => leaf::reading(file, table),
    }
}

/// What is read together is refused together, whatever becomes of its other parts.
fn together(verdicts: impl IntoIterator<Item = Verdict>) -> Verdict {
    verdicts.into_iter().fold(Verdict::Ok, |a, b| match (a, b) {
        (Verdict::Refused, _) | (_, Verdict::Refused) => Verdict::Refused,
        _ => a.max(b),
    })
}

fn part(file: &Field, table: &Field, by: Caster) -> Verdict {
    let values = reading(file.data_type(), table.data_type(), by);
    together([values, nulls_inside(file.is_nullable(), table.is_nullable(), by)])
}

fn entries(file: &FieldRef, table: &FieldRef) -> Verdict {
    match (parts_of(file), parts_of(table)) {
        (Some(a), Some(b)) => together([part(a.0, b.0, Caster::Kernel), part(a.1, b.1, Caster::Kernel)]),
        _ => Verdict::Refused,
    }
}

fn fields(file: &Fields, table: &Fields, by: Caster) -> Verdict {
    let one = |wanted: &FieldRef| match file.find(wanted.name()) {
        Some((_, found)) => part(found, wanted, by),
        None => missing(wanted),
    };
    match found(file, table, by) {
        Verdict::Ok => together(table.iter().map(one)),
        whole => whole,
    }
}

/// Whether the fields of a struct inside a column are found by name; where they are not, what becomes of all of them.
pub(super) fn found(file: &Fields, table: &Fields, by: Caster) -> Verdict {
    let is_there = |wanted: &FieldRef| file.find(wanted.name()).is_some();
    let is_cast = |(file, table): (&FieldRef, &FieldRef)| can_cast_types(file.data_type(), table.data_type());
    match by {
        Caster::Engine if table.iter().any(is_there) => Verdict::Ok,
        Caster::Engine => Verdict::Refused,
        Caster::Kernel if file.len() != table.len() => Verdict::Refused,
        Caster::Kernel if table.iter().all(is_there) => Verdict::Ok,
        // By place: one field is taken for another.
        Caster::Kernel if file.iter().zip(table).all(is_cast) => Verdict::Silent,
        Caster::Kernel => Verdict::Refused,
    }
}

/// Whether nulls of a column are read: those that there are.
pub(super) const fn nulls(file: bool, table: bool) -> Verdict {
    if file && !table { Verdict::Conditional } else { Verdict::Ok }
}

/// Whether nulls inside a column are read. The engine refuses them before it has seen one.
pub(super) const fn nulls_inside(file: bool, table: bool, by: Caster) -> Verdict {
    match (nulls(file, table), by) {
        (Verdict::Conditional, Caster::Engine) => Verdict::Refused,
        (verdict, _) => verdict,
    }
}

/// Whether a column that the other side does not have is read, which is as nulls.
pub(super) fn missing(table: &Field) -> Verdict {
    if table.is_nullable() { Verdict::Ok } else { Verdict::Refused }
}
