//! The derive macro of `proofmark`. Use it through that crate, which documents it.
//!
//! Four stages: `attr` parses attributes, `model` builds what they mean, `check` refuses what cannot work, and
//! `expand` writes the impls. Only the first knows `syn`'s attributes, only the last writes tokens.

mod attr;
mod case;
mod check;
mod expand;
mod fallback;
mod model;
mod place;
mod wire;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Derives `Describe`, `Encode` and `Decode`.
///
/// See the documentation of `proofmark` for the attributes.
#[proc_macro_derive(Record, attributes(record, field, variant))]
pub fn derive_record(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    match model::Model::new(&input).and_then(check::check) {
        Ok(model) => expand::expand(&model),
        Err(error) => {
            let message = error.into_compile_error();
            let stub = fallback::stub(&input);
            quote::quote!(#message #stub)
        }
    }
    .into()
}
