//! Values of one type out of several.

use super::{
    build::Builder,
    json::{Json, Object},
    names::Named,
    record::unknown_record,
};
use crate::{
    Result, Shape, TagValue,
    constraint::Constraints,
    shape::{RecordShape, ShapeFn, UnionShape},
};

/// The members of a union, unions inside it taken apart.
#[derive(Default)]
struct Members {
    /// Tagged records in map form, which a discriminator tells apart.
    records: Vec<(&'static RecordShape, Json)>,
    /// All other records.
    plain_records: Vec<Json>,
    others: Vec<Json>,
    null: bool,
    any: bool,
    /// Whether records of other tags are members too.
    is_open: bool,
}

/// The schema of a value that is one of a union's members.
pub(super) fn union(builder: &Builder, union: &UnionShape) -> Result<Object> {
    let mut sorted = Members::default();
    sorted.add_union(builder, union)?;
    Ok(sorted.into_schema())
}

/// The schema of a value or null.
pub(super) fn optional(builder: &Builder, inner: ShapeFn, constraints: &[&Constraints]) -> Result<Object> {
    let mut members = Members { null: true, ..Members::default() };
    members.add(builder, inner(), constraints)?;
    Ok(members.into_schema())
}

impl Members {
    fn add(&mut self, builder: &Builder, shape: Shape, constraints: &[&Constraints]) -> Result<()> {
        match shape {
            Shape::Null => self.null = true,
            Shape::Optional(inner) => {
                self.null = true;
                self.add(builder, inner(), constraints)?;
            }
            Shape::Maybe(inner) => self.add(builder, inner(), constraints)?,
            Shape::Union(union) if !builder.is_defined(Named::Union(union)) => {
                self.add_union(builder, union)?;
            }
            Shape::Record(record) if record.tag.is_some() && !record.positional => {
                self.records.push((record, builder.schema(shape, &[])?.into()));
            }
            Shape::Record(_) => self.plain_records.push(builder.schema(shape, constraints)?.into()),
            shape => {
                let schema = builder.schema(shape, constraints)?;
                self.any |= schema.is_empty();
                self.others.push(schema.into());
            }
        }
        Ok(())
    }

    fn add_union(&mut self, builder: &Builder, union: &UnionShape) -> Result<()> {
        for (name, shape) in union.members {
            let is_fallback = union.fallback == Some(name);
            if is_fallback && !matches!(shape(), Shape::Any | Shape::Raw | Shape::Opaque(_)) {
                self.is_open = true;
            } else {
                self.add(builder, shape(), &[])?;
            }
        }
        Ok(())
    }

    /// Members in order, then records, then null; what takes any value takes the others too.
    fn into_schema(self) -> Object {
        if self.any {
            return Object::default();
        }
        let mut options = self.others;
        options.extend(self.plain_records);
        if self.is_open {
            let records: Vec<_> = self.records.iter().map(|record| record.0).collect();
            options.push(unknown_record(&records).into());
        }
        let only_records = options.is_empty() && !self.null;
        match self.records.len() {
            0 => {}
            1 => options.extend(self.records.into_iter().map(|record| record.1)),
            _ if only_records => return discriminated(self.records),
            _ => options.push(discriminated(self.records).into()),
        }
        if self.null {
            options.push(Object::typed("null").into());
        }
        match <[Json; 1]>::try_from(options) {
            Ok([Json::Object(only)]) => only,
            Ok(only) => Object::of("anyOf", Json::Array(only.into())),
            Err(options) => Object::of("anyOf", Json::Array(options)),
        }
    }
}

fn discriminated(records: Vec<(&'static RecordShape, Json)>) -> Object {
    let mut mapping = Object::default();
    let mut field = "type";
    for (record, reference) in &records {
        let (Some(tag), Json::Object(reference)) = (&record.tag, reference) else { continue };
        field = tag.key.name;
        if let Some(target) = reference.get("$ref") {
            mapping.set(tag_key(tag.value), target.clone());
            tag.aliases.iter().for_each(|alias| mapping.set(*alias, target.clone()));
        }
    }
    let discriminator = Object::of("propertyName", Json::string(field)).with("mapping", mapping);
    let records = records.into_iter().map(|record| record.1).collect();
    Object::of("anyOf", Json::Array(records)).with("discriminator", discriminator)
}

fn tag_key(tag: TagValue) -> std::borrow::Cow<'static, str> {
    match tag {
        TagValue::Str(text) => text.into(),
        TagValue::Int(value) => value.to_string().into(),
    }
}
