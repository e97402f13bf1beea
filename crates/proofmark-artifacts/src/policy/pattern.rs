//! Patterns of names.

use std::fmt;

use proofmark::Record;

use super::TableName;

/// Characters of one pattern.
pub const PATTERN_CHARS_MAX: usize = 256;

/// A pattern: `*` stands for any characters, `?` for one.
///
/// A pattern of tables has parts as a name has, and matches part by part: `sales.*` is every table of `sales`, and neither
/// `sales` nor `old.sales.orders`. A first part `**` stands for any parts or none: `**.users` is `users` wherever it is. A
/// part with dots is written in quotes, in which nothing stands for anything else.
///
/// # Examples
/// ```
/// use proofmark_artifacts::policy::{Pattern, TableName};
///
/// let pattern = Pattern::new("**.tmp_*");
/// assert!(pattern.matches_table(&TableName::new(["sales", "tmp_1"])));
/// assert!(!pattern.matches_table(&TableName::new(["tmp_1", "sales"])));
/// assert!(Pattern::new("s3://lake/*").matches_text("s3://lake/a/b.parquet"));
/// ```
#[derive(Record, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[record(transparent)]
// The bound is PATTERN_CHARS_MAX; an attribute takes no path.
pub struct Pattern(#[field(min_len = 1, max_len = 256)] String);

impl Pattern {
    /// A pattern. One that is empty or too long is refused where it is read.
    pub fn new(pattern: impl Into<String>) -> Self {
        Self(pattern.into())
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the whole text is such.
    pub fn matches_text(&self, text: &str) -> bool {
        glob(&self.0, text)
    }

    /// Whether a table's name is such, part by part.
    pub fn matches_table(&self, table: &TableName) -> bool {
        let parts = split(&self.0);
        let (parts, name) = match parts.as_slice() {
            [Part::Glob("**"), parts @ ..] => {
                let skipped = table.0.len().saturating_sub(parts.len());
                (parts, table.0.get(skipped..).unwrap_or_default())
            }
            parts => (parts, table.0.as_slice()),
        };
        parts.len() == name.len() && parts.iter().zip(name).all(|(part, name)| part.matches(name))
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

enum Part<'a> {
    Glob(&'a str),
    Exact(&'a str),
}

impl Part<'_> {
    fn matches(&self, name: &str) -> bool {
        match self {
            Self::Glob(pattern) => glob(pattern, name),
            Self::Exact(text) => *text == name,
        }
    }
}

fn split(pattern: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = pattern;
    loop {
        let quoted = rest.strip_prefix('"').and_then(|rest| rest.split_once('"'));
        let (part, after) = match quoted {
            Some((part, after)) => (Part::Exact(part), after),
            None => {
                let (part, after) = rest.split_at(rest.find('.').unwrap_or(rest.len()));
                (Part::Glob(part), after)
            }
        };
        parts.push(part);
        match after.strip_prefix('.') {
            Some(more) => rest = more,
            None => return parts,
        }
    }
}

/// Goes back to the last `*` alone, so that the work is bounded by the product of both lengths.
fn glob(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let (mut at, mut seen) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while seen < text.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, seen));
                at += 1;
            }
            Some(c) if *c == '?' || *c == text[seen] => (at, seen) = (at + 1, seen + 1),
            _ => match star {
                Some((place, taken)) => {
                    star = Some((place, taken + 1));
                    (at, seen) = (place + 1, taken + 1);
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_any_text_and_a_question_mark_one_character() {
        for (pattern, text, matches) in [
            ("", "", true),
            ("*", "", true),
            ("?", "", false),
            ("a", "a", true),
            ("a", "A", false),
            ("a*c", "abbc", true),
            ("a*c", "abbcd", false),
            ("*a*b*", "xxaxxbxx", true),
            ("*a*b", "abab", true),
            ("?é?", "aéb", true),
            ("a**", "a", true),
        ] {
            assert_eq!(Pattern::new(pattern).matches_text(text), matches, "{pattern} {text}");
        }
    }

    #[test]
    fn a_hostile_pattern_takes_no_time() {
        assert!(!glob(
            &"*a".repeat(128),
            &"a".repeat(10_000).replace("aaaa", "aaab")[..9_999].replace('a', "c")
        ));
        assert!(!glob(&format!("{}b", "a*".repeat(127)), &"a".repeat(20_000)));
    }

    #[test]
    fn a_table_is_matched_part_by_part() {
        for (pattern, parts, matches) in [
            ("orders", &["orders"][..], true),
            ("orders", &["sales", "orders"], false),
            ("sales.*", &["sales", "orders"], true),
            ("sales.*", &["sales"], false),
            ("sales.*", &["old", "sales", "orders"], false),
            ("*", &["sales", "orders"], false),
            ("*.orders", &["a.b", "orders"], true),
            ("a.b", &["a.b"], false),
            ("\"a.b\"", &["a.b"], true),
            ("\"a.b\".c*", &["a.b", "cd"], true),
            ("\"a*\"", &["ab"], false),
            ("**.users", &["users"], true),
            ("**.users", &["a", "b", "users"], true),
            ("**.a.users", &["users"], false),
            ("**", &["a", "b"], true),
            ("\"open", &["\"open"], true),
        ] {
            let name = TableName::new(parts.iter().copied());
            assert_eq!(Pattern::new(pattern).matches_table(&name), matches, "{pattern} {name}");
        }
    }

    #[test]
    fn the_limit_is_the_one_that_is_named() {
        for (len, is_taken) in
            [(0, false), (1, true), (PATTERN_CHARS_MAX, true), (PATTERN_CHARS_MAX + 1, false)]
        {
            let text = format!("\"{}\"", "a".repeat(len));
            assert_eq!(proofmark::json::from_str::<Pattern>(&text).is_ok(), is_taken, "{len}");
        }
    }
}
