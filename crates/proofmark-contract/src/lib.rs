//! Locks for records, and verdicts on what a change of them does.
//!
//! A [`Registry`] is a program's catalogue. Its [locks](lock) are kept in files beside the code, and a test holds the two
//! together:
//!
//! ```
//! use proofmark::Record;
//! use proofmark_contract::{Registry, Use, lock};
//!
//! /// Where a reader stands.
//! #[derive(Record)]
//! struct Cursor { dataset: String, version: u64 }
//!
//! fn catalogue() -> Registry {
//!     Registry::new().record::<Cursor>("cursor", 1, Use::Cursor)
//! }
//!
//! # let dir = tempfile::tempdir()?;
//! # let contracts = dir.path();
//! // Once, and whenever a change is meant:
//! lock::update_dir(&catalogue().locks()?, contracts)?;
//! // The test:
//! let stale = lock::stale(&catalogue().locks()?, contracts)?;
//! assert!(stale.is_empty(), "{stale:?}");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`findings`] compares two locks of one record. Each change is made alone, both releases are [replayed](Replica), and what
//! happens is the verdict; the [rules] say why, and what to do. The [gate](compat::Gate) closes on what the [use](Use) of the
//! record forbids, and a [report] of it is a record that has its own lock. The command
//! `proofmark compat --now DIR --against DIR` does all of this for exported locks, without the code that they came from.

pub mod class;
mod code;
pub mod codec;
pub mod compat;
pub mod drift;
pub mod export;
pub mod file;
mod finding;
pub mod inspect;
mod language;
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

pub use code::Code;
pub use codec::{Codec, DEPTH_MAX};
pub use finding::{Finding, findings, findings_with_code};
pub use registry::{Entry, Registry};
pub use replica::{Reading, Replica, View};
pub use usage::Use;
