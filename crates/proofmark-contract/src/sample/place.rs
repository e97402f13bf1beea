//! Where in a record a definition stands, and the smallest record that has a value there.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use proofmark::Value;
use proofmark::value::Map;

use super::{Samples, Words, repeat, with};
use crate::lock::{Definition, FieldLock, Lock, RecordLock, Type};

/// A way from the record of a lock to one of its definitions, the shortest one.
pub(crate) struct Place<'a> {
    lock: &'a Lock,
    steps: Vec<Step<'a>>,
    frames: OnceCell<Option<Vec<Frame<'a>>>>,
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
                return Some(Self { lock, steps: way(&reached, at), frames: OnceCell::new() });
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
        let frames = || self.steps.iter().map(|step| frame(self.lock, *step)).collect();
        let frames = self.frames.get_or_init(frames).as_ref()?;
        Some(frames.iter().rev().fold(value, |value, frame| frame.around(value)))
    }
}

/// A step with all that is around its value: made up once, for as many values as are tried there.
enum Frame<'a> {
    Same,
    Field(Map, &'a FieldLock),
    Item,
    Items(usize),
    Part(Vec<Value>, usize),
    Entry(Value),
}

fn frame<'a>(lock: &Lock, step: Step<'a>) -> Option<Frame<'a>> {
    let samples = Samples::new(lock, Words::NONE);
    let first = |ty: &Type| samples.values(ty).into_iter().next();
    Some(match step {
        Step::Same => Frame::Same,
        Step::Field(record, field) => Frame::Field(samples.smallest(record)?, field),
        Step::Item => Frame::Item,
        Step::Items(len) => Frame::Items(len),
        Step::Part(parts, at) => Frame::Part(parts.iter().map(first).collect::<Option<_>>()?, at),
        Step::Entry(key) => Frame::Entry(first(key)?),
    })
}

impl Frame<'_> {
    fn around(&self, value: Value) -> Value {
        match self {
            Self::Same => value,
            Self::Field(record, field) => with(record, field, value).into(),
            Self::Item => Value::from_iter([value]),
            Self::Items(len) => repeat(&value, *len),
            Self::Part(parts, at) => {
                let mut parts = parts.clone();
                parts[*at] = value;
                Value::from_iter(parts)
            }
            Self::Entry(key) => Map::from(vec![(key.clone(), value)]).into(),
        }
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
