//! A small selection of cases that has one of each sort, which the tests of this crate replay.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::Path,
};

use crate::{
    deviation::{Deviation, Place},
    expression, replay, run,
    vector::{Case, File},
    verdict::Verdict,
};

/// Writes the selected cases of each file into a directory.
pub(crate) fn select(files: &[File], deviations: &[Deviation], into: &Path) -> io::Result<()> {
    fs::create_dir_all(into)?;
    for file in files {
        let chosen = choose(file, deviations);
        let lines =
            file.cases.iter().filter(|case| chosen.contains(case.id())).map(|case| case.line.as_str());
        let mut text = Vec::from_iter([file.meta.as_str()].into_iter().chain(lines)).join("\n");
        text.push('\n');
        fs::write(into.join(format!("{}.jsonl", file.kind)), text)?;
    }
    Ok(())
}

/// How many cases of a file are chosen by their place in it, so that floats and texts of all sorts are among them.
const SPREAD: usize = 24;

/// The names of the shortest case of each sort, and of some more.
fn choose<'a>(file: &'a File, deviations: &[Deviation]) -> BTreeSet<&'a str> {
    let mut shortest: BTreeMap<String, &Case> = BTreeMap::new();
    for case in &file.cases {
        for sort in sorts(file, deviations, case) {
            let best = shortest.entry(sort).or_insert(case);
            if case.line.len() < best.line.len() {
                *best = case;
            }
        }
    }
    let spread = file.cases.iter().step_by(file.cases.len().div_ceil(SPREAD).max(1));
    shortest.into_values().chain(spread).map(Case::id).collect()
}

/// What a case is one of: cases of its type, of its error, of what it is replayed with, of what came of it.
fn sorts(file: &File, deviations: &[Deviation], case: &Case) -> [String; 4] {
    let error = shape(case.error().unwrap_or("none"));
    let proto = case.text("proto").unwrap_or_default();
    let options = ["strict", "opts", "op", "flags", "indent"].map(|entry| case.get(entry));
    [
        format!("type {} {}", leaf(file, case), case.error().is_none()),
        format!("error {error} {proto}"),
        format!("options {options:?}"),
        format!("outcome {}", outcome(file, deviations, case)),
    ]
}

/// The type, or the record in it, which stands in the same few containers as every other record.
fn leaf<'a>(file: &File, case: &'a Case) -> &'a str {
    let mut expression = case.text("type").unwrap_or_default();
    let is_records = matches!(file.kind.as_str(), "structs" | "typeinfo");
    while let (true, (_, arguments)) = (is_records, expression::open(expression))
        && let Some(last) = arguments.last()
    {
        expression = last;
    }
    expression
}

/// An error with what is quoted and counted left out.
fn shape(error: &str) -> String {
    let odd = error.split(['`', '\'']).step_by(2).collect::<Vec<_>>().join("_");
    odd.replace(|c: char| c.is_ascii_digit(), "")
}

/// The deviation that explains a case, or the reason it is skipped for.
fn outcome(file: &File, deviations: &[Deviation], case: &Case) -> String {
    let input = case.input();
    let expression = case.text("type").unwrap_or_default();
    let place = Place { file: &file.kind, expression, input: &input };
    match run::verdict(replay::find(&file.kind), case) {
        Verdict::Same => String::new(),
        Verdict::Skipped(reason, _) => reason.to_string(),
        Verdict::Differs(differences) => {
            let explains =
                |deviation: &&Deviation| differences.iter().any(|found| deviation.explains(place, found));
            let explained = deviations.iter().find(explains).map(|deviation| deviation.id.as_str());
            explained.unwrap_or("unexplained").to_owned()
        }
    }
}
