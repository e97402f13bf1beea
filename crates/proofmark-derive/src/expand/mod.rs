//! The impls.
//!
//! Generated code is thin: it names fields and calls library functions through `::proofmark::__private`.

mod bounded;
mod describe;
mod generics;
mod newtype;
mod plain_enum;
mod positional;
mod promise;
mod record;
mod union;

use proc_macro2::TokenStream;
use quote::quote;

use self::{generics::Bounds, promise::Promises};
use crate::model::{Body, Model};

/// The parts of the three impls.
pub(crate) struct Parts {
    /// Items of the inherent impl: the shapes.
    pub(crate) consts: TokenStream,
    /// Items of the `Describe` impl.
    pub(crate) describe: TokenStream,
    /// The body of `encode`, with `self` and `__encoder`.
    pub(crate) encode: TokenStream,
    /// The body of `decode`, with `__decoder`.
    pub(crate) decode: TokenStream,
    /// Further items of the `Decode` impl.
    pub(crate) decode_items: TokenStream,
    /// Further items of the `Encode` impl.
    pub(crate) encode_items: TokenStream,
}

pub(crate) fn expand(model: &Model) -> TokenStream {
    let parts = match &model.body {
        Body::Record(record) => record::parts(model, record),
        Body::Newtype(field) => newtype::parts(model, field),
        Body::Enum(plain) => plain_enum::parts(model, plain),
        Body::Union(members) => union::parts(model, members),
    };
    let Parts { consts, describe, encode, decode, decode_items, encode_items } = parts;
    let Promises { item: promises, here, later } = promise::promises(model);
    let Bounds { describe_impl, encode_impl, decode_impl, ty, where_clause } = generics::bounds(model);
    quote! {
        const _: () = {
            use ::proofmark::__private as __p;
            #[allow(unused_imports)]
            use ::proofmark::__private::CheckedText as _;

            #[allow(non_upper_case_globals)]
            impl #describe_impl #ty #where_clause {
                #consts
                #promises
            }

            #here

            #[automatically_derived]
            impl #describe_impl __p::Describe for #ty #where_clause {
                #describe
            }

            #[automatically_derived]
            impl #encode_impl __p::Encode for #ty #where_clause {
                #encode_items
                fn encode<__E: __p::Encoder>(&self, __encoder: &mut __E) -> __p::Result<()> {
                    #encode
                }
            }

            #[automatically_derived]
            impl #decode_impl __p::Decode<'__de> for #ty #where_clause {
                #decode_items
                fn decode<__D: __p::Decoder<'__de>>(__decoder: &mut __D) -> __p::Result<Self> {
                    #later
                    #decode
                }
            }
        };
    }
}
