//! What hostile input may try. Each threat is tried on every way by which a value is read, in both formats.

mod depth;
mod duplicate;
mod extent;
mod failure;
mod grammar;
mod length;
mod memory;
mod number;
mod raw;
mod text;
mod way;
