//! Regular expressions in Python's words.
//!
//! The two dialects read alike and differ where it hurts: `$` of Python matches before a line's end, classes like `\w`
//! hold other characters, `\p{..}` and nested classes do not exist. So an expression is taken apart and put together anew.

use regex_syntax::hir::{Class, Hir, HirKind, Look, Repetition};

/// One expression that matches where all `patterns` do; `None` where there are none.
pub(super) fn all(patterns: &[String]) -> Option<String> {
    let written = patterns.iter().map(|pattern| regex_syntax::parse(pattern).ok().and_then(|hir| one(&hir)));
    // A lock whose pattern is none cannot be read from either.
    let written: Vec<_> = written.flatten().collect();
    match &written[..] {
        [] => None,
        [only] => Some(only.clone()),
        many => Some(format!(
            "\\A{}",
            many.iter().map(|one| format!("(?=[\\s\\S]*?(?:{one}))")).collect::<String>()
        )),
    }
}

/// The first expression that Python has no words for.
pub(super) fn inexpressible(patterns: &[String]) -> Option<&String> {
    patterns.iter().find(|pattern| regex_syntax::parse(pattern).ok().is_some_and(|hir| one(&hir).is_none()))
}

/// An expression in Python's words; `None` where they do not suffice.
fn one(hir: &Hir) -> Option<String> {
    Some(match hir.kind() {
        HirKind::Empty => String::new(),
        HirKind::Literal(literal) => std::str::from_utf8(&literal.0).ok()?.chars().map(escaped).collect(),
        // The digits of all scripts, but for those that one of the two is too old to know.
        HirKind::Class(_) if regex_syntax::parse(r"\d").is_ok_and(|digits| *hir == digits) => {
            r"\d".to_owned()
        }
        HirKind::Class(Class::Unicode(class)) => {
            in_brackets(class.ranges().iter().map(|range| (range.start(), range.end())))
        }
        HirKind::Class(Class::Bytes(class)) => {
            let ranges =
                class.ranges().iter().map(|range| (char::from(range.start()), char::from(range.end())));
            in_brackets(ranges)
        }
        HirKind::Look(look) => looked(*look)?.to_owned(),
        HirKind::Repetition(repetition) => repeated(repetition)?,
        HirKind::Capture(capture) => format!("(?:{})", one(&capture.sub)?),
        HirKind::Concat(parts) => parts.iter().map(in_sequence).collect::<Option<_>>()?,
        HirKind::Alternation(parts) => parts.iter().map(one).collect::<Option<Vec<_>>>()?.join("|"),
    })
}

fn in_sequence(hir: &Hir) -> Option<String> {
    let text = one(hir)?;
    Some(if matches!(hir.kind(), HirKind::Alternation(_)) { format!("(?:{text})") } else { text })
}

fn repeated(repetition: &Repetition) -> Option<String> {
    let of = one(&repetition.sub)?;
    let stands_alone = match repetition.sub.kind() {
        HirKind::Class(_) | HirKind::Capture(_) => true,
        HirKind::Literal(literal) => {
            std::str::from_utf8(&literal.0).is_ok_and(|text| text.chars().count() == 1)
        }
        _ => false,
    };
    let of = if stands_alone { of } else { format!("(?:{of})") };
    let count = match (repetition.min, repetition.max) {
        (0, None) => "*".to_owned(),
        (1, None) => "+".to_owned(),
        (0, Some(1)) => "?".to_owned(),
        (min, None) => format!("{{{min},}}"),
        (min, Some(max)) if min == max => format!("{{{min}}}"),
        (min, Some(max)) => format!("{{{min},{max}}}"),
    };
    Some(format!("{of}{count}{}", if repetition.greedy { "" } else { "?" }))
}

const fn looked(look: Look) -> Option<&'static str> {
    Some(match look {
        Look::Start => r"\A",
        Look::End => r"\Z",
        Look::StartLF => "(?m:^)",
        Look::EndLF => "(?m:$)",
        Look::StartCRLF => r"(?:\A|(?<=\n)|(?<=\r)(?!\n))",
        Look::EndCRLF => r"(?:\Z|(?=\r)|(?<!\r)(?=\n))",
        Look::WordAscii => r"(?a:\b)",
        Look::WordAsciiNegate => r"(?a:\B)",
        Look::WordUnicode => r"\b",
        Look::WordUnicodeNegate => r"\B",
        // The beginnings and ends of words.
        _ => return None,
    })
}

fn in_brackets(ranges: impl Iterator<Item = (char, char)>) -> String {
    let range = |(start, end): (char, char)| match (escaped(start), escaped(end)) {
        (start, end) if start == end => start,
        (start, end) => format!("{start}-{end}"),
    };
    let ranges: String = ranges.map(range).collect();
    // A class that holds nothing matches nothing.
    if ranges.is_empty() { "(?!)".to_owned() } else { format!("[{ranges}]") }
}

/// A character that means itself, in a class and outside.
fn escaped(c: char) -> String {
    match c {
        'a'..='z'
        | 'A'..='Z'
        | '0'..='9'
        | '_'
        | '/'
        | ':'
        | '@'
        | '%'
        | ','
        | ';'
        | '='
        | '<'
        | '>'
        | '!'
        | '"'
        | '\''
        | '`' => c.to_string(),
        '\0'..='\x1f' | '\x7f'..='\u{ff}' => format!("\\x{:02x}", u32::from(c)),
        ' '..='\x7e' => format!("\\{c}"),
        '\u{100}'..='\u{ffff}' => format!("\\u{:04x}", u32::from(c)),
        _ => format!("\\U{:08x}", u32::from(c)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_is_put_in_words_of_python() {
        for (rust, python) in [
            ("^[0-9a-f]{64}$", r"\A[0-9a-f]{64}\Z"),
            ("^(?<name>a|b)+?$", r"\A(?:[a-b])+?\Z"),
            ("(?i)ab", "[Aa][Bb]"),
            ("ab*c", "ab*c"),
            ("(?:ab)*c.", r"(?:ab)*c[\x00-\x09\x0b-\U0010ffff]"),
            ("(?m)^a$", "(?m:^)a(?m:$)"),
            (r"[\w&&[^a-z]&&[:ascii:]]", "[0-9A-Z_]"),
            (r"a{2,}b{0,3}c?", "a{2,}b{0,3}c?"),
            (r"^\d{2}", r"\A\d{2}"),
            (r"\bé-", r"\b\xe9\-"),
        ] {
            assert_eq!(all(&[rust.to_owned()]).as_deref(), Some(python), "{rust}");
        }
        let ends_of_words = [r"\b{start}a".to_owned()];
        assert_eq!((all(&ends_of_words), inexpressible(&ends_of_words)), (None, ends_of_words.first()));
        assert_eq!(inexpressible(&["^a$".to_owned()]), None);
        let two = ["^a".to_owned(), "b$".to_owned()];
        assert_eq!(all(&two).unwrap(), r"\A(?=[\s\S]*?(?:\Aa))(?=[\s\S]*?(?:b\Z))");
    }
}
