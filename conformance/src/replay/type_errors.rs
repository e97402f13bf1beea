//! `type_errors`: types that cannot be.
//!
//! In Python they fail when a program runs, in Rust when it is compiled. What the derive promises about unions and
//! constraints are constants, which are evaluated here; that they are held, and in which words, is tested with the derive.

use proofmark::{
    __private::{Member, is_distinct},
    constraint::{Binds, Constrain},
    scalar::{DateTime, Time},
};

use crate::{
    expression, table,
    types::{Dict, Int, Set},
    vector::Case,
    verdict::{ACCEPTED, Findings, Skip, Verdict},
};

pub(super) fn replay(case: &Case) -> Verdict {
    let Some(definition) = case.text("type") else { return Verdict::malformed("type") };
    let fault = match expression::open(definition) {
        ("Union", members) => union_fault(&members),
        ("Annotated", parts) => annotated_fault(&parts),
        _ => return elsewhere(case, definition),
    };
    let mut findings = Findings::default();
    match (case.error(), fault) {
        (_, Err(missing)) => return Verdict::Skipped(Skip::NoRustType, missing),
        (Some(_), Ok(Some(_))) | (None, Ok(None)) => {}
        (Some(expected), Ok(None)) => findings.differ("error", expected, ACCEPTED),
        (None, Ok(Some(fault))) => findings.differ("error", ACCEPTED, fault),
    }
    findings.verdict()
}

/// Options of classes and annotations: the compiler refuses what Rust has too, and the rest is Python's own.
fn elsewhere(case: &Case, definition: &str) -> Verdict {
    let what = case.text("what").unwrap_or_default();
    let is_refused = match expression::open(definition) {
        ("Meta", entries) => entries.iter().all(|entry| is_constraint(entry)),
        ("msgspec.field", _) => what.contains("name"),
        ("msgspec.defstruct", _) => what.contains("tag") || what.contains("rename"),
        _ => false,
    };
    let reason = if is_refused && case.error().is_some() { Skip::CompileTime } else { Skip::PythonOnly };
    Verdict::Skipped(reason, definition.to_owned())
}

fn is_constraint(entry: &str) -> bool {
    let names = ["ge", "gt", "le", "lt", "multiple_of", "min_length", "max_length", "pattern", "tz"];
    entry.split_once('=').is_some_and(|(name, _)| names.contains(&name))
}

/// Why an enum of these variants would not compile, if so.
fn union_fault(members: &[&str]) -> Result<Option<String>, String> {
    let known = members.iter().map(|member| table::find(member).ok_or_else(|| (*member).to_owned()));
    let known = known.map(|found| found.map(|operations| operations.member));
    let known = known.collect::<Result<Vec<Member>, String>>()?;
    let unclear = (0..known.len()).find(|index| !is_distinct(&known, *index));
    Ok(unclear.map(|index| format!("`{}` cannot be told from a variant before it", members[index])))
}

/// Why a newtype with these constraints would not compile, if so.
fn annotated_fault(parts: &[&str]) -> Result<Option<String>, String> {
    let (Some(inner), Some(meta)) = (parts.first(), parts.get(1)) else {
        return Err(parts.join(", "));
    };
    let binds = binds(inner).ok_or_else(|| (*inner).to_owned());
    let entries = expression::open(meta).1;
    let unbound = entries.into_iter().find(|entry| match &binds {
        Ok(binds) => !binds_entry(*binds, entry),
        Err(_) => table::find(inner).is_some(),
    });
    Ok(unbound.map(|entry| format!("`{entry}` does not bind `{inner}`")))
}

fn binds_entry(binds: Binds, entry: &str) -> bool {
    let (name, value) = entry.split_once('=').unwrap_or((entry, ""));
    match name {
        "ge" | "gt" | "le" | "lt" | "multiple_of" if value.contains('.') => binds.fraction,
        "ge" | "gt" | "le" | "lt" | "multiple_of" => binds.whole,
        "min_length" | "max_length" => binds.len,
        "pattern" => binds.pattern,
        "tz" => binds.tz,
        _ => true,
    }
}

/// What can be constrained; a type that is not here, nothing binds.
fn binds(inner: &str) -> Option<Binds> {
    let (name, arguments) = expression::open(inner);
    Some(match (name, &arguments[..]) {
        ("int", _) => Int::BINDS,
        ("float", _) => f64::BINDS,
        ("str", _) => String::BINDS,
        ("bytes" | "bytearray" | "memoryview", _) => Vec::<u8>::BINDS,
        ("List" | "list", _) | ("Tuple", [_, "..."]) => Vec::<Int>::BINDS,
        ("Set" | "FrozenSet", _) => Set::<Int>::BINDS,
        ("Dict" | "dict", _) => Dict::<String, Int>::BINDS,
        ("datetime", _) => DateTime::BINDS,
        ("time", _) => Time::BINDS,
        ("Optional" | "Annotated", [inner, ..]) => binds(inner)?,
        _ => return None,
    })
}
