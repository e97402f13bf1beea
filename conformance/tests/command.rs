//! The command, as it is run: what it prints, and how it ends.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The committed selection of the recorded cases.
const VECTORS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/vectors");

/// Runs the command and gives its exit code, what it printed and its complaint.
fn run(args: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_conformance")).args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// A directory of its own with one file in it.
fn directory(name: &str, file: &str, text: &str) -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&directory).unwrap();
    fs::write(directory.join(file), text).unwrap();
    directory
}

#[track_caller]
fn check(name: &str, file: &str, text: &str, code: i32, said: &str) {
    let directory = directory(name, file, text);
    let (found, printed, complaint) = run(&[directory.to_str().unwrap()]);
    assert_eq!(found, code, "{printed}{complaint}");
    assert!(format!("{printed}{complaint}").contains(said), "{printed}{complaint}");
}

const META: &str = "{\"meta\":{}}\n";

#[test]
fn committed_cases_come_out_as_recorded() {
    let (code, printed, complaint) = run(&[VECTORS]);
    assert_eq!(code, 0, "{printed}{complaint}");
    for file in fs::read_dir(VECTORS).unwrap() {
        let kind = file.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned();
        let row = printed.lines().find(|line| line.split(' ').next() == Some(&kind)).unwrap();
        assert!(row.contains("100.00 %") && !row.contains("not-replayed"), "{row}");
    }
}

/// Types that the table does not have are put together; done so with those that it has, nothing else comes out.
#[test]
fn types_put_together_are_those_of_the_table() {
    let (code, printed, complaint) = run(&["--dynamic", VECTORS]);
    assert_eq!(code, 0, "{printed}{complaint}");
    let all = printed.lines().last().unwrap();
    assert!(all.contains("no-rust-type 2"), "{all}");
}

/// A case whose type no table could foresee.
#[test]
fn types_of_the_same_grammar_are_put_together() {
    for (expression, input, ok, rest) in [
        ("list[Box[str] | None]", r#"[{"item":"a","items":[]},null]"#, true, ""),
        ("Dict[Literal['q', 7], List[List[int]]]", r#"{"q":[[1],[]]}"#, true, ""),
        (
            "Tuple[int, Union[str, List[Literal[4, 5]], None]]",
            "[1,[6]]",
            false,
            "Invalid enum value 6 - at `$[1][0]`",
        ),
        (
            "Optional[Annotated[Set[str], Meta(max_length=1)]]",
            r#"["a","b"]"#,
            false,
            "Expected `array` of length <= 1",
        ),
        (
            "Dict[str, Annotated[str, Meta(pattern='^a')]]",
            r#"{"a":"b"}"#,
            false,
            "Expected `str` matching regex '^a' - at `$[...]`",
        ),
        ("Union[Cat, Dog, date, List[float]]", "[1.5]", true, ""),
        ("Union[Cat, Dog, date]", "1.5", false, "Expected `date | object`, got `float`"),
    ] {
        let hex: String = input.bytes().map(|byte| format!("{byte:02x}")).collect();
        let outcome = match ok {
            true => format!(r#""ok":true,"reencoded":"{hex}""#),
            false => format!(r#""ok":false,"error":{{"msg":"{rest}"}}"#),
        };
        let case = format!(
            r#"{{"id":"1","type":"{expression}","proto":"json","strict":true,"input":"{hex}",{outcome}}}"#
        );
        check(
            "grammar",
            "json_scalars.jsonl",
            &format!("{META}{case}\n"),
            0,
            "all                     1       1 ",
        );
    }
    let case = r#"{"id":"1","type":"Unheard[int]","proto":"json","strict":true,"input":"31","ok":true}"#;
    check("unheard", "json_scalars.jsonl", &format!("{META}{case}\n"), 0, "no-rust-type 1");
}

#[test]
fn every_kind_has_committed_cases() {
    let (code, _, complaint) = run(&[directory("kinds", "odd.jsonl", META).to_str().unwrap()]);
    let kinds = complaint.trim().split("there are ").nth(1).unwrap();
    assert_eq!(code, 2);
    for kind in kinds.split(", ") {
        assert!(Path::new(VECTORS).join(format!("{kind}.jsonl")).exists(), "no cases of {kind}");
    }
}

#[test]
fn every_deviation_is_needed_and_named_in_the_notes() {
    let (_, printed, _) = run(&["--verbose", VECTORS]);
    let notes = include_str!("../README.md");
    for line in printed.lines().filter_map(|line| line.strip_prefix("deviation ")) {
        let (id, rest) = line.split_once(": ").unwrap();
        assert!(!rest.starts_with("0 cases"), "{id} explains nothing");
        assert!(notes.contains(&format!("| `{id}` |")), "the notes do not have {id}");
    }
}

#[test]
fn a_difference_that_no_decision_explains_fails() {
    let wrong = r#"{"id":"floats-1","bits":"3ff0000000000000","json":"1","json_key":"\"1.0\""}"#;
    check("wrong", "floats.jsonl", &format!("{META}{wrong}\n"), 1, "expected 1\n    found    1.0");
}

#[test]
fn a_case_that_lacks_something_fails() {
    check(
        "lacks",
        "floats.jsonl",
        &format!("{META}{{\"id\":\"floats-1\"}}\n"),
        1,
        "an entry bits, json or json_key",
    );
}

#[test]
fn a_file_that_is_none_of_ours_is_refused() {
    check("odd", "odd.jsonl", META, 2, "no replayer for odd.jsonl");
    check("meta", "floats.jsonl", "{}\n", 2, "floats.jsonl:1: does not tell how the cases were recorded");
    check("line", "floats.jsonl", &format!("{META}{{\n"), 2, "floats.jsonl:2: EOF");
    check("empty", "notes.txt", "", 2, "no vector files");
}

#[test]
fn wrong_arguments_are_told() {
    for (args, said) in [
        (&["--odd", "."][..], "unknown option --odd"),
        (&[][..], "the paths are missing, or too many"),
        (&["nowhere"][..], "nowhere: "),
    ] {
        let (code, _, complaint) = run(args);
        assert_eq!(code, 2);
        assert!(complaint.contains(said), "{complaint}");
    }
}
