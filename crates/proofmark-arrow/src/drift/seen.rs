//! What is seen of a column before the rule is known that it falls under.

use arrow_schema::{DataType, Field, Fields};
use proofmark_contract::class::{Verdict, Verdicts};
use proofmark_contract::rules::Rule;

use super::lock::{Part, Place};
use super::reading::{missing, nulls, nulls_inside, reading};
use super::{Drift, DriftKind};

/// What is said of a place, before the rule is known.
pub(super) struct Seen {
    pub(super) place: Place,
    kind: DriftKind,
    table: Option<String>,
    file: Option<String>,
    pub(super) verdicts: Verdicts,
}

impl Seen {
    pub(super) fn drift(self, rule: &'static Rule) -> Drift {
        let Self { place, kind, table, file, verdicts } = self;
        Drift {
            column: place.column.unwrap_or_default(),
            inside: place.inside,
            kind,
            table,
            file,
            rule: &rule.id,
            level: rule.level_of(verdicts),
            verdict: verdicts.backward,
            fix: &rule.fix,
        }
    }

    /// What becomes of a field in what becomes of all fields around it.
    pub(super) fn within(self, whole: Verdicts) -> Self {
        let one = |whole: Verdict, part: Verdict| if whole == Verdict::Ok { part } else { whole };
        let Verdicts { backward, forward } = self.verdicts;
        let verdicts =
            Verdicts { backward: one(whole.backward, backward), forward: one(whole.forward, forward) };
        Self { verdicts, ..self }
    }
}

fn shown(data_type: &DataType) -> Option<String> {
    Some(data_type.to_string())
}

/// The table has a field that the file has not.
pub(super) fn added(part: &Part, field: &Field) -> Seen {
    Seen {
        place: part.place.field(field.name()),
        kind: DriftKind::Missing,
        table: shown(field.data_type()),
        file: None,
        verdicts: Verdicts { backward: missing(field), forward: Verdict::Ok },
    }
}

/// The file has a field that the table has not.
pub(super) fn removed(part: &Part, field: &Field) -> Seen {
    Seen {
        place: part.place.field(field.name()),
        kind: DriftKind::Added,
        table: None,
        file: shown(field.data_type()),
        verdicts: Verdicts { backward: Verdict::Ok, forward: missing(field) },
    }
}

/// A reader that does not find a field reads nulls, and what the field holds is lost.
pub(super) fn renamed(part: &Part, field: &Field, name: &str) -> Seen {
    let verdict = if field.is_nullable() { Verdict::Silent } else { Verdict::Refused };
    Seen {
        place: part.place.field(name),
        kind: DriftKind::Renamed,
        table: Some(name.to_owned()),
        file: Some(field.name().clone()),
        verdicts: Verdicts { backward: verdict, forward: verdict },
    }
}

/// Which of both takes nulls. A column of nothing but nulls has no such state, and is another type.
pub(super) fn nullable(part: &Part, file: &Field, table: &Field) -> Option<Seen> {
    let shown = |nullable: bool| Some(if nullable { "nullable" } else { "not null" }.to_owned());
    let (of_file, of_table) = (file.is_nullable(), table.is_nullable());
    let read = |written: bool, wanted: bool| match part.place.column {
        None => nulls(written, wanted),
        Some(_) => nulls_inside(written, wanted, part.place.caster),
    };
    (of_file != of_table).then(|| Seen {
        place: part.place.field(file.name()),
        kind: DriftKind::Nullability,
        table: shown(of_table),
        file: shown(of_file),
        verdicts: Verdicts { backward: read(of_file, of_table), forward: read(of_table, of_file) },
    })
}

pub(super) fn retyped(place: Place, file: &DataType, table: &DataType) -> Seen {
    let read = |written: &DataType, wanted: &DataType| reading(written, wanted, place.caster);
    Seen {
        kind: DriftKind::Retyped,
        table: shown(table),
        file: shown(file),
        verdicts: Verdicts { backward: read(file, table), forward: read(table, file) },
        place,
    }
}

/// The fields that stand elsewhere.
pub(super) fn moved(part: &Part, file: &Fields, table: &Fields) -> Vec<Seen> {
    let places = table.iter().enumerate().filter_map(|(at, field)| {
        let (was, _) = file.find(field.name())?;
        let shown = |at: usize| Some(format!("column {at}"));
        (was != at).then(|| Seen {
            place: part.place.field(field.name()),
            kind: DriftKind::Moved,
            table: shown(at),
            file: shown(was),
            verdicts: Verdicts::OK,
        })
    });
    places.collect()
}
