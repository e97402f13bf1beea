//! Typed options out of loose layers: a file, the environment, arguments, other structs.
//!
//! [`Layers`] merges what is said in many places, later places over earlier ones, and remembers for every value where it
//! was said. [`Layers::decode`] makes a record of it, or tells every fault: where, what was expected, what was found, and
//! what was likely meant.
//!
//! ```
//! use proofmark_artifacts::options::Layers;
//!
//! #[derive(proofmark::Record, Debug, PartialEq)]
//! struct ExtractOptions {
//!     #[field(default = 8192, ge = 1)]
//!     batch_size: u32,
//!     #[field(default)]
//!     columns: Vec<String>,
//! }
//!
//! let mut layers = Layers::new();
//! layers.toml("extract.toml", "batch_size = 1024\ncolumns = ['a']")?;
//! layers.variables("EXTRACT_", [("EXTRACT_COLUMNS", "a,b")])?;
//! layers.pair("batch_size=64")?;
//! let options: ExtractOptions = layers.decode()?;
//! assert_eq!(options, ExtractOptions { batch_size: 64, columns: vec!["a".into(), "b".into()] });
//! assert_eq!(layers.origin("columns").unwrap().to_string(), "variable EXTRACT_COLUMNS");
//!
//! layers.toml("more.toml", "\nbatch_sise = 0")?;
//! let error = layers.decode::<ExtractOptions>().unwrap_err();
//! assert_eq!(
//!     error.to_string(),
//!     "$.batch_sise (more.toml:2): expected `batch_size` or `columns`, found an unknown key; did you mean `batch_size`?",
//! );
//! # Ok::<(), proofmark_artifacts::options::OptionsError>(())
//! ```

mod fault;
mod file;
mod layers;
mod locate;
mod nearest;
mod origin;
mod text;
mod tree;

pub(crate) use fault::one_of;
pub use fault::{Fault, OptionsError};
pub use layers::Layers;
pub(crate) use layers::split_keys;
pub(crate) use locate::key_text;
pub(crate) use nearest::nearest;
pub use origin::Origin;
pub(crate) use tree::{Body, Node};

/// Bytes of one options file.
pub const FILE_BYTES_MAX: usize = 1 << 20;

/// Bytes of one variable or argument, its name counted.
pub const TEXT_BYTES_MAX: usize = 64 << 10;

/// Levels of tables and lists, the outermost counted as one.
pub const OPTIONS_DEPTH_MAX: usize = 32;

/// Keys and elements, at all levels and of all layers together.
pub const KEYS_MAX: usize = 10_000;
