//! What the attributes mean.

use proc_macro2::Span;
use syn::{
    Data, DeriveInput, Error, Expr, Fields, Generics, Ident, LitInt, LitStr, Path, Result, Type,
    spanned::Spanned as _,
};

use crate::{
    attr::{ConstraintAttr, DefaultAttr, Faults, FieldAttr, Literal, RecordAttr, VariantAttr},
    case,
};

/// A type that `Record` is derived for.
pub(crate) struct Model {
    pub(crate) ident: Ident,
    pub(crate) generics: Generics,
    pub(crate) doc: String,
    pub(crate) check: Option<Path>,
    pub(crate) body: Body,
}

pub(crate) enum Body {
    Record(Record),
    Newtype(Box<Field>),
    Enum(PlainEnum),
    Union(Vec<Member>),
}

/// Named fields under one head: a struct, or a variant of a tagged enum.
pub(crate) struct Record {
    pub(crate) name: Ident,
    pub(crate) doc: String,
    pub(crate) tag: Option<Tag>,
    pub(crate) fields: Vec<Field>,
    pub(crate) positional: bool,
    pub(crate) allow_unknown: bool,
    pub(crate) encode_defaults: bool,
}

pub(crate) struct Tag {
    pub(crate) field: String,
    pub(crate) value: TagValue,
    pub(crate) span: Span,
}

#[derive(Clone, PartialEq)]
pub(crate) enum TagValue {
    Str(String),
    Int(i64),
}

pub(crate) struct Field {
    pub(crate) member: syn::Member,
    pub(crate) name: String,
    pub(crate) wire: String,
    pub(crate) span: Span,
    pub(crate) ty: Type,
    pub(crate) doc: String,
    pub(crate) default: Option<DefaultAttr>,
    pub(crate) constraints: ConstraintAttr,
    pub(crate) check: Option<Path>,
    pub(crate) volatile: Option<Ident>,
    pub(crate) absent: Option<LitStr>,
    pub(crate) null: Option<LitStr>,
    pub(crate) serde: bool,
}

pub(crate) struct PlainEnum {
    pub(crate) int: bool,
    pub(crate) variants: Vec<PlainVariant>,
}

pub(crate) struct PlainVariant {
    pub(crate) ident: Ident,
    pub(crate) value: TagValue,
    pub(crate) doc: String,
}

/// A member of a union.
pub(crate) enum Member {
    /// `Variant(Type)`: the type says what it looks like.
    Newtype { ident: Ident, ty: Type },
    /// `Variant { .. }` or `Variant`: a record tagged by the variant's name.
    Record { ident: Ident, unit: bool, record: Record },
}

const VOLATILITIES: [(&str, &str); 6] = [
    ("time", "Time"),
    ("host", "Host"),
    ("path", "Path"),
    ("random", "Random"),
    ("race", "Race"),
    ("measured", "Measured"),
];

impl Model {
    pub(crate) fn new(input: &DeriveInput) -> Result<Self> {
        let attr = RecordAttr::parse(&input.attrs)?;
        let body = match &input.data {
            Data::Struct(data) if attr.transparent.is_some() => {
                Body::Newtype(Box::new(newtype(&data.fields, &attr)?))
            }
            Data::Struct(data) => Body::Record(record(&input.ident, &data.fields, &attr)?),
            Data::Enum(data)
                if data.variants.iter().all(|variant| variant.fields.is_empty()) && !is_tagged(&attr) =>
            {
                Body::Enum(plain_enum(data, &attr)?)
            }
            Data::Enum(data) => Body::Union(union(data, &attr)?),
            Data::Union(data) => {
                return Err(Error::new(
                    data.union_token.span,
                    "a Rust union has no fields that could be told apart",
                ));
            }
        };
        Ok(Self {
            ident: input.ident.clone(),
            generics: input.generics.clone(),
            doc: attr.doc,
            check: attr.check,
            body,
        })
    }

    /// Whether some field is compared with its default when it is written.
    pub(crate) fn has_defaults(&self) -> bool {
        let any = |record: &Record| record.fields.iter().any(|field| field.default.is_some());
        match &self.body {
            Body::Record(record) => any(record),
            Body::Union(members) => {
                members.iter().any(|member| matches!(member, Member::Record { record, .. } if any(record)))
            }
            Body::Newtype(_) | Body::Enum(_) => false,
        }
    }
}

/// An enum of unit variants is tagged rather than plain when it names its tag field.
fn is_tagged(attr: &RecordAttr) -> bool {
    attr.tag_field.is_some()
}

fn newtype(fields: &Fields, attr: &RecordAttr) -> Result<Field> {
    let mut faults = Faults::default();
    let mut fields = read_fields(fields, attr, &mut faults);
    faults.finish()?;
    match (fields.pop(), fields.is_empty()) {
        (Some(field), true) => Ok(field),
        _ => Err(Error::new(
            attr.transparent.unwrap_or_else(Span::call_site),
            "a transparent struct has exactly one field",
        )),
    }
}

fn record(ident: &Ident, fields: &Fields, attr: &RecordAttr) -> Result<Record> {
    if let Fields::Unnamed(fields) = fields {
        return Err(Error::new(
            fields.span(),
            "fields need names; a struct around one value is `#[record(transparent)]`, and positions are \
             `#[record(positional)]` with named fields",
        ));
    }
    let mut faults = Faults::default();
    let tag = faults.add(struct_tag(ident, attr)).flatten();
    let fields = read_fields(fields, attr, &mut faults);
    faults.finish()?;
    Ok(Record {
        name: ident.clone(),
        doc: attr.doc.clone(),
        tag,
        fields,
        positional: attr.positional.is_some(),
        allow_unknown: attr.allow_unknown,
        encode_defaults: attr.encode_defaults,
    })
}

/// A struct is tagged when it names a tag, or a tag field, which makes its own name the tag.
fn struct_tag(ident: &Ident, attr: &RecordAttr) -> Result<Option<Tag>> {
    let (value, span) = match (&attr.tag, &attr.tag_field) {
        (Some(tag), _) => tag_value(tag)?,
        (None, Some(field)) => (TagValue::Str(ident.to_string()), field.span()),
        (None, None) => return Ok(None),
    };
    Ok(Some(Tag { field: tag_field(attr), value, span }))
}

fn tag_field(attr: &RecordAttr) -> String {
    attr.tag_field.as_ref().map_or_else(|| "type".to_owned(), LitStr::value)
}

fn tag_value(literal: &Literal) -> Result<(TagValue, Span)> {
    match literal {
        Literal::Str(text) => Ok((TagValue::Str(text.value()), text.span())),
        Literal::Int(value, span) => match i64::try_from(*value) {
            Ok(value) => Ok((TagValue::Int(value), *span)),
            Err(_) => Err(Error::new(*span, "integer tags have 64 bits")),
        },
        Literal::Float(_, span) => Err(Error::new(*span, "a tag is text or an integer")),
    }
}

fn rename_rule(attr: &RecordAttr) -> Result<Option<String>> {
    let Some(rule) = &attr.rename_all else { return Ok(None) };
    if case::RULES.contains(&rule.value().as_str()) {
        return Ok(Some(rule.value()));
    }
    Err(Error::new(rule.span(), format_args!("unknown rule; allowed are: {}", case::RULES.join(", "))))
}

fn read_fields(fields: &Fields, attr: &RecordAttr, faults: &mut Faults) -> Vec<Field> {
    let rule = faults.add(rename_rule(attr)).flatten();
    let fields = fields.iter().enumerate();
    fields.filter_map(|(index, field)| faults.add(read_field(index, field, rule.as_deref()))).collect()
}

fn read_field(index: usize, field: &syn::Field, rule: Option<&str>) -> Result<Field> {
    let attr = FieldAttr::parse(&field.attrs)?;
    let (member, name) = match &field.ident {
        Some(ident) => (syn::Member::Named(ident.clone()), ident.to_string()),
        None => (syn::Member::Unnamed(index.into()), index.to_string()),
    };
    let name = name.strip_prefix("r#").map(str::to_owned).unwrap_or(name);
    let wire = match (&attr.rename, rule) {
        (Some(rename), _) => rename.value(),
        (None, Some(rule)) => case::field(&name, rule),
        (None, None) => name.clone(),
    };
    Ok(Field {
        member,
        name,
        wire,
        span: attr.rename.as_ref().map_or_else(|| field.span(), LitStr::span),
        ty: field.ty.clone(),
        doc: attr.doc,
        default: attr.default,
        constraints: attr.constraints,
        check: attr.check,
        volatile: attr.volatile.as_ref().map(volatility).transpose()?,
        absent: attr.absent,
        null: attr.null,
        serde: attr.serde.is_some(),
    })
}

fn volatility(word: &LitStr) -> Result<Ident> {
    match VOLATILITIES.iter().find(|(name, _)| *name == word.value()) {
        Some((_, variant)) => Ok(Ident::new(variant, word.span())),
        None => {
            let allowed = VOLATILITIES.map(|(name, _)| name).join(", ");
            Err(Error::new(word.span(), format_args!("unknown volatility; allowed are: {allowed}")))
        }
    }
}

fn plain_enum(data: &syn::DataEnum, attr: &RecordAttr) -> Result<PlainEnum> {
    let rule = rename_rule(attr)?;
    let int = attr.int.is_some();
    let mut faults = Faults::default();
    let mut next = 0;
    let mut variants = Vec::new();
    for variant in &data.variants {
        let Some(attr) = faults.add(VariantAttr::parse(&variant.attrs)) else { continue };
        let value = if int {
            if let Some((_, discriminant)) = &variant.discriminant {
                next = faults.add(discriminant_value(discriminant)).unwrap_or(next);
            }
            let value = next;
            next = next.wrapping_add(1);
            TagValue::Int(value)
        } else {
            let named = attr.rename.as_ref().map(tag_value);
            match named.map(|named| faults.add(named)) {
                Some(Some((value, _))) => value,
                Some(None) => continue,
                None => TagValue::Str(variant_name(&variant.ident, rule.as_deref())),
            }
        };
        variants.push(PlainVariant { ident: variant.ident.clone(), value, doc: attr.doc });
    }
    faults.finish()?;
    Ok(PlainEnum { int: int || variants.iter().any(|v| matches!(v.value, TagValue::Int(_))), variants })
}

fn variant_name(ident: &Ident, rule: Option<&str>) -> String {
    rule.map_or_else(|| ident.to_string(), |rule| case::variant(&ident.to_string(), rule))
}

fn discriminant_value(expr: &Expr) -> Result<i64> {
    let fault = || Error::new(expr.span(), "expected an integer literal, so that the wire value is known");
    let (lit, sign) = match expr {
        Expr::Lit(lit) => (lit, 1),
        Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Neg(_)) => match &*unary.expr {
            Expr::Lit(lit) => (lit, -1),
            _ => return Err(fault()),
        },
        _ => return Err(fault()),
    };
    match &lit.lit {
        syn::Lit::Int(int) => int_value(int, sign),
        _ => Err(fault()),
    }
}

fn int_value(int: &LitInt, sign: i128) -> Result<i64> {
    let value = int.base10_parse::<i128>()? * sign;
    i64::try_from(value).map_err(|_| Error::new(int.span(), "enum values have 64 bits"))
}

fn union(data: &syn::DataEnum, attr: &RecordAttr) -> Result<Vec<Member>> {
    let rule = rename_rule(attr)?;
    let mut faults = Faults::default();
    let members = data
        .variants
        .iter()
        .filter_map(|variant| faults.add(member(variant, attr, rule.as_deref())))
        .collect();
    faults.finish()?;
    Ok(members)
}

fn member(variant: &syn::Variant, attr: &RecordAttr, rule: Option<&str>) -> Result<Member> {
    let ident = variant.ident.clone();
    if let Fields::Unnamed(fields) = &variant.fields {
        let mut types = fields.unnamed.iter();
        return match (types.next(), types.next()) {
            (Some(field), None) => Ok(Member::Newtype { ident, ty: field.ty.clone() }),
            _ => Err(Error::new(fields.span(), "a variant holds one value or named fields")),
        };
    }
    let variant_attr = VariantAttr::parse(&variant.attrs)?;
    let (value, span) = match &variant_attr.rename {
        Some(literal) => tag_value(literal)?,
        None => (TagValue::Str(variant_name(&ident, rule)), ident.span()),
    };
    let mut faults = Faults::default();
    // `rename_all` of an enum names its variants, not their fields.
    let fields = read_fields(&variant.fields, &RecordAttr::default(), &mut faults);
    faults.finish()?;
    let record = Record {
        name: ident.clone(),
        doc: variant_attr.doc,
        tag: Some(Tag { field: tag_field(attr), value, span }),
        fields,
        positional: attr.positional.is_some(),
        allow_unknown: attr.allow_unknown,
        encode_defaults: attr.encode_defaults,
    };
    Ok(Member::Record { ident, unit: matches!(variant.fields, Fields::Unit), record })
}
