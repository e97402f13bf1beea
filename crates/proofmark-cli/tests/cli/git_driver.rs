//! `git-driver`, as git itself calls it.

use std::fs;
use std::path::Path;
use std::process::Command;

use expect_test::expect;
use tempfile::TempDir;

use crate::check_in;
use crate::fixture::manifest;
use proofmark_artifacts::Codec;

/// Runs git in a directory; what it printed, and whether it was content.
fn git(dir: &Path, args: &[&str]) -> (String, bool) {
    let output = Command::new("git")
        .args(["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"])
        .args(args)
        .current_dir(dir)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .expect("git is installed");
    let text = [output.stdout, output.stderr].concat();
    (String::from_utf8(text).expect("it is text"), output.status.success())
}

/// A repository that is set up as the help says.
fn repository() -> TempDir {
    let dir = tempfile::tempdir().expect("there is room for a directory");
    let command = env!("CARGO_BIN_EXE_proofmark");
    for args in [
        &["init", "--quiet", "--initial-branch", "main"][..],
        &["config", "diff.proofmark.textconv", &format!("{command} git-driver textconv")],
        &["config", "merge.proofmark.driver", &format!("{command} git-driver merge %O %A %B %P")],
    ] {
        let (told, is_content) = git(dir.path(), args);
        assert!(is_content, "{told}");
    }
    write(dir.path(), ".gitattributes", b"*.msgpack diff=proofmark\n*.lock.json merge=proofmark\n");
    dir
}

fn write(dir: &Path, file: &str, content: &[u8]) {
    fs::write(dir.join(file), content).expect("it can be written");
}

fn commit(dir: &Path, message: &str) {
    git(dir, &["add", "--all"]);
    let (told, is_content) = git(dir, &["commit", "--quiet", "--message", message]);
    assert!(is_content, "{told}");
}

/// A lock whose record has these fields.
fn lock(fields: &[&str], positional: bool) -> Vec<u8> {
    let fields: Vec<_> = fields.iter().map(|name| format!(r#"{{"name":"{name}","type":"u8"}}"#)).collect();
    let text = format!(
        r##"{{"proofmark_lock":1,"record":"a","version":1,"codecs":["json"],"used_as":"cache","root":"#A","types":{{"A":{{"is":"record","positional":{positional},"fields":[{}]}}}}}}"##,
        fields.join(",")
    );
    let lock = proofmark_contract::lock::from_slice(text.as_bytes()).expect("it is a lock");
    proofmark_contract::lock::to_vec(&lock).expect("it can be written")
}

/// Merges two branches that changed a lock; what git said, whether it was content, and the file.
fn merged(base: &[u8], ours: &[u8], theirs: &[u8]) -> (String, bool, String) {
    let dir = repository();
    write(dir.path(), "a.lock.json", base);
    commit(dir.path(), "base");
    git(dir.path(), &["switch", "--quiet", "--create", "theirs"]);
    write(dir.path(), "a.lock.json", theirs);
    commit(dir.path(), "theirs");
    git(dir.path(), &["switch", "--quiet", "main"]);
    write(dir.path(), "a.lock.json", ours);
    commit(dir.path(), "ours");
    let (told, is_content) = git(dir.path(), &["merge", "--quiet", "theirs", "--message", "both"]);
    (told, is_content, fs::read_to_string(dir.path().join("a.lock.json")).expect("it is there"))
}

#[test]
fn stored_records_are_shown_value_by_value() {
    let dir = repository();
    let before = manifest(Codec::MessagePack);
    write(dir.path(), "m.msgpack", &before);
    write(dir.path(), "other.msgpack", b"\xc1");
    commit(dir.path(), "before");
    let at = before.windows(12).position(|bytes| bytes == b"pipeline.sql").expect("it has a pipeline");
    let mut after = before.clone();
    after[at..at + 8].copy_from_slice(b"PIPELINE");
    write(dir.path(), "m.msgpack", &after);
    write(dir.path(), "other.msgpack", b"\xc1\xc1");
    let (shown, is_content) = git(dir.path(), &["diff", "--unified=0"]);
    assert!(is_content, "{shown}");
    let changed = shown.lines().filter(|line| line.starts_with(['+', '-'])).collect::<Vec<_>>().join("\n");
    expect![[r#"
        --- a/m.msgpack
        +++ b/m.msgpack
        -.pipeline = "examples/flights/pipeline.sql"
        +.pipeline = "examples/flights/PIPELINE.sql"
        --- a/other.msgpack
        +++ b/other.msgpack
        -00000000  c1                                       .
        +00000000  c1c1                                     ..
    "#]]
    .assert_eq(&format!("{changed}\n"));
}

#[test]
fn fields_that_two_branches_add_are_merged() {
    let (told, is_content, file) =
        merged(&lock(&["a"], false), &lock(&["a", "b"], false), &lock(&["a", "c"], false));
    assert!(is_content, "{told}");
    assert_eq!(file, String::from_utf8(lock(&["a", "b", "c"], false)).unwrap());
}

#[test]
fn what_cannot_be_merged_is_told_and_left_to_the_reader() {
    let (told, is_content, file) =
        merged(&lock(&["a"], true), &lock(&["a", "b"], true), &lock(&["a", "c"], true));
    assert!(!is_content, "{told}");
    assert!(told.contains("a.lock.json: both sides changed #A positions"), "{told}");
    assert!(file.contains("<<<<<<<") && file.contains(">>>>>>>"), "{file}");
    let (told, is_content, file) = merged(&lock(&["a"], false), b"{}\n", &lock(&["a", "c"], false));
    assert!(!is_content, "{told}");
    assert!(told.contains("Object missing required field `proofmark_lock`"), "{told}");
    assert!(file.contains("<<<<<<<"), "{file}");
}

#[test]
fn a_file_that_is_not_there_is_told() {
    let dir = tempfile::tempdir().unwrap();
    check_in(
        dir.path(),
        &["git-driver", "textconv", "nowhere.msgpack"],
        expect![[r#"
        error: cannot read `nowhere.msgpack`: No such file or directory (os error 2)
        exit 101
    "#]],
    );
    check_in(
        dir.path(),
        &["git-driver", "merge", "a", "b"],
        expect![[r#"
        error: the following required arguments were not provided:
          <THEIRS>

        Usage: proofmark git-driver merge <BASE> <OURS> <THEIRS> [NAME]

        For more information, try '--help'.
        exit 2
    "#]],
    );
}
