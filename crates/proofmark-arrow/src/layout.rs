//! Who is to read the columns.

/// Which Arrow types are used.
///
/// # Examples
/// ```
/// use arrow_schema::DataType;
/// use proofmark_arrow::{Layout, Tables};
/// # #[derive(proofmark::Record)] struct Row { bytes: u64 }
///
/// let delta = Tables::new(Layout::Delta).schema::<Row>()?;
/// assert_eq!(delta.field(0).data_type(), &DataType::Decimal128(20, 0));
/// # Ok::<(), proofmark::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// The type that holds every value, and no other ones.
    #[default]
    Exact,
    /// The types that Delta tables have. Instants are cut off to microseconds.
    Delta,
}
