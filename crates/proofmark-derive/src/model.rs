//! What the attributes mean.

use std::collections::HashSet;

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::{
    Data, DataEnum, DeriveInput, Error, Expr, Fields, FieldsUnnamed, Generics, Ident, LitInt, LitStr, Path,
    Result, Type, ext::IdentExt as _, spanned::Spanned as _,
};

use crate::{
    attr::{ConstraintAttr, DefaultAttr, Faults, FieldAttr, Literal, RecordAttr, VariantAttr},
    case,
    place::{self, Place},
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
    /// Fields that are not on the wire.
    pub(crate) skipped: Vec<Field>,
    pub(crate) positional: bool,
    pub(crate) allow_unknown: bool,
    pub(crate) encode_defaults: bool,
}

pub(crate) struct Tag {
    pub(crate) field: String,
    pub(crate) value: TagValue,
    pub(crate) aliases: Vec<LitStr>,
    pub(crate) span: Span,
}

#[derive(Clone, PartialEq)]
pub(crate) enum TagValue {
    Str(String),
    Int(i64),
}

impl TagValue {
    pub(crate) fn as_text(&self) -> Option<String> {
        match self {
            Self::Str(text) => Some(text.clone()),
            Self::Int(_) => None,
        }
    }
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
    pub(crate) was: Option<LitStr>,
    pub(crate) undecided: Option<LitStr>,
    pub(crate) aliases: Vec<LitStr>,
    pub(crate) serde: bool,
    pub(crate) lenient: bool,
    /// Whether its own fields stand in its place.
    pub(crate) flatten: bool,
    pub(crate) skip_encode: bool,
}

pub(crate) struct PlainEnum {
    pub(crate) int: bool,
    pub(crate) variants: Vec<PlainVariant>,
    pub(crate) fallback: Option<Fallback>,
}

pub(crate) struct PlainVariant {
    pub(crate) ident: Ident,
    pub(crate) value: TagValue,
    pub(crate) aliases: Vec<LitStr>,
    pub(crate) doc: String,
}

/// The variant of a plain enum that takes every other value.
pub(crate) enum Fallback {
    /// One of the variants: the value is lost.
    Unit(Ident),
    /// A variant that keeps it.
    Value(Ident, Box<Type>),
}

/// A member of a union.
pub(crate) enum Member {
    /// `Variant(Type)`: the type says what it looks like.
    Newtype { ident: Ident, ty: Type, fallback: bool },
    /// `Variant { .. }` or `Variant`: a record tagged by the variant's name.
    Record { ident: Ident, unit: bool, fallback: bool, record: Record },
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
        let mut faults = Faults::default();
        let attr = RecordAttr::parse(&input.attrs, &mut faults);
        let body = match &input.data {
            Data::Struct(data) if attr.transparent.is_some() => newtype(&data.fields, &attr, &mut faults),
            Data::Struct(data) => record(&input.ident, &data.fields, &attr, &mut faults),
            Data::Enum(data) if is_plain(data, &attr) => plain_enum(data, &attr, &mut faults),
            Data::Enum(data) => union(data, &attr, &mut faults),
            Data::Union(data) => {
                let text = "a Rust union has no fields that could be told apart";
                faults.push(Error::new(data.union_token.span, text));
                None
            }
        };
        faults.finish()?;
        Ok(Self {
            ident: input.ident.clone(),
            generics: input.generics.clone(),
            doc: attr.doc,
            check: attr.check,
            body: body.ok_or_else(|| Error::new(input.ident.span(), "not a record"))?,
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

impl Model {
    /// The identifiers in the types of what is on the wire.
    pub(crate) fn wire_words(&self) -> HashSet<String> {
        let mut words = HashSet::new();
        let mut add = |ty: &Type| collect_words(ty.to_token_stream(), &mut words);
        match &self.body {
            Body::Record(record) => record.fields.iter().for_each(|field| add(&field.ty)),
            Body::Newtype(field) => add(&field.ty),
            Body::Enum(PlainEnum { fallback: Some(Fallback::Value(_, ty)), .. }) => add(ty),
            Body::Enum(_) => {}
            Body::Union(members) => members.iter().for_each(|member| match member {
                Member::Newtype { ty, .. } => add(ty),
                Member::Record { record, .. } => record.fields.iter().for_each(|field| add(&field.ty)),
            }),
        }
        words
    }
}

fn collect_words(tokens: TokenStream, words: &mut HashSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                words.insert(ident.to_string());
            }
            TokenTree::Group(group) => collect_words(group.stream(), words),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// An enum of unit variants is tagged rather than plain when it names its tag field.
fn is_plain(data: &DataEnum, attr: &RecordAttr) -> bool {
    let is_unit = |variant: &syn::Variant| matches!(variant.fields, Fields::Unit);
    let is_fallback = |variant: &syn::Variant| VariantAttr::is_fallback(&variant.attrs);
    attr.tag_field.is_none()
        && data.variants.iter().all(|variant| is_unit(variant) || is_fallback(variant))
        && (data.variants.is_empty() || data.variants.iter().any(is_unit))
}

fn newtype(fields: &Fields, attr: &RecordAttr, faults: &mut Faults) -> Option<Body> {
    place::check_record(attr, Place::Transparent, faults);
    let mut read = Vec::new();
    for (index, field) in fields.iter().enumerate() {
        let field_attr = FieldAttr::parse(&field.attrs, faults);
        place::check_inner(&field_attr, faults);
        read.extend(read_field(index, field, field_attr, None, faults));
    }
    match (read.pop(), fields.len()) {
        (Some(field), 1) => Some(Body::Newtype(Box::new(field))),
        (_, 1) => None,
        _ => {
            let span = attr.transparent.unwrap_or_else(Span::call_site);
            faults.push(Error::new(span, "a transparent struct has exactly one field"));
            None
        }
    }
}

fn record(ident: &Ident, fields: &Fields, attr: &RecordAttr, faults: &mut Faults) -> Option<Body> {
    place::check_record(attr, Place::Struct, faults);
    if let Fields::Unnamed(fields) = fields {
        let text = "fields need names; a struct around one value is `#[record(transparent)]`, and positions are \
                    `#[record(positional)]` with named fields";
        faults.push(Error::new(fields.span(), text));
        return None;
    }
    let rule = rename_rule(attr, faults);
    let (fields, skipped) = read_fields(fields, rule.as_deref(), attr.positional.is_some(), faults);
    Some(Body::Record(Record {
        name: ident.unraw(),
        doc: attr.doc.clone(),
        tag: struct_tag(ident, attr, faults),
        fields,
        skipped,
        positional: attr.positional.is_some(),
        allow_unknown: attr.allow_unknown.is_some(),
        encode_defaults: attr.encode_defaults.is_some(),
    }))
}

/// A struct is tagged when it names a tag, or a tag field, which makes its own name the tag.
fn struct_tag(ident: &Ident, attr: &RecordAttr, faults: &mut Faults) -> Option<Tag> {
    let (value, span) = match (&attr.tag, &attr.tag_field) {
        (Some(tag), _) => faults.add(tag_value(tag))?,
        (None, Some(field)) => (TagValue::Str(ident.unraw().to_string()), field.span()),
        (None, None) => return None,
    };
    Some(Tag { field: tag_field(attr), value, aliases: attr.tag_alias.clone(), span })
}

fn tag_field(attr: &RecordAttr) -> String {
    attr.tag_field.as_ref().map_or_else(|| "type".to_owned(), LitStr::value)
}

fn tag_value(literal: &Literal) -> Result<(TagValue, Span)> {
    match literal {
        Literal::Str(text) => Ok((TagValue::Str(text.value()), text.span())),
        Literal::Int(value, span) => match i64::try_from(*value) {
            Ok(value) => Ok((TagValue::Int(value), *span)),
            Err(_) => Err(Error::new(*span, "integers on the wire have 64 bits here")),
        },
        Literal::Float(_, span) => Err(Error::new(*span, "expected text or an integer")),
    }
}

fn rename_rule(attr: &RecordAttr, faults: &mut Faults) -> Option<String> {
    let rule = attr.rename_all.as_ref()?;
    if case::RULES.contains(&rule.value().as_str()) {
        return Some(rule.value());
    }
    faults
        .push(Error::new(rule.span(), format_args!("unknown rule; allowed are: {}", case::RULES.join(", "))));
    None
}

/// The fields on the wire, and those that are not.
fn read_fields(
    fields: &Fields,
    rule: Option<&str>,
    positional: bool,
    faults: &mut Faults,
) -> (Vec<Field>, Vec<Field>) {
    let (mut read, mut skipped) = (Vec::new(), Vec::new());
    for (index, field) in fields.iter().enumerate() {
        let attr = FieldAttr::parse(&field.attrs, faults);
        place::check_field(&attr, positional, faults);
        let to = if attr.skip.is_some() { &mut skipped } else { &mut read };
        to.extend(read_field(index, field, attr, rule, faults));
    }
    (read, skipped)
}

fn read_field(
    index: usize,
    field: &syn::Field,
    attr: FieldAttr,
    rule: Option<&str>,
    faults: &mut Faults,
) -> Option<Field> {
    let (member, name) = match &field.ident {
        Some(ident) => (syn::Member::Named(ident.clone()), ident.unraw().to_string()),
        None => (syn::Member::Unnamed(index.into()), index.to_string()),
    };
    let wire = match (&attr.rename, rule) {
        (Some(rename), _) => rename.value(),
        (None, Some(rule)) => case::field(&name, rule),
        (None, None) => name.clone(),
    };
    let volatile = match &attr.volatile {
        Some(word) => Some(faults.add(volatility(word))?),
        None => None,
    };
    let place = field.ident.as_ref().map_or_else(|| field.ty.span(), Ident::span);
    Some(Field {
        member,
        name,
        wire,
        span: attr.rename.as_ref().map_or(place, LitStr::span),
        ty: field.ty.clone(),
        doc: attr.doc,
        default: attr.default,
        constraints: attr.constraints,
        check: attr.check,
        volatile,
        absent: attr.absent,
        null: attr.null,
        was: attr.was,
        undecided: attr.undecided,
        aliases: attr.alias,
        serde: attr.serde.is_some(),
        lenient: attr.lenient.is_some(),
        flatten: attr.flatten.is_some(),
        skip_encode: attr.skip_encode.is_some(),
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

fn plain_enum(data: &DataEnum, attr: &RecordAttr, faults: &mut Faults) -> Option<Body> {
    let place = if attr.int.is_some() { Place::IntEnum } else { Place::PlainEnum };
    place::check_record(attr, place, faults);
    let rule = rename_rule(attr, faults);
    let mut plain = PlainEnum { int: attr.int.is_some(), variants: Vec::new(), fallback: None };
    let mut next = 0;
    for variant in &data.variants {
        let variant_attr = VariantAttr::parse(&variant.attrs, faults);
        let fallback = fallback(variant, &variant_attr, faults);
        if let (Some(span), Some(_)) = (variant_attr.fallback, &plain.fallback) {
            faults.push(Error::new(span, "another variant is the fallback"));
        }
        let keeps_value = matches!(fallback, Some(Fallback::Value(..)));
        plain.fallback = plain.fallback.or(fallback);
        let value = match attr.int {
            _ if keeps_value => continue,
            Some(_) => Some(int_variant(variant, &variant_attr, &mut next, faults)),
            None => text_variant(variant, &variant_attr, rule.as_deref(), faults),
        };
        let VariantAttr { alias: aliases, doc, .. } = variant_attr;
        plain.variants.extend(value.map(|value| PlainVariant {
            ident: variant.ident.clone(),
            value,
            aliases,
            doc,
        }));
    }
    plain.int |= plain.variants.iter().any(|variant| matches!(variant.value, TagValue::Int(_)));
    Some(Body::Enum(plain))
}

/// What a variant of a plain enum does with values that no variant has.
fn fallback(variant: &syn::Variant, attr: &VariantAttr, faults: &mut Faults) -> Option<Fallback> {
    let span = attr.fallback?;
    match &variant.fields {
        Fields::Unit => Some(Fallback::Unit(variant.ident.clone())),
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
            place::check_unnamed_variant(attr, "a variant that keeps the value it met", faults);
            let field = fields.unnamed.first()?;
            place::check_value(&FieldAttr::parse(&field.attrs, faults), faults);
            Some(Fallback::Value(variant.ident.clone(), Box::new(field.ty.clone())))
        }
        _ => {
            faults.push(Error::new(span, "a fallback holds nothing, or one value"));
            None
        }
    }
}

fn text_variant(
    variant: &syn::Variant,
    attr: &VariantAttr,
    rule: Option<&str>,
    faults: &mut Faults,
) -> Option<TagValue> {
    match &attr.rename {
        Some(name) => faults.add(tag_value(name)).map(|(value, _)| value),
        None => Some(TagValue::Str(variant_name(&variant.ident, rule))),
    }
}

/// The wire value of a variant, which is its discriminant.
fn int_variant(variant: &syn::Variant, attr: &VariantAttr, next: &mut i64, faults: &mut Faults) -> TagValue {
    place::check_unnamed_variant(attr, "a variant whose discriminant is its wire value", faults);
    if let Some((_, discriminant)) = &variant.discriminant {
        *next = faults.add(discriminant_value(discriminant)).unwrap_or(*next);
    }
    let value = TagValue::Int(*next);
    *next = next.wrapping_add(1);
    value
}

fn variant_name(ident: &Ident, rule: Option<&str>) -> String {
    let name = ident.unraw().to_string();
    rule.map_or_else(|| name.clone(), |rule| case::variant(&name, rule))
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
    i64::try_from(value).map_err(|_| Error::new(int.span(), "integers on the wire have 64 bits here"))
}

fn union(data: &DataEnum, attr: &RecordAttr, faults: &mut Faults) -> Option<Body> {
    let unnamed = |variant: &syn::Variant| matches!(variant.fields, Fields::Unnamed(_));
    let place = if data.variants.iter().all(unnamed) { Place::Union } else { Place::TaggedEnum };
    place::check_record(attr, place, faults);
    let rule = rename_rule(attr, faults);
    let mut members = Vec::new();
    for variant in &data.variants {
        let variant_attr = VariantAttr::parse(&variant.attrs, faults);
        members.extend(match &variant.fields {
            Fields::Unnamed(fields) => value_member(&variant.ident, fields, &variant_attr, faults),
            fields => record_member(&variant.ident, fields, variant_attr, attr, rule.as_deref(), faults),
        });
    }
    Some(Body::Union(members))
}

/// `Variant(Type)`
fn value_member(
    ident: &Ident,
    fields: &FieldsUnnamed,
    attr: &VariantAttr,
    faults: &mut Faults,
) -> Option<Member> {
    place::check_unnamed_variant(attr, "a variant that holds a type of its own, which has the tag", faults);
    let mut types = fields.unnamed.iter();
    let (Some(field), None) = (types.next(), types.next()) else {
        faults.push(Error::new(fields.span(), "a variant holds one value or named fields"));
        return None;
    };
    place::check_value(&FieldAttr::parse(&field.attrs, faults), faults);
    Some(Member::Newtype { ident: ident.clone(), ty: field.ty.clone(), fallback: attr.fallback.is_some() })
}

/// `Variant { .. }` or `Variant`
fn record_member(
    ident: &Ident,
    fields: &Fields,
    variant: VariantAttr,
    attr: &RecordAttr,
    rule: Option<&str>,
    faults: &mut Faults,
) -> Option<Member> {
    let (value, span) = match &variant.rename {
        Some(literal) => faults.add(tag_value(literal))?,
        None => (TagValue::Str(variant_name(ident, rule)), ident.span()),
    };
    if let (Some(span), Fields::Named(_)) = (variant.fallback, fields) {
        faults.push(Error::new(span, "a fallback holds nothing, or one value"));
    }
    // `rename_all` of an enum names its variants, not their fields.
    let (read, skipped) = read_fields(fields, None, attr.positional.is_some(), faults);
    let record = Record {
        name: ident.unraw(),
        doc: variant.doc,
        tag: Some(Tag { field: tag_field(attr), value, aliases: variant.alias, span }),
        fields: read,
        skipped,
        positional: attr.positional.is_some(),
        allow_unknown: attr.allow_unknown.is_some(),
        encode_defaults: attr.encode_defaults.is_some(),
    };
    let (unit, fallback) = (matches!(fields, Fields::Unit), variant.fallback.is_some());
    Some(Member::Record { ident: ident.clone(), unit, fallback, record })
}
