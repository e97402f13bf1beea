//! `proofmark bundle`.

use expect_test::expect;
use proofmark_artifacts::RunStatus;

use crate::fixture::{Fixture, IDS, sample};
use crate::{check_in, proofmark, transcript};

fn fixture() -> Fixture {
    let fixture = Fixture::empty();
    fixture.run(IDS[0], "datafusion 55.2.0", RunStatus::Ok, |run| {
        run.put(&sample::manifest()).unwrap();
        run.put(&sample::ast()).unwrap();
    });
    fixture
}

#[test]
fn a_run_goes_into_a_file_and_comes_out_elsewhere() {
    let fixture = fixture();
    let dir = fixture.dir();
    let told = transcript(dir, proofmark(dir, &["bundle", "-o", "a.zip"]));
    assert!(told.starts_with("wrote a.zip: 2 artifacts, ") && told.ends_with("exit 0\n"), "{told}");
    let again = transcript(dir, proofmark(dir, &["bundle", "k3f9", "-o", "b.zip"]));
    assert_eq!(told.replace("a.zip", "b.zip"), again, "the same run gives the same bytes");
    check_in(
        dir,
        &["bundle", "-o", "a.zip"],
        expect![[r#"
        error: `a.zip` exists already
          help: --force overwrites it
        exit 101
    "#]],
    );
    check_in(
        dir,
        &["bundle", "--unpack", "a.zip", "--runs", "there"],
        expect![[r#"
        unpacked run k3f9q2xd into there/20261122-134501123-k3f9q2xd
        exit 0
    "#]],
    );
    check_in(
        dir,
        &["bundle", "--unpack", "a.zip", "--runs", "there"],
        expect![[r#"
        error: there/20261122-134501123-k3f9q2xd: cannot put the bundle in place: File exists (os error 17)
        while unpacking `a.zip`
        exit 101
    "#]],
    );
    let both = [format!("runs/{}", IDS[0]), format!("there/{}", IDS[0])];
    check_in(
        dir,
        &["diff", &both[0], &both[1], "--only", "artifacts"],
        expect![[r#"
        k3f9q2xd -> k3f9q2xd  same content
        artifacts
          ast       same content
          manifest  same content
        exit 0
    "#]],
    );
}

#[test]
fn paths_are_taken_out_and_the_record_says_so() {
    let fixture = fixture();
    let dir = fixture.dir();
    let told = transcript(dir, proofmark(dir, &["bundle", "-o", "a.zip", "--redact", "paths,secrets"]));
    assert!(told.ends_with("exit 0\n"), "{told}");
    proofmark(dir, &["bundle", "--unpack", "a.zip", "--runs", "there"]).output().unwrap();
    check_in(
        dir,
        &["show", ":manifest", ".datasets[].path", "-r", "--runs", "there"],
        expect![[r#"
        [path 2]
        [path 2]
        exit 0
    "#]],
    );
    check_in(
        dir,
        &["show", ":manifest", ".notes[-1]", "-r", "--runs", "there"],
        expect![[r#"
        redacted: paths, secrets; digests and fingerprints are those of what is left
        exit 0
    "#]],
    );
}

#[test]
fn what_is_no_archive_is_refused() {
    let fixture = fixture();
    fixture.write("a.zip", "not an archive");
    check_in(
        fixture.dir(),
        &["bundle", "--unpack", "a.zip"],
        expect![[r#"
        error: archive: cannot read the archive: invalid Zip archive: Could not find EOCD
          help: restore the file from a copy, or run the pipeline again; the other artifacts can be read
        while unpacking `a.zip`
        exit 101
    "#]],
    );
    check_in(
        fixture.dir(),
        &["bundle", "--unpack", "none.zip"],
        expect![[r#"
        error: cannot read `none.zip`: No such file or directory (os error 2)
        exit 101
    "#]],
    );
    check_in(
        fixture.dir(),
        &["bundle"],
        expect![[r#"
        error: the following required arguments were not provided:
          --output <FILE.zip>

        Usage: proofmark bundle --output <FILE.zip> [RUN]

        For more information, try '--help'.
        exit 2
    "#]],
    );
    check_in(
        fixture.dir(),
        &["bundle", "nothing", "-o", "b.zip"],
        expect![[r#"
        error: runs: no run `nothing`; the latest of 1: 20261122-134501123-k3f9q2xd
          help: `proofmark ls` lists the runs, `proofmark show RUN` what a run left
        exit 101
    "#]],
    );
}
