//! In which order keys and set elements are written.

/// The order of map keys, set elements and record fields in encoded output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// Everything as the container yields it; a hash map's order changes from run to run.
    Declared,
    /// Map keys and sets sorted, record fields in declaration order. The default: equal values give equal bytes.
    #[default]
    Deterministic,
    /// As [`Order::Deterministic`], and record fields sorted by wire name too, the tag among them.
    ///
    /// Positional records keep their order. Fields are moved after they were written, so this costs a copy per record.
    Sorted,
}
