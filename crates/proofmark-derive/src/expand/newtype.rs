//! Transparent structs.

use quote::quote;
use syn::ext::IdentExt as _;

use super::{Parts, describe, record};
use crate::model::{Field, Model};

pub(crate) fn parts(model: &Model, field: &Field) -> Parts {
    let name = model.ident.unraw().to_string();
    let doc = &model.doc;
    let member = &field.member;
    let ty = describe::wire_type(field);
    let constraints = describe::constraints(&field.constraints);
    let value = record::wire_value(field, &quote!(&self.#member));
    let checks = record::checks(field, &quote!(const { &Self::__PROOFMARK_NEWTYPE.constraints }));
    let read = match checks {
        Some(checks) => quote!(__p::checked_value::<#ty, __D>(__decoder, |__value| #checks)?),
        None => quote!(<#ty as __p::Decode<'__de>>::decode(__decoder)?),
    };
    let unwrap = describe::unwrapped(field, read);
    let plain = &field.ty;
    let bounded = (!field.serde).then(|| {
        quote! {
            const BOUND: __p::Bound = <#plain as __p::Encode>::BOUND;
            #[inline(always)]
            fn encode_bounded<__B: __p::Bounded>(&self, __out: &mut __B) {
                __p::Encode::encode_bounded(#value, __out);
            }
        }
    });
    let check = model.check.as_ref().map(|check| quote!(__p::Checked(#check(&__value)).outcome()?;));
    Parts {
        consts: quote! {
            #[doc(hidden)]
            const __PROOFMARK_NEWTYPE: __p::NewtypeShape = __p::NewtypeShape {
                name: #name,
                type_name: __p::type_name::<Self>,
                doc: #doc,
                inner: <#ty as __p::Describe>::shape,
                constraints: #constraints,
            };
        },
        describe: quote! {
            const KINDS: __p::Kinds = <#ty as __p::Describe>::KINDS;
            const TAGS: __p::Tags = <#ty as __p::Describe>::TAGS;
            const FLAT: __p::Flat = <#ty as __p::Describe>::FLAT;
            const MAY_BE_ABSENT: __p::bool = <#ty as __p::Describe>::MAY_BE_ABSENT;
            fn shape() -> __p::Shape {
                __p::Shape::Newtype(const { &Self::__PROOFMARK_NEWTYPE })
            }
        },
        encode: quote!(__p::Encode::encode(#value, __encoder)),
        encode_items: quote! {
            fn is_absent(&self) -> __p::bool {
                __p::Encode::is_absent(#value)
            }
            #bounded
        },
        decode: quote! {
            let __value = Self { #member: #unwrap };
            #check
            __p::Ok(__value)
        },
        decode_items: quote!(),
    }
}
