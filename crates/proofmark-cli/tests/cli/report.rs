//! `proofmark report`.

use std::fs;

use expect_test::expect;

use crate::fixture::{Fixture, IDS};
use crate::{check_in, proofmark};

#[test]
fn the_page_is_named_after_the_run() {
    let fixture = Fixture::new();
    check_in(
        fixture.dir(),
        &["report"],
        expect![[r#"
            report of run k3f9q2xd in run-k3f9q2xd.html
            exit 0
        "#]],
    );
    let page = fs::read_to_string(fixture.dir().join("run-k3f9q2xd.html")).unwrap();
    assert!(page.contains(IDS[0]) && page.contains("The artifact profile was not recorded"));
}

#[test]
fn the_page_goes_where_it_is_told_to_and_is_the_same_each_time() {
    let fixture = Fixture::new();
    let page = |path: &str| {
        let output = proofmark(fixture.dir(), &["report", "a7b2", "-o", path]).output().unwrap();
        assert!(output.status.success());
        if path == "-" { output.stdout } else { fs::read(fixture.dir().join(path)).unwrap() }
    };
    assert!(page("-").starts_with(b"<!DOCTYPE html>"));
    assert_eq!(page("-"), page("a b.html"));
}

#[test]
fn a_damaged_artifact_is_a_finding() {
    let fixture = Fixture::new();
    fs::write(fixture.file(IDS[0], "plan.json"), "{}").unwrap();
    check_in(
        fixture.dir(),
        &["report", "-o", "out.html"],
        expect![[r#"
            report of run k3f9q2xd in out.html
            exit 100
        "#]],
    );
}

#[test]
fn what_cannot_be_made_is_told() {
    let fixture = Fixture::new();
    check_in(
        fixture.dir(),
        &["report", "zzzz"],
        expect![[r#"
            error: runs: no run `zzzz`; the latest of 3: 20261122-134501123-k3f9q2xd, 20261121-060000000-k3f9zzzz, 20261120-060000000-a7b2c9de
              help: `proofmark ls` lists the runs, `proofmark show RUN` what a run left
            exit 101
        "#]],
    );
    check_in(
        fixture.dir(),
        &["report", "-o", "no/such/dir.html"],
        expect![[r#"
            error: cannot write `no/such/dir.html`: No such file or directory (os error 2)
            exit 101
        "#]],
    );
}

#[test]
fn a_trace_is_written_beside_the_page() {
    let fixture = Fixture::new();
    check_in(
        fixture.dir(),
        &["report", "-o", "out.html", "--trace", "out.json"],
        expect![[r#"
            report of run k3f9q2xd in out.html
            trace in out.json
            exit 0
        "#]],
    );
    let trace = fs::read_to_string(fixture.dir().join("out.json")).unwrap();
    assert!(trace.starts_with(r#"{"traceEvents":["#), "{trace}");
}

#[test]
fn the_run_that_another_is_set_against_is_the_one_before_or_the_one_that_is_named() {
    let fixture = Fixture::new();
    let page = |arguments: &[&str]| {
        let arguments = [&["report", "-o", "-"], arguments].concat();
        let output = proofmark(fixture.dir(), &arguments).output().unwrap();
        assert!(output.status.success());
        let html = String::from_utf8(output.stdout).unwrap();
        let (_, section) = html.split_once("<section id=\"against\"").expect("it is there");
        section[..section.find("</section>").expect("it ends")].to_owned()
    };
    assert!(page(&[]).contains(IDS[1]));
    let named = page(&["--against", "a7b2"]);
    assert!(named.contains(IDS[2]) && named.contains("so does the engine"), "{named}");
    assert!(page(&["--against", &format!("runs/{}", IDS[2])]).contains(IDS[2]));
    check_in(
        fixture.dir(),
        &["report", "--against", "zzzz"],
        expect![[r#"
            error: runs: no run `zzzz`; the latest of 3: 20261122-134501123-k3f9q2xd, 20261121-060000000-k3f9zzzz, 20261120-060000000-a7b2c9de
              help: `proofmark ls` lists the runs, `proofmark show RUN` what a run left
            exit 101
        "#]],
    );
}
