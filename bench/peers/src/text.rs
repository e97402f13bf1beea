//! Text that points into the input where it can.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// A `Cow<str>` that borrows with serde in every place, also inside `Option`, `Vec` and maps.
///
/// Serde borrows a plain `Cow` only as a direct field with `#[serde(borrow)]`; anywhere else it copies, and the peers
/// would be measured at less than they can do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text<'a>(#[serde(borrow)] pub Cow<'a, str>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_in_an_option_in_a_list_is_borrowed() {
        let texts: Vec<Option<Text<'_>>> = serde_json::from_str(r#"["plain", null]"#).unwrap();
        assert!(matches!(texts[0], Some(Text(Cow::Borrowed("plain")))));
    }

    #[test]
    fn escaped_text_is_owned() {
        let text: Text<'_> = serde_json::from_str(r#""a\nb""#).unwrap();
        assert!(matches!(text, Text(Cow::Owned(_))));
    }
}
