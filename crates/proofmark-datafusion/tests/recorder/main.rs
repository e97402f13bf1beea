//! Runs over real files, and the bundles they leave.

mod artifacts;
mod ast;
mod bad_input;
mod cancel;
mod census;
mod deep;
#[cfg(feature = "delta")]
mod delta;
mod events;
mod fixture;
mod git;
mod output;
#[cfg(feature = "plan-bytes")]
mod plan_bytes;
mod policy;
mod repeat;
mod statements;
#[cfg(feature = "substrait")]
mod substrait;
mod tables;
