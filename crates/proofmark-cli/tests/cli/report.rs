//! `proofmark report`.

use std::fs;

use expect_test::expect;

use crate::fixture::{Fixture, IDS};
use crate::{check_in, proofmark, transcript};

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

/// The badge of the page of a run.
fn badge(fixture: &Fixture, run: &str) -> String {
    let output = proofmark(fixture.dir(), &["report", run, "-o", "-"]).output().unwrap();
    let html = String::from_utf8(output.stdout).unwrap();
    let (_, badge) = html.split_once("href=\"#drift\"").expect("there is a badge");
    let (badge, _) = badge.split_once("</a>").expect("it ends");
    badge.rsplit('>').next().unwrap_or_default().to_owned()
}

#[test]
fn the_badge_is_what_the_locks_of_the_writing_release_say() {
    let fixture = Fixture::new();
    // Without locks, the release that wrote the run is known to be this one.
    assert_eq!(badge(&fixture, "a7b2"), "no drift");
    let kept = transcript(fixture.dir(), proofmark(fixture.dir(), &["lock", "--release", "0.1.0"]));
    assert!(kept.ends_with("exit 0\n"), "{kept}");
    assert_eq!(badge(&fixture, "a7b2"), "no drift");
    let lock = fixture.dir().join("contracts/released/0.1.0/cdf_cursor.lock.json");
    let text = fs::read_to_string(&lock).unwrap();
    fs::write(&lock, text.replacen("u64", "u32", 1)).unwrap();
    assert_eq!(badge(&fixture, "a7b2"), "compatible drift");
    // The records of this run are others.
    assert_eq!(badge(&fixture, "latest"), "no drift");
    // A change that hits no record of the run harms nobody; one that is in the way does.
    fs::write(&lock, text.replacen("\"fields\": [", r#""fields": [{"name":"form","type":"u8"},"#, 1))
        .unwrap();
    assert_eq!(badge(&fixture, "a7b2"), "compatible drift");
    let record = fs::read_to_string(fixture.file(IDS[2], "cdf_cursor.json")).unwrap();
    fixture.replace(IDS[2], "cdf_cursor", record.replacen('{', r#"{"form":1,"#, 1).as_bytes());
    assert_eq!(badge(&fixture, "a7b2"), "breaking drift");
}

/// What `report --png` says with such a browser; and that there is no picture.
#[track_caller]
fn check_browser(fixture: &Fixture, variable: (&str, &str), expected: expect_test::Expect) {
    let mut command = proofmark(fixture.dir(), &["report", "-o", "out.html", "--png", "out.png"]);
    command.env_remove("CHROMIUM").env(variable.0, variable.1);
    expected.assert_eq(&transcript(fixture.dir(), command));
    assert!(!fixture.dir().join("out.png").exists());
}

#[test]
fn a_picture_without_a_browser_says_what_is_missing() {
    check_browser(
        &Fixture::new(),
        ("PATH", "/nowhere"),
        expect![[r#"
        report of run k3f9q2xd in out.html
        error: a picture is drawn by a browser, and no Chromium is on the path
          help: install `chromium`, or name a browser of its family: CHROMIUM=PROGRAM
        exit 101
    "#]],
    );
}

#[cfg(unix)]
#[test]
fn a_browser_that_is_none_is_told() {
    check_browser(
        &Fixture::new(),
        ("CHROMIUM", "no-such-browser"),
        expect![[r#"
        report of run k3f9q2xd in out.html
        error: CHROMIUM names `no-such-browser`, which is not there
          help: name a browser of the Chromium family: CHROMIUM=PROGRAM
        exit 101
    "#]],
    );
    check_browser(
        &Fixture::new(),
        ("CHROMIUM", "/no/such/browser"),
        expect![[r#"
        report of run k3f9q2xd in out.html
        error: CHROMIUM names `/no/such/browser`, which is not there
          help: name a browser of the Chromium family: CHROMIUM=PROGRAM
        exit 101
    "#]],
    );
    check_browser(
        &Fixture::new(),
        ("CHROMIUM", "false"),
        expect![[r#"
        report of run k3f9q2xd in out.html
        error: the browser `false` has ended
          help: name another one of the Chromium family: CHROMIUM=PROGRAM
        exit 101
    "#]],
    );
}

/// A browser that answers so, whatever it is asked.
#[cfg(unix)]
#[track_caller]
fn check_answer(answer: &str, expected: expect_test::Expect) {
    use std::os::unix::fs::PermissionsExt as _;

    let fixture = Fixture::new();
    let script = fixture
        .write("browser", format!("#!/bin/sh\necho no display >&2\nprintf '{answer}' >&4\nexec sleep 9\n"));
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    check_browser(&fixture, ("CHROMIUM", &script.to_string_lossy()), expected);
}

#[cfg(unix)]
#[test]
fn a_browser_that_does_not_speak_the_protocol_is_told() {
    check_answer(
        r"hello\0",
        expect![[r#"
        report of run k3f9q2xd in out.html
        error: the browser `[DIR]/browser` does not speak the DevTools protocol
          help: name another one of the Chromium family: CHROMIUM=PROGRAM
        no display
        exit 101
    "#]],
    );
    check_answer(
        r#"{"id":1,"result":{}}\0{"id":2,"result":{}}\0"#,
        expect![[r#"
        report of run k3f9q2xd in out.html
        error: the browser `[DIR]/browser` opens no tab
          help: name another one of the Chromium family: CHROMIUM=PROGRAM
        no display
        exit 101
    "#]],
    );
}

#[test]
fn a_view_that_there_is_not_is_told() {
    check_in(
        Fixture::new().dir(),
        &["report", "--png", "out.png", "--view", "verdict,plan"],
        expect![[r#"
        error: invalid value 'plan' for '--view <VIEW>'
          [possible values: verdict, findings, operators, expensive, timeline, memory, scans, tables, plans, sql, against, compare, environment, incremental, events, provenance, contract]

          tip: a similar value exists: 'plans'

        For more information, try '--help'.
        exit 2
    "#]],
    );
    check_in(
        Fixture::new().dir(),
        &["report", "--view", "verdict"],
        expect![[r#"
        error: the following required arguments were not provided:
          --png <FILE.png>

        Usage: proofmark report --png <FILE.png> --view <VIEW> [RUN]

        For more information, try '--help'.
        exit 2
    "#]],
    );
}

/// Width and height of a PNG.
fn size(png: &[u8]) -> (u32, u32) {
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n") && png[12..16] == *b"IHDR");
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

#[test]
fn a_picture_shows_the_page_or_the_views_that_are_wanted() {
    let fixture = Fixture::new();
    let draw = |more: &[&str]| {
        let arguments = [&["report", "-o", "out.html", "--png", "out.png"], more].concat();
        let told = transcript(fixture.dir(), proofmark(fixture.dir(), &arguments));
        if told.contains("no Chromium is on the path") {
            return None;
        }
        assert!(told.ends_with("picture in out.png\nexit 0\n"), "{told}");
        Some(fs::read(fixture.dir().join("out.png")).unwrap())
    };
    let Some(whole) = draw(&[]) else {
        eprintln!("skipped: there is no Chromium; name one in CHROMIUM");
        return;
    };
    let verdict = draw(&["--view", "verdict"]).unwrap();
    assert_eq!(size(&verdict).0, 2_560, "twice the page: sharp on any screen");
    assert!(size(&verdict).1 > 200 && size(&verdict).1 * 4 < size(&whole).1);
    let night = draw(&["--view", "verdict", "--dark"]).unwrap();
    assert!(size(&night) == size(&verdict) && night != verdict);
}
