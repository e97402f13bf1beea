//! Text from data, made harmless for a reader's eye and a page's size.

use maud::{Markup, html};
pub(crate) use proofmark_artifacts::display::visible;

use crate::place::Place;

/// Most characters of one text that a page shows.
pub(crate) const TEXT_CHARS_MAX: usize = 4_000;

/// The text, up to `chars_max` characters of it; a text that was cut says how much is missing and where all of it is.
pub(crate) fn shown(text: &str, chars_max: usize, place: &Place) -> Markup {
    let (kept, rest) = cut(text, chars_max);
    html! {
        (visible(kept))
        @if rest > 0 {
            span.cut {
                "… " (crate::quantity::grouped(rest as u64)) " more characters in "
                code { (visible(&place.to_string())) }
            }
        }
    }
}

/// The start of a text, and how many characters were left out.
pub(crate) fn cut(text: &str, chars_max: usize) -> (&str, usize) {
    match text.char_indices().nth(chars_max) {
        None => (text, 0),
        Some((at, _)) => (&text[..at], text[at..].chars().count()),
    }
}

/// One line of a text, for a title: cut without much ado.
pub(crate) fn clipped(text: &str, chars_max: usize) -> String {
    let one_line = text.split_whitespace().take(chars_max).collect::<Vec<_>>().join(" ");
    let (kept, rest) = cut(&one_line, chars_max);
    format!("{}{}", visible(kept), if rest > 0 { "…" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_cut_says_so_and_where_it_is_whole() {
        let place = Place::of("manifest").at("statements");
        assert_eq!(shown("<é>", 3, &place).into_string(), "&lt;é&gt;");
        let cut = shown("abcd", 3, &place).into_string();
        assert_eq!(
            cut,
            "abc<span class=\"cut\">… 1 more characters in <code>:manifest .statements</code></span>"
        );
    }

    #[test]
    fn a_title_is_one_line() {
        assert_eq!(clipped("SELECT\n  1,\t2", 20), "SELECT 1, 2");
        assert_eq!(clipped("SELECT 1", 6), "SELECT…");
    }
}
