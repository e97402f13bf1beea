//! Enums whose variants hold nothing.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt as _;

use super::{Parts, describe};
use crate::model::{Model, PlainEnum, TagValue};

pub(crate) fn parts(model: &Model, plain: &PlainEnum) -> Parts {
    let name = model.ident.unraw().to_string();
    let doc = &model.doc;
    let kinds = if plain.int { quote!(__p::Kinds::of(__p::Kind::Int)) } else { quote!(__p::Kinds::WORDS) };
    let variants = plain.variants.iter().map(|variant| {
        let name = variant.ident.unraw().to_string();
        let value = describe::tag_value(&variant.value);
        let doc = &variant.doc;
        quote!(__p::EnumVariant { name: #name, value: #value, doc: #doc })
    });
    let idents: Vec<_> = plain.variants.iter().map(|variant| &variant.ident).collect();
    let values: Vec<_> = plain.variants.iter().map(|variant| literal(&variant.value)).collect();
    let (write, read) = match plain.int {
        true => (quote!(i64), quote!(decode_int_enum)),
        false => (quote!(str), quote!(decode_str_enum)),
    };
    Parts {
        consts: quote! {
            #[doc(hidden)]
            const __PROOFMARK_ENUM: __p::EnumShape = __p::EnumShape {
                name: #name,
                type_name: __p::type_name::<Self>,
                doc: #doc,
                variants: &[#(#variants),*],
            };
        },
        describe: quote! {
            const KINDS: __p::Kinds = #kinds;
            fn shape() -> __p::Shape {
                __p::Shape::Enum(const { &Self::__PROOFMARK_ENUM })
            }
        },
        encode: quote! {
            __p::Encoder::#write(__encoder, match self { #(Self::#idents => #values),* })
        },
        decode: quote! {
            __p::#read(__decoder, |__value| match __value {
                #(#values => __p::Some(Self::#idents),)*
                _ => __p::None,
            })
        },
        decode_items: quote!(),
        encode_items: quote!(),
    }
}

fn literal(value: &TagValue) -> TokenStream {
    match value {
        TagValue::Str(text) => quote!(#text),
        TagValue::Int(value) => quote!(#value),
    }
}
