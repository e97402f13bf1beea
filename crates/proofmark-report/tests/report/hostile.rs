//! Names, texts and plans that somebody made to do harm.

use proofmark_artifacts::{Maybe, OperatorNode, PLAN_DEPTH_MAX};

use crate::fixture::{Fixture, numbered, plan, sample};
use crate::markup::tags;

/// Text that closes what it stands in, runs, reads backwards, or is obeyed by a terminal.
const HOSTILE: &str = "</title></style></pre>\"'><script>alert(1)</script><img src=x onerror=alert(2)>\u{202e}\u{2066}\u{1b}[2J\0&lt;";

/// What must hold of every page, whatever is in it.
fn check(html: &str) {
    let scripts: Vec<_> = tags(html).into_iter().filter(|(name, _)| name == "script").collect();
    assert_eq!(scripts.len(), 2, "the packed artifacts and our own script");
    assert!(!tags(html).iter().any(|(name, _)| name == "img"));
    let is_obeyed = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!html.contains(is_obeyed), "what hides is escaped");
}

#[test]
fn text_that_is_markup_is_shown_as_text() {
    let fixture = Fixture::new();
    let id = fixture.run(1, |run| {
        let mut manifest = sample::manifest();
        for statement in &mut manifest.statements {
            statement.sql = HOSTILE.to_owned();
            statement.kind = HOSTILE.to_owned();
        }
        for dataset in &mut manifest.datasets {
            dataset.name = HOSTILE.to_owned();
            dataset.columns.iter_mut().for_each(|column| column.name = HOSTILE.to_owned());
        }
        manifest.notes.push(HOSTILE.to_owned());
        manifest.params.insert(HOSTILE.to_owned(), HOSTILE.to_owned());
        manifest.repro.command = vec![HOSTILE.to_owned()];
        run.put(&manifest).unwrap();
        let mut plan = plan();
        for statement in &mut plan.statements {
            if let Maybe::Set(root) = &mut statement.physical {
                (root.name, root.detail) = (HOSTILE.to_owned(), HOSTILE.to_owned());
            }
        }
        run.put(&plan).unwrap();
        let mut profile = sample::profile();
        profile.settings.insert(HOSTILE.to_owned(), Some(HOSTILE.to_owned()));
        run.put(&profile).unwrap();
        run.put_as(HOSTILE, &sample::cdf_cursor()).unwrap();
        run.missing("ast", HOSTILE);
    });
    let html = fixture.page(&id);
    check(&html);
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && html.contains("\\u{202e}"));
}

#[test]
fn ten_megabytes_of_text_are_cut_and_the_cut_is_told() {
    let fixture = Fixture::new();
    let id = fixture.run(1, |run| {
        let mut manifest = sample::manifest();
        manifest.statements[0].sql = "x".repeat(10 << 20);
        run.put(&manifest).unwrap();
    });
    let html = fixture.page(&id);
    check(&html);
    assert!(html.len() < 1 << 20, "{} bytes", html.len());
    assert!(html.contains("… 10,481,760 more characters in <code>:manifest .statements[0].sql</code>"));
}

#[test]
fn a_plan_of_ten_thousand_operators_a_hundred_deep_is_cut_and_the_cut_is_told() {
    let fixture = Fixture::new();
    let id = fixture.run(1, |run| {
        run.put(&{
            let mut plan = plan();
            let Maybe::Set(root) = &mut plan.statements[0].physical else { panic!("the sample ran") };
            let leaf = OperatorNode { children: Vec::new(), ..root.clone() };
            let chain = |_| {
                (2..PLAN_DEPTH_MAX)
                    .fold(leaf.clone(), |below, _| OperatorNode { children: vec![below], ..leaf.clone() })
            };
            *root =
                numbered(OperatorNode { children: (0..102).map(chain).collect(), ..leaf.clone() }, &mut 0);
            plan
        })
        .unwrap()
    });
    let html = fixture.page(&id);
    check(&html);
    assert!(html.len() < 16 << 20, "{} bytes", html.len());
    assert!(html.contains("Shown here: 400 of <data value=\"10099\""));
}
