//! The documents of the bench, the codecs that proofmark is compared with, and the rows in which they meet.
//!
//! Nothing here knows proofmark: a change of the codec rebuilds none of it.

// Members of documents and one-line adapters: what there is to say stands at the module.
#![allow(missing_docs)]

pub mod check;
pub mod clock;
pub mod data;
pub mod decoder;
pub mod document;
pub mod encoder;
pub mod format;
pub mod peer;
pub mod random;
pub mod row;
pub mod rows;
pub mod stored;
pub mod text;
