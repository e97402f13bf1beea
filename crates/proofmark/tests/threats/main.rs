//! What hostile input may try. Each threat is tried on every way by which a value is read, in both formats.

mod constraint;
mod depth;
mod duplicate;
mod encoding;
mod ext;
mod extent;
mod failure;
mod float;
mod grammar;
mod length;
mod memory;
mod number;
mod output;
mod presence;
mod raw;
mod tag;
mod text;
mod way;
