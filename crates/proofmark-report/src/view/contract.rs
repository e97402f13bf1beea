//! Every artifact: what it is, and whether it is what was written.

use maud::{Markup, Render, html};
use proofmark_artifacts::{BundleIndex, Codec};

use super::{cell, digest};
use crate::figure::{Figure, Unit};
use crate::finding::Facts;
use crate::place::Place;
use crate::recorded::{Document, DocumentState};
use crate::text::{clipped, visible};

/// The artifacts.
pub(crate) struct Contract<'a> {
    index: &'a BundleIndex,
    documents: &'a [Document],
}

pub(crate) fn model<'a>(facts: &Facts<'a>) -> Contract<'a> {
    Contract { index: &facts.run.index, documents: &facts.run.documents }
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
                        th scope="col" { "Content" } th scope="col" { "Verified" }
                    }
                }
                tbody {
                    @for (idx, document) in self.documents.iter().enumerate() {
                        (row(document, &place.item(idx)))
                    }
                    @for missing in &self.index.missing {
                        tr.bad {
                            td { strong { (cell(&missing.name, 60)) } }
                            td colspan="5" { "not recorded: " (cell(&missing.reason, 240)) }
                            td { span.badge.failed { "✕ missing" } }
                        }
                    }
                }
            } }
        }
    }
}

fn row(document: &Document, base: &Place) -> Markup {
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
            td { @match &document.state {
                DocumentState::Verified(_) => span.badge.ok { "✓ verified" },
                DocumentState::UnknownType => span.badge.incomplete title="The digest is right; this program does not know the type." { "◐ type not known" },
                DocumentState::Damaged(reason) => { span.badge.failed { "✕ damaged" } " " span.words { (cell(reason, 200)) } },
            } }
        }
    }
}
