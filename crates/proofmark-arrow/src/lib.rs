//! Records as Arrow record batches and Parquet files, and back.
//!
//! The columns follow from a record's [`Shape`](proofmark::Shape); nothing has to be declared twice. [`batch`] makes a
//! table of records, [`rows`] makes the records again, equal to what they were, and [`tables`] makes one table per type of
//! a union, as of diagnostics events. [`docs`] says which type becomes which column.
//!
//! ```
//! use proofmark::{Maybe, Record};
//!
//! #[derive(Record, Debug, PartialEq)]
//! struct Scan {
//!     table: String,
//!     bytes: u64,
//!     #[field(absent = "not counted")]
//!     rows: Maybe<u64>,
//! }
//!
//! let scans = [
//!     Scan { table: "orders".into(), bytes: u64::MAX, rows: Maybe::Unset },
//!     Scan { table: "flights".into(), bytes: 7, rows: Maybe::Set(0) },
//! ];
//! let batch = proofmark_arrow::batch(&scans)?;
//! assert_eq!(batch.schema().field(1).data_type(), &arrow_schema::DataType::UInt64);
//! assert_eq!(proofmark_arrow::rows::<Scan>(&batch)?, scans);
//! # Ok::<(), proofmark::Error>(())
//! ```

mod build;
mod column;
pub mod docs;
#[cfg(feature = "drift")]
pub mod drift;
mod layout;
#[cfg(feature = "parquet")]
mod parquet;
mod read;
mod table;

pub use arrow_schema::SchemaRef;
pub use layout::Layout;
#[cfg(feature = "parquet")]
pub use parquet::{PARQUET_BYTES_MAX, ParquetWriter, read_parquet, write_parquet};
pub use table::{Table, Tables, batch, rows, schema, tables};
