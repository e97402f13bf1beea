//! Shapes as constants.

use proc_macro2::{Literal as Token, TokenStream};
use quote::{format_ident, quote};

use crate::{
    attr::{ConstraintAttr, DefaultAttr, Literal},
    model::{Field, Record, Tag, TagValue},
    wire,
};

/// A `RecordShape`.
pub(crate) fn record_shape(record: &Record, checked: bool) -> TokenStream {
    let Record { name, doc, positional, allow_unknown, encode_defaults, .. } = record;
    let name = name.to_string();
    let tag = record.tag.as_ref().map_or_else(
        || quote!(__p::None),
        |tag| {
            let tag = tag_shape(tag);
            quote!(__p::Some(#tag))
        },
    );
    let fields = record.fields.iter().map(field_shape);
    let names = record.fields.iter().map(|field| &field.wire);
    let indices = 0..record.fields.len();
    quote! {
        __p::RecordShape {
            name: #name,
            type_name: __p::type_name::<Self>,
            doc: #doc,
            tag: #tag,
            fields: &[#(#fields),*],
            positional: #positional,
            allow_unknown: #allow_unknown,
            encode_defaults: #encode_defaults,
            checked: #checked,
            lookup: |__name| match __name {
                #(#names => __p::Some(#indices),)*
                _ => __p::None,
            },
        }
    }
}

fn field_shape(field: &Field) -> TokenStream {
    let Field { name, doc, .. } = field;
    let ty = wire_type(field);
    let key = key(&field.wire);
    let constraints = constraints(&field.constraints);
    let presence = presence(field);
    let volatility = option(field.volatile.as_ref().map(|variant| quote!(__p::Volatility::#variant)));
    let absent = option(field.absent.as_ref().map(|text| quote!(#text)));
    let null = option(field.null.as_ref().map(|text| quote!(#text)));
    quote! {
        __p::FieldShape {
            name: #name,
            key: #key,
            doc: #doc,
            shape: <#ty as __p::Describe>::shape,
            presence: #presence,
            constraints: #constraints,
            volatility: #volatility,
            absent: #absent,
            null: #null,
        }
    }
}

/// The type that stands for a field on the wire.
pub(crate) fn wire_type(field: &Field) -> TokenStream {
    let ty = &field.ty;
    if field.serde { quote!(__p::AsSerde<#ty>) } else { quote!(#ty) }
}

fn presence(field: &Field) -> TokenStream {
    let ty = wire_type(field);
    if field.default.is_some() {
        let default = default_value(field);
        let default = if field.serde { quote!(__p::AsSerde(#default)) } else { default };
        return quote!(__p::Presence::Default(|| __p::default_text::<#ty>(&#default)));
    }
    quote! {
        if <#ty as __p::Describe>::MAY_BE_ABSENT { __p::Presence::Maybe } else { __p::Presence::Required }
    }
}

/// The default of a field, as an expression of its type.
pub(crate) fn default_value(field: &Field) -> TokenStream {
    let ty = &field.ty;
    match &field.default {
        Some(DefaultAttr::Expr(expr)) if is_text(expr) => {
            quote!(<#ty as ::core::convert::From<&__p::str>>::from(#expr))
        }
        Some(DefaultAttr::Expr(expr)) => quote!({ let __default: #ty = #expr; __default }),
        _ => quote!(<#ty as ::core::default::Default>::default()),
    }
}

/// Text literals stand for whatever can be made from text.
pub(crate) fn is_text(expr: &syn::Expr) -> bool {
    matches!(expr, syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(_), .. }))
}

fn option(value: Option<TokenStream>) -> TokenStream {
    value.map_or_else(|| quote!(__p::None), |value| quote!(__p::Some(#value)))
}

pub(crate) fn key(name: &str) -> TokenStream {
    let json = bytes(format!(",\"{name}\":").as_bytes());
    let json_bare = bytes(format!("\"{name}\":").as_bytes());
    let msgpack = bytes(&wire::msgpack_str(name));
    quote!(__p::Key { name: #name, json: #json, json_bare: #json_bare, msgpack: #msgpack })
}

fn tag_shape(tag: &Tag) -> TokenStream {
    let key = key(&tag.field);
    let value = tag_value(&tag.value);
    let (json, msgpack_value) = match &tag.value {
        TagValue::Str(text) => (format!("\"{text}\""), wire::msgpack_str(text)),
        TagValue::Int(value) => (value.to_string(), wire::msgpack_int(*value)),
    };
    let field = &tag.field;
    let text = bytes(format!(",\"{field}\":{json}").as_bytes());
    let bare = bytes(format!("\"{field}\":{json}").as_bytes());
    let msgpack = bytes(&[wire::msgpack_str(field), msgpack_value.clone()].concat());
    let msgpack_value = bytes(&msgpack_value);
    quote! {
        __p::Tag {
            key: #key,
            value: #value,
            json: #text,
            json_bare: #bare,
            msgpack: #msgpack,
            msgpack_value: #msgpack_value,
        }
    }
}

pub(crate) fn tag_value(value: &TagValue) -> TokenStream {
    match value {
        TagValue::Str(text) => quote!(__p::TagValue::Str(#text)),
        TagValue::Int(value) => quote!(__p::TagValue::Int(#value)),
    }
}

fn bytes(bytes: &[u8]) -> Token {
    Token::byte_string(bytes)
}

/// A `Constraints`.
pub(crate) fn constraints(attr: &ConstraintAttr) -> TokenStream {
    let mut set = Vec::new();
    for (name, literal) in [
        ("ge", &attr.ge),
        ("gt", &attr.gt),
        ("le", &attr.le),
        ("lt", &attr.lt),
        ("multiple_of", &attr.multiple_of),
    ] {
        if let Some(literal) = literal {
            let name = format_ident!("{name}");
            let number = number(literal);
            set.push(quote!(#name: __p::Some(#number)));
        }
    }
    set.extend(attr.min_len.iter().map(|len| quote!(min_len: __p::Some(#len))));
    set.extend(attr.max_len.iter().map(|len| quote!(max_len: __p::Some(#len))));
    set.extend(attr.tz.iter().map(|tz| quote!(tz: __p::Some(#tz))));
    set.extend(attr.pattern.iter().map(|pattern| {
        quote! {
            pattern: __p::Some(|| {
                static __PATTERN: __p::Pattern = __p::Pattern::new(#pattern);
                &__PATTERN
            })
        }
    }));
    quote!(__p::Constraints { #(#set,)* ..__p::Constraints::NONE })
}

fn number(literal: &Literal) -> TokenStream {
    match literal {
        Literal::Int(value, _) => quote!(__p::Number::Int(#value)),
        Literal::Float(value, _) => quote!(__p::Number::Float(#value)),
        Literal::Str(_) => quote!(__p::Number::Int(0)),
    }
}
