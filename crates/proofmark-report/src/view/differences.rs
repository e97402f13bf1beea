//! Files that have columns otherwise than their table.

use maud::{Markup, Render, html};
use proofmark_artifacts::diagnostics::{
    ColumnChange, ColumnDifference, ColumnDrift, ReadVerdict, SchemaValidationEvent,
};
use proofmark_artifacts::{DiagnosticEvent, Maybe};

use super::{cell, cut_note, digest};
use crate::figure::{Figure, Unit};
use crate::finding::Facts;
use crate::place::Place;

/// Most tables, and most differences of each.
const TABLES_MAX: usize = 100;
const DIFFERENCES_MAX: usize = 50;

/// The tables whose files were compared with them.
pub(super) struct Differences<'a>(Vec<(Place, &'a SchemaValidationEvent)>);

pub(super) fn model<'a>(facts: &Facts<'a>) -> Option<Differences<'a>> {
    let compared = facts.events().filter_map(|(place, event)| match event {
        DiagnosticEvent::SchemaValidation(event) => Some((place, event)),
        _ => None,
    });
    let compared: Vec<_> = compared.take(TABLES_MAX).collect();
    (!compared.is_empty()).then_some(Differences(compared))
}

fn change_word(change: ColumnChange) -> &'static str {
    match change {
        ColumnChange::Added => "only in the files",
        ColumnChange::Missing => "not in the files",
        ColumnChange::Retyped => "of another type",
        ColumnChange::Nullability => "of other nullability",
        ColumnChange::Moved => "in another place",
        ColumnChange::Renamed => "under another name",
    }
}

impl Render for Differences<'_> {
    fn render(&self) -> Markup {
        html! {
            div.scroll {
                table {
                    caption { "Files compared with the schema they are read by" }
                    thead {
                        tr {
                            th scope="col" { "Table" }
                            th scope="col" { "Schema" }
                            th.n scope="col" { "Files" }
                            th.n scope="col" { "Differing" }
                            th scope="col" { "Column" }
                            th scope="col" { "How" }
                            th scope="col" { "Table has" }
                            th scope="col" { "Files have" }
                            th scope="col" { "Read" }
                            th scope="col" title="Explained by: proofmark explain RULE" { "Rule" }
                        }
                    }
                    tbody { @for (place, event) in &self.0 { (rows(place, event)) } }
                }
            }
            @for (place, event) in &self.0 {
                @let list = place.field("differences");
                (cut_note(DIFFERENCES_MAX, &Figure::len(event.differences.len(), &list), "differences", &list))
            }
        }
    }
}

/// A row for the table, which goes on with its first difference; a row for each further one.
fn rows(place: &Place, event: &SchemaValidationEvent) -> Markup {
    let count = event.differences.len().clamp(1, DIFFERENCES_MAX);
    html! {
        @for idx in 0..count {
            tr data-base=(place) {
                @if idx == 0 {
                    td { strong { (cell(&event.dataset, 60)) } }
                    td { (digest(event.expected.as_str(), &place.field("expected"))) }
                    td.n { (Figure::field(event.files, Unit::Count, place.field("files")).below(place)) }
                    td.n { (Figure::field(event.differing, Unit::Count, place.field("differing")).below(place)) }
                } @else {
                    td colspan="4" {}
                }
                @match event.differences.get(idx) {
                    Some(it) => { (difference(it)) }
                    None => { td colspan="6" { span.dim { "all alike" } } }
                }
            }
        }
    }
}

fn difference(it: &ColumnDifference) -> Markup {
    let text = |it: &Maybe<String>| match it {
        Maybe::Set(text) => html! { code { (cell(text, 60)) } },
        Maybe::Unset => html! { span.none { "–" } },
    };
    html! {
        td {
            strong { (cell(&it.column, 60)) }
            @if let Maybe::Set(inside) = &it.inside { code { (cell(inside, 60)) } }
        }
        td { (change_word(it.kind)) }
        td { (text(&it.expected)) }
        td { (text(&it.found)) }
        @match &it.drift {
            Maybe::Set(drift) => { (judged(it.kind, drift)) }
            Maybe::Unset => { td { span.none { "–" } } td { span.none { "–" } } }
        }
    }
}

fn judged(change: ColumnChange, drift: &ColumnDrift) -> Markup {
    html! {
        td { (verdict(change, drift.verdict)) }
        td {
            code { (cell(&drift.rule, 8)) }
            @if let Maybe::Set(fix) = &drift.fix { " " span.words { (cell(fix, 200)) } }
        }
    }
}

fn verdict(change: ColumnChange, verdict: ReadVerdict) -> Markup {
    let read = match change {
        ColumnChange::Missing => "✓ as nulls",
        ColumnChange::Added => "✓ passed over",
        ColumnChange::Retyped | ColumnChange::Nullability | ColumnChange::Moved | ColumnChange::Renamed => {
            "✓ as it is"
        }
    };
    match verdict {
        ReadVerdict::Ok => html! { span.badge.ok { (read) } },
        ReadVerdict::Conditional => html! { span.badge.incomplete { "◐ if the values fit" } },
        ReadVerdict::Refused => html! { span.badge.failed { "✕ refused" } },
        ReadVerdict::Silent => html! { span.badge.failed { "! as something else" } },
    }
}

#[cfg(test)]
mod tests {
    use proofmark_artifacts::Codec;

    use super::*;

    /// The page's table over one difference, which says `fields` besides its column.
    #[track_caller]
    fn check(fields: &str, expected: &[&str]) {
        let digest = "0".repeat(64);
        let json = format!(
            r#"{{"type":"schema_validation_event.v1","dataset":"t","expected":"{digest}","files":9,"differing":2,
            "differences":[{{"column":"c",{fields},"files":2}}]}}"#
        );
        let event: SchemaValidationEvent = Codec::Json.decode(json.as_bytes()).unwrap();
        let html = Differences(vec![(Place::of("diagnostics"), &event)]).render().into_string();
        for text in expected {
            assert!(html.contains(text), "{text} is not in {html}");
        }
    }

    fn judged(kind: &str, rule: &str, verdict: &str) -> String {
        format!(
            r#""kind":"{kind}","drift":{{"rule":"{rule}","verdict":"{verdict}","level":"none","fix":"<do it>"}}"#
        )
    }

    #[test]
    fn each_difference_says_how_it_is_read_and_by_which_rule() {
        check(&judged("missing", "F4", "ok"), &["not in the files", "✓ as nulls", "<code>F4</code>"]);
        check(&judged("added", "F7", "ok"), &["only in the files", "✓ passed over"]);
        check(&judged("moved", "F13", "ok"), &["in another place", "✓ as it is"]);
        check(&judged("nullability", "N2", "cond"), &["of other nullability", "◐ if the values fit"]);
        check(&judged("retyped", "T5", "no"), &["of another type", "✕ refused", "&lt;do it&gt;"]);
        check(&judged("renamed", "F10", "SILENT"), &["under another name", "! as something else"]);
    }

    #[test]
    fn a_place_inside_a_column_stands_behind_it() {
        let fields = r#""inside":"[].<b>","kind":"retyped","expected":"Int32","found":"Int64""#;
        check(fields, &["<strong>c</strong><code>[].&lt;b&gt;</code>", "<code>Int64</code>"]);
    }

    #[test]
    fn what_was_not_judged_has_no_verdict() {
        let none = "<td><span class=\"none\">–</span></td>";
        check(r#""kind":"retyped""#, &[&none.repeat(4)]);
    }
}
