//! SQL text is split with places, kinds and normal forms.

use proofmark_datafusion::{Position, StatementKind, parse_statements};

use crate::fixture::Fixture;

#[track_caller]
fn check(sql: &str, expected: &[(StatementKind, &str, (u64, u64))]) {
    let statements = parse_statements(sql, "generic").unwrap();
    let found: Vec<_> = statements
        .iter()
        .map(|statement| {
            let Position { line, column } = statement.position;
            (statement.kind, statement.normalized.as_str(), (line, column))
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn places_count_lines_and_characters() {
    check(
        "-- ünïcode\nselect 'ä' ; \n  select\n2;;",
        &[(StatementKind::Query, "SELECT 'ä'", (2, 1)), (StatementKind::Query, "SELECT 2", (3, 3))],
    );
}

#[test]
fn text_of_each_statement_is_kept_as_written() {
    let sql = "select 'ü' -- one;\n , 2;\n\n/* two */ select 3 -- end";
    let statements = parse_statements(sql, "generic").unwrap();
    let texts: Vec<_> = statements.iter().map(|statement| statement.sql.as_str()).collect();
    assert_eq!(texts, ["select 'ü' -- one;\n , 2", "select 3"]);
}

#[test]
fn normal_form_of_a_table_keeps_columns_and_options() {
    check(
        "create external table T (a int,  b varchar)\nstored as csv -- c\nlocation 'x.csv' options ('format.has_header' 'true')",
        &[(
            StatementKind::CreateExternalTable,
            "CREATE EXTERNAL TABLE T ( a INT , b VARCHAR ) STORED AS CSV LOCATION 'x.csv' OPTIONS ( 'format.has_header' 'true' )",
            (1, 1),
        )],
    );
}

#[test]
fn each_kind_is_known() {
    let cases = [
        ("select 1", StatementKind::Query),
        ("values (1)", StatementKind::Query),
        ("show tables", StatementKind::Show),
        ("show all", StatementKind::Show),
        ("describe t", StatementKind::Describe),
        ("explain select 1", StatementKind::Explain),
        ("explain analyze verbose select 1", StatementKind::Explain),
        ("create external table t stored as parquet location 'x'", StatementKind::CreateExternalTable),
        ("create table t as select 1", StatementKind::CreateTable),
        ("create view v as select 1", StatementKind::CreateView),
        ("create schema s", StatementKind::CreateCatalog),
        ("drop table t", StatementKind::DropTable),
        ("insert into t values (1)", StatementKind::Insert),
        ("copy (select 1) to 'x.parquet'", StatementKind::Copy),
        ("prepare p as select $1", StatementKind::Prepare),
        ("execute p(1)", StatementKind::Execute),
        ("deallocate p", StatementKind::Deallocate),
        ("set datafusion.execution.batch_size = 1", StatementKind::Set),
        ("reset datafusion.execution.batch_size", StatementKind::Reset),
    ];
    for (sql, kind) in cases {
        assert_eq!(parse_statements(sql, "generic").unwrap()[0].kind, kind, "{sql}");
    }
}

#[test]
fn empty_texts_have_no_statements() {
    for sql in ["", "  \n", ";;", "-- nothing\n", "/* nothing */"] {
        assert_eq!(parse_statements(sql, "generic").unwrap().len(), 0, "{sql:?}");
    }
}

#[test]
fn errors_have_places() {
    let cases = [
        ("select 1;\nselect a,, b", (2, 10)),
        ("select 1 select 2", (1, 10)),
        ("select 'abc", (1, 8)),
        ("select (1", (1, 10)),
        ("create external table t", (1, 24)),
        ("select 1;\n\n  nonsense", (3, 3)),
    ];
    for (sql, place) in cases {
        let error = parse_statements(sql, "generic").unwrap_err();
        let found = error.position().map(|position| (position.line, position.column));
        assert_eq!(found, Some(place), "{sql:?}: {error}");
    }
}

#[test]
fn unknown_dialect_is_refused_with_the_known_ones() {
    let error = parse_statements("select 1", "klingon").unwrap_err();
    assert!(error.to_string().contains("PostgreSQL"), "{error}");
}

#[test]
fn statements_are_recorded_as_written_and_normalised() {
    let fixture = Fixture::new();
    let ran = fixture.run("select   id from orders -- all of them\n where id=1");
    ran.ast(|ast| {
        let [statement] = &ast.statements[..] else { panic!("one statement: {ast:?}") };
        assert_eq!(statement.normalized_sql, "SELECT id FROM orders WHERE id = 1");
    });
}
