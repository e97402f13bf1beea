//! The statements: as written, as the parser prints them, and how each ended.

use maud::{Markup, Render, html};
use proofmark_artifacts::{AstOmission, RunStatus};

use super::verdict::status_badge;
use super::{cut_note, digest, functions, maybe};
use crate::figure::{Figure, Unit};
use crate::finding::Facts;
use crate::place::Place;
use crate::recorded::{StatementSyntax, Syntax};
use crate::text::{TEXT_CHARS_MAX, clipped, shown, visible};

/// Most statements that are shown.
const STATEMENTS_MAX: usize = 300;

/// Most characters of the name of a step.
pub(super) const STEP_CHARS_MAX: usize = 60;

/// Functions that answer differently each time.
const UNSTABLE: [&str; 9] = [
    "random(",
    "uuid(",
    "now(",
    "current_timestamp",
    "current_date",
    "current_time",
    "localtimestamp",
    "gen_random_uuid(",
    "rand(",
];

/// The statements.
pub(crate) struct Statements<'a> {
    functions: Option<functions::Functions<'a>>,
    parser: Option<String>,
    statements: Vec<Statement>,
    all: Figure,
}

struct Statement {
    index: u32,
    place: Place,
    kind: String,
    step: Option<String>,
    sql: String,
    status: RunStatus,
    rows: Option<Figure>,
    bytes: Option<Figure>,
    elapsed: Option<Figure>,
    syntax: Option<SyntaxText>,
    unstable: Vec<&'static str>,
}

/// What the parser made of it.
struct SyntaxText {
    place: Place,
    normalized: String,
    digest: String,
    omitted: Option<&'static str>,
}

pub(crate) fn model<'a>(facts: &Facts<'a>) -> Option<Statements<'a>> {
    let manifest = facts.run.manifest.as_ref()?;
    let place = Place::of("manifest").field("statements");
    let syntax = facts.run.syntax.as_ref();
    let statements = manifest.statements.iter().take(STATEMENTS_MAX).enumerate().map(|(idx, it)| {
        let place = place.item(idx);
        let figure =
            |name: &str, unit, value: Option<u64>| Some(Figure::field(value?, unit, place.field(name)));
        let syntax = syntax.and_then(|syntax| syntax_of(syntax, it.index));
        let normalized = syntax.as_ref().map_or(it.sql.as_str(), |it| it.normalized.as_str()).to_lowercase();
        Statement {
            index: it.index,
            kind: it.kind.clone(),
            step: it.step.as_ref().into_option().map(|step| clipped(step, STEP_CHARS_MAX)),
            sql: it.sql.clone(),
            status: it.status,
            rows: figure("rows", Unit::Count, it.rows.into_option()),
            bytes: figure("bytes", Unit::Bytes, it.bytes.into_option()),
            elapsed: figure("elapsed_ns", Unit::Nanoseconds, it.elapsed_ns.into_option()),
            unstable: unstable(&normalized),
            syntax,
            place,
        }
    });
    let statements = statements.collect::<Vec<_>>();
    let parser =
        syntax.map(|it| format!("{}, dialect {}", clipped(&it.parser, 60), clipped(&it.dialect, 60)));
    (!statements.is_empty()).then(|| Statements {
        functions: functions::model(facts),
        parser,
        statements,
        all: Figure::len(manifest.statements.len(), &place),
    })
}

fn syntax_of(syntax: &Syntax, statement: u32) -> Option<SyntaxText> {
    let found = syntax.statements.iter().enumerate().find(|(_, it)| it.statement == statement);
    let (idx, StatementSyntax { normalized_sql, normalized_sha256, omitted, .. }) = found?;
    Some(SyntaxText {
        place: Place::of("ast").field("statements").item(idx),
        normalized: normalized_sql.clone(),
        digest: normalized_sha256.clone(),
        omitted: omitted.map(|omission| match omission {
            AstOmission::TooDeep => "it is nested too deeply",
            AstOmission::TooLarge => "it is too large",
            AstOmission::EngineStatement => "the engine's own statements have none",
            AstOmission::SubstraitPlan => "it was given as a plan",
        }),
    })
}

/// A word is a call only where no letter comes before it: `cardinality_random(` is none.
fn unstable(sql: &str) -> Vec<&'static str> {
    let is_called = |name: &&'static str| {
        sql.match_indices(name).any(|(at, _)| !sql[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
    };
    UNSTABLE.into_iter().filter(is_called).collect()
}

impl Render for Statements<'_> {
    fn render(&self) -> Markup {
        html! {
            @if let Some(parser) = &self.parser { p.lead { "Parsed by " (parser) "." } }
            @if let Some(functions) = &self.functions { (functions) }
            @for statement in &self.statements { (statement) }
            (cut_note(self.statements.len(), &self.all, "statements", &Place::of("manifest").field("statements")))
        }
    }
}

impl Render for Statement {
    fn render(&self) -> Markup {
        html! {
            article.statement data-base=(self.place) {
                h3 {
                    span.number { (self.index) } " " (visible(&self.kind)) " " (status_badge(self.status))
                    @if let Some(step) = &self.step { " " span.step { "step " (step) } }
                    span.figures {
                        @if let Some(rows) = &self.rows { span { (rows) " rows" } }
                        @if let Some(bytes) = &self.bytes { span { (bytes) } }
                        span { (maybe(self.elapsed.as_ref())) }
                    }
                }
                @if !self.unstable.is_empty() {
                    p.unstable {
                        "⚠ Answers differently each time: "
                        @for name in &self.unstable { code { (name.trim_end_matches('(')) } " " }
                    }
                }
                pre.sql tabindex="0" { (shown(&self.sql, TEXT_CHARS_MAX, &self.place.field("sql"))) }
                @if let Some(syntax) = &self.syntax { (syntax_text(syntax, &self.sql)) }
            }
        }
    }
}

fn syntax_text(syntax: &SyntaxText, sql: &str) -> Markup {
    html! {
        details.syntax {
            summary { "As the parser prints it" @if syntax.normalized == sql { " (the same)" } }
            pre.sql { (shown(&syntax.normalized, TEXT_CHARS_MAX, &syntax.place.field("normalized_sql"))) }
            p { "Digest of this text: " (digest(&syntax.digest, &syntax.place.field("normalized_sha256"))) }
            @match syntax.omitted {
                Some(reason) => { p { "There is no syntax tree: " (reason) "." } }
                None => {
                    p {
                        "Syntax tree: "
                        code data-tree=(syntax.place.field("ast")) { (syntax.place.field("ast")) }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_that_answer_differently_are_named() {
        assert_eq!(unstable("select random(), now() from t"), ["random(", "now("]);
        assert!(unstable("select operand(1), known(2), my_random(3) from t").is_empty());
    }
}
