//! The codec through its public interface.

#[path = "codec/borrow.rs"]
mod borrow;
#[path = "codec/bounded.rs"]
mod bounded;
#[cfg(feature = "chrono")]
#[path = "codec/chrono.rs"]
mod chrono;
#[path = "codec/convert.rs"]
mod convert;
#[path = "codec/errors.rs"]
mod errors;
#[path = "codec/ext.rs"]
mod ext;
#[path = "codec/form.rs"]
mod form;
#[path = "codec/lazy.rs"]
mod lazy;
#[path = "codec/read.rs"]
mod read;
#[path = "codec/record.rs"]
mod record;
#[path = "codec/scalar.rs"]
mod scalar;
#[path = "codec/sealed.rs"]
mod sealed;
#[path = "codec/union.rs"]
mod union;
