//! The schema of a record in map form, the fields of its parts in their place.

use super::{
    build::{Builder, head, tag_schema, tag_values},
    json::{Json, Object},
};
use crate::{
    Result, Shape,
    shape::{FieldShape, Presence, RecordShape, UnionShape},
};

/// What an object holds, collected from a record and from the parts that stand in the place of its fields.
#[derive(Default)]
struct Members {
    properties: Object,
    required: Vec<&'static str>,
    /// What must be there once a field of an optional part is.
    dependent: Object,
    /// What must hold beside: one of several names is there, one of several records is.
    all_of: Vec<Json>,
    /// The values of entries that only a map takes.
    rest: Option<Object>,
    /// Whether there are properties in `all_of`.
    is_nested: bool,
}

pub(super) fn record(builder: &Builder, title: Object, record: &RecordShape) -> Result<Object> {
    let mut members = Members::default();
    members.add_record(builder, record, false)?;
    Ok(members.into_schema(head(title, record.doc), record.allow_unknown))
}

impl Members {
    fn add_record(&mut self, builder: &Builder, record: &RecordShape, is_optional: bool) -> Result<()> {
        let (mut names, mut required) = (Vec::new(), Vec::new());
        if let Some(tag) = &record.tag {
            self.properties.set(tag.key.name, tag_schema(tag));
            names.push(tag.key.name);
            required.push(tag.key.name);
        }
        for field in record.fields {
            if field.is_flat() {
                self.add_part(builder, (field.shape)(), is_optional)?;
                continue;
            }
            self.add_field(builder, field)?;
            names.push(field.key.name);
            match field.presence {
                Presence::Required if field.aliases.is_empty() => required.push(field.key.name),
                Presence::Required if !is_optional => self.all_of.push(one_of_the_names(field)),
                _ => {}
            }
        }
        if is_optional {
            let needs = |name: &'static str| (name, Json::strings(required.iter().copied()));
            names.into_iter().map(needs).for_each(|(name, needs)| self.dependent.set(name, needs));
        } else {
            self.required.extend(required);
        }
        Ok(())
    }

    fn add_field(&mut self, builder: &Builder, field: &FieldShape) -> Result<()> {
        let schema = builder.field(field)?;
        for alias in field.aliases {
            let schema = schema.clone().with("deprecated", Json::literal(true));
            self.properties.set(*alias, schema);
        }
        self.properties.set(field.key.name, schema);
        Ok(())
    }

    /// Adds what stands in the place of a field.
    fn add_part(&mut self, builder: &Builder, shape: Shape, is_optional: bool) -> Result<()> {
        match shape {
            Shape::Record(record) => self.add_record(builder, record, is_optional),
            Shape::Optional(inner) | Shape::Maybe(inner) => self.add_part(builder, inner(), true),
            Shape::Newtype(newtype) => self.add_part(builder, (newtype.inner)(), is_optional),
            Shape::Union(union) => self.add_union(builder, union, is_optional),
            Shape::Map { value, .. } => {
                self.rest = Some(builder.schema(value(), &[])?);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn add_union(&mut self, builder: &Builder, union: &UnionShape, is_optional: bool) -> Result<()> {
        let mut options = Vec::new();
        for (name, shape) in union.members {
            if union.fallback == Some(name) {
                self.rest = Some(Object::default());
                options.push(Json::from(Object::default()));
                continue;
            }
            let mut members = Self::default();
            members.add_part(builder, shape(), false)?;
            options.push(members.into_schema(Object::default(), true).without("type").into());
        }
        if is_optional {
            options.push(Object::default().into());
        }
        self.is_nested = true;
        self.all_of.push(Object::of("anyOf", Json::Array(options)).into());
        Ok(())
    }

    fn into_schema(self, head: Object, allow_unknown: bool) -> Object {
        let mut schema = head
            .with("type", Json::string("object"))
            .with("properties", self.properties)
            .with("required", Json::strings(self.required));
        if !self.dependent.is_empty() {
            schema.set("dependentRequired", self.dependent);
        }
        if !self.all_of.is_empty() {
            schema.set("allOf", Json::Array(self.all_of));
        }
        let others = if self.is_nested { "unevaluatedProperties" } else { "additionalProperties" };
        match self.rest {
            Some(rest) if rest.is_empty() => schema,
            Some(rest) => schema.with(others, rest),
            None if allow_unknown => schema,
            None => schema.with(others, Json::literal(false)),
        }
    }
}

fn one_of_the_names(field: &FieldShape) -> Json {
    let names = std::iter::once(&field.key.name).chain(field.aliases);
    let options = names.map(|name| Object::of("required", Json::strings([*name])).into());
    Object::of("anyOf", Json::Array(options.collect())).into()
}

/// The schema of a record whose tag is none of those of `records`.
pub(super) fn unknown_record(records: &[&'static RecordShape]) -> Object {
    let Some(tag) = records.iter().find_map(|record| record.tag.as_ref()) else {
        return Object::typed("array").with("minItems", Json::literal(1));
    };
    let known = records.iter().filter_map(|record| record.tag.as_ref()).flat_map(tag_values).collect();
    let other = Object::of("not", Object::of("enum", Json::Array(known)));
    Object::typed("object")
        .with("properties", Object::of(tag.key.name, other))
        .with("required", Json::strings([tag.key.name]))
}
