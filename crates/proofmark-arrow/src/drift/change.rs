//! Changes that the rules found, as what became of columns.

use std::collections::{BTreeMap, BTreeSet};

use arrow_schema::{DataType, Fields, Schema};
use proofmark_contract::class::{Verdict, Verdicts};
use proofmark_contract::drift::{Change, Edit, Edited, changes};
use proofmark_contract::rules;

use super::Drift;
use super::lock::{Described, Part, Place, described};
use super::reading::found;
use super::seen::{Seen, added, moved, nullable, removed, renamed, retyped};

/// As [`super::compare`], of plain schemas. The file is the older release, the table the one of now.
pub(super) fn compare(table: &Schema, file: &Schema) -> Vec<Drift> {
    if table.fields() == file.fields() {
        return Vec::new();
    }
    let (old, new) = (described(file), described(table));
    let places = new.parts.values().map(|part| (&part.place, part)).collect();
    let context = Context { old: &old, new: &new, places };
    let changes = changes(&old.lock, &new.lock);
    let replaced: BTreeSet<_> = changes.iter().filter(|change| replaces(change)).map(named).collect();
    // What is of another kind altogether has other bounds too.
    let is_said =
        |change: &&Change| matches!(change.edit, Edit::NewtypeBounds(_)) && replaced.contains(&named(change));
    let mut drifts: Vec<_> =
        changes.iter().filter(|change| !is_said(change)).flat_map(|change| context.drifts(change)).collect();
    let unseen = unseen(table, file, &drifts);
    drifts.extend(unseen);
    drifts
}

/// Columns that no rule saw a change in, such as those that differ below all levels that are told: judged as a whole, and
/// told where they are not read as what they hold.
fn unseen(table: &Schema, file: &Schema, told: &[Drift]) -> Vec<Drift> {
    let Some(rule) = rules::rule(RETYPED) else { return Vec::new() };
    let told: BTreeSet<_> = told.iter().map(|drift| &drift.column).collect();
    let judged = table.fields().iter().filter_map(|field| {
        let (_, other) = file.fields().find(field.name())?;
        if told.contains(field.name()) || other.data_type() == field.data_type() {
            return None;
        }
        let place = Place::default().field(field.name());
        Some(retyped(place, other.data_type(), field.data_type()))
    });
    judged.filter(|seen| seen.verdicts.backward != Verdict::Ok).map(|seen| seen.drift(rule)).collect()
}

const fn replaces(change: &Change) -> bool {
    matches!(change.edit, Edit::Replace { .. })
}

fn named(change: &Change) -> Option<&str> {
    change.definition.as_deref()
}

/// The rule of null that was forbidden, and is not now.
const NULL_ALLOWED: &str = "N1";

/// The rule of a type that became another one.
const RETYPED: &str = "T5";

struct Context<'a> {
    old: &'a Described,
    new: &'a Described,
    /// The table's definitions by where they are.
    places: BTreeMap<&'a Place, &'a Part>,
}

impl Context<'_> {
    fn drifts(&self, change: &Change) -> Vec<Drift> {
        let id = rules::classify(&self.old.lock, &self.new.lock, change);
        let (Some(rule), Some(seen)) = (rules::rule(id), self.seen(change)) else { return Vec::new() };
        // A reader that takes nulls has nothing to fear where there are none.
        let told =
            seen.into_iter().filter(|seen| id != NULL_ALLOWED || seen.verdicts.backward != Verdict::Ok);
        let whole = self.found(change);
        told.map(|seen| seen.within(whole).drift(rule)).collect()
    }

    /// Whether the fields around a change are found by name; those of a row always are, or are not there.
    fn found(&self, change: &Change) -> Verdicts {
        let part = named(change).and_then(|name| self.old.parts.get(name));
        let pair = part.and_then(|part| Some((part, *self.places.get(&part.place)?)));
        match pair.map(|(part, other)| (&part.place, &part.data_type, &other.data_type)) {
            Some((place, DataType::Struct(file), DataType::Struct(table))) if place.column.is_some() => {
                Verdicts {
                    backward: found(file, table, place.caster),
                    forward: found(table, file, place.caster),
                }
            }
            _ => Verdicts::OK,
        }
    }

    fn seen(&self, change: &Change) -> Option<Vec<Seen>> {
        let part = self.old.parts.get(named(change)?)?;
        let other = self.places.get(&part.place).copied();
        let (file, table) = (fields_of(Some(part)), fields_of(other));
        Some(match &change.edit {
            Edit::AddField { field, .. } => vec![added(part, table.find(&field.name)?.1)],
            Edit::RemoveField { at } => vec![removed(part, file.get(*at)?)],
            Edit::Restyle { names } => {
                let pairs = file.iter().zip(names).filter(|(field, name)| field.name() != *name);
                pairs.map(|(field, name)| renamed(part, field, name)).collect()
            }
            Edit::Reorder { .. } => moved(part, file, table),
            Edit::Field { at, edited } => {
                let field = file.get(*at)?;
                if let Edited::Name { name, .. } = edited {
                    return Some(vec![renamed(part, field, name)]);
                }
                let other = table.find(field.name())?.1;
                match edited {
                    Edited::Presence { .. } => nullable(part, field, other).into_iter().collect(),
                    _ => {
                        let place = part.place.field(field.name());
                        vec![retyped(place, field.data_type(), other.data_type())]
                    }
                }
            }
            _ => vec![retyped(part.place.clone(), &part.data_type, &other?.data_type)],
        })
    }
}

fn fields_of(part: Option<&Part>) -> &Fields {
    static NONE: std::sync::OnceLock<Fields> = std::sync::OnceLock::new();
    match part.map(|part| &part.data_type) {
        Some(DataType::Struct(fields)) => fields,
        _ => NONE.get_or_init(Fields::empty),
    }
}
