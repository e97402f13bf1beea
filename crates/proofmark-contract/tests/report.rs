//! What the gate found, in the forms that other programs read; and when it closes.

use expect_test::{Expect, expect};
use proofmark::{Maybe, Value, json};
use proofmark_contract::class::Level;
use proofmark_contract::compat::{Acceptance, Baseline, Bump, FailOn, Gate, Outcome};
use proofmark_contract::lock::{Definition, Lock};
use proofmark_contract::report::{self, CompatReport, UnreadReport};
use proofmark_contract::verdict::Stored;
use proofmark_contract::{Codec, Registry, Use};

mod before {
    use proofmark::Record;

    /// Where a reader stands.
    #[derive(Record)]
    #[record(encode_defaults)]
    pub(crate) struct Cursor {
        pub(crate) dataset: String,
    }
}

mod after {
    use proofmark::Record;

    /// Where a reader stands.
    #[derive(Record)]
    #[record(encode_defaults)]
    pub(crate) struct Cursor {
        pub(crate) dataset: String,
        #[field(default)]
        pub(crate) filter: String,
    }
}

fn before(used_as: Use) -> Vec<Lock> {
    Registry::new().record::<before::Cursor>("cursor", 1, used_as).locks().unwrap()
}

fn after(used_as: Use) -> Vec<Lock> {
    Registry::new().record::<after::Cursor>("cursor", 1, used_as).locks().unwrap()
}

fn baseline(name: &str, locks: Vec<Lock>) -> Baseline {
    Baseline { name: name.to_owned(), locks, whole: true }
}

fn outcome(gate: &Gate, used_as: Use) -> Outcome {
    gate.compare(&after(used_as), &[baseline("<0.9> & before", before(used_as))])
}

/// What the gate tells of a record of a use.
fn told(used_as: Use) -> CompatReport {
    CompatReport::of(&outcome(&Gate::default(), used_as), "contracts")
}

/// A report of a record that is gone, and of a file that is not read.
fn told_of_files() -> CompatReport {
    let unread = UnreadReport {
        record: "cursor".to_owned(),
        place: "runs/1/cursor.json".to_owned(),
        error: "100% wrong\n: <cut>".to_owned(),
        fails: true,
    };
    let removed = vec!["plan".to_owned()];
    CompatReport {
        fails: true,
        needs: Bump::Major,
        allowed: Maybe::Set(Bump::Minor),
        locks: "contracts".to_owned(),
        comparisons: Vec::new(),
        added: vec!["<profile>".to_owned()],
        removed,
        unread: vec![unread],
    }
}

#[track_caller]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(text);
}

#[test]
fn findings_are_sarif() {
    let text = report::sarif(&told(Use::Cursor)).unwrap();
    check(
        &String::from_utf8(json::format(text.as_bytes(), json::Indent::Spaces(1)).unwrap()).unwrap(),
        expect![[r#"
            {
             "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
             "version": "2.1.0",
             "runs": [
              {
               "tool": {
                "driver": {
                 "name": "proofmark",
                 "version": "0.1.0",
                 "rules": [
                  {
                   "id": "F2",
                   "shortDescription": {
                    "text": "field with a default added, always written"
                   },
                   "fullDescription": {
                    "text": "Readers of the old release refuse a name that they do not know, and it is in every record."
                   },
                   "help": {
                    "text": "Leave defaults out of the output: then old readers take every record in which the field has its default."
                   }
                  }
                 ]
                }
               },
               "columnKind": "utf16CodeUnits",
               "results": [
                {
                 "ruleId": "F2",
                 "level": "error",
                 "message": {
                  "text": "cursor $.filter backward-only: field with a default added, always written (+field filter: str default \"\"), against <0.9> & before"
                 },
                 "locations": [
                  {
                   "physicalLocation": {
                    "artifactLocation": {
                     "uri": "contracts/cursor.lock.json"
                    },
                    "region": {
                     "startLine": 21,
                     "startColumn": 6,
                     "endLine": 23,
                     "endColumn": 19
                    }
                   },
                   "logicalLocations": [
                    {
                     "fullyQualifiedName": "cursor.filter",
                     "kind": "member"
                    }
                   ]
                  }
                 ],
                 "partialFingerprints": {
                  "proofmark/v1": "9ceebc23"
                 }
                }
               ]
              }
             ]
            }"#]],
    );
}

#[test]
fn findings_are_cases_of_junit() {
    check(
        &report::junit(&told(Use::Cursor)),
        expect![[r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="proofmark compat" tests="1" failures="1">
          <testsuite name="cursor against &lt;0.9&gt; &amp; before" tests="1" failures="1">
            <testcase classname="cursor" name="F2 $.filter">
              <failure type="backward-only" message="field with a default added, always written">cursor $.filter backward-only: field with a default added, always written (+field filter: str default &quot;&quot;), against &lt;0.9&gt; &amp; before</failure>
            </testcase>
          </testsuite>
        </testsuites>
    "#]],
    );
    check(
        &report::junit(&told(Use::Cache)),
        expect![[r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="proofmark compat" tests="1" failures="0">
          <testsuite name="cursor against &lt;0.9&gt; &amp; before" tests="1" failures="0">
            <testcase classname="cursor" name="F2 $.filter"></testcase>
          </testsuite>
        </testsuites>
    "#]],
    );
}

#[test]
fn findings_are_commands_of_workflows() {
    check(
        &report::github(&told(Use::Cursor)),
        expect![[r#"
            ::error file=contracts/cursor.lock.json,line=21,title=F2 backward-only::cursor $.filter backward-only: field with a default added, always written (+field filter: str default ""), against <0.9> & before
        "#]],
    );
}

/// Checks what a form tells of a record that is gone, and of a file that is not read.
#[track_caller]
fn check_files(form: fn(&CompatReport) -> String, expected: Expect) {
    check(&form(&told_of_files()), expected);
}

#[test]
fn what_is_gone_or_not_read_is_a_command_of_workflows() {
    check_files(
        report::github,
        expect![[r#"
        ::error title=gone::plan is gone
        ::error title=not read::cursor is not read: runs/1/cursor.json: 100%25 wrong%0A: <cut>
    "#]],
    );
}

#[test]
fn what_is_gone_or_not_read_is_a_case_of_its_own() {
    check_files(
        report::junit,
        expect![[r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="proofmark compat" tests="2" failures="2">
          <testsuite name="records" tests="2" failures="2">
            <testcase classname="plan" name="gone">
              <failure type="gone" message="plan is gone">plan is gone</failure>
            </testcase>
            <testcase classname="cursor" name="runs/1/cursor.json">
              <failure type="not read" message="cursor is not read: runs/1/cursor.json: 100% wrong?: &lt;cut&gt;">cursor is not read: runs/1/cursor.json: 100% wrong?: &lt;cut&gt;</failure>
            </testcase>
          </testsuite>
        </testsuites>
    "#]],
    );
}

#[test]
fn what_is_gone_or_not_read_is_an_issue_of_code_quality() {
    check_files(
        |report| report::gitlab(report).unwrap(),
        expect![[
            r#"[{"description":"plan is gone","check_name":"gone","fingerprint":"gone-plan is gone","severity":"critical","location":{"path":"contracts/plan.lock.json","lines":{"begin":1}}},{"description":"cursor is not read: runs/1/cursor.json: 100% wrong\n: <cut>","check_name":"unread","fingerprint":"unread-cursor is not read: runs/1/cursor.json: 100% wrong\n: <cut>","severity":"critical","location":{"path":"contracts/cursor.lock.json","lines":{"begin":1}}}]"#
        ]],
    );
}

#[test]
fn what_is_gone_or_not_read_is_told_in_prose() {
    check_files(
        report::markdown,
        expect![[r#"
        ### Contract: 1 gone, 1 not read

        The gate is closed; this needs a **major** release, and a minor one is meant.

        - plan is gone
        - cursor is not read: runs/1/cursor.json: 100% wrong : &lt;cut>
        - &lt;profile> is new
    "#]],
    );
}

#[test]
fn what_is_gone_has_no_file_and_what_is_not_read_has_one() {
    check_files(
        |report| {
            let text = report::sarif(report).unwrap();
            let log: Value = json::from_str(&text).unwrap();
            let results = log.at("$.runs[0].results").unwrap().as_array().unwrap().iter();
            results.map(|result| format!("{result}\n")).collect()
        },
        expect![[r#"
            {"level":"error","locations":[{"logicalLocations":[{"fullyQualifiedName":"plan","kind":"member"}]}],"message":{"text":"plan is gone"}}
            {"level":"error","locations":[{"logicalLocations":[{"fullyQualifiedName":"cursor","kind":"member"}],"physicalLocation":{"artifactLocation":{"uri":"contracts/cursor.lock.json"}}}],"message":{"text":"cursor is not read: runs/1/cursor.json: 100% wrong\n: <cut>"}}
        "#]],
    );
}

#[test]
fn the_gate_closes_on_what_a_use_forbids() {
    for (used_as, closes) in
        [(Use::Cursor, true), (Use::Manifest, false), (Use::Cache, false), (Use::Event, true)]
    {
        assert_eq!(outcome(&Gate::default(), used_as).fails(), closes, "{used_as:?}");
    }
}

#[test]
fn after_a_rollback_of_more_than_three_releases_a_cursor_need_not_be_read() {
    for (releases, closes) in [(3, true), (4, false)] {
        let mut baselines = vec![baseline("now", after(Use::Cursor)); releases - 1];
        baselines.push(baseline("old", before(Use::Cursor)));
        let outcome = Gate::default().compare(&after(Use::Cursor), &baselines);
        assert_eq!(outcome.fails(), closes, "{releases}");
    }
}

#[test]
fn the_gate_closes_on_a_level_and_worse() {
    for (level, closes) in [
        (Level::Representation, true),
        (Level::BackwardOnly, true),
        (Level::ForwardOnly, false),
        (Level::Silent, false),
    ] {
        let gate = Gate { fail_on: FailOn::Level(level), ..Gate::default() };
        assert_eq!(outcome(&gate, Use::Cache).fails(), closes, "{level}");
    }
}

#[test]
fn what_is_accepted_is_let_pass_until_its_day() {
    let found = outcome(&Gate::default(), Use::Cursor);
    let fingerprint = found.judged().next().unwrap().fingerprint.clone();
    let accepted = vec![Acceptance {
        fingerprint,
        reason: "nobody rolls back".to_owned(),
        until: Maybe::Set("2026-11-22".to_owned()),
    }];
    for (today, closes) in [("2026-11-22", false), ("2026-11-23", true)] {
        let gate = Gate { accepted: accepted.clone(), today: today.to_owned(), ..Gate::default() };
        assert_eq!(outcome(&gate, Use::Cursor).fails(), closes, "{today}");
    }
}

#[test]
fn a_record_that_is_gone_closes_the_gate_and_a_new_one_does_not() {
    let gone = Gate::default().compare(&[], &[baseline("before", before(Use::Manifest))]);
    assert_eq!((gone.removed.len(), gone.fails()), (1, true));
    let new = Gate::default().compare(&after(Use::Manifest), &[baseline("before", Vec::new())]);
    assert_eq!((new.added.len(), new.fails()), (1, false));
}

/// What is stored of a record.
fn stored(text: &str) -> Stored {
    let (place, record) = ("runs/1/cursor.json".to_owned(), "cursor".to_owned());
    Stored { place, record, codec: Codec::Json, bytes: text.as_bytes().to_vec() }
}

#[test]
fn what_the_code_of_today_does_not_read_closes_the_gate_where_it_has_to_be_read() {
    for (text, used_as, error, closes) in [
        (r#"{"dataset":"a","filter":""}"#, Use::Manifest, None, false),
        ("{}", Use::Manifest, Some("Object missing required field `dataset`"), true),
        ("{}", Use::Cache, Some("Object missing required field `dataset`"), false),
    ] {
        let code = Registry::new().record::<after::Cursor>("cursor", 1, used_as);
        let gate = Gate { corpus: vec![stored(text)], code, ..Gate::default() };
        let found = gate.compare(&after(used_as), &[baseline("now", after(used_as))]);
        assert_eq!(found.unread.first().map(|unread| &*unread.error), error);
        assert_eq!(found.fails(), closes, "{used_as:?}");
    }
}

#[test]
fn a_baseline_of_some_records_does_not_make_the_others_new() {
    let some = Baseline { whole: false, ..baseline("a run", Vec::new()) };
    assert!(Gate::default().compare(&after(Use::Manifest), &[some]).added.is_empty());
}

#[test]
fn findings_are_issues_of_gitlab() {
    let text = report::gitlab(&told(Use::Cursor)).unwrap();
    check(
        &String::from_utf8(json::format(text.as_bytes(), json::Indent::Spaces(1)).unwrap()).unwrap(),
        expect![[r#"
            [
             {
              "description": "cursor $.filter backward-only: field with a default added, always written (+field filter: str default \"\"), against <0.9> & before",
              "check_name": "F2",
              "fingerprint": "9ceebc23-<0.9> & before",
              "severity": "major",
              "location": {
               "path": "contracts/cursor.lock.json",
               "lines": {
                "begin": 21
               }
              }
             }
            ]"#]],
    );
}

#[test]
fn findings_are_a_comment_in_markdown() {
    check(
        &report::markdown(&told(Use::Cursor)),
        expect![[r####"
        ### Contract: 1 backward-only

        The gate is closed; this needs a **major** release.

        | | rule | where | change | json | msgpack |
        |---|---|---|---|---|---|
        | 🔴 backward-only | F2 field with a default added, always written | `cursor.filter` | `+field filter: str default ""` | ok / no | ok / no |

        <sub>json and msgpack: new reads old / old reads new</sub>

        <details><summary>Bytes that show it</summary>

        F2 `$.filter`

        - json old<-new: `` refused: Object contains unknown field `filter` `` of `{"dataset":"","filter":""}`
        - msgpack old<-new: `` refused: Object contains unknown field `filter` `` of `82a764617461736574a0a666696c746572a0`

        </details>
    "####]],
    );
}

#[test]
fn the_gate_closes_on_what_asks_for_more_than_the_version_that_is_meant() {
    for (used_as, needs) in [(Use::Cursor, Bump::Major), (Use::Manifest, Bump::Minor)] {
        for allowed in [Bump::Patch, Bump::Minor, Bump::Major] {
            let found = outcome(&Gate { fail_on: FailOn::Needs(allowed), ..Gate::default() }, used_as);
            assert_eq!((found.needs(), found.fails()), (needs, needs > allowed), "{used_as:?} {allowed:?}");
        }
    }
    let same = Gate::default().compare(&after(Use::Cursor), &[baseline("same", after(Use::Cursor))]);
    assert_eq!(same.needs(), Bump::Patch);
}

#[test]
fn a_record_that_is_gone_asks_for_a_major_version_and_a_new_one_for_a_minor_one() {
    for (now, before, needs) in
        [(Vec::new(), before(Use::Manifest), Bump::Major), (after(Use::Manifest), Vec::new(), Bump::Minor)]
    {
        for allowed in [Bump::Patch, Bump::Minor, Bump::Major] {
            let gate = Gate { fail_on: FailOn::Needs(allowed), ..Gate::default() };
            let found = gate.compare(&now, &[baseline("before", before.clone())]);
            assert_eq!((found.needs(), found.fails()), (needs, needs > allowed), "{allowed:?}");
        }
    }
}

#[test]
fn no_version_lets_a_silent_change_pass() {
    // Defaults are left out, and the default is another one.
    let [before, now] = ["", "x"].map(|default| {
        let mut locks = after(Use::Cache);
        let Some(Definition::Record(record)) = locks[0].types.values_mut().next() else { panic!("a record") };
        record.encode_defaults = false;
        record.fields[1].default = Maybe::Set(default.into());
        locks
    });
    let gate = Gate { fail_on: FailOn::Needs(Bump::Major), ..Gate::default() };
    let found = gate.compare(&now, &[baseline("before", before)]);
    assert_eq!(found.judged().map(|judged| judged.finding.level).collect::<Vec<_>>(), [Level::Silent]);
    assert!(found.fails());
}
