//! The schema of each shape.

use super::{
    annotation,
    constraint::{constrain, text_len},
    json::{Json, Object},
    names::{Named, Names},
    record, union,
};
use crate::{
    Error, Result, Segment, Shape, Tag, TagValue,
    constraint::Constraints,
    shape::{EnumShape, FieldShape, NewtypeShape, Presence, RecordShape, ShapeFn},
};

/// Whether a schema says what JSON Schema has no word for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Words {
    /// Only where a field declares it.
    Declared,
    /// Everywhere.
    All,
}

/// The schema of a type with all definitions it needs.
pub(super) fn document(shape: Shape, words: Words) -> Result<Object> {
    let builder = Builder { names: Names::of(shape), words };
    let root = builder.schema(shape, &[])?;
    let mut definitions = Object::default();
    for named in builder.names.definitions() {
        definitions.set(builder.key(named), builder.definition(named)?);
    }
    Ok(if definitions.is_empty() { root } else { root.with("$defs", definitions) })
}

/// Writes schemas that refer to named types.
#[derive(Debug)]
pub(super) struct Builder {
    names: Names,
    words: Words,
}

impl Builder {
    /// Whether a type is referred to rather than written out.
    pub(super) fn is_defined(&self, named: Named) -> bool {
        self.names.get(named).is_some()
    }

    fn key(&self, named: Named) -> String {
        self.names.get(named).map_or_else(String::new, |name| name.key.clone())
    }

    fn title(&self, named: Named) -> Object {
        Object::of("title", Json::string(self.names.get(named).map_or("", |name| name.title.as_str())))
    }

    fn reference(&self, named: Named) -> Object {
        Object::of("$ref", Json::string(&format!("#/$defs/{}", self.key(named))))
    }

    /// The schema of a value, under the constraints of the fields and newtypes around it.
    pub(super) fn schema(&self, shape: Shape, constraints: &[&Constraints]) -> Result<Object> {
        let plain = match shape {
            Shape::Any | Shape::Raw | Shape::Opaque(_) => Object::default(),
            Shape::Null => Object::typed("null"),
            Shape::Bool => Object::typed("boolean"),
            Shape::Int { .. } => Object::typed("integer"),
            Shape::Float { .. } => Object::typed("number"),
            Shape::Str | Shape::DateTime { tz: None | Some(false) } | Shape::Time => Object::typed("string"),
            Shape::DateTime { tz: Some(true) } => text("date-time"),
            Shape::Date => text("date"),
            Shape::Duration => text("duration"),
            Shape::Uuid => text("uuid"),
            Shape::Decimal => text("decimal"),
            Shape::Bytes => bytes(),
            Shape::ByteArray { len } => sized(bytes(), "Length", text_len(shape, len)),
            Shape::Ext { text: Some(text), .. } => {
                return Ok(self.annotated(self.schema(text(), constraints)?, annotation::shape(shape)));
            }
            Shape::Ext { text: None, .. } => return Err(no_ext()),
            Shape::List(item) => self.list(item)?,
            Shape::Set(item) => {
                let list = constrain(self.list(item)?, shape, constraints);
                return Ok(list.with("uniqueItems", Json::literal(true)));
            }
            Shape::Array { item, len } => sized(self.list(item)?, "Items", len),
            Shape::Tuple(items) => self.tuple(items)?,
            Shape::Map { key, value } => self.map(key, value)?,
            Shape::Optional(inner) => return union::optional(self, inner, constraints),
            Shape::Maybe(inner) => return self.schema(inner(), constraints),
            Shape::Union(shape) if self.is_defined(Named::Union(shape)) => {
                self.reference(Named::Union(shape))
            }
            Shape::Union(shape) => union::union(self, shape)?,
            Shape::Newtype(shape) => return self.newtype(shape, constraints),
            Shape::Record(shape) => self.reference(Named::Record(shape)),
            Shape::Enum(shape) => self.reference(Named::Enum(shape)),
        };
        Ok(self.annotated(constrain(plain, shape, constraints), annotation::shape(shape)))
    }

    /// A schema with what JSON Schema has no word for, if that is wanted.
    fn annotated(&self, schema: Object, more: Object) -> Object {
        if self.words == Words::All { schema.and(more) } else { schema }
    }

    fn list(&self, item: ShapeFn) -> Result<Object> {
        let item = self.schema(item(), &[])?;
        let list = Object::typed("array");
        Ok(if item.is_empty() { list } else { list.with("items", item) })
    }

    fn tuple(&self, items: &[ShapeFn]) -> Result<Object> {
        let len = items.len();
        let items = items.iter().map(|item| Ok(self.schema(item(), &[])?.into()));
        let items = items.collect::<Result<Vec<Json>>>()?;
        let tuple =
            Object::typed("array").with("minItems", Json::literal(len)).with("maxItems", Json::literal(len));
        // JSON Schema wants at least one element in `prefixItems`.
        Ok(if len == 0 {
            tuple
        } else {
            tuple.with("prefixItems", Json::Array(items)).with("items", Json::literal(false))
        })
    }

    /// Keys that are not text have no words in JSON Schema.
    fn map(&self, key: ShapeFn, value: ShapeFn) -> Result<Object> {
        let mut map = Object::typed("object");
        if is_text(key()) {
            let names = self.schema(key(), &[])?.without("type");
            if !names.is_empty() {
                map.set("propertyNames", names);
            }
        }
        let value = self.schema(value(), &[])?;
        Ok(if value.is_empty() { map } else { map.with("additionalProperties", value) })
    }

    fn newtype(&self, newtype: &'static NewtypeShape, constraints: &[&Constraints]) -> Result<Object> {
        if self.is_defined(Named::Newtype(newtype)) {
            return Ok(self.reference(Named::Newtype(newtype)));
        }
        let all = [&[&newtype.constraints], constraints].concat();
        let inner = self.schema((newtype.inner)(), &all)?;
        Ok(described(newtype.doc, inner))
    }

    fn definition(&self, named: Named) -> Result<Object> {
        let title = self.title(named);
        match named {
            Named::Record(shape) if shape.positional => {
                Ok(self.annotated(self.positional(title, shape)?, annotation::record(shape)))
            }
            Named::Record(shape) => {
                Ok(self.annotated(record::record(self, title, shape)?, annotation::record(shape)))
            }
            Named::Enum(shape) => Ok(self.annotated(plain_enum(title, shape), annotation::plain_enum(shape))),
            Named::Union(shape) => {
                let members = union::union(self, shape)?;
                Ok(head(title, shape.doc).and(members))
            }
            Named::Newtype(shape) => {
                let inner = self.schema((shape.inner)(), &[&shape.constraints])?;
                Ok(head(title, shape.doc).and(inner))
            }
        }
    }

    fn positional(&self, title: Object, record: &RecordShape) -> Result<Object> {
        let tag = record.tag.iter().map(|tag| Ok(tag_schema(tag).into()));
        let fields = record.fields.iter().map(|field| Ok(self.field(field)?.into()));
        let items = tag.chain(fields).collect::<Result<Vec<Json>>>()?;
        let max = items.len();
        let min = record.positional_required() + record.tag.iter().count();
        let mut schema = head(title, record.doc).with("type", Json::string("array"));
        if max > 0 {
            schema.set("prefixItems", Json::Array(items));
        }
        schema.set("minItems", Json::literal(min));
        Ok(if record.allow_unknown { schema } else { schema.with("maxItems", Json::literal(max)) })
    }

    pub(super) fn field(&self, field: &FieldShape) -> Result<Object> {
        let at = |error: Error| error.at(Segment::Field(field.key.name));
        let schema = self.schema((field.shape)(), &[&field.constraints]).map_err(at)?;
        let mut schema = described(field.doc, schema);
        if let Presence::Default(default) = field.presence {
            schema.set("default", Json::Text(default().map_err(at)?));
        }
        let words = [
            ("x-volatile", field.volatility.map(|volatility| volatility.name())),
            ("x-absent-means", field.absent),
            ("x-null-means", field.null),
        ];
        for (key, word) in words {
            word.into_iter().for_each(|word| schema.set(key, Json::string(word)));
        }
        for (key, is_so) in [("x-lenient", field.lenient), ("writeOnly", !field.written)] {
            is_so.then(|| schema.set(key, Json::literal(true)));
        }
        Ok(self.annotated(schema, annotation::field(field)))
    }
}

pub(super) fn head(title: Object, doc: &str) -> Object {
    if doc.is_empty() { title } else { title.with("description", Json::string(doc)) }
}

/// Puts a description first; one that is there already was nearer to the type and yields.
fn described(doc: &str, schema: Object) -> Object {
    if doc.is_empty() {
        return schema;
    }
    Object::of("description", Json::string(doc)).and(schema.without("description"))
}

fn text(format: &str) -> Object {
    Object::typed("string").with("format", Json::string(format))
}

fn bytes() -> Object {
    Object::typed("string").with("contentEncoding", Json::string("base64"))
}

/// A schema for exactly `len` characters or elements.
fn sized(schema: Object, unit: &str, len: usize) -> Object {
    schema.with(format!("max{unit}"), Json::literal(len)).with(format!("min{unit}"), Json::literal(len))
}

pub(super) fn tag_schema(tag: &Tag) -> Object {
    Object::of("enum", Json::Array(tag_values(tag).collect()))
}

/// The tag that is written, and those that are read too.
pub(super) fn tag_values(tag: &Tag) -> impl Iterator<Item = Json> {
    std::iter::once(tag_value(tag.value)).chain(tag.aliases.iter().map(|alias| Json::string(alias)))
}

pub(super) fn tag_value(value: TagValue) -> Json {
    match value {
        TagValue::Str(text) => Json::string(text),
        TagValue::Int(value) => Json::literal(value),
    }
}

/// Values sorted, so that moving a variant changes nothing.
fn plain_enum(title: Object, shape: &EnumShape) -> Object {
    let aliases = shape.variants.iter().flat_map(|variant| variant.aliases).map(|alias| TagValue::Str(alias));
    let mut values: Vec<_> = shape.variants.iter().map(|variant| variant.value).chain(aliases).collect();
    let is_int = values.iter().any(|value| matches!(value, TagValue::Int(_)));
    values.sort_unstable_by(|one, other| match (one, other) {
        (TagValue::Int(one), TagValue::Int(other)) => one.cmp(other),
        (TagValue::Str(one), TagValue::Str(other)) => one.cmp(other),
        (one, _) => matches!(one, TagValue::Str(_)).cmp(&true),
    });
    let known = Object::of("enum", Json::Array(values.into_iter().map(tag_value).collect()));
    if !shape.open {
        return head(title, shape.doc).and(known);
    }
    let other = Object::typed(if is_int { "integer" } else { "string" });
    head(title, shape.doc).with("anyOf", Json::Array(vec![known.into(), other.into()]))
}

fn is_text(shape: Shape) -> bool {
    match shape {
        Shape::Str => true,
        Shape::Newtype(newtype) => is_text((newtype.inner)()),
        _ => false,
    }
}

#[cold]
fn no_ext() -> Error {
    Error::unsupported("JSON Schema has no extension values")
}
