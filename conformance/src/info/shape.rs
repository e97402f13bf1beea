//! What a type of ours looks like.

use proofmark::{
    Shape, TagValue,
    constraint::{Constraints, Number},
    shape::{FieldShape, Presence, RecordShape},
};
use serde_json::{Value as Json, json};

use super::{choice, kind, union};

/// A type that is described, and the records around it.
pub(crate) fn describe(shape: Shape) -> Result<Json, String> {
    Walk::default().describe(shape, &Constraints::NONE)
}

#[derive(Default)]
struct Walk {
    open: Vec<&'static str>,
}

impl Walk {
    fn describe(&mut self, shape: Shape, constraints: &Constraints) -> Result<Json, String> {
        let plain = match shape {
            Shape::Any => kind("AnyType"),
            Shape::Raw => kind("RawType"),
            Shape::Null => kind("NoneType"),
            Shape::Bool => kind("BoolType"),
            Shape::Int { .. } => kind("IntType"),
            Shape::Float { .. } => kind("FloatType"),
            Shape::Str => kind("StrType"),
            Shape::Bytes => kind("BytesType"),
            Shape::DateTime { .. } => kind("DateTimeType"),
            Shape::Date => kind("DateType"),
            Shape::Time => kind("TimeType"),
            Shape::Duration => kind("TimeDeltaType"),
            Shape::Uuid => kind("UUIDType"),
            Shape::Decimal => kind("DecimalType"),
            Shape::Ext { .. } => kind("ExtType"),
            Shape::List(item) => json!({ "kind": "ListType", "item_type": self.plain(item())? }),
            Shape::Set(item) => json!({ "kind": "SetType", "item_type": self.plain(item())? }),
            Shape::Array { item, len } => self.tuple(&vec![item; len])?,
            Shape::Tuple(items) => self.tuple(items)?,
            Shape::Map { key, value } => {
                json!({ "kind": "DictType", "key_type": self.plain(key())?, "value_type": self.plain(value())? })
            }
            Shape::Optional(inner) => {
                return Ok(union([self.describe(inner(), constraints)?, kind("NoneType")]));
            }
            Shape::Maybe(inner) => return self.describe(inner(), constraints),
            Shape::Newtype(newtype) => {
                let inner = self.describe((newtype.inner)(), &both(&newtype.constraints, constraints))?;
                return Ok(documented(inner, newtype.doc));
            }
            Shape::Union(shape) => {
                let members = shape.members.iter().map(|(_, member)| self.plain(member()));
                return members.collect::<Result<Vec<_>, _>>().map(union);
            }
            Shape::Enum(shape) => choice(shape.variants.iter().map(|variant| tag(variant.value)).collect()),
            Shape::Record(shape) if self.open.contains(&shape.name) => {
                json!({ "kind": "StructType", "ref": shape.name })
            }
            Shape::Record(shape) => {
                self.open.push(shape.name);
                let record = self.record(shape);
                self.open.pop();
                record?
            }
            other => return Err(format!("msgspec has no {other:?}")),
        };
        Ok(constrained(plain, constraints))
    }

    fn plain(&mut self, shape: Shape) -> Result<Json, String> {
        self.describe(shape, &Constraints::NONE)
    }

    fn tuple(&mut self, items: &[fn() -> Shape]) -> Result<Json, String> {
        let items = items.iter().map(|item| self.plain(item())).collect::<Result<Vec<_>, _>>()?;
        Ok(json!({ "kind": "TupleType", "item_types": items }))
    }

    fn record(&mut self, shape: &RecordShape) -> Result<Json, String> {
        let fields = shape.fields.iter().map(|field| self.field(field));
        let mut record = json!({
            "kind": "StructType",
            "cls": shape.name,
            "fields": fields.collect::<Result<Vec<_>, _>>()?,
            "array_like": shape.positional,
            "forbid_unknown_fields": !shape.allow_unknown,
        });
        if let Some(declared) = &shape.tag {
            record["tag_field"] = declared.key.name.into();
            record["tag"] = tag(declared.value);
        }
        Ok(record)
    }

    fn field(&mut self, field: &FieldShape) -> Result<Json, String> {
        let mut described = json!({
            "name": field.name,
            "encode_name": field.key.name,
            "type": self.describe((field.shape)(), &field.constraints)?,
            "required": matches!(field.presence, Presence::Required),
        });
        if let Presence::Default(text) = field.presence {
            let text = text().map_err(|error| error.to_string())?;
            described["default"] = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        }
        Ok(described)
    }
}

/// A newtype's own constraints, and those of the field around it.
fn both(inner: &Constraints, outer: &Constraints) -> Constraints {
    Constraints {
        ge: outer.ge.or(inner.ge),
        gt: outer.gt.or(inner.gt),
        le: outer.le.or(inner.le),
        lt: outer.lt.or(inner.lt),
        multiple_of: outer.multiple_of.or(inner.multiple_of),
        min_len: outer.min_len.or(inner.min_len),
        max_len: outer.max_len.or(inner.max_len),
        pattern: outer.pattern.or(inner.pattern),
        tz: outer.tz.or(inner.tz),
    }
}

fn constrained(mut plain: Json, constraints: &Constraints) -> Json {
    let Constraints { ge, gt, le, lt, multiple_of, min_len, max_len, pattern, tz } = constraints;
    for (key, bound) in [("ge", ge), ("gt", gt), ("le", le), ("lt", lt), ("multiple_of", multiple_of)] {
        bound.iter().for_each(|bound| plain[key] = number(*bound));
    }
    for (key, len) in [("min_length", min_len), ("max_length", max_len)] {
        len.iter().for_each(|len| plain[key] = (*len).into());
    }
    pattern.iter().for_each(|pattern| plain["pattern"] = pattern().source().into());
    tz.iter().for_each(|tz| plain["tz"] = (*tz).into());
    plain
}

fn documented(described: Json, doc: &str) -> Json {
    if doc.is_empty() {
        return described;
    }
    json!({ "kind": "Metadata", "type": described, "extra_json_schema": { "description": doc } })
}

fn number(bound: Number) -> Json {
    match bound {
        Number::Int(value) => i64::try_from(value).map_or_else(|_| value.to_string().into(), Json::from),
        Number::Float(value) => value.into(),
    }
}

fn tag(value: TagValue) -> Json {
    match value {
        TagValue::Str(text) => text.into(),
        TagValue::Int(value) => value.into(),
    }
}
