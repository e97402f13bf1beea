//! Impls for a type whose attributes are at fault, so that one mistake gives one message.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, parse_quote};

pub(crate) fn stub(input: &DeriveInput) -> TokenStream {
    let ident = &input.ident;
    let (impl_generics, ty_generics, where_clause) = input.generics.split_for_impl();
    let mut decode_generics = input.generics.clone();
    decode_generics.params.insert(0, parse_quote!('__de));
    let (decode_impl_generics, _, _) = decode_generics.split_for_impl();
    quote! {
        impl #impl_generics ::proofmark::Describe for #ident #ty_generics #where_clause {
            const KINDS: ::proofmark::Kinds = ::proofmark::Kinds::ANY;
            fn shape() -> ::proofmark::Shape {
                ::core::unreachable!()
            }
        }
        impl #impl_generics ::proofmark::Encode for #ident #ty_generics #where_clause {
            fn encode<__E: ::proofmark::Encoder>(&self, _: &mut __E) -> ::proofmark::Result<()> {
                ::core::unreachable!()
            }
        }
        impl #decode_impl_generics ::proofmark::Decode<'__de> for #ident #ty_generics #where_clause {
            fn decode<__D: ::proofmark::Decoder<'__de>>(_: &mut __D) -> ::proofmark::Result<Self> {
                ::core::unreachable!()
            }
        }
    }
}
