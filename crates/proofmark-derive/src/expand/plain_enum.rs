//! Enums whose variants hold nothing.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt as _;

use super::{Parts, describe};
use crate::model::{Fallback, Model, PlainEnum, PlainVariant, TagValue};

pub(crate) fn parts(model: &Model, plain: &PlainEnum) -> Parts {
    let name = model.ident.unraw().to_string();
    let doc = &model.doc;
    let open = plain.fallback.is_some();
    let kinds = match (plain.int, open) {
        (true, _) => quote!(__p::Kinds::of(__p::Kind::Int)),
        (false, true) => quote!(__p::Kinds::of(__p::Kind::Str)),
        (false, false) => quote!(__p::Kinds::WORDS),
    };
    let variants = plain.variants.iter().map(variant_shape);
    let idents: Vec<_> = plain.variants.iter().map(|variant| &variant.ident).collect();
    let values: Vec<_> = plain.variants.iter().map(|variant| literal(&variant.value)).collect();
    let write = if plain.int { quote!(i64) } else { quote!(str) };
    let encode = match &plain.fallback {
        Some(Fallback::Value(ident, _)) => quote! {
            match self {
                #(Self::#idents => __p::Encoder::#write(__encoder, #values),)*
                Self::#ident(__value) => __p::Encode::encode(__value, __encoder),
            }
        },
        _ => quote!(__p::Encoder::#write(__encoder, match self { #(Self::#idents => #values),* })),
    };
    Parts {
        consts: quote! {
            #[doc(hidden)]
            const __PROOFMARK_ENUM: __p::EnumShape = __p::EnumShape {
                name: #name,
                type_name: __p::type_name::<Self>,
                doc: #doc,
                variants: &[#(#variants),*],
                open: #open,
            };
        },
        describe: quote! {
            const KINDS: __p::Kinds = #kinds;
            fn shape() -> __p::Shape {
                __p::Shape::Enum(const { &Self::__PROOFMARK_ENUM })
            }
        },
        encode,
        decode: decode(plain),
        decode_items: quote!(),
        encode_items: quote!(),
    }
}

fn variant_shape(variant: &PlainVariant) -> TokenStream {
    let name = variant.ident.unraw().to_string();
    let value = describe::tag_value(&variant.value);
    let PlainVariant { aliases, doc, .. } = variant;
    quote!(__p::EnumVariant { name: #name, value: #value, doc: #doc, aliases: &[#(#aliases),*] })
}

fn decode(plain: &PlainEnum) -> TokenStream {
    let known = plain.variants.iter().map(|variant| {
        let PlainVariant { ident, aliases, .. } = variant;
        let value = literal(&variant.value);
        quote!(#value #(| #aliases)* => __p::Some(Self::#ident),)
    });
    let other = match &plain.fallback {
        Some(Fallback::Unit(ident)) => quote!(__p::Some(Self::#ident)),
        _ => quote!(__p::None),
    };
    let known = quote!(|__value| match __value { #(#known)* _ => #other });
    let read = if plain.int { quote!(decode_int_enum) } else { quote!(decode_str_enum) };
    match &plain.fallback {
        Some(Fallback::Value(ident, ty)) => quote! {
            __p::decode_open_enum::<#ty, Self, __D>(
                __decoder,
                |__decoder| __p::#read(__decoder, #known),
                Self::#ident,
            )
        },
        _ => quote!(__p::#read(__decoder, #known)),
    }
}

fn literal(value: &TagValue) -> TokenStream {
    match value {
        TagValue::Str(text) => quote!(#text),
        TagValue::Int(value) => quote!(#value),
    }
}
