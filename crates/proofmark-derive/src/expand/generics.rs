//! Lifetimes and bounds of the impls.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::{GenericParam, Generics, Lifetime, parse_quote};

use crate::model::Model;

/// The generics of each impl.
pub(crate) struct Bounds {
    pub(crate) describe_impl: TokenStream,
    pub(crate) encode_impl: TokenStream,
    pub(crate) decode_impl: TokenStream,
    pub(crate) ty: TokenStream,
    pub(crate) where_clause: TokenStream,
}

pub(crate) fn bounds(model: &Model) -> Bounds {
    let (_, ty_generics, where_clause) = model.generics.split_for_impl();
    let ident = &model.ident;
    // A description holds defaults as text, so describing a generic record needs encoding its arguments.
    let on_wire = model.wire_words();
    let mut encode = with_bound(&model.generics, &on_wire, &parse_quote!(__p::Encode));
    if model.has_defaults() {
        encode = with_bound(&encode, &on_wire, &parse_quote!(::core::cmp::PartialEq));
    }
    let mut decode = with_bound(&encode, &on_wire, &parse_quote!(__p::Decode<'__de>));
    let borrowed: Vec<Lifetime> = model.generics.lifetimes().map(|param| param.lifetime.clone()).collect();
    decode.params.insert(
        0,
        if borrowed.is_empty() { parse_quote!('__de) } else { parse_quote!('__de: #(#borrowed)+*) },
    );
    Bounds {
        describe_impl: impl_generics(&encode),
        encode_impl: impl_generics(&encode),
        decode_impl: impl_generics(&decode),
        ty: quote!(#ident #ty_generics),
        where_clause: where_clause.to_token_stream(),
    }
}

fn impl_generics(generics: &Generics) -> TokenStream {
    generics.split_for_impl().0.to_token_stream()
}

/// Binds the parameters that are on the wire; one of a skipped field is free.
fn with_bound(generics: &Generics, on_wire: &HashSet<String>, bound: &syn::TypeParamBound) -> Generics {
    let mut generics = generics.clone();
    for param in &mut generics.params {
        if let GenericParam::Type(param) = param
            && on_wire.contains(&param.ident.to_string())
        {
            param.bounds.push(bound.clone());
        }
    }
    generics
}
