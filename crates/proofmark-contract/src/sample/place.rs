//! Where in a record a definition stands, and the smallest record that has a value there.

use std::collections::BTreeSet;

use proofmark::Value;
use proofmark::value::Map;

use super::{Samples, Words, repeat, with};
use crate::lock::{Definition, FieldLock, Lock, RecordLock, Type};

/// A way from the record of a lock to one of its definitions, the shortest one.
pub(crate) struct Place<'a> {
    lock: &'a Lock,
    steps: Vec<Step<'a>>,
}

/// What is around a value.
#[derive(Clone, Copy)]
enum Step<'a> {
    /// Nothing: an option, a newtype, a union.
    Same,
    Field(&'a RecordLock, &'a FieldLock),
    Item,
    Items(usize),
    Part(&'a [Type], usize),
    Entry(&'a Type),
}

/// A type that was reached.
struct Reached<'a> {
    ty: &'a Type,
    step: Step<'a>,
    from: Option<usize>,
}

impl<'a> Place<'a> {
    /// The place of a definition; `None` where the record does not lead to it.
    pub(crate) fn find(lock: &'a Lock, definition: &Type) -> Option<Self> {
        let mut reached = vec![Reached { ty: &lock.root, step: Step::Same, from: None }];
        let mut seen = BTreeSet::new();
        let mut at = 0;
        while let Some(&Reached { ty, .. }) = reached.get(at) {
            if ty == definition {
                return Some(Self { lock, steps: way(&reached, at) });
            }
            let is_new = !matches!(ty, Type::Named(name) if !seen.insert(name));
            let inner = if is_new { inside(lock, ty) } else { Vec::new() };
            reached.extend(inner.into_iter().map(|(step, ty)| Reached { ty, step, from: Some(at) }));
            at += 1;
        }
        None
    }

    /// The smallest record that has a value there; `None` where none can be made up.
    pub(crate) fn around(&self, value: Value) -> Option<Value> {
        self.steps.iter().rev().try_fold(value, |value, step| self.wrap(*step, value))
    }

    fn wrap(&self, step: Step<'_>, value: Value) -> Option<Value> {
        let samples = Samples::new(self.lock, Words::NONE);
        Some(match step {
            Step::Same => value,
            Step::Field(record, field) => with(&samples.smallest(record)?, field, value).into(),
            Step::Item => Value::from_iter([value]),
            Step::Items(len) => repeat(&value, len),
            Step::Part(parts, at) => {
                let first = |part: &Type| samples.values(part).into_iter().next();
                let mut values = parts.iter().map(first).collect::<Option<Vec<_>>>()?;
                values[at] = value;
                Value::from_iter(values)
            }
            Step::Entry(key) => Map::from(vec![(samples.values(key).into_iter().next()?, value)]).into(),
        })
    }
}

/// The steps that lead to what was reached, the outermost first.
fn way<'a>(reached: &[Reached<'a>], at: usize) -> Vec<Step<'a>> {
    let mut steps = Vec::new();
    let mut next = Some(at);
    while let Some(at) = next {
        steps.push(reached[at].step);
        next = reached[at].from;
    }
    steps.reverse();
    steps
}

/// What a type is made of, where values of it stand in its own.
fn inside<'a>(lock: &'a Lock, ty: &'a Type) -> Vec<(Step<'a>, &'a Type)> {
    match ty {
        Type::Optional(of) | Type::Maybe(of) => vec![(Step::Same, of)],
        Type::List(of) | Type::Set(of) => vec![(Step::Item, of)],
        Type::Array(of, len) => vec![(Step::Items(*len), of)],
        Type::Tuple(parts) => {
            parts.iter().enumerate().map(|(at, part)| (Step::Part(parts, at), part)).collect()
        }
        Type::Map(key, value) => vec![(Step::Entry(key), value)],
        Type::Named(name) => lock.types.get(name).map(inside_definition).unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn inside_definition(definition: &Definition) -> Vec<(Step<'_>, &Type)> {
    match definition {
        Definition::Record(record) => {
            let written = record.fields.iter().filter(|field| !field.read_only);
            written.map(|field| (Step::Field(record, field), &field.ty)).collect()
        }
        Definition::Union(union) => union.members.iter().map(|member| (Step::Same, &member.ty)).collect(),
        Definition::Newtype(newtype) => vec![(Step::Same, &newtype.of)],
        Definition::Enum(_) => Vec::new(),
    }
}
