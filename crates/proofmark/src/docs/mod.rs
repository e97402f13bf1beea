//! Guides. Every example in them is compiled and run.

#[doc = include_str!("derive.md")]
pub mod derive {}
