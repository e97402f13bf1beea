//! What cannot work, refused where it is written.

use std::collections::HashMap;

use syn::{Error, Result};

use crate::{
    attr::{ConstraintAttr, DefaultAttr, Faults, Literal},
    model::{Body, Field, Member, Model, PlainEnum, Record, TagValue},
    wire,
};

/// Returns the model if all of it can work.
pub(crate) fn check(model: Model) -> Result<Model> {
    let mut faults = Faults::default();
    match &model.body {
        Body::Record(record) => check_record(record, &mut faults),
        Body::Newtype(field) => check_newtype(field, &mut faults),
        Body::Enum(plain) => check_enum(&model, plain, &mut faults),
        Body::Union(members) => check_union(&model, members, &mut faults),
    }
    faults.finish()?;
    Ok(model)
}

fn check_record(record: &Record, faults: &mut Faults) {
    let mut seen = HashMap::new();
    if let Some(tag) = &record.tag {
        check_name(&tag.field, tag.span, faults);
        if let TagValue::Str(value) = &tag.value {
            check_name(value, tag.span, faults);
        }
        if !record.positional {
            seen.insert(tag.field.clone(), ());
        }
    }
    for field in &record.fields {
        check_name(&field.wire, field.span, faults);
        check_constraints(&field.constraints, faults);
        if seen.insert(field.wire.clone(), ()).is_some() {
            faults.push(Error::new(field.span, format_args!("the wire name `{}` is taken", field.wire)));
        }
        if field.serde && !field.constraints.is_none() {
            faults.push(Error::new(field.span, "constraints do not reach into a serde value; use `check`"));
        }
    }
}

fn check_newtype(field: &Field, faults: &mut Faults) {
    check_constraints(&field.constraints, faults);
    if let Some(DefaultAttr::Trait | DefaultAttr::Expr(_)) = &field.default {
        faults
            .push(Error::new(field.span, "a default belongs to the record field, not to a transparent type"));
    }
}

fn check_enum(model: &Model, plain: &PlainEnum, faults: &mut Faults) {
    if plain.variants.is_empty() {
        faults.push(Error::new(model.ident.span(), "an enum without variants has no values"));
    }
    let mut seen = Vec::new();
    for variant in &plain.variants {
        if seen.contains(&&variant.value) {
            faults.push(Error::new(variant.ident.span(), "another variant has this wire value"));
        }
        seen.push(&variant.value);
        if matches!(variant.value, TagValue::Int(_)) != plain.int {
            faults
                .push(Error::new(variant.ident.span(), "the values of an enum are all text or all integers"));
        }
    }
}

fn check_union(model: &Model, members: &[Member], faults: &mut Faults) {
    if members.is_empty() {
        faults.push(Error::new(model.ident.span(), "an enum without variants has no values"));
    }
    let mut seen = Vec::new();
    for member in members {
        let Member::Record { record, ident, .. } = member else { continue };
        check_record(record, faults);
        let value = record.tag.as_ref().map(|tag| tag.value.clone());
        if seen.contains(&value) {
            faults.push(Error::new(ident.span(), "another variant has this tag"));
        }
        seen.push(value);
    }
}

fn check_name(name: &str, span: proc_macro2::Span, faults: &mut Faults) {
    if !wire::is_plain(name) {
        faults.push(Error::new(span, "a wire name cannot hold quotes, backslashes or control characters"));
    }
    if name.len() > wire::NAME_BYTES_MAX {
        faults.push(Error::new(span, "a wire name has at most 65,535 bytes"));
    }
}

fn check_constraints(constraints: &ConstraintAttr, faults: &mut Faults) {
    for bound in
        [&constraints.ge, &constraints.gt, &constraints.le, &constraints.lt, &constraints.multiple_of]
    {
        if let Some(Literal::Str(text)) = bound {
            faults.push(Error::new(text.span(), "expected a number"));
        }
    }
    for (one, other) in [(&constraints.ge, &constraints.gt), (&constraints.le, &constraints.lt)] {
        if let (Some(_), Some(bound)) = (one, other) {
            faults.push(Error::new(span(bound), "only one bound per side"));
        }
    }
    match &constraints.multiple_of {
        Some(Literal::Int(..=0, span)) => {
            faults.push(Error::new(*span, "a multiple is of a positive number"))
        }
        Some(Literal::Float(value, span)) if *value <= 0.0 => {
            faults.push(Error::new(*span, "a multiple is of a positive number"));
        }
        _ => {}
    }
}

fn span(literal: &Literal) -> proc_macro2::Span {
    match literal {
        Literal::Str(text) => text.span(),
        Literal::Int(_, span) | Literal::Float(_, span) => *span,
    }
}
