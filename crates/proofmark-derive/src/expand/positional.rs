//! Records in array form.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::{
    describe,
    record::{checks, finish, wire_value},
};
use crate::model::Record;

pub(crate) fn encode(record: &Record, shape: &Ident, access: &[TokenStream]) -> TokenStream {
    let len = record.fields.len() + usize::from(record.tag.is_some());
    let tag = record.tag.as_ref().map(|tag| {
        let value = describe::tag_value(&tag.value);
        quote! {
            __p::Encoder::seq_item(__encoder, &mut __seq);
            __p::encode_tag(#value, __encoder)?;
        }
    });
    let fields = record.fields.iter().zip(access).enumerate().map(|(index, (field, access))| {
        let value = wire_value(field, access);
        quote!(__p::encode_element(#value, &mut __seq, const { &Self::#shape.fields[#index].key }, __encoder)?;)
    });
    quote! {
        let mut __seq = __p::Encoder::seq_start(__encoder, #len)?;
        #tag
        #(#fields)*
        __p::Encoder::seq_end(__encoder, __seq)
    }
}

pub(crate) fn decode(record: &Record, shape: &Ident, build: &TokenStream) -> TokenStream {
    let reads = record.fields.iter().enumerate().map(|(index, field)| {
        let slot = format_ident!("__f{index}");
        let ty = describe::wire_type(field);
        match checks(field, &quote!(const { &Self::#shape.fields[#index].constraints })) {
            Some(checks) => {
                quote!(let #slot = __elements.read_checked::<#ty, __D>(__decoder, |__value| #checks)?;)
            }
            None => quote!(let #slot = __elements.read::<#ty, __D>(__decoder)?;),
        }
    });
    let finish = finish(record, build);
    quote! {
        let mut __elements = __p::Elements::start_record(__decoder, const { &Self::#shape })?;
        #(#reads)*
        __elements.end_record(__decoder, const { &Self::#shape })?;
        #finish
    }
}
