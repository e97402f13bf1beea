//! The codec through its public interface.

#[path = "codec/record.rs"]
mod record;
#[path = "codec/union.rs"]
mod union;
