//! What was likely meant by a word that is not known.

/// How alike two words must be, from 0 to 1: clap's bound for its own suggestions.
const LIKENESS_MIN: f64 = 0.7;

/// The most alike of `words`, if it is alike enough.
///
/// Likeness is the Damerau-Levenshtein distance over the longer length: swapped letters count once.
pub(crate) fn nearest<'a>(found: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A word far longer than any key would take long to compare, and resembles nothing.
    if found.len() > 256 {
        return None;
    }
    let likeness = |word| strsim::normalized_damerau_levenshtein(found, word);
    let scored = words.into_iter().map(|word| (likeness(word), word));
    let best = scored.filter(|(score, _)| *score >= LIKENESS_MIN);
    // Of equals the first one, so that the order of declaration decides.
    best.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[track_caller]
    fn check(found: &str, meant: Option<&str>) {
        assert_eq!(nearest(found, ["batch_size", "threads", "memory_bytes_max"]), meant, "{found}");
    }

    #[test]
    fn a_slip_of_the_pen_is_understood() {
        check("batch_sise", Some("batch_size"));
        check("bacth_size", Some("batch_size"));
        check("thread", Some("threads"));
        check("memory_byte_max", Some("memory_bytes_max"));
    }

    #[test]
    fn another_word_is_not() {
        check("", None);
        check("path", None);
        check(&"batch_size".repeat(30), None);
    }
}
