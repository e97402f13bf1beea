//! The views of a page, and its head.

use proofmark_artifacts::{Maybe, RunId, RunStatus, RunSummary};
use proofmark_report::VIEWS;

use crate::fixture::{Fixture, everything, sample};
use crate::markup::tags;

#[test]
fn every_view_is_an_element_of_its_name() {
    let fixture = Fixture::new();
    let html = fixture.page(&fixture.run(1, everything));
    let id = |attributes: Vec<(String, String)>| {
        attributes.into_iter().find(|(key, _)| key == "id").map(|it| it.1)
    };
    let is_view = |name: &str| name == "section" || name == "header";
    let ids = tags(&html).into_iter().filter(|(name, _)| is_view(name)).filter_map(|(_, it)| id(it));
    assert_eq!(ids.collect::<Vec<_>>(), VIEWS);
}

#[test]
fn a_replay_names_the_run_that_it_repeats() {
    let fixture = Fixture::new();
    let first = fixture.run(1, everything);
    let page = |replay_of: Maybe<RunId>| {
        let summary = RunSummary { replay_of, ..RunSummary::new(RunStatus::Ok, sample::time(0)) };
        let run = fixture.store.begin().unwrap().commit(summary).unwrap();
        fixture.page(&run.index.run_id)
    };
    assert!(page(Maybe::Set(first.clone())).contains(&format!(":bundle .summary.replay_of\">{first}<")));
    assert!(!page(Maybe::Unset).contains("replay of"));
}

#[test]
fn statements_are_told_with_the_step_that_they_are_of() {
    let fixture = Fixture::new();
    let html = fixture.page(&fixture.run(1, everything));
    for told in [r#"<span class="step">step carriers</span>"#, r#"<span class="step">carriers</span>"#] {
        assert_eq!(html.matches(told).count(), 1, "{told}");
    }
}
