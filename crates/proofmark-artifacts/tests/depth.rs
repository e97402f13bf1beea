//! How deeply records may be nested.

mod sample;

use std::thread;

use proofmark::Maybe::Set;
use proofmark_artifacts::{
    Codec, OperatorNode, PLAN_DEPTH_MAX, PlanArtifact, PlanNode, RunStore, StoreErrorKind, fingerprint,
};

/// What a thread of an engine has.
const STACK_BYTES: usize = 2 << 20;

/// Plans that are chains of so many operators.
fn plans(depth: usize) -> PlanArtifact {
    let mut plan = sample::plan();
    let statement = &mut plan.statements[0];
    let Set(operator) = &statement.physical else { panic!("the sample has a physical plan") };
    let leaf = OperatorNode { children: Vec::new(), ..operator.clone() };
    let physical =
        (1..depth).fold(leaf.clone(), |child, _| OperatorNode { children: vec![child], ..leaf.clone() });
    let leaf = PlanNode { name: "Filter".to_owned(), detail: String::new(), children: Vec::new() };
    let logical =
        (1..depth).fold(leaf.clone(), |child, _| PlanNode { children: vec![child], ..leaf.clone() });
    statement.physical = Set(physical);
    statement.logical = Set(logical);
    plan
}

fn on_a_thread_of_an_engine(work: impl FnOnce() + Send + 'static) {
    thread::Builder::new().stack_size(STACK_BYTES).spawn(work).unwrap().join().unwrap();
}

#[test]
fn the_deepest_plan_is_written_read_and_fingerprinted_on_a_thread_of_an_engine() {
    on_a_thread_of_an_engine(|| {
        let plan = plans(PLAN_DEPTH_MAX);
        for codec in [Codec::Json, Codec::MessagePack] {
            let bytes = codec.encode(&plan).unwrap();
            assert_eq!(codec.decode::<PlanArtifact>(&bytes).unwrap(), plan);
        }
        fingerprint(&plan).unwrap();
    });
}

#[test]
fn a_plan_that_could_not_be_read_again_is_not_written() {
    on_a_thread_of_an_engine(|| {
        let dir = tempfile::tempdir().unwrap();
        let mut run = RunStore::new(dir.path()).begin().unwrap();
        let error = run.put(&plans(2 * PLAN_DEPTH_MAX)).unwrap_err();
        assert_eq!(error.kind(), StoreErrorKind::Encode);
        assert!(error.to_string().contains("Nesting is deeper than 256 levels"), "{error}");
    });
}

#[test]
fn a_hostile_depth_is_refused_in_both_formats() {
    on_a_thread_of_an_engine(|| {
        let json = ["[".repeat(100_000), "]".repeat(100_000)].concat();
        let nested = format!("{{\"type\":\"plan.v1\",\"statements\":{json}}}");
        for input in [json, nested] {
            assert!(Codec::Json.decode::<PlanArtifact>(input.as_bytes()).is_err());
        }
        let arrays = vec![0x91; 100_000];
        let lengths = b"\x82\xa4type\xa7plan.v1\xaastatements\xdd\xff\xff\xff\xff";
        for input in [&arrays[..], lengths] {
            assert!(Codec::MessagePack.decode::<PlanArtifact>(input).is_err());
        }
    });
}
