//! Recorded runs as pages and traces: what the records say, and nothing else.
//!
//! A report is made of a run's artifacts alone, so that it can be made again later, elsewhere, by whoever has the
//! bundle. It shows no number that an artifact does not hold: each one carries the path of its field, or the formula by
//! which it follows from fields, in the words of `proofmark show`. The same bundle gives the same bytes.
//!
//! ```
//! use proofmark_artifacts::{CdfCursor, RunStatus, RunStore, RunSummary};
//! use proofmark_report::{Recorded, page};
//! # let dir = tempfile::tempdir()?;
//!
//! let store = RunStore::new(dir.path());
//! let mut run = store.begin()?;
//! run.put(&CdfCursor::new("orders", 7))?;
//! run.commit(RunSummary::new(RunStatus::Ok, jiff::Timestamp::now()))?;
//!
//! let recorded = Recorded::read(&store.bundle(&store.resolve("latest")?)?);
//! let html = page(&recorded);
//! assert!(html.starts_with("<!DOCTYPE html>"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod against;
mod drift;
mod embed;
mod figure;
mod finding;
mod history;
#[cfg(feature = "otlp")]
pub mod otlp;
mod page;
mod place;
mod plan_tree;
mod positional;
mod quantity;
mod recorded;
mod span;
mod text;
mod trace;
mod view;

pub use against::Against;
pub use drift::{Drift, DriftBasis, DriftFinding, DriftLevel};
pub use history::History;
pub use page::page;
pub use recorded::{Document, DocumentState, Recorded};
pub use trace::{Trace, TraceEvent};
pub use view::VIEWS;
