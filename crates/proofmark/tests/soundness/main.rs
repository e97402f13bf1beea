//! That the codec is sound: on bytes that end where memory ends, and on any others.
//!
//! What must hold of any bytes stands in [`check`], and is given here a few thousand of them; the fuzzers in `fuzz/` give
//! it as many as they have time for.

mod agreement;
mod check;
mod guard;
mod input;
mod number;
mod peer;
mod record;
mod scalar;
mod seed;
mod text;
mod typed;
mod value;
#[path = "../threats/way.rs"]
#[allow(dead_code)]
mod way;

use proofmark::Limits;
use proptest::{
    prelude::*,
    test_runner::{TestCaseError, TestRunner},
};

use crate::{
    check::{CHECKS, Input},
    guard::Guard,
    way::{FORMATS, WAYS},
};

#[test]
fn what_must_hold_holds_of_all_seeds() {
    for seed in Input::ALL.iter().flat_map(|input| input.seeds()) {
        for (_, _, check) in CHECKS {
            check(&seed);
        }
    }
}

/// Inputs for each check; a second for all of them.
const CASES: u32 = 500;

#[test]
fn what_must_hold_holds_of_seeds_after_accidents() {
    for (name, input, check) in CHECKS {
        let mut runner =
            TestRunner::new(ProptestConfig { cases: CASES, failure_persistence: None, ..Default::default() });
        let result = runner.run(&input.strategy(), |bytes| {
            // A panic would be told without the bytes that led to it.
            std::panic::catch_unwind(|| check(&bytes))
                .map_err(|_| TestCaseError::fail(bytes.escape_ascii().to_string()))
        });
        assert!(result.is_ok(), "{name}: {}", result.unwrap_err());
    }
}

#[test]
fn nothing_is_read_beyond_the_end_of_a_seed_cut_anywhere() {
    let mut guard = Guard::new();
    for (_, input, check) in CHECKS {
        for seed in input.seeds() {
            (0..=seed.len()).for_each(|len| check(guard.before_the_end(&seed[..len])));
        }
    }
}

#[test]
fn no_way_of_reading_goes_beyond_either_end() {
    let mut guard = Guard::new();
    for (format, input) in FORMATS.into_iter().zip([Input::Json, Input::MsgPack]) {
        for (way, seed) in WAYS.iter().flat_map(|way| input.seeds().into_iter().map(move |seed| (way, seed)))
        {
            let document = way.document(format, &seed);
            let whole = way.judge(format, &document, Limits::DEFAULT);
            assert_eq!(way.judge(format, guard.after_the_begin(&document), Limits::DEFAULT), whole);
            for len in 0..=document.len() {
                way.judge(format, guard.before_the_end(&document[..len]), Limits::DEFAULT);
            }
        }
    }
}

/// The lines of the system's table of this process's memory that tell what surrounds the bytes.
#[cfg(target_os = "linux")]
#[test]
fn the_guard_has_memory_on_neither_side() {
    let mut guard = Guard::new();
    let place = guard.before_the_end(b"last").as_ptr_range().end.addr();
    let table = std::fs::read_to_string("/proc/self/maps").unwrap();
    let begins = format!("{place:x}-");
    let behind = table.lines().find(|line| line.starts_with(&begins)).expect("something is mapped behind");
    assert!(behind.contains(" ---p "), "{behind}");
    let place = guard.after_the_begin(b"first").as_ptr().addr();
    let ends = format!("-{place:x} ");
    let before = table.lines().find(|line| line.contains(&ends)).expect("something is mapped before");
    assert!(before.contains(" ---p "), "{before}");
}
