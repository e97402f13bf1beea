//! `tagged`: a list of messages of four kinds, told apart by the member `type`; `tagged_last` has that member last.
//!
//! A decoder that builds the message while it reads must look ahead for the tag when it comes last. Only serde's codecs
//! have unions of this form; müsli wants the fields in the variants themselves.

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::{Scale, Shape, prose};
use crate::random::Random;

/// The attributes are those of the union, then of each of its records.
#[macro_export]
macro_rules! tagged_types {
    (
        $derives:ident {$(#[$union:meta])*}
        {$(#[$scan:meta])*} {$(#[$filter:meta])*} {$(#[$join:meta])*} {$(#[$failure:meta])*}
        [$($life:lifetime)?] $text:ty
    ) => {
        $derives! {
            $(#[$union])*
            pub enum Message $(<$life>)? {
                Scan(Scan $(<$life>)?),
                Filter(Filter $(<$life>)?),
                Join(Join $(<$life>)?),
                Failure(Failure $(<$life>)?),
            }
            $(#[$scan])*
            pub struct Scan $(<$life>)? {
                pub dataset: $text,
                pub files: u64,
                pub bytes: u64,
                pub elapsed_us: u64,
            }
            $(#[$filter])*
            pub struct Filter $(<$life>)? {
                pub column: $text,
                pub operator: $text,
                pub rows_in: u64,
                pub rows_out: u64,
            }
            $(#[$join])*
            pub struct Join $(<$life>)? {
                pub left: $text,
                pub right: $text,
                pub rows: u64,
                pub spilled: bool,
            }
            $(#[$failure])*
            pub struct Failure $(<$life>)? {
                pub message: $text,
                pub code: u64,
                pub retryable: bool,
            }
        }
        pub type Document $(<$life>)? = Vec<Message $(<$life>)?>;
    };
}

/// For serde, text owned.
pub mod owned {
    tagged_types!(with_serde {#[serde(tag = "type")]} {} {} {} {} [] String);
}

/// For serde, text pointing into the input.
pub mod borrowed {
    use crate::text::Text;
    tagged_types!(with_serde_lent {#[serde(tag = "type")]} {} {} {} {} ['a] Text<'a>);
}

/// Tag first, as every encoder writes it.
pub struct Tagged;

impl Shape for Tagged {
    type Wire = owned::Document;
    type View = owned::Document;

    fn generate(scale: Scale) -> Self::Wire {
        let mut random = Random::new(0x7a6);
        (0..scale.choose(5_000, 50_000)).map(|_| message(&mut random)).collect()
    }

    fn elements(wire: &Self::Wire) -> usize {
        wire.len()
    }
}

/// The same messages with the tag last.
pub struct TaggedLast;

impl Shape for TaggedLast {
    type Wire = Vec<TagLast>;
    type View = owned::Document;

    fn generate(scale: Scale) -> Self::Wire {
        Tagged::generate(scale).into_iter().map(TagLast).collect()
    }

    fn elements(wire: &Self::Wire) -> usize {
        wire.len()
    }
}

/// Writes the message with its tag as the last member.
pub struct TagLast(owned::Message);

impl Serialize for TagLast {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        macro_rules! fields {
            ($message:ident, $tag:literal, $($field:ident),+) => {{
                let mut members = serializer.serialize_struct($tag, [$(stringify!($field)),+].len() + 1)?;
                $(members.serialize_field(stringify!($field), &$message.$field)?;)+
                members.serialize_field("type", $tag)?;
                members.end()
            }};
        }
        match &self.0 {
            owned::Message::Scan(scan) => fields!(scan, "Scan", dataset, files, bytes, elapsed_us),
            owned::Message::Filter(filter) => fields!(filter, "Filter", column, operator, rows_in, rows_out),
            owned::Message::Join(join) => fields!(join, "Join", left, right, rows, spilled),
            owned::Message::Failure(failure) => fields!(failure, "Failure", message, code, retryable),
        }
    }
}

fn message(random: &mut Random) -> owned::Message {
    match random.below(4) {
        0 => owned::Message::Scan(owned::Scan {
            dataset: format!("{}.{}", prose::noun(random), prose::identifier(random)),
            files: random.of_digits(4),
            bytes: random.of_digits(12),
            elapsed_us: random.of_digits(8),
        }),
        1 => owned::Message::Filter(owned::Filter {
            column: format!("{}.{}", prose::noun(random), prose::identifier(random)),
            operator: random.pick(&["equals", "less_than", "in_list", "between", "like"]).to_string(),
            rows_in: random.of_digits(9),
            rows_out: random.of_digits(8),
        }),
        2 => owned::Message::Join(owned::Join {
            left: format!("{}.{}", prose::noun(random), prose::identifier(random)),
            right: format!("{}.{}", prose::noun(random), prose::identifier(random)),
            rows: random.of_digits(9),
            spilled: random.chance(10),
        }),
        _ => owned::Message::Failure(owned::Failure {
            message: format!(
                "could not read \"{}\" of {}",
                prose::identifier(random),
                prose::identifier(random)
            ),
            code: random.of_digits(4),
            retryable: random.chance(50),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tag_comes_last() {
        let mut random = Random::new(1);
        let texts: Vec<String> =
            (0..50).map(|_| serde_json::to_string(&TagLast(message(&mut random))).unwrap()).collect();
        for tag in ["Scan", "Filter", "Join", "Failure"] {
            assert!(texts.iter().any(|text| text.ends_with(&format!(r#","type":"{tag}"}}"#))), "{tag}");
        }
    }
}
