//! Which texts constraints allow: whether those of now are among those of before, and a text that shows where they are not.
//!
//! Patterns become automata, which are walked together, byte by byte, until a text is found that one side takes and the other
//! refuses, or no further state can be reached. Then there is none: containment is proven.

mod automaton;

use std::collections::HashSet;

use proofmark::Maybe;

use self::automaton::{Automaton, State, TooLarge};
use crate::lock::Bounds;

/// The states of automata walked together at most, beyond which nothing is decided.
pub(crate) const STATES_MAX: usize = 1 << 13;

/// Texts that tell two constraints apart; none where there is no such text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Texts {
    /// One that only the old constraints allow.
    pub(crate) only_old: Option<String>,
    /// One that only the new constraints allow.
    pub(crate) only_new: Option<String>,
    /// One that both allow.
    pub(crate) both: Option<String>,
}

/// Compares the texts that two constraints allow; `None` where automata of [`STATES_MAX`] states do not decide it.
pub(crate) fn compare(old: &Bounds, new: &Bounds) -> Option<Texts> {
    let all = || -> Result<Texts, TooLarge> {
        Ok(Texts {
            only_old: Walk::new(&[old], Some(new))?.shortest()?,
            only_new: Walk::new(&[new], Some(old))?.shortest()?,
            both: Walk::new(&[old, new], None)?.shortest()?,
        })
    };
    all().ok()
}

/// Any text at all, as bytes.
const UTF8: &str = r"(?s)\A.*\z";

/// The automata that have to take a text.
fn automata(bounds: &Bounds) -> Result<Vec<Automaton>, TooLarge> {
    let (min, max) = (bounds.min_len.into_option(), bounds.max_len.into_option());
    let length = (min.is_some() || max.is_some()).then(|| {
        let max = max.map_or_else(String::new, |max| max.to_string());
        format!(r"(?s)\A.{{{},{max}}}\z", min.unwrap_or(0))
    });
    let pattern = match &bounds.pattern {
        Maybe::Set(pattern) => Some(pattern.clone()),
        Maybe::Unset => None,
    };
    pattern.into_iter().chain(length).map(|expression| Automaton::new(&expression)).collect()
}

/// A walk of several automata together.
struct Walk {
    /// Those that have to take the text; the first takes every text.
    taking: Vec<Automaton>,
    /// Those of which one has to refuse it, unless there are none.
    refusing: Option<Vec<Automaton>>,
    /// One byte of each kind that no automaton tells apart, readable ones first.
    alphabet: Vec<u8>,
}

/// The states of all automata, in their order.
type States = Vec<State>;

impl Walk {
    fn new(taking: &[&Bounds], refusing: Option<&Bounds>) -> Result<Self, TooLarge> {
        let mut all = vec![Automaton::new(UTF8)?];
        for bounds in taking {
            all.extend(automata(bounds)?);
        }
        let (taking, refusing) = (all, refusing.map(automata).transpose()?);
        let alphabet = automaton::alphabet(taking.iter().chain(refusing.iter().flatten()));
        Ok(Self { taking, refusing, alphabet })
    }

    /// The shortest text that is taken by the ones and refused by the others.
    fn shortest(&mut self) -> Result<Option<String>, TooLarge> {
        let start = self.start()?;
        // Each state with the one that it was reached from, and by which byte.
        let mut reached = vec![(start.clone(), 0, 0)];
        let mut known = HashSet::from([start]);
        let mut at = 0;
        while let Some((states, ..)) = reached.get(at).cloned() {
            if self.is_found(&states)? {
                return Ok(text(&reached, at));
            }
            for byte in self.alphabet.clone() {
                let next = self.step(&states, byte)?;
                if self.is_hopeless(&next) || !known.insert(next.clone()) {
                    continue;
                }
                if reached.len() == STATES_MAX {
                    return Err(TooLarge);
                }
                reached.push((next, at, byte));
            }
            at += 1;
        }
        Ok(None)
    }

    fn automata(&mut self) -> impl Iterator<Item = &mut Automaton> {
        self.taking.iter_mut().chain(self.refusing.iter_mut().flatten())
    }

    fn start(&mut self) -> Result<States, TooLarge> {
        self.automata().map(Automaton::start).collect()
    }

    fn step(&mut self, states: &States, byte: u8) -> Result<States, TooLarge> {
        self.automata().zip(states).map(|(automaton, state)| automaton.step(*state, byte)).collect()
    }

    /// Whether a text that ends here is what is looked for.
    fn is_found(&mut self, states: &States) -> Result<bool, TooLarge> {
        let taking = self.taking.len();
        let ends = self.automata().zip(states).map(|(automaton, state)| automaton.takes(*state));
        let ends = ends.collect::<Result<Vec<_>, _>>()?;
        let (taken, refused) = ends.split_at(taking);
        Ok(taken.iter().all(|taken| *taken) && (self.refusing.is_none() || refused.contains(&false)))
    }

    /// Whether no text that begins so can be what is looked for.
    fn is_hopeless(&self, states: &States) -> bool {
        let (taking, refusing) = states.split_at(self.taking.len());
        taking.contains(&State::Dead)
            || self.refusing.is_some() && refusing.iter().all(|state| *state == State::Taken)
    }
}

/// The bytes by which a state was reached.
fn text(reached: &[(States, usize, u8)], mut at: usize) -> Option<String> {
    let mut bytes = Vec::new();
    while at != 0 {
        let (_, from, byte) = &reached[at];
        bytes.push(*byte);
        at = *from;
    }
    bytes.reverse();
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(pattern: &str) -> Bounds {
        Bounds { pattern: Maybe::Set(pattern.to_owned()), ..Bounds::default() }
    }

    fn texts<'a>([only_old, only_new, both]: [&'a str; 3]) -> Option<Texts> {
        let text = |text: &'a str| (text != "-").then(|| text.to_owned());
        Some(Texts { only_old: text(only_old), only_new: text(only_new), both: text(both) })
    }

    #[test]
    fn the_shortest_texts_that_tell_patterns_apart_are_found() {
        for (old, new, expected) in [
            ("^[0-9a-f]{4}$", "^[0-9a-f]{4}$", ["-", "-", "aaaa"]),
            ("^[0-9]+$", "^[0-9][0-9]*$", ["-", "-", "0"]),
            ("^[a-c]+$", "^[a-z]+$", ["-", "d", "a"]),
            ("^[a-z]+$", "^[a-c]+$", ["d", "-", "a"]),
            ("^[a-c]+$", "^[x-z]+$", ["a", "x", "-"]),
            ("^a", "a$", ["ab", "ba", "a"]),
            ("a", "^a", ["ba", "-", "a"]),
            ("(?i)^ok$", "^(ok|OK)$", ["oK", "-", "ok"]),
            (r"^\d$", "^[0-9]$", ["٠", "-", "0"]),
            ("^(a|aa)*$", "^a*$", ["-", "-", ""]),
            ("^[^a]$", "^[^b]$", ["b", "a", "c"]),
            ("(?m)^x$", "^x$", ["x\n", "-", "x"]),
            ("", "^$", ["a", "-", ""]),
        ] {
            assert_eq!(compare(&bounds(old), &bounds(new)), texts(expected), "{old} {new}");
        }
    }

    #[test]
    fn lengths_are_counted_in_characters() {
        let of = |pattern: &str, min: u64, max: u64| Bounds {
            min_len: Maybe::Set(min),
            max_len: Maybe::Set(max),
            ..bounds(pattern)
        };
        assert_eq!(compare(&of("^é+$", 2, 4), &of("^é+$", 1, 3)), texts(["éééé", "é", "éé"]));
        assert_eq!(compare(&of("^é+$", 0, 9), &bounds("^é{1,9}$")), texts(["-", "-", "é"]));
        // A pattern alone would let longer ones in.
        assert_eq!(compare(&of("^a+$", 0, 3), &of("^a{1,5}$", 0, 3)), texts(["-", "-", "a"]));
    }

    #[test]
    fn what_automata_do_not_decide_is_not_decided() {
        for (old, new) in [
            // Where a word ends depends on the characters around, of which there are too many.
            (r"\ba", r"a\b"),
            // Which of the last twenty characters was an `a`.
            ("^[ab]*a[ab]{20}$", "^[ab]*b[ab]{20}$"),
            ("(", ")"),
        ] {
            assert_eq!(compare(&bounds(old), &bounds(new)), None, "{old} {new}");
        }
        let long = Bounds { max_len: Maybe::Set(1 << 20), ..bounds("a") };
        assert_eq!(compare(&long, &bounds("b")), None);
    }

    #[test]
    fn what_is_found_is_taken_and_refused_as_it_says() {
        let patterns = ["^[a-f]+$", "b.d", "^x?y?z?$", "^[a-z_]{2,3}$", "(ab)+", "[[:upper:]]", "^.$", "é|ü"];
        for old in patterns {
            for new in patterns {
                let found = compare(&bounds(old), &bounds(new)).expect("they are small");
                let takes = |pattern: &str, text: &str| regex::Regex::new(pattern).unwrap().is_match(text);
                let check = |text: &Option<String>, expected: (bool, bool)| {
                    let Some(text) = text else { return };
                    assert_eq!((takes(old, text), takes(new, text)), expected, "{old} {new}: {text:?}");
                };
                check(&found.only_old, (true, false));
                check(&found.only_new, (false, true));
                check(&found.both, (true, true));
                assert_eq!(old == new, found.only_old.is_none() && found.only_new.is_none());
            }
        }
    }
}
