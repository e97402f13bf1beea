//! What only the compiler can check, for it takes types: promises as constants that fail to evaluate.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::{describe, record::shape_const};
use crate::{
    attr::Literal,
    model::{Body, Field, Member, Model, Record},
};

/// The promises of a type, and the use that makes the compiler evaluate them.
pub(crate) struct Promises {
    /// An item of the inherent impl.
    pub(crate) item: TokenStream,
    /// An item beside the impls, for types whose promises hold or fail by themselves.
    pub(crate) here: TokenStream,
    /// A statement of `decode`, for types whose promises hang on their arguments.
    pub(crate) later: TokenStream,
}

pub(crate) fn promises(model: &Model) -> Promises {
    let promises = match &model.body {
        Body::Record(record) => of_record(record, &shape_const(None)),
        Body::Newtype(field) => of_constraints(field),
        Body::Enum(_) => Vec::new(),
        Body::Union(members) => of_union(members),
    };
    if promises.is_empty() {
        return Promises { item: quote!(), here: quote!(), later: quote!() };
    }
    let ident = &model.ident;
    let item = quote! {
        #[doc(hidden)]
        const __PROOFMARK_PROMISES: () = { #(#promises)* };
    };
    let is_generic =
        model.generics.params.iter().any(|param| !matches!(param, syn::GenericParam::Lifetime(_)));
    if is_generic {
        return Promises { item, here: quote!(), later: quote!(const { Self::__PROOFMARK_PROMISES };) };
    }
    Promises { item, here: quote!(const _: () = #ident::__PROOFMARK_PROMISES;), later: quote!() }
}

fn of_record(record: &Record, shape: &Ident) -> Vec<TokenStream> {
    let mut promises = Vec::new();
    for (index, field) in record.fields.iter().enumerate() {
        promises.extend(of_constraints(field));
        promises.extend(of_presence(record, field));
        if field.flatten {
            promises.extend(of_flat(field, shape, index));
        }
    }
    promises
}

fn of_flat(field: &Field, shape: &Ident, index: usize) -> [TokenStream; 2] {
    let (ty, span) = (&field.ty, field.span);
    let has_fields = "only records, unions of tagged records and maps with keys of text have fields to flatten, also \
                      inside `Option`, `Maybe` and pointers";
    let are_distinct = format!(
        "the fields of `{}` cannot be told from others of this record: all names differ, also those of tags and \
         aliases, and a map, which takes every name, is flattened last",
        field.name
    );
    [
        quote_spanned!(span=> ::core::assert!(!<#ty as __p::Describe>::FLAT.is_none(), #has_fields);),
        quote_spanned!(span=> ::core::assert!(__p::flat_is_distinct(&Self::#shape, #index), #are_distinct);),
    ]
}

fn of_constraints(field: &Field) -> Vec<TokenStream> {
    let ty = describe::wire_type(field);
    let constraints = &field.constraints;
    let mut promises = Vec::new();
    let mut bind = |span: Span, to: TokenStream, text: String| {
        promises.push(quote_spanned!(span=> ::core::assert!(<#ty as __p::Constrain>::BINDS.#to, #text);));
    };
    for (name, bound) in constraints.bounds() {
        match bound {
            Some(Literal::Float(_, span)) => {
                bind(
                    *span,
                    quote!(fraction),
                    format!("a bound with a fraction: `{name}` here binds no float"),
                );
            }
            Some(bound) => bind(bound.span(), quote!(whole), format!("`{name}` binds numbers")),
            None => {}
        }
    }
    let lens = [("min_len", &constraints.min_len), ("max_len", &constraints.max_len)];
    for (name, len) in lens.iter().filter_map(|(name, len)| Some((name, len.as_ref()?))) {
        let text = format!("`{name}` binds text, bytes, sequences, sets and maps");
        bind(len.span(), quote!(len), text);
    }
    if let Some(pattern) = &constraints.pattern {
        bind(pattern.span(), quote!(pattern), "`pattern` binds text".to_owned());
    }
    if let Some(tz) = &constraints.tz {
        bind(tz.span(), quote!(tz), "`tz` binds times that may have an offset".to_owned());
    }
    promises
}

fn of_presence(record: &Record, field: &Field) -> Vec<TokenStream> {
    let ty = describe::wire_type(field);
    let mut promises = Vec::new();
    if record.positional {
        promises.push(quote_spanned! {field.span=>
            ::core::assert!(
                !<#ty as __p::Describe>::MAY_BE_ABSENT,
                "a position cannot be left out; use `Option`"
            );
        });
    }
    if let Some(absent) = field.absent.as_ref().filter(|_| field.default.is_none()) {
        promises.push(quote_spanned! {absent.span()=>
            ::core::assert!(
                <#ty as __p::Describe>::MAY_BE_ABSENT,
                "this field cannot be absent; use `Maybe`, or give it a default"
            );
        });
    }
    if let Some(null) = &field.null {
        promises.push(quote_spanned! {null.span()=>
            ::core::assert!(
                <#ty as __p::Describe>::KINDS.accepts(__p::Kind::Null),
                "this field cannot be null; use `Option`"
            );
        });
    }
    promises
}

fn of_union(members: &[Member]) -> Vec<TokenStream> {
    let mut promises = Vec::new();
    for (index, member) in members.iter().enumerate() {
        let ident = match member {
            Member::Newtype { ident, .. } => ident,
            Member::Record { ident, record, .. } => {
                promises.extend(of_record(record, &shape_const(Some(index))));
                ident
            }
        };
        let text = format!(
            "`{ident}` cannot be told from a variant before it: plain values are told by kind, where all that is text \
             in JSON counts as one, and records by tag; a variant for any value stands last"
        );
        promises.push(quote_spanned! {ident.span()=>
            ::core::assert!(__p::is_distinct(Self::__PROOFMARK_MEMBERS, #index), #text);
        });
    }
    promises
}
