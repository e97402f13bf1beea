//! What people read: text that is safe on a terminal, with colours, tables and trees.

pub(crate) mod gron;
pub(crate) mod hex;
pub(crate) mod outline;
pub(crate) mod paint;
pub(crate) mod quantity;
pub(crate) mod span;
pub(crate) mod table;
pub(crate) mod text;
pub(crate) mod wrap;
