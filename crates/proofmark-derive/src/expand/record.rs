//! Records in map form, and what they share with positional ones.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::{Parts, bounded, describe, positional};
use crate::{
    attr::DefaultAttr,
    model::{Field, Model, Record},
};

/// Where a record's shape stands.
pub(crate) fn shape_const(index: Option<usize>) -> Ident {
    match index {
        Some(index) => format_ident!("__PROOFMARK_VARIANT_{index}"),
        None => format_ident!("__PROOFMARK_SHAPE"),
    }
}

pub(crate) fn parts(model: &Model, record: &Record) -> Parts {
    let shape = shape_const(None);
    let kind = if record.positional { quote!(Array) } else { quote!(Object) };
    let tags = record
        .tag
        .as_ref()
        .map(|_| quote!(const TAGS: __p::Tags = __p::Tags::One(const { __p::tag_of(&Self::#shape) });));
    let flat = flat(record, &shape);
    let build = build(record, &quote!(Self));
    let decoded = decode(record, &shape, &build);
    let decode = match &model.check {
        Some(check) => quote! {
            let __decoded: __p::Result<Self> = { #decoded };
            let __value = __decoded?;
            __p::Checked(#check(&__value)).outcome()?;
            __p::Ok(__value)
        },
        None => decoded,
    };
    let access = record.fields.iter().map(|field| {
        let member = &field.member;
        quote!(&self.#member)
    });
    let in_one_piece = bounded::encode(record);
    let in_parts = encode(record, &shape, &access.collect::<Vec<_>>());
    Parts {
        consts: shape_item(record, &shape, model.check.is_some()),
        describe: quote! {
            const KINDS: __p::Kinds = __p::Kinds::of(__p::Kind::#kind);
            #tags
            const FLAT: __p::Flat = #flat;
            fn shape() -> __p::Shape {
                __p::Shape::Record(const { &Self::#shape })
            }
        },
        encode: quote!(#in_one_piece #in_parts),
        decode,
        decode_items: TokenStream::new(),
        encode_items: bounded::encode_items(record, &shape),
    }
}

/// What the record has to offer where it is flattened.
pub(crate) fn flat(record: &Record, shape: &Ident) -> TokenStream {
    if record.positional {
        return quote!(__p::Flat::None);
    }
    quote!(__p::Flat::Record(const { &Self::#shape }))
}

/// The expression that makes the record out of `__f0`, `__f1`, ….
pub(crate) fn build(record: &Record, head: &TokenStream) -> TokenStream {
    let fields = record.fields.iter().map(|field| &field.member);
    let bindings = (0..record.fields.len()).map(|index| format_ident!("__f{index}"));
    let skipped = record.skipped.iter().map(|field| {
        let member = &field.member;
        let default = describe::default_value(field);
        quote!(#member: #default)
    });
    quote!(#head { #(#fields: #bindings,)* #(#skipped,)* })
}

pub(crate) fn shape_item(record: &Record, shape: &Ident, checked: bool) -> TokenStream {
    let record_shape = describe::record_shape(record, checked);
    quote! {
        #[doc(hidden)]
        const #shape: __p::RecordShape = #record_shape;
    }
}

/// The statements that write a record whose fields are `access`.
pub(crate) fn encode(record: &Record, shape: &Ident, access: &[TokenStream]) -> TokenStream {
    if record.positional {
        return positional::encode(record, shape, access);
    }
    let tag = record.tag.as_ref().map(
        |_| quote!(__p::Encoder::record_tag(__encoder, &mut __record, const { __p::tag_of(&Self::#shape) });),
    );
    let fields = record.fields.iter().zip(access).enumerate().map(|(index, (field, access))| {
        if field.skip_encode {
            return TokenStream::new();
        }
        if field.flatten {
            let shape = quote!(const { &Self::#shape });
            return quote!(__p::Encoder::flatten(__encoder, &mut __record, #shape, #access)?;);
        }
        let value = wire_value(field, access);
        let write = quote! {
            __p::encode_field(#value, &mut __record, const { &Self::#shape.fields[#index].key }, __encoder)?;
        };
        match is_not_default(record, field, access) {
            Some(test) => quote!(if #test { #write }),
            None => write,
        }
    });
    quote! {
        let mut __record = __p::Encoder::record_start(__encoder, const { &Self::#shape })?;
        #tag
        #(#fields)*
        __p::Encoder::record_end(__encoder, __record)
    }
}

pub(crate) fn wire_value(field: &Field, access: &TokenStream) -> TokenStream {
    if field.serde { quote!(&__p::AsSerdeRef::new(#access)) } else { access.clone() }
}

/// The test that a field has another value than its default, where that decides whether it is written.
fn is_not_default(record: &Record, field: &Field, access: &TokenStream) -> Option<TokenStream> {
    if record.encode_defaults {
        return None;
    }
    match field.default.as_ref()? {
        DefaultAttr::Expr(expr) if describe::is_text(expr) => Some(quote!(__p::as_text(#access) != #expr)),
        _ => {
            let default = describe::default_value(field);
            Some(quote!(*(#access) != #default))
        }
    }
}

/// The expression that reads a record and gives `build`, with `__f0`, `__f1`, … bound to its fields.
pub(crate) fn decode(record: &Record, shape: &Ident, build: &TokenStream) -> TokenStream {
    if record.positional {
        return positional::decode(record, shape, build);
    }
    let slots = slots(record);
    let tag = record
        .tag
        .as_ref()
        .map(|_| quote!(__p::Decoder::record_tag(__decoder, &mut __record, const { &Self::#shape });));
    let own: Vec<_> = record.fields.iter().enumerate().filter(|(_, field)| !field.flatten).collect();
    let predicted = own.iter().map(|(index, field)| predicted(field, shape, *index));
    let others = own.iter().map(|(index, field)| other(field, shape, *index));
    let finish = finish(record, build);
    if own.len() < record.fields.len() {
        return decode_flat(
            record,
            shape,
            &quote!(#slots),
            &quote!(#tag #(#predicted)*),
            &quote!(#(#others)*),
            &finish,
        );
    }
    if record.fields.is_empty() {
        return quote! {
            let mut __record = __p::Decoder::record_start(__decoder, const { &Self::#shape })?;
            #tag
            __p::Decoder::record_other(__decoder, &mut __record, const { &Self::#shape })?;
            __p::Ok(#build)
        };
    }
    quote! {
        #slots
        let mut __record = __p::Decoder::record_start(__decoder, const { &Self::#shape })?;
        #tag
        #(#predicted)*
        while let __p::Some(__field) = __p::Decoder::record_other(__decoder, &mut __record, const { &Self::#shape })? {
            match __field {
                #(#others)*
                _ => break,
            }
            __p::Decoder::record_next(__decoder, &mut __record)?;
        }
        #finish
    }
}

/// As above, for a record with fields whose own fields stand in their place: what is not its own is kept, and then read
/// by them.
fn decode_flat(
    record: &Record,
    shape: &Ident,
    slots: &TokenStream,
    predicted: &TokenStream,
    others: &TokenStream,
    finish: &TokenStream,
) -> TokenStream {
    let parts = record.fields.iter().enumerate().filter(|(_, field)| field.flatten).map(|(index, _)| {
        let slot = format_ident!("__f{index}");
        quote!(__rest.read(__decoder, &mut __record, &mut #slot)?;)
    });
    quote! {
        #slots
        let mut __rest = __p::Rest::new();
        let mut __record = __p::Decoder::record_start(__decoder, const { &Self::#shape })?;
        #predicted
        while let __p::Some(__field) = __rest.next(__decoder, &mut __record, const { &Self::#shape })? {
            match __field {
                #others
                _ => {}
            }
            __p::Decoder::record_next(__decoder, &mut __record)?;
        }
        #(#parts)*
        __rest.finish(__decoder, &mut __record, const { &Self::#shape })?;
        #finish
    }
}

/// Reads a field where it is expected.
fn predicted(field: &Field, shape: &Ident, index: usize) -> TokenStream {
    let slot = format_ident!("__f{index}");
    let key = quote!(const { &Self::#shape.fields[#index].key });
    match read_checks(field, shape, index) {
        Some(checks) => quote! {
            __p::field_next_checked(__decoder, &mut __record, #key, &mut #slot, |__value| #checks)?;
        },
        None => quote!(__p::field_next(__decoder, &mut __record, #key, &mut #slot)?;),
    }
}

/// Reads a field whose key was passed.
fn other(field: &Field, shape: &Ident, index: usize) -> TokenStream {
    let slot = format_ident!("__f{index}");
    let key = quote!(const { &Self::#shape.fields[#index].key });
    match read_checks(field, shape, index) {
        Some(checks) => quote! {
            #index => __p::field_other_checked(__decoder, &mut __record, #key, &mut #slot, |__value| #checks)?,
        },
        None => quote!(#index => __p::field_other(__decoder, &mut __record, #key, &mut #slot)?,),
    }
}

pub(crate) fn slots(record: &Record) -> TokenStream {
    let slots = record.fields.iter().enumerate().map(|(index, field)| {
        let slot = format_ident!("__f{index}");
        let ty = describe::wire_type(field);
        quote!(let mut #slot: __p::Option<#ty> = __p::None;)
    });
    quote!(#(#slots)*)
}

/// The expression that checks a field's `__value`.
fn read_checks(field: &Field, shape: &Ident, index: usize) -> Option<TokenStream> {
    checks(field, &quote!(const { &Self::#shape.fields[#index].constraints }))
}

/// The expression that checks `__value`.
pub(crate) fn checks(field: &Field, constraints: &TokenStream) -> Option<TokenStream> {
    let mut steps = Vec::new();
    if !field.constraints.is_none() {
        steps.push(quote!(__p::Constrain::check(__value, #constraints)?;));
    }
    if let Some(check) = &field.check {
        let value = if field.serde || field.lenient { quote!(&__value.0) } else { quote!(__value) };
        steps.push(quote!(__p::Checked(#check(#value)).outcome()?;));
    }
    (!steps.is_empty()).then(|| quote!({ #(#steps)* __p::Ok(()) }))
}

/// The expression that fills empty slots or refuses the record, and gives `build`.
///
pub(crate) fn finish(record: &Record, build: &TokenStream) -> TokenStream {
    let fields = record.fields.iter().enumerate().map(|(index, field)| {
        let slot = format_ident!("__f{index}");
        let ty = describe::wire_type(field);
        let wire = &field.wire;
        let unwrap = describe::unwrapped(field, quote!(__value));
        let absent = if field.default.is_some() {
            describe::default_value(field)
        } else if field.flatten {
            quote!(return __p::Err(__p::missing(#wire)))
        } else {
            quote! {
                match <#ty as __p::Decode<'__de>>::absent() {
                    __p::Some(__value) => #unwrap,
                    __p::None => return __p::Err(__p::missing(#wire)),
                }
            }
        };
        quote! {
            let #slot = match #slot {
                __p::Some(__value) => #unwrap,
                __p::None => #absent,
            };
        }
    });
    quote! {
        __p::finish! {
            #(#fields)*
            __p::Ok(#build)
        }
    }
}
