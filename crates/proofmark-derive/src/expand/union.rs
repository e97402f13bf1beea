//! Enums whose variants hold something.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt as _;

use super::{Parts, record};
use crate::model::{Member, Model};

pub(crate) fn parts(model: &Model, members: &[Member]) -> Parts {
    let name = model.ident.unraw().to_string();
    let doc = &model.doc;
    let table = members.iter().enumerate().map(|(index, member)| member_entry(index, member));
    let shapes = members.iter().enumerate().map(|(index, member)| member_shape(index, member));
    let consts = members.iter().enumerate().map(|(index, member)| member_const(index, member));
    let encodes = members.iter().enumerate().map(|(index, member)| member_encode(index, member));
    let decodes = members.iter().enumerate().map(|(index, member)| member_decode(index, member));
    let fallback = members.iter().find_map(|member| match member {
        Member::Newtype { ident, fallback: true, .. } | Member::Record { ident, fallback: true, .. } => {
            Some(ident.unraw().to_string())
        }
        _ => None,
    });
    let fallback = match fallback {
        Some(name) => quote!(__p::Some(#name)),
        None => quote!(__p::None),
    };
    let check = model.check.as_ref().map(|check| quote!(__p::Checked(#check(&__value)).outcome()?;));
    let decode = quote! {
        __p::decode_union(
            __decoder,
            const { Self::__PROOFMARK_MEMBERS },
            |__decoder: &mut __D, __member| match __member {
                #(#decodes)*
                _ => __p::Err(__p::no_such_member()),
            },
        )
    };
    Parts {
        consts: quote! {
            #(#consts)*
            #[doc(hidden)]
            const __PROOFMARK_MEMBERS: &'static [__p::Member] = &[#(#table),*];
            #[doc(hidden)]
            const __PROOFMARK_UNION: __p::UnionShape = __p::UnionShape {
                name: #name,
                type_name: __p::type_name::<Self>,
                doc: #doc,
                members: &[#(#shapes),*],
                fallback: #fallback,
            };
        },
        describe: quote! {
            const KINDS: __p::Kinds = __p::union_kinds(Self::__PROOFMARK_MEMBERS);
            const TAGS: __p::Tags = __p::Tags::Many(Self::__PROOFMARK_MEMBERS);
            const FLAT: __p::Flat = __p::Flat::Union(Self::__PROOFMARK_MEMBERS);
            fn shape() -> __p::Shape {
                __p::Shape::Union(const { &Self::__PROOFMARK_UNION })
            }
        },
        encode: quote!(match self { #(#encodes)* }),
        decode: match check {
            Some(check) => quote! {
                let __value = #decode?;
                #check
                __p::Ok(__value)
            },
            None => decode,
        },
        decode_items: quote!(),
        encode_items: quote!(),
    }
}

fn member_entry(index: usize, member: &Member) -> TokenStream {
    let tags = member_tags(index, member);
    match member {
        Member::Newtype { ty, fallback, .. } => quote! {
            __p::Member {
                kinds: <#ty as __p::Describe>::KINDS,
                tags: #tags,
                flat: <#ty as __p::Describe>::FLAT,
                fallback: #fallback,
            }
        },
        Member::Record { record, fallback, .. } => {
            let kind = if record.positional { quote!(Array) } else { quote!(Object) };
            let flat = record::flat(record, &record::shape_const(Some(index)));
            quote! {
                __p::Member {
                    kinds: __p::Kinds::of(__p::Kind::#kind),
                    tags: #tags,
                    flat: #flat,
                    fallback: #fallback,
                }
            }
        }
    }
}

fn member_tags(index: usize, member: &Member) -> TokenStream {
    match member {
        Member::Newtype { ty, .. } => quote!(<#ty as __p::Describe>::TAGS),
        Member::Record { .. } => {
            let shape = record::shape_const(Some(index));
            quote!(__p::Tags::One(const { __p::tag_of(&Self::#shape) }))
        }
    }
}

fn member_shape(index: usize, member: &Member) -> TokenStream {
    match member {
        Member::Newtype { ident, ty, .. } => {
            let name = ident.unraw().to_string();
            quote!((#name, <#ty as __p::Describe>::shape))
        }
        Member::Record { ident, .. } => {
            let name = ident.unraw().to_string();
            let shape = record::shape_const(Some(index));
            quote!((#name, || __p::Shape::Record(const { &Self::#shape })))
        }
    }
}

fn member_const(index: usize, member: &Member) -> Option<TokenStream> {
    match member {
        Member::Newtype { .. } => None,
        Member::Record { record, .. } => {
            Some(record::shape_item(record, &record::shape_const(Some(index)), false))
        }
    }
}

fn member_encode(index: usize, member: &Member) -> TokenStream {
    match member {
        Member::Newtype { ident, .. } => {
            quote!(Self::#ident(__value) => __p::Encode::encode(__value, __encoder),)
        }
        Member::Record { ident, record, .. } => {
            let fields = record.fields.iter().map(|field| &field.member);
            let bindings: Vec<_> =
                (0..record.fields.len()).map(|index| format_ident!("__v{index}")).collect();
            let access: Vec<_> = bindings.iter().map(|binding| quote!(#binding)).collect();
            let body = record::encode(record, &record::shape_const(Some(index)), &access);
            let others = (!record.skipped.is_empty()).then(|| quote!(..));
            quote!(Self::#ident { #(#fields: #bindings,)* #others } => { #body })
        }
    }
}

fn member_decode(index: usize, member: &Member) -> TokenStream {
    match member {
        Member::Newtype { ident, ty, .. } => {
            quote!(#index => __p::decode_variant::<#ty, Self, __D>(__decoder, Self::#ident),)
        }
        Member::Record { ident, fallback: true, .. } => {
            quote!(#index => __p::decode_fallback::<__D>(__decoder).map(|()| Self::#ident),)
        }
        Member::Record { ident, unit, record, .. } => {
            let build =
                if *unit { quote!(Self::#ident) } else { record::build(record, &quote!(Self::#ident)) };
            let body = record::decode(record, &record::shape_const(Some(index)), &build);
            // A closure each, so that a variant takes its own stack and not that of all the others.
            quote!(#index => (|| -> __p::Result<Self> { #body })(),)
        }
    }
}
