//! What the fuzz targets run: the checks that the codec's own tests run too, found by the name of the target.

#[path = "../../crates/proofmark/tests/soundness/agreement.rs"]
mod agreement;
#[path = "../../crates/proofmark/tests/soundness/check.rs"]
mod check;
#[path = "../../crates/proofmark/tests/soundness/number.rs"]
mod number;
#[path = "../../crates/proofmark/tests/soundness/peer.rs"]
mod peer;
#[path = "../../crates/proofmark/tests/soundness/record.rs"]
mod record;
#[path = "../../crates/proofmark/tests/soundness/scalar.rs"]
mod scalar;
#[path = "../../crates/proofmark/tests/soundness/text.rs"]
mod text;
#[path = "../../crates/proofmark/tests/soundness/typed.rs"]
mod typed;
#[path = "../../crates/proofmark/tests/soundness/value.rs"]
mod value;
#[allow(dead_code)]
#[path = "../../crates/proofmark/tests/threats/way.rs"]
mod way;

/// Runs the check of a name.
///
/// # Panics
/// Where the codec does wrong, and if there is no such check.
pub fn check(name: &str, bytes: &[u8]) {
    let of_codec = check::CHECKS.iter().map(|(name, _, check)| (*name, *check));
    let mut checks = of_codec.chain(primitives());
    let (_, check) = checks.find(|(found, _)| *found == name).expect("each target has a check of its name");
    check(bytes);
}

#[cfg(fuzzing)]
fn primitives() -> impl Iterator<Item = (&'static str, check::Check)> {
    proofmark::twins::CHECKS.into_iter()
}

/// Without `--cfg fuzzing` the codec shows nothing of its inside.
#[cfg(not(fuzzing))]
fn primitives() -> impl Iterator<Item = (&'static str, check::Check)> {
    std::iter::empty()
}

/// The whole of a fuzz target: hands what the fuzzer comes up with to the check of the target's name.
#[macro_export]
macro_rules! target {
    () => {
        ::libfuzzer_sys::fuzz_target!(|bytes: &[u8]| $crate::check(env!("CARGO_BIN_NAME"), bytes));
    };
}
