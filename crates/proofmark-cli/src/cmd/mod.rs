//! One file per command.

pub(crate) mod completions;
pub(crate) mod convert;
pub(crate) mod ls;
pub(crate) mod no_engine;
pub(crate) mod schema;
pub(crate) mod show;
