//! The programs that try out what is exported, where they are installed.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;

use proofmark::{Record, json};
use proofmark_contract::Codec as Stored;

/// A document, and what the record's own code writes after reading it.
#[derive(Record, Debug)]
pub(crate) struct Case {
    pub(crate) record: String,
    pub(crate) codec: Stored,
    pub(crate) document: Vec<u8>,
    #[field(null = "it is refused")]
    pub(crate) written: Option<Vec<u8>>,
}

/// Runs each case with an exported module.
pub(crate) fn check_python(module: &str, cases: impl FnOnce() -> Vec<Case>) {
    let Some(python) = tool("PROOFMARK_PYTHON", "python3", &["-c", "import msgspec"]) else { return };
    let folder = tempfile::tempdir().expect("there is room");
    let (records, lines) = (folder.path().join("records.py"), folder.path().join("cases"));
    let written: Vec<_> = cases().iter().map(|case| json::to_string(case).expect("a case is JSON")).collect();
    fs::write(&records, module).expect("there is room");
    fs::write(&lines, written.join("\n")).expect("there is room");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../proofmark-contract/tests/export/check.py");
    run(Command::new(python).arg(script).args([records, lines]));
}

/// Compiles an exported module and a program that imports it as `./records.js`.
pub(crate) fn check_typescript(module: &str, program: &str) {
    const OPTIONS: [&str; 8] = [
        "--strict",
        "--exactOptionalPropertyTypes",
        "--noEmit",
        "--target",
        "es2022",
        "--module",
        "nodenext",
        "--types",
    ];
    let Some(tsc) = tool("PROOFMARK_TSC", "tsc", &["--version"]) else { return };
    let folder = tempfile::tempdir().expect("there is room");
    fs::write(folder.path().join("records.ts"), module).expect("there is room");
    fs::write(folder.path().join("program.ts"), program).expect("there is room");
    run(Command::new(tsc).current_dir(folder.path()).args(OPTIONS).args(["", "program.ts"]));
}

/// A program that is there and does what is asked of it.
fn tool(variable: &str, name: &str, probe: &[&str]) -> Option<OsString> {
    let chosen = std::env::var_os(variable);
    let tool = chosen.clone().unwrap_or_else(|| name.into());
    let works = Command::new(&tool).args(probe).output().is_ok_and(|output| output.status.success());
    assert!(works || chosen.is_none(), "{variable} is set, and `{}` does not work", tool.display());
    if !works {
        eprintln!("skipped: `{name} {}` does not work here; {variable} may name another", probe.join(" "));
    }
    works.then_some(tool)
}

fn run(command: &mut Command) {
    let output = command.output().expect("it started before");
    let told = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    eprint!("{told}");
}
