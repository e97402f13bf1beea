//! Records of which is known how long they can get.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::model::{Field, Record};

/// The items of the `Encode` impl that let a record be written in one piece where all its fields have a bound; nothing
/// for a record that has more, or less, than its fields.
pub(crate) fn encode_items(record: &Record, shape: &Ident) -> TokenStream {
    if !may_have_bound(record) {
        return quote!();
    }
    let types = record.fields.iter().map(|field| &field.ty);
    let fields = record.fields.iter().enumerate().map(|(index, Field { member, .. })| {
        quote!(__p::Bounded::field(__out, const { &Self::#shape }, const { &Self::#shape.fields[#index].key }, &self.#member);)
    });
    quote! {
        const BOUND: __p::Bound = __p::Bound::record(&Self::#shape, &[#(<#types as __p::Encode>::BOUND),*]);
        #[inline(always)]
        fn encode_bounded<__B: __p::Bounded>(&self, __out: &mut __B) {
            __p::Bounded::record(__out, const { &Self::#shape });
            #(#fields)*
        }
    }
}

/// The statement that writes such a record, where it may be.
pub(crate) fn encode(record: &Record) -> TokenStream {
    if !may_have_bound(record) {
        return quote!();
    }
    quote! {
        if const { <Self as __p::Encode>::BOUND.is_known() } && __p::Encoder::bounded(__encoder, self) {
            return __p::Ok(());
        }
    }
}

/// Whether a record is made of its fields, all of which are always written.
fn may_have_bound(record: &Record) -> bool {
    let is_plain = |field: &Field| {
        let is_always_written = field.default.is_none() || record.encode_defaults;
        is_always_written && !(field.serde || field.flatten || field.skip_encode)
    };
    record.tag.is_none() && !record.fields.is_empty() && record.fields.iter().all(is_plain)
}
