//! A text that a regular expression matches.

use regex_syntax::hir::{Class, Hir, HirKind};

/// A short text that `pattern` matches, of at least `len` characters where the pattern lets it grow.
pub(super) fn matching(pattern: &str, len: u64) -> Option<String> {
    let hir = regex_syntax::parse(pattern).ok()?;
    let mut text = String::new();
    push(&hir, usize::try_from(len).unwrap_or(0), &mut text)?;
    Some(text)
}

/// The longest text that is made up.
const CHARS_MAX: usize = 4096;

fn push(hir: &Hir, len: usize, text: &mut String) -> Option<()> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => text.push(first(class)?),
        HirKind::Capture(capture) => push(&capture.sub, len, text)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| push(part, len, text))?,
        HirKind::Alternation(parts) => push(parts.first()?, len, text)?,
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(u32::MAX);
            for times in 0..most {
                if times >= repetition.min && text.chars().count() >= len || text.len() > CHARS_MAX {
                    break;
                }
                let before = text.len();
                push(&repetition.sub, 0, text)?;
                if text.len() == before {
                    break;
                }
            }
        }
    }
    Some(())
}

/// The first character of a class, a letter if there is one.
fn first(class: &Class) -> Option<char> {
    let Class::Unicode(class) = class else { return None };
    let ranges = class.ranges();
    let letter = ranges.iter().find(|range| range.start() <= 'a' && 'a' <= range.end()).map(|_| 'a');
    letter.or_else(|| ranges.first().map(|range| range.start()))
}

#[cfg(test)]
mod tests {
    use super::matching;

    #[test]
    fn what_is_made_up_matches() {
        for pattern in ["^[a-f0-9]{64}$", "^(ok|failed)$", r"^\d{4}-\d\d$", "^[A-Z][a-z]*$", "x+y?", "^$"] {
            let text = matching(pattern, 0).unwrap();
            assert!(regex::Regex::new(pattern).unwrap().is_match(&text), "{pattern}: {text}");
        }
        assert_eq!(matching("^[a-z]*$", 5).unwrap(), "aaaaa");
    }
}
