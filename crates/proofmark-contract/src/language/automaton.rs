//! A regular expression as an automaton, whose states are made when they are reached.

use std::collections::BTreeSet;

use regex_automata::Anchored;
use regex_automata::hybrid::LazyStateID;
use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::nfa::thompson;
use regex_automata::util::start;

/// The bytes that one automaton takes at most.
const BYTES_MAX: usize = 4 << 20;

/// The bytes of the expression behind it.
const EXPRESSION_BYTES_MAX: usize = 1 << 20;

/// More than is walked, or nothing that an automaton can tell.
#[derive(Debug)]
pub(super) struct TooLarge;

/// Tells whether a text holds what an expression is about.
pub(super) struct Automaton {
    dfa: DFA,
    cache: Cache,
}

/// Where an automaton is after some bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum State {
    /// Whatever comes, the text is taken.
    Taken,
    /// Whatever comes, it is refused.
    Dead,
    /// It depends on what comes.
    At(LazyStateID),
}

impl Automaton {
    pub(super) fn new(expression: &str) -> Result<Self, TooLarge> {
        // States are never thrown away: one that is met again has to be known again.
        let config = DFA::config().cache_capacity(BYTES_MAX).minimum_cache_clear_count(Some(0));
        let nfa = thompson::Config::new().nfa_size_limit(Some(EXPRESSION_BYTES_MAX));
        let dfa = DFA::builder().configure(config).thompson(nfa).build(expression).map_err(|_| TooLarge)?;
        let cache = dfa.create_cache();
        Ok(Self { dfa, cache })
    }

    /// Before the first byte.
    pub(super) fn start(&mut self) -> Result<State, TooLarge> {
        let config = start::Config::new().anchored(Anchored::No);
        let id = self.dfa.start_state(&mut self.cache, &config).map_err(|_| TooLarge)?;
        state(id)
    }

    /// After one more byte.
    pub(super) fn step(&mut self, from: State, byte: u8) -> Result<State, TooLarge> {
        let State::At(id) = from else { return Ok(from) };
        state(self.dfa.next_state(&mut self.cache, id, byte).map_err(|_| TooLarge)?)
    }

    /// Whether a text that ends here is taken.
    pub(super) fn takes(&mut self, at: State) -> Result<bool, TooLarge> {
        let State::At(id) = at else { return Ok(at == State::Taken) };
        Ok(self.dfa.next_eoi_state(&mut self.cache, id).map_err(|_| TooLarge)?.is_match())
    }
}

fn state(id: LazyStateID) -> Result<State, TooLarge> {
    match id {
        id if id.is_quit() => Err(TooLarge),
        id if id.is_dead() => Ok(State::Dead),
        id if id.is_match() => Ok(State::Taken),
        id => Ok(State::At(id)),
    }
}

/// One byte of each kind that no automaton tells apart, those first that people can read.
pub(super) fn alphabet<'a>(automata: impl Iterator<Item = &'a Automaton> + Clone) -> Vec<u8> {
    let mut kinds = BTreeSet::new();
    let mut kind = |byte: &u8| {
        let kind: Vec<u8> =
            automata.clone().map(|automaton| automaton.dfa.byte_classes().get(*byte)).collect();
        kinds.insert(kind)
    };
    let readable = (b'a'..=b'z').chain(b'0'..=b'9').chain(b'A'..=b'Z').chain(b'!'..=b'~');
    readable.chain(0..=u8::MAX).filter(|byte| kind(byte)).collect()
}
