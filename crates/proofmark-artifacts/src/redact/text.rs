//! Places and secrets inside of texts.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::{Captures, Regex};

/// What stands in place of a secret.
pub(super) const SECRET: &str = "[secret]";

/// Words that the names of secrets have in them.
const SECRET_WORDS: &str =
    "password|passwd|passphrase|secret|token|credential|access_?key|api_?key|private_?key|signature|sas";

/// An expression of our own, which cannot be wrong: a test compiles each.
fn expression(text: &str) -> Option<Regex> {
    Regex::new(text).ok()
}

/// Absolute paths, and URLs of files and object stores, up to what ends a word.
static ABSOLUTE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    expression(
        r#"(?P<before>^|[\s'"=(\[,])(?P<path>(?:[a-zA-Z][a-zA-Z0-9+.-]*://|~?/|[A-Za-z]:\\)[^\s'",;()\[\]<>|]*[^\s'",;()\[\]<>|.:])"#,
    )
});

/// Quoted words with a separator in them: how SQL names files.
static QUOTED: LazyLock<Option<Regex>> =
    LazyLock::new(|| expression(r#"(?P<quote>['"])(?P<path>[^\s'"]*[/\\][^\s'"]*)['"]"#));

/// `name = value` and `'name' 'value'` where the name is that of a secret.
static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    expression(&format!(
        r#"(?i)(?P<name>[\w.\-]*(?:{SECRET_WORDS})[\w.\-]*['"]?\s*(?:=>|=|:|,)?\s*)(?P<value>'(?:[^']|'')*'|"[^"]*"|[^\s'"&,;)]+)"#
    ))
});

/// The user and password of a URL.
static USER: LazyLock<Option<Regex>> = LazyLock::new(|| expression(r"://[^/\s@'\x22]+@"));

/// Whether something of this name is a secret.
pub(super) fn is_secret(name: &str) -> bool {
    static NAME: LazyLock<Option<Regex>> = LazyLock::new(|| expression(&format!("(?i)(?:{SECRET_WORDS})")));
    NAME.as_ref().is_none_or(|name_of_secret| name_of_secret.is_match(name))
}

/// The text without secrets.
pub(super) fn without_secrets(text: &str) -> String {
    let (Some(user), Some(named)) = (&*USER, &*NAMED) else { return SECRET.to_owned() };
    let hide = |found: &Captures<'_>| {
        let quote = found["value"].chars().next().filter(|first| matches!(first, '\'' | '"'));
        let quote = quote.map_or(String::new(), String::from);
        format!("{}{quote}{SECRET}{quote}", &found["name"])
    };
    let text = named.replace_all(text, hide);
    user.replace_all(&text, format!("://{SECRET}@").as_str()).into_owned()
}

/// Places by the numbers that stand for them, in the order in which they were met.
#[derive(Default)]
pub(super) struct Places {
    numbers: BTreeMap<String, usize>,
}

impl Places {
    /// What stands for a place.
    pub(super) fn name(&mut self, place: &str) -> String {
        let next = self.numbers.len() + 1;
        let number = *self.numbers.entry(place.to_owned()).or_insert(next);
        format!("[path {number}]")
    }

    /// The text without places.
    pub(super) fn without(&mut self, text: &str) -> String {
        let (Some(absolute), Some(quoted)) = (&*ABSOLUTE, &*QUOTED) else { return self.name(text) };
        let text = quoted.replace_all(text, |found: &Captures<'_>| {
            let quote = &found["quote"];
            format!("{quote}{}{quote}", self.name(&found["path"]))
        });
        let text = absolute.replace_all(&text, |found: &Captures<'_>| {
            format!("{}{}", &found["before"], self.name(&found["path"]))
        });
        text.into_owned()
    }

    /// A text that is a place as a whole, or says something in which places are.
    pub(super) fn without_whole(&mut self, text: &str) -> String {
        if text.contains(char::is_whitespace) {
            return self.without(text);
        }
        let is_place = |text: &str| text.contains(['/', '\\']);
        match text.rsplit_once('=') {
            // An argument of a command: `flights=data/flights.parquet`.
            Some((name, place)) if is_place(place) && !is_place(name) => {
                format!("{name}={}", self.name(place))
            }
            None if is_place(text) => self.name(text),
            _ => self.without(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_expression_is_one() {
        assert!([&ABSOLUTE, &QUOTED, &NAMED, &USER].iter().all(|expression| expression.is_some()));
    }

    #[test]
    fn places_are_numbered_and_the_rest_of_the_text_stays() {
        let mut places = Places::default();
        let mut check = |text: &str, expected: &str| assert_eq!(places.without(text), expected, "{text}");
        check("LOCATION '/data/f.parquet'", "LOCATION '[path 1]'");
        check("cannot read /data/f.parquet: gone", "cannot read [path 2]: gone".replace("2", "1").as_str());
        check("--table=f=s3://bucket/a b", "--table=f=[path 2] b");
        check("LOCATION 'data/f.csv' OPTIONS ('x' 'y')", "LOCATION '[path 3]' OPTIONS ('x' 'y')");
        check("SELECT a/b, c / d FROM t", "SELECT a/b, c / d FROM t");
        check("C:\\data\\x.csv and ~/y", "[path 4] and [path 5]");
        check("no place, 12:30, a.b", "no place, 12:30, a.b");
    }

    #[test]
    fn a_field_that_is_a_place_is_one_as_a_whole() {
        let mut places = Places::default();
        assert_eq!(places.without_whole("examples/a.sql"), "[path 1]");
        assert_eq!(places.without_whole("No field named delay"), "No field named delay");
        assert_eq!(places.without_whole("pipeline.sql"), "pipeline.sql");
        assert_eq!(places.without_whole("--table=f=data/f.csv"), "--table=f=[path 2]");
        assert_eq!(places.without_whole("a.b=1"), "a.b=1");
    }

    #[test]
    fn secrets_are_hidden_and_the_rest_of_the_text_stays() {
        let check = |text: &str, expected: &str| assert_eq!(without_secrets(text), expected, "{text}");
        check(
            "OPTIONS ('aws.secret_access_key' 'abc''d', 'format' 'x')",
            "OPTIONS ('aws.secret_access_key' '[secret]', 'format' 'x')",
        );
        check("--set a.token=xyz --set b=1", "--set a.token=[secret] --set b=1");
        check("https://u:p@host/x", "https://[secret]@host/x");
        check("https://h/x?sig=1&X-Amz-Signature=abc&y=1", "https://h/x?sig=1&X-Amz-Signature=[secret]&y=1");
        check("password: hunter2", "password: [secret]");
        check("SELECT key FROM t", "SELECT key FROM t");
        assert!(is_secret("AWS_SECRET_ACCESS_KEY") && is_secret("apiKey") && !is_secret("target_partitions"));
    }
}
