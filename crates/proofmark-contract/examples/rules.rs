//! The catalogue of drift, proven: each rule with its verdicts and whether its cases do what it says.
//!
//! `cargo run -p proofmark-contract --example rules`

use std::collections::BTreeMap;

use proofmark_contract::lock::{Definition, FORMAT, Lock, Type};
use proofmark_contract::rules::{Case, Rule, rules};
use proofmark_contract::{Codec, Finding, Use, findings};

fn lock(types: &BTreeMap<String, Definition>) -> Lock {
    Lock {
        proofmark_lock: FORMAT,
        record: "case".to_owned(),
        version: 1,
        codecs: Codec::ALL.to_vec(),
        used_as: Use::Manifest,
        root: Type::Named("R".to_owned()),
        types: types.clone(),
    }
}

/// Whether the rule, and no other, is found in the change of the case.
fn fires(rule: &Rule, found: &[Finding]) -> bool {
    !found.is_empty() && found.iter().all(|finding| finding.rule == rule.id)
}

/// Whether readers made of both locks do what the case says; of rules that replaying cannot show, the word is taken.
fn replays(rule: &Rule, case: &Case, found: &[Finding]) -> bool {
    let expected = [(Codec::Json, case.json), (Codec::MessagePack, case.msgpack)];
    let agrees = |finding: &Finding| finding.judgement.as_ref().is_some_and(|it| it.verdicts == expected);
    !rule.assumed.is_unset() || found.iter().all(agrees)
}

fn main() {
    println!(
        "RULE  CASE  JSON                  MESSAGEPACK           LEVEL           FIRES  REPLAYS  CHANGE"
    );
    let mut failed = 0;
    for rule in rules() {
        if rule.cases.is_empty() {
            println!("{:<5} -     no lock shows it{:<52} {}", rule.id, "", rule.title);
        }
        for (index, case) in rule.cases.iter().enumerate() {
            let found = findings(&lock(&case.old), &lock(&case.new));
            let passes = [fires(rule, &found), replays(rule, case, &found)];
            failed += passes.iter().filter(|pass| !**pass).count();
            let [fires, replays] = passes.map(|pass| if pass { "pass" } else { "FAIL" });
            let (json, msgpack) = (case.json.to_string(), case.msgpack.to_string());
            let (id, strict, title) = (&rule.id, case.strict.to_string(), &rule.title);
            println!(
                "{id:<5} {index:<5} {json:<21} {msgpack:<21} {strict:<15} {fires:<6} {replays:<8} {title}"
            );
        }
    }
    println!("{} rules, {failed} marks failed", rules().len());
    std::process::exit(i32::from(failed > 0));
}
