//! The state of a checkout, read without git and compared with what git made.

use std::path::Path;
use std::process::Command;

use proofmark_datafusion::artifacts::{GitRecord, Maybe};
use proofmark_datafusion::git_state;

/// Runs git in `directory` as nobody in particular and answers what it printed.
#[track_caller]
fn git(directory: &Path, arguments: &str) -> String {
    let output = Command::new("git")
        .args(["-c", "user.name=n", "-c", "user.email=e", "-c", "commit.gpgsign=false"])
        .args(arguments.split(' '))
        .current_dir(directory)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .output()
        .expect("git is installed");
    assert!(output.status.success(), "git {arguments}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn repository() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    git(dir.path(), "init -q -b trunk");
    std::fs::create_dir(dir.path().join("src")).unwrap();
    std::fs::write(dir.path().join("src/a"), "one").unwrap();
    std::fs::write(dir.path().join("b"), "two").unwrap();
    git(dir.path(), "add .");
    git(dir.path(), "commit -q -m first");
    dir
}

#[track_caller]
fn check(directory: &Path, branch: Option<&str>, dirty: Option<bool>) {
    let maybe_text = |text: Option<&str>| text.map_or(Maybe::Unset, |text| Maybe::Set(text.to_owned()));
    let revision = git(directory, "rev-parse HEAD");
    let expected = GitRecord {
        revision: maybe_text(Some(&revision)),
        branch: maybe_text(branch),
        dirty: dirty.map_or(Maybe::Unset, Maybe::Set),
    };
    assert_eq!(git_state(directory), Some(expected));
}

#[test]
fn clean_checkout() {
    let dir = repository();
    check(dir.path(), Some("trunk"), Some(false));
    check(&dir.path().join("src"), Some("trunk"), Some(false));
}

#[test]
fn packed_repository() {
    let dir = repository();
    git(dir.path(), "gc -q");
    check(dir.path(), Some("trunk"), Some(false));
}

#[test]
fn untracked_file_is_not_dirt() {
    let dir = repository();
    std::fs::write(dir.path().join("new"), "x").unwrap();
    check(dir.path(), Some("trunk"), Some(false));
}

#[test]
fn changed_removed_and_staged_files_are_dirt() {
    let changes: [fn(&Path); 4] = [
        |dir| std::fs::write(dir.join("src/a"), "two").unwrap(),
        |dir| std::fs::remove_file(dir.join("b")).unwrap(),
        |dir| {
            std::fs::write(dir.join("new"), "x").unwrap();
            git(dir, "add new");
        },
        |dir| {
            git(dir, "rm -q --cached b");
        },
    ];
    for change in changes {
        let dir = repository();
        change(dir.path());
        check(dir.path(), Some("trunk"), Some(true));
    }
}

#[test]
fn file_written_again_with_the_same_content_is_clean() {
    let dir = repository();
    std::thread::sleep(std::time::Duration::from_millis(20));
    std::fs::write(dir.path().join("b"), "two").unwrap();
    check(dir.path(), Some("trunk"), Some(false));
}

#[test]
fn detached_head_has_no_branch() {
    let dir = repository();
    git(dir.path(), "checkout -q --detach");
    check(dir.path(), None, Some(false));
}

#[test]
fn linked_work_tree() {
    let dir = repository();
    let linked = dir.path().join("linked");
    git(dir.path(), "worktree add -q linked -b other");
    check(&linked, Some("other"), Some(false));
    std::fs::write(linked.join("b"), "three").unwrap();
    check(&linked, Some("other"), Some(true));
}

#[test]
fn repository_without_a_commit() {
    let dir = tempfile::tempdir().unwrap();
    git(dir.path(), "init -q -b trunk");
    let expected =
        GitRecord { revision: Maybe::Unset, branch: Maybe::Set("trunk".to_owned()), dirty: Maybe::Unset };
    assert_eq!(git_state(dir.path()), Some(expected));
}

#[test]
fn damaged_repository_is_no_repository() {
    let dir = repository();
    std::fs::write(dir.path().join(".git/HEAD"), "nonsense").unwrap();
    assert_eq!(git_state(dir.path()), None);
    let dir = repository();
    std::fs::write(dir.path().join(".git/index"), "nonsense that is long enough to be read").unwrap();
    check(dir.path(), Some("trunk"), None);
}
