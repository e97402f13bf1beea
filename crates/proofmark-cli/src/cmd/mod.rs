//! One file per command.

pub(crate) mod bundle;
#[cfg(feature = "ballista")]
pub(crate) mod cluster;
pub(crate) mod compat;
pub(crate) mod completions;
pub(crate) mod convert;
pub(crate) mod cursor;
pub(crate) mod diff;
pub(crate) mod explain;
pub(crate) mod gate;
pub(crate) mod git_driver;
pub(crate) mod lint;
pub(crate) mod lock;
pub(crate) mod ls;
#[cfg(not(feature = "datafusion"))]
pub(crate) mod no_engine;
pub(crate) mod prove;
pub(crate) mod prune;
pub(crate) mod replay;
pub(crate) mod report;
pub(crate) mod review;
#[cfg(feature = "datafusion")]
pub(crate) mod run;
pub(crate) mod schema;
pub(crate) mod show;
pub(crate) mod verify;
