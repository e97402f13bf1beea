//! The decisions to differ from msgspec, as `deviations.toml` lists them.

use std::{cell::RefCell, collections::HashMap};

use regex::Regex;
use serde::Deserialize;

use crate::verdict::Difference;

/// One decision, and the differences it explains.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Deviation {
    pub(crate) id: String,
    pub(crate) reason: String,
    #[serde(rename = "match")]
    patterns: Vec<Pattern>,
}

/// What a difference has to look like.
///
/// A `{name}` in `expected` stands for any text, and in `ours` for the same text again; a `{name}` that only `ours`
/// has stands for any text. A `{Name}` stands for one word that begins with a capital,
/// `{digits}` for an integer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pattern {
    /// Kinds of vector file; all where none is named.
    #[serde(default)]
    files: Vec<String>,
    /// Type expressions; all where none is named. `{}` stands for any text.
    #[serde(default)]
    types: Vec<String>,
    /// Entries of the record, as `error` or `reencoded`; all where none is named.
    #[serde(default)]
    parts: Vec<String>,
    /// Inputs; all where none is named. `{}` stands for any text.
    #[serde(default)]
    inputs: Vec<String>,
    expected: String,
    ours: String,
}

/// Where a difference was found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    pub(crate) file: &'a str,
    pub(crate) expression: &'a str,
    pub(crate) input: &'a str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    deviation: Vec<Deviation>,
}

/// Reads the list.
pub(crate) fn read(text: &str) -> Result<Vec<Deviation>, toml::de::Error> {
    toml::from_str::<List>(text).map(|list| list.deviation)
}

impl Deviation {
    /// Whether this decision explains a difference.
    pub(crate) fn explains(&self, place: Place<'_>, difference: &Difference) -> bool {
        self.patterns.iter().any(|pattern| pattern.explains(place, difference))
    }
}

impl Pattern {
    fn explains(&self, place: Place<'_>, difference: &Difference) -> bool {
        let names = |list: &[String], name: &str| {
            list.is_empty() || list.iter().any(|pattern| capture(pattern, name).is_some())
        };
        if !names(&self.files, place.file)
            || !names(&self.types, place.expression)
            || !names(&self.parts, &difference.part)
            || !names(&self.inputs, place.input)
        {
            return false;
        }
        let Some(captured) = capture(&self.expected, &difference.expected) else { return false };
        let ours = captured.iter().fold(self.ours.clone(), |ours, (name, text)| {
            ours.replace(&format!("{{{name}}}"), &literal(text))
        });
        capture(&ours, &difference.found).is_some()
    }
}

/// Text that was captured has braces of its own, which do not stand for anything.
fn literal(text: &str) -> String {
    text.replace('{', "\u{1}").replace('}', "\u{2}")
}

/// Matches the whole of `text`, and gives what each name stands for. Other braces stand for themselves.
fn capture(pattern: &str, text: &str) -> Option<Vec<(String, String)>> {
    thread_local! {
        static COMPILED: RefCell<HashMap<String, Option<Template>>> = RefCell::default();
    }
    COMPILED.with_borrow_mut(|compiled| {
        let template = match compiled.get(pattern) {
            Some(template) => template,
            None => compiled.entry(pattern.to_owned()).or_insert(Template::compile(pattern)),
        };
        template.as_ref()?.capture(text)
    })
}

/// A pattern as a regular expression, and the names of its groups.
struct Template {
    regex: Regex,
    names: Vec<String>,
}

impl Template {
    fn compile(pattern: &str) -> Option<Self> {
        let name = Regex::new(r"\{([A-Z]?[a-z_]*)\}").ok()?;
        let mut names = Vec::new();
        let mut source = String::from("(?s)^");
        let mut end = 0;
        for found in name.captures_iter(pattern) {
            let (whole, [name]) = (found.get(0)?, found.extract().1);
            source.push_str(&plain(&pattern[end..whole.start()]));
            source.push_str(group(name));
            names.push(name.to_owned());
            end = whole.end();
        }
        source.push_str(&plain(&pattern[end..]));
        source.push('$');
        Some(Self { regex: Regex::new(&source).ok()?, names })
    }

    fn capture(&self, text: &str) -> Option<Vec<(String, String)>> {
        let groups = self.regex.captures(text)?;
        let texts = groups.iter().skip(1).map(|group| group.map_or("", |group| group.as_str()).to_owned());
        Some(self.names.iter().cloned().zip(texts).collect())
    }
}

fn group(name: &str) -> &'static str {
    match name {
        "digits" => r"(-?\d+)",
        _ if name.starts_with(|first: char| first.is_uppercase()) => r"([A-Z]\w*)",
        _ => "(.*?)",
    }
}

/// Text that stands for itself.
fn plain(text: &str) -> String {
    regex::escape(&text.replace('\u{1}', "{").replace('\u{2}', "}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(expected: &str, ours: &str, difference: (&str, &str), explained: bool) {
        let pattern = Pattern {
            files: vec![],
            types: vec![],
            parts: vec!["error".to_owned()],
            inputs: vec![],
            expected: expected.to_owned(),
            ours: ours.to_owned(),
        };
        let (expected, found) = (difference.0.to_owned(), difference.1.to_owned());
        let place = Place { file: "structs", expression: "Point", input: "{}" };
        assert_eq!(
            pattern.explains(place, &Difference { part: "error".to_owned(), expected, found }),
            explained
        );
    }

    #[test]
    fn a_name_stands_for_the_same_text_on_both_sides() {
        let (expected, ours) = ("Expected `{t}`, got `None`{at}", "Expected `{t}`, got `null`{at}");
        check(expected, ours, ("Expected `int`, got `None`", "Expected `int`, got `null`"), true);
        check(
            expected,
            ours,
            ("Expected `int`, got `None` - at `$`", "Expected `int`, got `null` - at `$`"),
            true,
        );
        check(expected, ours, ("Expected `int`, got `None`", "Expected `str`, got `null`"), false);
        check(expected, ours, ("Expected `int`, got `str`", "Expected `int`, got `null`"), false);
    }

    #[test]
    fn a_name_with_a_capital_stands_for_such_a_word() {
        check("got `{Class}`", "got `object`", ("got `Point`", "got `object`"), true);
        check("got `{Class}`", "got `object`", ("got `int`", "got `object`"), false);
    }

    #[test]
    fn digits_stand_for_an_integer() {
        check("got `float`", "Invalid value {digits}", ("got `float`", "Invalid value -7"), true);
        check("got `float`", "Invalid value {digits}", ("got `float`", "Invalid value 7.5"), false);
    }

    #[test]
    fn a_name_that_only_ours_has_stands_for_any_text() {
        check("a{x}", "b{y}", ("a{1}", "b{2}"), true);
        check("a", "b{y}c", ("a", "b2"), false);
        check(r#"{"a":{x}}"#, r#"{"b":{x}}"#, (r#"{"a":{1}}"#, r#"{"b":{1}}"#), true);
    }
}
