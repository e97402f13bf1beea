//! Syntax trees are the parser's own, without places in the text, and no deeper than a reader can follow.

use proofmark_datafusion::AST_DEPTH_MAX;
use proofmark_datafusion::artifacts::{AstOmission, Maybe, Raw, RunStatus};

use crate::fixture::Fixture;

/// The tree of the first statement as JSON, or why there is none.
fn tree(sql: &str) -> Result<String, AstOmission> {
    let ran = Fixture::new().run(sql);
    assert!(ran.bundle().verify().is_empty());
    ran.ast(|ast| {
        let statement = &ast.statements[0];
        match (&statement.ast, statement.omitted) {
            (Maybe::Set(tree), Maybe::Unset) => Ok(json(tree)),
            (Maybe::Unset, Maybe::Set(omission)) => Err(omission),
            both => panic!("a tree or a reason: {both:?}"),
        }
    })
}

fn json(tree: &Raw<'_>) -> String {
    let limits = proofmark::Limits::depth(AST_DEPTH_MAX);
    let value: proofmark::Value = tree.decode_with(limits, proofmark::Strictness::Strict).unwrap();
    value.to_string()
}

#[test]
fn layouts_of_one_query_have_one_tree() {
    let one = tree("SELECT a.id, CASE WHEN id = 1 THEN 'x' END FROM orders a WHERE id IN (1, 2)").unwrap();
    let other =
        tree("select  a.id, -- comment\n case when id = 1 then 'x' end\n from orders a\n\twhere id in (1,2)");
    assert_eq!(one, other.unwrap());
    for word in ["\"Query\"", "\"orders\"", "\"Case\"", "\"InList\""] {
        assert!(one.contains(word), "{word} in {one}");
    }
    for place in ["\"span\"", "_token\"", "\"line\"", "\"column\""] {
        assert!(!one.contains(place), "{place} in {one}");
    }
}

#[test]
fn other_queries_have_other_trees() {
    assert_ne!(tree("SELECT 1").unwrap(), tree("SELECT 2").unwrap());
}

#[test]
fn columns_named_like_a_place_stay() {
    let tree = tree("SELECT 1 AS span, 2 AS select_token").unwrap();
    assert!(tree.contains("\"span\"") && tree.contains("\"select_token\""), "{tree}");
}

#[test]
fn statements_of_the_engine_have_no_tree() {
    for sql in ["EXPLAIN SELECT 1", "RESET datafusion.execution.batch_size"] {
        assert_eq!(tree(sql), Err(AstOmission::EngineStatement), "{sql}");
    }
}

#[test]
fn trees_beyond_the_limit_are_left_out() {
    let sum = |terms: usize| format!("SELECT {} AS s FROM nowhere", vec!["n"; terms].join(" + "));
    assert!(tree(&sum(60)).is_ok());
    for terms in [200, 5_000] {
        assert_eq!(tree(&sum(terms)), Err(AstOmission::TooDeep), "{terms}");
    }
}

#[test]
fn every_statement_has_an_entry() {
    let ran = Fixture::new().run("SELECT 1; EXPLAIN SELECT 2; SELECT 3");
    assert_eq!(ran.outcome.status, RunStatus::Ok);
    ran.ast(|ast| {
        let entries: Vec<_> = ast.statements.iter().map(|statement| statement.statement).collect();
        assert_eq!(entries, [0, 1, 2]);
        assert_eq!(ast.dialect, "generic");
        assert!(ast.parser.starts_with("sqlparser 0."), "{}", ast.parser);
    });
}
