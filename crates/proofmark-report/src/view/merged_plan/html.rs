//! The tree of two plans as HTML.

use maud::{Markup, Render, html};
use proofmark_artifacts::compare::Cause;

use super::{Change, Kind, Line, MergedPlan, Note};
use crate::text::visible;
use crate::view::text_change::text_change;
use crate::view::{cell, maybe};

/// Most characters of what a node does.
const DETAIL_CHARS_MAX: usize = 200;

impl Render for MergedPlan {
    fn render(&self) -> Markup {
        html! {
            @if !self.causes.is_empty() {
                p.rules { "All of it because of " @for cause in &self.causes { (cause_tag(cause)) " " } }
            }
            ol.diff.merged { @for line in &self.lines { (line) } }
        }
    }
}

impl Render for Line {
    fn render(&self) -> Markup {
        let (class, sign, word) = match self.kind {
            Kind::Same => ("both", " ", ""),
            Kind::Changed => ("changed", "~", "changed: "),
            Kind::Divided => ("divided", "~", "divided otherwise: "),
            Kind::Inserted => ("came", "+", "only now: "),
            Kind::Removed => ("gone", "−", "only before: "),
            Kind::Moved => ("changed", "↳", "moved here: "),
            Kind::Away => ("gone away", "↱", "moved away: "),
        };
        html! {
            li class=(class) style=(format!("--depth:{}", self.depth)) {
                span.sign aria-hidden="true" { (sign) } span.sr { (word) }
                div {
                    strong data-path=(visible(&self.place.to_string())) { (visible(&self.name)) }
                    " " span.detail { (cell(&self.detail, DETAIL_CHARS_MAX)) }
                    @for note in &self.notes { (note) }
                }
            }
        }
    }
}

impl Render for Note {
    fn render(&self) -> Markup {
        html! {
            p.note {
                (self.change)
                @for cause in &self.causes { " " (cause_tag(cause)) }
            }
        }
    }
}

impl Render for Change {
    fn render(&self) -> Markup {
        match self {
            Self::Words(words) => html! { (cell(words, DETAIL_CHARS_MAX)) },
            Self::Text { old, new } => text_change(old, new),
            Self::Figures { what, old, new } => html! {
                (what) " " (maybe(old.as_ref())) " → " (maybe(new.as_ref()))
            },
        }
    }
}

/// A cause in words.
pub(in crate::view) fn cause_tag(cause: &Cause) -> Markup {
    match cause {
        Cause::Unknown => html! { span.cause.unknown { "cause not recorded" } },
        cause => html! { span.cause { (cell(&arrows(&cause.to_string()), 160)) } },
    }
}

/// The arrows of records as those of print.
pub(in crate::view) fn arrows(text: &str) -> String {
    text.replace(" - -> ", " – -> ").replace(" -> -", " -> –").replace(" -> ", " → ")
}
