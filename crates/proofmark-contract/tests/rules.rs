//! Every rule, held against its cases: it fires, it alone, and the releases do what it says.

use std::collections::BTreeMap;

use proofmark_contract::class::{Level, Verdict, Verdicts};
use proofmark_contract::drift::changes;
use proofmark_contract::lock::{Definition, FORMAT, Lock, Type};
use proofmark_contract::rules::{Case, Rule, rules};
use proofmark_contract::{Codec, Finding, Use, findings};

fn lock(types: &BTreeMap<String, Definition>, open: bool) -> Lock {
    let mut types = types.clone();
    if open {
        types.values_mut().for_each(|definition| {
            if let Definition::Record(record) = definition {
                record.allow_unknown = true;
            }
        });
    }
    Lock {
        proofmark_lock: FORMAT,
        record: "case".to_owned(),
        version: 1,
        codecs: Codec::ALL.to_vec(),
        used_as: Use::Manifest,
        root: Type::Named("R".to_owned()),
        types,
    }
}

fn found(case: &Case, open: bool) -> Vec<Finding> {
    findings(&lock(&case.old, open), &lock(&case.new, open))
}

fn for_each_case(check: impl Fn(&Rule, usize, &Case) -> Option<String>) {
    let cases = rules().iter().flat_map(|rule| rule.cases.iter().enumerate().map(move |case| (rule, case)));
    let faults: Vec<String> = cases
        .filter_map(|(rule, (index, case))| {
            check(rule, index, case).map(|fault| format!("{}[{index}]: {fault}", rule.id))
        })
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn each_rule_fires_on_its_cases_and_no_other_does() {
    for_each_case(|rule, _, case| {
        let fired: Vec<_> = found(case, false).iter().map(|finding| finding.rule).collect();
        (fired.is_empty() || fired.iter().any(|id| *id != rule.id)).then(|| format!("{fired:?}"))
    });
}

#[test]
fn replaying_a_case_gives_the_verdicts_of_its_rule() {
    for_each_case(|rule, _, case| {
        let expected = [(Codec::Json, case.json), (Codec::MessagePack, case.msgpack)];
        let all = found(case, false);
        let fault = all.iter().find(|finding| {
            rule.assumed.is_unset()
                && finding.judgement.as_ref().is_none_or(|found| found.verdicts != expected)
        });
        fault.map(|finding| format!("{:?}", finding.judgement.as_ref().map(|found| show(&found.verdicts))))
    });
}

#[test]
fn levels_are_as_the_rule_says_for_strict_and_for_open_readers() {
    for_each_case(|_, _, case| {
        let level =
            |open| found(case, open).iter().map(|finding| finding.level).fold(Level::None, Level::and);
        let levels = (level(false), level(true));
        (levels != (case.strict, case.open)).then(|| format!("strict {}, open {}", levels.0, levels.1))
    });
}

#[test]
fn each_verdict_but_ok_has_a_witness() {
    for_each_case(|rule, _, case| {
        let all = found(case, false);
        let fault = all.iter().filter(|_| rule.assumed.is_unset()).find(|finding| {
            let replayed = finding.judgement.as_ref().expect("cases can be replayed");
            let bad = replayed.verdicts.iter().map(|(_, verdicts)| count_bad(*verdicts)).sum::<usize>();
            replayed.witnesses.len() != bad
        });
        fault.map(|finding| format!("{:?}", finding.judgement))
    });
}

#[test]
fn nothing_is_found_where_nothing_changed() {
    for_each_case(|_, _, case| {
        let same = |types| changes(&lock(types, false), &lock(types, false));
        let changes = [same(&case.old), same(&case.new)].concat();
        (!changes.is_empty()).then(|| format!("{changes:?}"))
    });
}

fn count_bad(verdicts: Verdicts) -> usize {
    [verdicts.backward, verdicts.forward].iter().filter(|verdict| **verdict != Verdict::Ok).count()
}

fn show(verdicts: &[(Codec, Verdicts)]) -> String {
    verdicts.iter().map(|(codec, verdicts)| format!("{} {verdicts} ", codec.name())).collect()
}
