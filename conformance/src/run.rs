//! Replaying files and counting what came of it.

use crate::{
    deviation::{Deviation, Place},
    replay::{self, Replay},
    report::{Counts, Found, Report},
    vector::{Case, File},
    verdict::{Skip, Verdict},
};

/// Replays the cases that `wanted` picks.
pub(crate) fn run(files: &[File], deviations: &[Deviation], wanted: impl Fn(&Case) -> bool) -> Report {
    let mut report = Report::default();
    for file in files {
        let replay = replay::find(&file.kind);
        let mut counts = Counts::default();
        for case in file.cases.iter().filter(|case| wanted(case)) {
            counts.cases += 1;
            settle(&mut report, &mut counts, deviations, &file.kind, case, verdict(replay, case));
        }
        report.files.push((file.kind.clone(), counts));
    }
    report
}

/// The verdict on a case, whose kind may be one that nobody replays.
pub(crate) fn verdict(replay: Option<Replay>, case: &Case) -> Verdict {
    replay.map_or(Verdict::skip(Skip::NotReplayed), |replay| replay(case))
}

fn settle(
    report: &mut Report,
    counts: &mut Counts,
    deviations: &[Deviation],
    file: &str,
    case: &Case,
    verdict: Verdict,
) {
    let expression = case.text("type").unwrap_or_default();
    match verdict {
        Verdict::Same => counts.passed += 1,
        Verdict::Skipped(reason, detail) => {
            *counts.skipped.entry(reason).or_default() += 1;
            *report.skips.entry((reason, detail)).or_default() += 1;
        }
        Verdict::Differs(differences) => {
            let input = case.input();
            let place = Place { file, expression, input: &input };
            let explained = differences
                .iter()
                .map(|difference| deviations.iter().find(|deviation| deviation.explains(place, difference)));
            let explained = explained.collect::<Option<Vec<_>>>();
            let input = case.text("text").map_or(input, str::to_owned);
            let (id, expression) = (case.id().to_owned(), expression.to_owned());
            let found = Found { id, expression, input, differences };
            match explained.as_deref() {
                Some([first, ..]) => {
                    counts.deviations += 1;
                    report.deviations.entry(first.id.clone()).or_default().push(found);
                }
                _ => {
                    counts.failed += 1;
                    report.failures.push(found);
                }
            }
        }
    }
}
