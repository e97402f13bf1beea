//! What cannot work, refused where it is written.

use std::collections::HashSet;

use proc_macro2::Span;
use syn::{Error, LitStr, Result};

use crate::{
    attr::{ConstraintAttr, Faults, Literal},
    model::{Body, Field, Member, Model, PlainEnum, Record, TagValue},
    wire,
};

/// Returns the model if all of it can work.
pub(crate) fn check(model: Model) -> Result<Model> {
    let mut faults = Faults::default();
    match &model.body {
        Body::Record(record) => check_record(record, &mut faults),
        Body::Newtype(field) => check_field(field, &mut faults),
        Body::Enum(plain) => check_enum(&model, plain, &mut faults),
        Body::Union(members) => check_union(&model, members, &mut faults),
    }
    faults.finish()?;
    Ok(model)
}

fn check_record(record: &Record, faults: &mut Faults) {
    let mut taken = HashSet::new();
    if let Some(tag) = &record.tag {
        check_name(&tag.field, tag.span, faults);
        if let TagValue::Str(value) = &tag.value {
            check_name(value, tag.span, faults);
        }
        if !record.positional {
            taken.insert(tag.field.as_str());
        }
    }
    let mut aliases = Vec::new();
    for field in &record.fields {
        check_field(field, faults);
        if field.flatten {
            continue;
        }
        check_name(&field.wire, field.span, faults);
        if !taken.insert(field.wire.as_str()) {
            faults.push(Error::new(field.span, format_args!("the wire name `{}` is taken", field.wire)));
        }
        aliases.extend(field.aliases.iter().map(|alias| (alias.value(), alias.span())));
    }
    for (alias, span) in &aliases {
        if !taken.insert(alias) {
            faults.push(Error::new(*span, format_args!("the wire name `{alias}` is taken")));
        }
    }
    check_first_names(&record.fields, faults);
}

/// Checks that no two fields were first known under one name.
fn check_first_names(fields: &[Field], faults: &mut Faults) {
    let mut taken: HashSet<_> =
        fields.iter().filter(|field| field.was.is_none()).map(|field| field.wire.clone()).collect();
    for field in fields {
        let Some(was) = &field.was else { continue };
        if was.value() == field.wire {
            faults.push(Error::new(was.span(), "that is the field's name today"));
        } else if !taken.insert(was.value()) {
            faults.push(Error::new(
                was.span(),
                format_args!("`{}` is another field's first name", was.value()),
            ));
        }
    }
}

fn check_field(field: &Field, faults: &mut Faults) {
    check_constraints(&field.constraints, faults);
    check_day(field, faults);
    if field.serde && !field.constraints.is_none() {
        faults.push(Error::new(field.span, "constraints do not reach into a serde value; use `check`"));
    }
}

/// Checks that the day until which nothing is decided is one.
fn check_day(field: &Field, faults: &mut Faults) {
    let Some(day) = &field.undecided else { return };
    let text = day.value();
    let parts: Vec<_> = text.split('-').map(|part| (part.len(), part.parse::<u32>())).collect();
    if !matches!(parts[..], [(4, Ok(_)), (2, Ok(1..=12)), (2, Ok(1..=31))]) {
        faults.push(Error::new(day.span(), "expected a day, such as `2026-12-31`"));
    }
}

fn check_enum(model: &Model, plain: &PlainEnum, faults: &mut Faults) {
    check_inhabited(model, plain.variants.is_empty(), faults);
    let mut taken = Vec::new();
    let mut names: Vec<_> = plain.variants.iter().filter_map(|variant| variant.value.as_text()).collect();
    for alias in plain.variants.iter().flat_map(|variant| &variant.aliases) {
        check_alias(alias, plain.int, &mut names, faults);
    }
    for variant in &plain.variants {
        let span = variant.ident.span();
        if let TagValue::Str(value) = &variant.value {
            check_name(value, span, faults);
        }
        if taken.contains(&&variant.value) {
            faults.push(Error::new(span, "another variant has this wire value"));
        }
        taken.push(&variant.value);
        if matches!(variant.value, TagValue::Int(_)) != plain.int {
            faults.push(Error::new(span, "the values of an enum are all text or all integers"));
        }
    }
}

fn check_union(model: &Model, members: &[Member], faults: &mut Faults) {
    check_inhabited(model, members.is_empty(), faults);
    let mut taken: Vec<&TagValue> = Vec::new();
    let tags = members.iter().filter_map(|member| match member {
        Member::Record { record, .. } => record.tag.as_ref()?.value.as_text(),
        Member::Newtype { .. } => None,
    });
    let mut names: Vec<_> = tags.collect();
    check_fallbacks(members, faults);
    for member in members {
        let Member::Record { record, ident, .. } = member else { continue };
        check_record(record, faults);
        let Some(tag) = &record.tag else { continue };
        let is_int = matches!(tag.value, TagValue::Int(_));
        for alias in &tag.aliases {
            check_alias(alias, is_int, &mut names, faults);
        }
        if taken.contains(&&tag.value) {
            faults.push(Error::new(ident.span(), "another variant has this tag"));
        }
        if taken
            .iter()
            .any(|other| matches!(other, TagValue::Int(_)) != matches!(tag.value, TagValue::Int(_)))
        {
            faults.push(Error::new(ident.span(), "the tags of an enum are all text or all integers"));
        }
        taken.push(&tag.value);
    }
}

/// An alias is text that nothing else is named.
fn check_alias(alias: &LitStr, is_int: bool, names: &mut Vec<String>, faults: &mut Faults) {
    if is_int {
        faults.push(Error::new(alias.span(), "an integer has no alias"));
    }
    if names.contains(&alias.value()) {
        faults.push(Error::new(alias.span(), format_args!("the wire name `{}` is taken", alias.value())));
    }
    names.push(alias.value());
}

fn check_fallbacks(members: &[Member], faults: &mut Faults) {
    let fallbacks = members.iter().filter_map(|member| match member {
        Member::Newtype { ident, fallback: true, .. } | Member::Record { ident, fallback: true, .. } => {
            Some(ident)
        }
        _ => None,
    });
    for ident in fallbacks.skip(1) {
        faults.push(Error::new(ident.span(), "another variant is the fallback"));
    }
}

fn check_inhabited(model: &Model, empty: bool, faults: &mut Faults) {
    if empty {
        faults.push(Error::new(model.ident.span(), "an enum without variants has no values"));
    }
}

fn check_name(name: &str, span: Span, faults: &mut Faults) {
    if !wire::is_plain(name) {
        faults.push(Error::new(span, "a wire name cannot hold quotes, backslashes or control characters"));
    }
    if name.len() > wire::NAME_BYTES_MAX {
        faults.push(Error::new(span, "a wire name has at most 65,535 bytes"));
    }
}

fn check_constraints(constraints: &ConstraintAttr, faults: &mut Faults) {
    let ConstraintAttr { ge, gt, le, lt, multiple_of, min_len, max_len, pattern, .. } = constraints;
    for (one, other) in [(ge, gt), (le, lt)] {
        if let (Some(_), Some(bound)) = (one, other) {
            faults.push(Error::new(bound.span(), "only one bound per side"));
        }
    }
    let (low, high) = (ge.as_ref().or(gt.as_ref()), le.as_ref().or(lt.as_ref()));
    let strict = gt.is_some() || lt.is_some();
    if let (Some(low), Some(high)) = (low, high)
        && (low.as_f64() > high.as_f64() || strict && low.as_f64() >= high.as_f64())
    {
        faults.push(Error::new(high.span(), "no value is within these bounds"));
    }
    let len = |len: &syn::LitInt| len.base10_parse::<u64>().unwrap_or_default();
    if let (Some(min), Some(max)) = (min_len, max_len)
        && len(min) > len(max)
    {
        faults.push(Error::new(max.span(), "no length is within these bounds"));
    }
    if let Some(factor) = multiple_of.as_ref().filter(|factor| !is_positive(factor)) {
        faults.push(Error::new(factor.span(), "a multiple is of a positive number"));
    }
    pattern.iter().for_each(|pattern| check_pattern(pattern, faults));
}

fn is_positive(literal: &Literal) -> bool {
    literal.as_f64() > 0.0
}

/// Parses the expression as the `regex` crate will; so a fault in it is one of the compiler's errors.
fn check_pattern(pattern: &LitStr, faults: &mut Faults) {
    if let Err(error) = regex_syntax::parse(&pattern.value()) {
        let what = match &error {
            regex_syntax::Error::Parse(error) => error.kind().to_string(),
            regex_syntax::Error::Translate(error) => error.kind().to_string(),
            error => error.to_string(),
        };
        faults.push(Error::new(pattern.span(), format_args!("not a regular expression: {what}")));
    }
}
