//! Two texts that are alike in part: what only one of them has stands out.

use maud::{Markup, html};

use super::cell;
use crate::text::{cut, visible};

/// Most characters of the part that both share that are shown at each end.
const SHARED_CHARS_MAX: usize = 48;
/// Most characters of the part in which they differ.
const OWN_CHARS_MAX: usize = 400;

/// A text in three parts: what it shares with the other, what it has for itself, what it shares again.
#[derive(Debug, PartialEq, Eq)]
struct Parts<'a> {
    before: &'a str,
    own: &'a str,
    after: &'a str,
}

/// Both texts, the older one first, each with what it has for itself marked.
pub(super) fn text_change(old: &str, new: &str) -> Markup {
    let (old, new) = parts(old, new);
    html! {
        span.was { span.sr { "was: " } (shared_end(old.before)) del { (cell(old.own, OWN_CHARS_MAX)) } (shared_start(old.after)) }
        span.is { span.sr { "is: " } (shared_end(new.before)) ins { (cell(new.own, OWN_CHARS_MAX)) } (shared_start(new.after)) }
    }
}

/// What two texts share at their starts and ends, in whole words: half a number tells nothing.
fn parts<'a>(old: &'a str, new: &'a str) -> (Parts<'a>, Parts<'a>) {
    let start = shared_len(old.chars(), new.chars());
    let goes_on = [old, new].iter().any(|text| text[start..].starts_with(is_word));
    let start = start - if goes_on { word_len(old[..start].chars().rev()) } else { 0 };
    let (old_rest, new_rest) = (&old[start..], &new[start..]);
    let end = shared_len(old_rest.chars().rev(), new_rest.chars().rev());
    let goes_on = [old_rest, new_rest].iter().any(|text| text[..text.len() - end].ends_with(is_word));
    let end = end - if goes_on { word_len(old_rest[old_rest.len() - end..].chars()) } else { 0 };
    let part = |whole: &'a str, rest: &'a str| {
        let (own, after) = rest.split_at(rest.len() - end);
        Parts { before: &whole[..start], own, after }
    };
    (part(old, old_rest), part(new, new_rest))
}

/// The bytes of the characters that both begin with.
fn shared_len(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).map(|(character, _)| character.len_utf8()).sum()
}

/// The bytes of the word that characters begin with.
fn word_len(characters: impl Iterator<Item = char>) -> usize {
    characters.take_while(|it| is_word(*it)).map(char::len_utf8).sum()
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// The end of what comes before: the start of a long text says less than what is next to the change.
fn shared_end(text: &str) -> Markup {
    let skipped = text.chars().count().saturating_sub(SHARED_CHARS_MAX);
    let at = text.char_indices().nth(skipped).map_or(text.len(), |(at, _)| at);
    html! { @if skipped > 0 { "…" } (visible(&text[at..])) }
}

fn shared_start(text: &str) -> Markup {
    let (kept, rest) = cut(text, SHARED_CHARS_MAX);
    html! { (visible(kept)) @if rest > 0 { "…" } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(old: &str, new: &str, expected: [&str; 2]) {
        let (a, b) = parts(old, new);
        let line = |it: &Parts<'_>| format!("{}[{}]{}", it.before, it.own, it.after);
        assert_eq!([line(&a), line(&b)], expected);
    }

    #[test]
    fn words_are_not_cut_in_two() {
        check("mode=Partial, x", "mode=Final, x", ["mode=[Partial], x", "mode=[Final], x"]);
        check("n=1024", "n=1624", ["n=[1024]", "n=[1624]"]);
    }

    #[test]
    fn what_was_put_in_stands_alone() {
        check("a, c", "a, b, c", ["a, []c", "a, [b, ]c"]);
        check("scan", "scan, filter", ["scan[]", "scan[, filter]"]);
        check("", "new", ["[]", "[new]"]);
        check("aa", "aaa", ["[aa]", "[aaa]"]);
    }

    #[test]
    fn letters_of_several_bytes_stay_whole() {
        check("ß–x", "ß–y", ["ß–[x]", "ß–[y]"]);
        check("→é", "→è", ["→[é]", "→[è]"]);
    }

    #[test]
    fn long_shared_parts_are_cut() {
        let long = "x ".repeat(100);
        let html = text_change(&format!("{long}a {long}"), &format!("{long}b {long}")).into_string();
        assert!(html.len() < 700 && html.contains("<del>a</del>") && html.contains("<ins>b</ins>"), "{html}");
    }
}
