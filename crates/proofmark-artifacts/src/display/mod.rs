//! Text and numbers of records, for people's eyes: the same on a terminal and on a page.
//!
//! ```
//! use proofmark_artifacts::display::{bytes, duration, visible, visible_line};
//!
//! assert_eq!(bytes(3_534.0), "3.53 kB");
//! assert_eq!(duration(192e9), "3 min 12 s");
//! assert_eq!(visible("gpj.\u{202e}exe\n"), "gpj.\\u{202e}exe\n");
//! assert_eq!(visible_line("two\nlines"), "two\\nlines");
//! ```

mod quantity;
mod text;

pub use quantity::{bytes, duration};
pub use text::{is_hidden, visible, visible_line};
