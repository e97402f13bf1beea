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
    let lookup =
        record.fields.iter().enumerate().filter(|(_, field)| !field.flatten).map(|(index, field)| {
            let Field { wire, aliases, .. } = field;
            quote!(#wire #(| #aliases)* => __p::Some(#index),)
        });
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
            lookup: __p::Lookup::new(&|__name| match __name {
                #(#lookup)*
                _ => __p::None,
            }),
        }
    }
}

fn field_shape(field: &Field) -> TokenStream {
    let Field { name, doc, aliases, .. } = field;
    let ty = wire_type(field);
    let key = key(&field.wire);
    let presence = presence(field);
    let mut set = Vec::new();
    if !field.constraints.is_none() {
        let constraints = constraints(&field.constraints);
        set.push(quote!(constraints: #constraints));
    }
    set.extend(field.volatile.iter().map(|word| quote!(volatility: __p::Some(__p::Volatility::#word))));
    set.extend(field.absent.iter().map(|text| quote!(absent: __p::Some(#text))));
    set.extend(field.null.iter().map(|text| quote!(null: __p::Some(#text))));
    set.extend(field.check.iter().map(|_| quote!(checked: true)));
    set.extend(field.undecided.iter().map(|day| quote!(undecided: __p::Some(#day))));
    set.extend(field.was.iter().map(|name| quote!(was: __p::Some(#name))));
    set.extend((!aliases.is_empty()).then(|| quote!(aliases: &[#(#aliases),*])));
    set.extend(field.lenient.then(|| quote!(lenient: true)));
    set.extend(field.skip_encode.then(|| quote!(written: false)));
    set.extend(field.flatten.then(|| quote!(flat: <#ty as __p::Describe>::FLAT)));
    quote! {
        __p::FieldShape {
            name: #name,
            key: #key,
            doc: #doc,
            shape: <#ty as __p::Describe>::shape,
            presence: #presence,
            #(#set,)*
            ..__p::FieldShape::PLAIN
        }
    }
}

/// The type that stands for a field on the wire.
pub(crate) fn wire_type(field: &Field) -> TokenStream {
    let ty = &field.ty;
    match (field.serde, field.lenient) {
        (true, _) => quote!(__p::AsSerde<#ty>),
        (_, true) => quote!(__p::AsLenient<#ty>),
        _ => quote!(#ty),
    }
}

/// The field's value out of a value of its [`wire_type`].
pub(crate) fn unwrapped(field: &Field, value: TokenStream) -> TokenStream {
    if field.serde || field.lenient { quote!(#value.0) } else { value }
}

fn presence(field: &Field) -> TokenStream {
    if field.flatten {
        return quote!(__p::Presence::Required);
    }
    let ty = wire_type(field);
    if field.default.is_some() {
        let default = default_value(field);
        let default = match (field.serde, field.lenient) {
            (true, _) => quote!(__p::AsSerde(#default)),
            (_, true) => quote!(__p::AsLenient(#default)),
            _ => default,
        };
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
    let aliases = &tag.aliases;
    quote! {
        __p::Tag {
            key: #key,
            value: #value,
            json: #text,
            json_bare: #bare,
            msgpack: #msgpack,
            msgpack_value: #msgpack_value,
            aliases: &[#(#aliases),*],
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
