//! Lock files and the drift classifier for proofmark records.

pub mod class;
pub mod codec;
pub mod compat;
pub mod drift;
mod finding;
pub mod lint;
pub mod lock;
pub mod presence;
mod registry;
mod replica;
pub mod report;
pub mod rules;
mod sample;
mod usage;
pub mod verdict;

pub use codec::Codec;
pub use finding::{Finding, findings};
pub use registry::{Entry, Registry};
pub use replica::{DEPTH_MAX, Replica};
pub use usage::Use;
