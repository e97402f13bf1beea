//! Every artifact: what it is, whether it is what was written, and what its fields hold.

use maud::{Markup, Render, html};
use proofmark_artifacts::verify::{PresenceCount, VerifyCheck, VerifyReport};
use proofmark_artifacts::{AstOmission, BundleIndex, Codec};

use super::{cell, digest, drift};
use crate::drift::Drift;
use crate::figure::{Figure, Unit};
use crate::finding::Facts;
use crate::place::Place;
use crate::quantity::grouped;
use crate::recorded::{Document, DocumentState, StatementSyntax};
use crate::text::{clipped, visible};

/// The artifacts.
pub(crate) struct Contract<'a> {
    index: &'a BundleIndex,
    documents: &'a [Document],
    verified: &'a VerifyReport,
    drift: Option<&'a Drift>,
    cuts: Vec<Cut>,
}

/// Something that was left out of an artifact, and says so.
struct Cut {
    artifact: &'static str,
    words: String,
    place: Place,
}

pub(crate) fn model<'a>(facts: &Facts<'a>) -> Contract<'a> {
    let run = facts.run;
    Contract {
        index: &run.index,
        documents: &run.documents,
        verified: &run.verified,
        drift: run.drift.as_ref(),
        cuts: cuts(facts),
    }
}

/// Most things left out that are told one by one.
const CUTS_MAX: usize = 100;
/// Most optional fields that are listed.
const FIELDS_MAX: usize = 400;

fn cuts(facts: &Facts<'_>) -> Vec<Cut> {
    let statements = facts.run.syntax.iter().flat_map(|syntax| syntax.statements.iter().enumerate());
    let cut = |(idx, statement): (usize, &StatementSyntax)| {
        let why = match statement.omitted? {
            AstOmission::TooDeep => "it is nested too deeply",
            AstOmission::TooLarge => "it is too large",
            AstOmission::SubstraitPlan => "it came as a Substrait plan, which has none",
            AstOmission::EngineStatement => "the engine's own statements have none that can be stored",
        };
        Some(Cut {
            artifact: "ast",
            words: format!("the tree of statement {}: {why}", statement.statement),
            place: Place::of("ast").field("statements").item(idx).field("omitted"),
        })
    };
    statements.filter_map(cut).collect()
}

impl Render for Contract<'_> {
    fn render(&self) -> Markup {
        let place = Place::of("bundle").field("artifacts");
        let bytes = self.documents.iter().map(|it| it.entry.bytes);
        html! {
            p.lead {
                (Figure::len(self.documents.len(), &place)) " artifacts with "
                (Figure::sum(bytes, Unit::Bytes, &place.each().field("bytes")))
                ". Each was read again for this report, held against its digest, and checked field by field against its type."
            }
            div.scroll { table {
                caption { "Artifacts of the bundle" }
                thead {
                    tr {
                        th scope="col" { "Artifact" } th scope="col" { "Type" } th scope="col" { "Format" }
                        th.n scope="col" { "Size" } th scope="col" { "SHA-256" }
                        th scope="col" { "Content" } th.n scope="col" { "Unknown fields" }
                        th scope="col" { "Verified" }
                    }
                }
                tbody {
                    @for (idx, document) in self.documents.iter().enumerate() {
                        (row(document, unknown(self.verified, &document.entry.name), &place.item(idx)))
                    }
                    @for missing in &self.index.missing {
                        tr.bad {
                            td { strong { (cell(&missing.name, 60)) } }
                            td colspan="6" { "not recorded: " (cell(&missing.reason, 240)) }
                            td { span.badge.failed { "✕ missing" } }
                        }
                    }
                }
            } }
            @if let Some(drift) = self.drift { (drift::details(drift)) }
            (self.left_out())
            (presence(self.verified))
        }
    }
}

impl Contract<'_> {
    /// What is not in the artifacts although it was there.
    fn left_out(&self) -> Markup {
        html! {
            h3 { "Left out" }
            @if self.cuts.is_empty() && self.index.missing.is_empty() {
                p.absent { "Nothing: every artifact was written, and none says that it was cut." }
            }
            ul.notes {
                @for missing in &self.index.missing {
                    li { strong { (cell(&missing.name, 60)) } " as a whole: " (cell(&missing.reason, 240)) }
                }
                @for cut in self.cuts.iter().take(CUTS_MAX) {
                    li { strong { (cut.artifact) } " " span data-path=(cut.place) { (cut.words) } }
                }
            }
            @if self.cuts.len() > CUTS_MAX {
                p.cut-note { (self.cuts.len() - CUTS_MAX) " more are in " code { ":ast" } "." }
            }
        }
    }
}

/// How often each optional field was absent, null, and there, as `proofmark verify --presence` counts.
fn presence(verified: &VerifyReport) -> Markup {
    let sum = |of: fn(&PresenceCount) -> u64| grouped(verified.presence.iter().map(of).sum::<u64>());
    html! {
        h3 { "Presence" }
        details.settings {
            summary {
                "Optional fields: " (sum(|it| it.absent)) " absent, " (sum(|it| it.null)) " null, "
                (sum(|it| it.value)) " there; counted as "
                code { "proofmark verify --presence" } " does"
            }
            div.scroll { table.small {
                caption.sr { "Optional fields by record" }
                thead { tr {
                    th scope="col" { "Field" } th.n scope="col" { "Absent" } th.n scope="col" { "Null" }
                    th.n scope="col" { "There" }
                } }
                tbody {
                    @for it in verified.presence.iter().take(FIELDS_MAX) {
                        tr {
                            td { code { (cell(&it.record, 60)) "." (cell(&it.field, 60)) } }
                            @for count in [it.absent, it.null, it.value] {
                                td.n { @if count == 0 { span.none { "0" } } @else { (grouped(count)) } }
                            }
                        }
                    }
                }
            } }
            @if verified.presence.len() > FIELDS_MAX {
                p.cut-note { (verified.presence.len() - FIELDS_MAX) " more fields are not shown." }
            }
        }
    }
}

/// How many fields of an artifact its type does not have.
fn unknown(verified: &VerifyReport, name: &str) -> usize {
    let is_it = |check: VerifyCheck, artifact: &str| check == VerifyCheck::UnknownField && artifact == name;
    verified.findings.iter().filter(|it| is_it(it.check, &it.artifact)).count()
}

fn row(document: &Document, unknown: usize, base: &Place) -> Markup {
    let entry = &document.entry;
    let format = match entry.codec {
        Codec::Json => "JSON",
        Codec::MessagePack => "MessagePack",
    };
    html! {
        tr data-base=(base) {
            td { strong { (cell(&entry.name, 60)) } }
            td { code { (visible(&clipped(&entry.kind, 60))) ".v" (entry.version) } }
            td { (format) }
            td.n { (Figure::field(entry.bytes, Unit::Bytes, base.field("bytes")).below(base)) }
            td { (digest(entry.sha256.as_str(), &base.field("sha256"))) }
            td { (digest(entry.fingerprint.as_str(), &base.field("fingerprint"))) }
            td.n { @if unknown > 0 { strong { (unknown) } } @else { span.none { "none" } } }
            td { @match &document.state {
                DocumentState::Verified(_) => span.badge.ok { "✓ verified" },
                DocumentState::UnknownType => span.badge.incomplete title="The digest is right; this program does not know the type." { "◐ type not known" },
                DocumentState::Unread(reason) => { span.badge.incomplete title="The digest is right; this program has another form of the type." { "◐ not read" } " " span.words { (cell(reason, 200)) } },
                DocumentState::Damaged(reason) => { span.badge.failed { "✕ damaged" } " " span.words { (cell(reason, 200)) } },
            } }
        }
    }
}
