//! A run against another one.

use proofmark_artifacts::{CdfCursor, Manifest, Maybe, OperatorNode, RowEstimate, RunWriter};
use proofmark_report::{Against, page};

use crate::fixture::{Fixture, everything, numbered, plan, sample};
use crate::markup::tags;

/// A run whose plan has a sort more, another order of inputs, other partitions and another estimate.
pub(crate) fn otherwise(run: &mut RunWriter) {
    let mut plan = plan();
    let Maybe::Set(root) = &mut plan.statements[0].physical else { panic!("the sample ran") };
    let scan = &mut root.children[0].children[0];
    scan.rows_estimated = Maybe::Set(RowEstimate { rows: 12, exact: false });
    scan.partitioning.count = 9;
    let join = root.clone();
    *root = OperatorNode {
        name: "SortExec".to_owned(),
        detail: "expr=[a@0 ASC]".to_owned(),
        children: vec![join],
        ..root.clone()
    };
    *root = numbered(root.clone(), &mut 0);
    let mut manifest: Manifest = sample::manifest();
    manifest.datasets[0].rows = Maybe::Set(12);
    manifest.statements[0].elapsed_ns = Maybe::Set(40_000_000_000);
    run.put(&manifest).unwrap();
    run.put(&plan).unwrap();
    run.put(&sample::profile()).unwrap();
    run.put(&CdfCursor::new("orders", 8)).unwrap();
}

fn check(fixture: &Fixture, html: &str, parts: &[&str]) {
    crate::truth::check(&fixture.store, html);
    let (_, rest) = html.split_once("<section id=\"against\"").expect("the section is there");
    let section = &rest[..rest.find("</section>").expect("it ends")];
    for part in parts {
        assert!(section.contains(part), "`{part}` is not in {section}");
    }
}

#[test]
fn what_changed_since_the_run_before_is_told_with_its_cause() {
    let fixture = Fixture::new();
    fixture.run(300_000_000, everything);
    let html = fixture.page(&fixture.run(412_000_000, otherwise));
    check(
        &fixture,
        &html,
        &[
            "The content differs.",
            "≠ cdf_cursor",
            "= profile",
            "<span class=\"came\">+1</span>",
            "only now: ",
            "rows expected",
            "statistics of flights: rows",
            "partitions",
            "Figures that differ much",
        ],
    );
}

#[test]
fn any_run_may_be_the_other_one() {
    let fixture = Fixture::new();
    let ids = [everything, otherwise, everything].map(|fill| fixture.run(412_000_000, fill));
    let bundle = |idx: usize| fixture.store.bundle(&ids[idx]).unwrap();
    let against =
        |idx| page(&fixture.recorded(&ids[2]).with_against(Against::between(&bundle(idx), &bundle(2))));
    check(&fixture, &against(0), &["The content of both is the same", "No plan differs.", ids[0].as_str()]);
    check(&fixture, &against(1), &["The content differs.", "only before: ", ids[1].as_str()]);
}

#[test]
fn the_first_run_has_nothing_to_be_set_against() {
    let fixture = Fixture::new();
    let html = fixture.page(&fixture.run(1, everything));
    check(&fixture, &html, &["There is no other run to set this one against."]);
}

#[test]
fn what_the_other_run_holds_is_text() {
    let fixture = Fixture::new();
    fixture.run(1, |run| {
        let mut plan = plan();
        let Maybe::Set(root) = &mut plan.statements[0].physical else { panic!("the sample ran") };
        let hostile = "</ol><script>alert(1)</script>\u{202e}";
        (root.name, root.detail) = (hostile.to_owned(), hostile.to_owned());
        root.ordering = vec![hostile.to_owned()];
        run.put(&plan).unwrap();
        let mut manifest = sample::manifest();
        manifest.statements[0].sql = hostile.to_owned();
        manifest.datasets[0].name = hostile.to_owned();
        run.put(&manifest).unwrap();
        run.put_as(hostile, &sample::cdf_cursor()).unwrap();
    });
    let html = fixture.page(&fixture.run(2, everything));
    check(&fixture, &html, &["&lt;script&gt;alert(1)&lt;/script&gt;"]);
    assert_eq!(tags(&html).iter().filter(|(name, _)| name == "script").count(), 2);
    assert!(!html.contains('\u{202e}'));
}
