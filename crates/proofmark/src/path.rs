//! Where in a document an error was found.

use std::fmt;

/// One step from a container to what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Segment {
    /// A record field, by wire name.
    Field(&'static str),
    /// An element of a sequence.
    Index(usize),
    /// The value of some entry of a map. The key is data and stays out of messages.
    Value,
    /// The key of some entry of a map.
    Key,
}

/// The way from the root of a document to a value in it: `$.datasets[3].rows`.
///
/// Steps are kept innermost first, the order in which an error meets them on its way up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path {
    inner_first: Vec<Segment>,
}

impl Path {
    /// Whether this is the root.
    pub fn is_root(&self) -> bool {
        self.inner_first.is_empty()
    }

    /// The steps from the root inwards.
    pub fn segments(&self) -> impl Iterator<Item = &Segment> {
        self.inner_first.iter().rev()
    }

    pub(crate) fn push_outer(&mut self, segment: Segment) {
        self.inner_first.push(segment);
    }

    /// Writes the steps as message texts do, e.g. `` `$.a[0]` `` or `` `key` in `$.by_id` ``.
    pub(crate) fn write_quoted(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = &self.inner_first[..];
        // A key inside a key reads outwards: `key` in `key` in `$`.
        while let Some(at) = rest.iter().position(|segment| *segment == Segment::Key) {
            f.write_str("`key")?;
            write_steps(f, &rest[..at])?;
            f.write_str("` in ")?;
            rest = &rest[at + 1..];
        }
        f.write_str("`$")?;
        write_steps(f, rest)?;
        f.write_str("`")
    }
}

/// `$.a[0]`; a map's value is `[...]`, a map's key is `[key]`.
impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("$")?;
        write_steps(f, &self.inner_first)
    }
}

fn write_steps(f: &mut fmt::Formatter<'_>, inner_first: &[Segment]) -> fmt::Result {
    inner_first.iter().rev().try_for_each(|segment| match segment {
        Segment::Field(name) => write!(f, ".{name}"),
        Segment::Index(index) => write!(f, "[{index}]"),
        Segment::Value => f.write_str("[...]"),
        Segment::Key => f.write_str("[key]"),
    })
}
