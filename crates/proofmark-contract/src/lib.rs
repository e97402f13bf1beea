//! Lock files and the drift classifier for proofmark records.

pub mod codec;
pub mod lock;
mod registry;
mod replica;
mod usage;

pub use codec::Codec;
pub use registry::{Entry, Registry};
pub use replica::{DEPTH_MAX, Replica};
pub use usage::Use;
