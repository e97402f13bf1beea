//! Names that another language takes.

use std::collections::BTreeSet;

/// The words that a language keeps for itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reserved(pub(super) &'static [&'static str]);

/// Names of one scope, each given once.
#[derive(Debug)]
pub(super) struct Scope {
    reserved: Reserved,
    given: BTreeSet<String>,
}

impl Scope {
    pub(super) const fn new(reserved: Reserved) -> Self {
        Self { reserved, given: BTreeSet::new() }
    }

    /// A name like `wanted` that nothing else in this scope has: `class_`.
    pub(super) fn give(&mut self, wanted: &str) -> String {
        let others = (2..).map(|count| format!("{wanted}_{count}"));
        self.first_free([wanted.to_owned(), format!("{wanted}_")].into_iter().chain(others))
    }

    /// A name like `wanted` with a number, if it needs one: `Point2`.
    pub(super) fn give_numbered(&mut self, wanted: &str) -> String {
        let others = (2..).map(|count| format!("{wanted}{count}"));
        self.first_free(std::iter::once(wanted.to_owned()).chain(others))
    }

    fn first_free(&mut self, mut names: impl Iterator<Item = String>) -> String {
        let is_free = |name: &String| {
            let is_reserved = self.reserved.0.contains(&name.as_str()) || is_extension(name);
            !is_reserved && !self.given.contains(name)
        };
        let name = names.find(is_free).unwrap_or_default();
        self.given.insert(name.clone());
        name
    }
}

/// Whether a module may call one of its extensions so: `Extension3`.
fn is_extension(name: &str) -> bool {
    let code = name.strip_prefix("Extension").map(|code| code.strip_prefix("Minus").unwrap_or(code));
    code.is_some_and(|code| code.parse::<u8>().is_ok_and(|code| code <= 128))
}

/// The name of a type: `PairU8` of `Pair<u8>`, `Name2` of `Name~2`.
pub(super) fn type_name(name: &str) -> String {
    let parts = name.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|part| !part.is_empty());
    let joined: String = parts.map(capitalized).collect();
    with_letter_first(&joined, "T")
}

/// The name of a field, as close to the one on the wire as letters, digits and underscores allow.
pub(super) fn field_name(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    let name: String = name.chars().map(plain).collect();
    // Python changes names with two underscores in front, and knows some of them itself.
    let inner = name.trim_start_matches('_');
    let name = if name.starts_with("__") { format!("_{inner}") } else { name };
    if name.trim_matches('_').is_empty() { "field".to_owned() } else { with_letter_first(&name, "_") }
}

fn capitalized(part: &str) -> String {
    let mut chars = part.chars();
    chars.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + chars.as_str())
}

fn with_letter_first(name: &str, before: &str) -> String {
    let is_number = name.starts_with(|c: char| c.is_ascii_digit());
    if is_number || name.is_empty() { format!("{before}{name}") } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_becomes_a_name() {
        for (name, ty, field) in [
            ("Point", "Point", "Point"),
            ("Name~2", "Name2", "Name_2"),
            ("Pair<u8, list<str>>", "PairU8ListStr", "Pair_u8__list_str__"),
            ("content-type", "ContentType", "content_type"),
            ("2nd", "T2nd", "_2nd"),
            ("$id", "Id", "_id"),
            ("__init__", "__init__", "_init__"),
            ("größe", "GrE", "gr__e"),
            ("日付", "T", "field"),
            ("", "T", "field"),
        ] {
            assert_eq!((type_name(name).as_str(), field_name(name).as_str()), (ty, field));
        }
    }

    #[test]
    fn a_name_is_given_once_and_reserved_words_never() {
        let mut scope = Scope::new(Reserved(&["class"]));
        let given = ["class", "class", "a", "a", "a", "a_"].map(|name| scope.give(name));
        assert_eq!(given, ["class_", "class_2", "a", "a_", "a_2", "a__"]);
        let given = ["class", "T", "T", "T2", "Extension3"].map(|name| scope.give_numbered(name));
        assert_eq!(given, ["class2", "T", "T2", "T22", "Extension310"]);
    }
}
