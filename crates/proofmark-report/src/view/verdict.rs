//! How the run ended, at a glance.

use maud::{Markup, Render, html};
use proofmark_artifacts::{Failure, FailureStage, Maybe, RunStatus};

use super::{digest, environment};
use crate::drift::Drift;
use crate::figure::{Figure, Unit};
use crate::finding::Facts;
use crate::place::Place;
use crate::recorded::Recorded;
use crate::text::{TEXT_CHARS_MAX, clipped, shown, visible};

/// The head of the page.
pub(crate) struct Verdict<'a> {
    status: RunStatus,
    is_damaged: bool,
    is_unread: bool,
    title: String,
    run_id: String,
    engine: String,
    started_at: String,
    replay_of: Option<String>,
    stats: Vec<(&'static str, Figure)>,
    fingerprint: String,
    /// Earlier runs that did the same work.
    same_as: Vec<String>,
    revision: Option<String>,
    failure: Option<Failure>,
    drift: Option<&'a Drift>,
}

/// What ended it early.
pub(crate) fn ended_word(status: RunStatus) -> &'static str {
    if status == RunStatus::Cancelled { "cancelled" } else { "failed" }
}

/// What a stage is called in a sentence: failed while ...
pub(crate) fn stage_word(stage: FailureStage) -> &'static str {
    match stage {
        FailureStage::Input => "reading its input",
        FailureStage::Parse => "parsing",
        FailureStage::Plan => "planning",
        FailureStage::Execute => "running",
        FailureStage::Output => "writing the result",
    }
}

/// A status as a word.
pub(crate) fn status_word(status: RunStatus) -> &'static str {
    match status {
        RunStatus::Ok => "ok",
        RunStatus::Failed => "failed",
        RunStatus::Cancelled => "cancelled",
        RunStatus::Incomplete => "incomplete",
    }
}

/// A status as a word in its colour; never by colour alone.
pub(crate) fn status_badge(status: RunStatus) -> Markup {
    let sign = match status {
        RunStatus::Ok => "✓",
        RunStatus::Failed => "✕",
        RunStatus::Cancelled => "■",
        RunStatus::Incomplete => "◐",
    };
    html! {
        span class=(format!("badge {}", status_word(status))) {
            span aria-hidden="true" { (sign) " " } (status_word(status))
        }
    }
}

pub(crate) fn model<'a>(facts: &Facts<'a>) -> Verdict<'a> {
    let run = facts.run;
    let summary = &run.index.summary;
    let same = run.history.earlier.iter().filter(|it| it.index.fingerprint == run.index.fingerprint);
    let title = if summary.title.is_empty() { "run".to_owned() } else { clipped(&summary.title, 120) };
    Verdict {
        status: summary.status,
        is_damaged: run.is_damaged(),
        is_unread: run.unread().next().is_some(),
        title,
        run_id: run.index.run_id.to_string(),
        engine: summary.engine.clone(),
        started_at: summary.started_at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string(),
        replay_of: summary.replay_of.as_ref().into_option().map(ToString::to_string),
        stats: stats(run),
        fingerprint: run.index.fingerprint.to_string(),
        same_as: same.map(|it| it.index.run_id.short().to_owned()).collect(),
        revision: revision(run),
        failure: run.manifest.as_ref().and_then(|manifest| manifest.failure.clone().into_option()),
        drift: run.drift.as_ref(),
    }
}

fn stats(run: &Recorded) -> Vec<(&'static str, Figure)> {
    let mut stats = Vec::new();
    if let Maybe::Set(elapsed) = run.index.summary.elapsed_ns {
        let place = Place::of("bundle").at("summary.elapsed_ns");
        stats.push(("wall time", Figure::field(elapsed, Unit::Nanoseconds, place)));
    }
    stats.extend(statement_stats(run));
    if let Some(telemetry) = run.telemetry.as_ref().filter(|telemetry| !telemetry.scans.is_empty()) {
        let places = Place::of("telemetry").field("scans").each().field("bytes_scanned");
        let bytes = telemetry.scans.iter().filter_map(|scan| scan.bytes_scanned);
        stats.push(("bytes read", Figure::sum(bytes, Unit::Bytes, &places)));
    }
    stats
}

fn statement_stats(run: &Recorded) -> Vec<(&'static str, Figure)> {
    let Some(manifest) = &run.manifest else { return Vec::new() };
    let statements = Place::of("manifest").field("statements");
    let each = |name: &str| statements.each().field(name);
    let label = if manifest.statements.len() == 1 { "statement" } else { "statements" };
    let mut stats = vec![(label, Figure::len(manifest.statements.len(), &statements))];
    let all = || manifest.statements.iter();
    let rows: Vec<_> = all().filter_map(|it| it.rows.into_option()).collect();
    if !rows.is_empty() {
        stats.push(("rows out", Figure::sum(rows, Unit::Count, &each("rows"))));
    }
    let peaks: Vec<_> = all().filter_map(|it| it.memory_bytes_max.into_option()).collect();
    if !peaks.is_empty() {
        stats.push(("peak memory", Figure::max(peaks, Unit::Bytes, &each("memory_bytes_max"))));
    }
    let spilled: Vec<_> = all().filter_map(|it| it.spilled_bytes.into_option()).collect();
    if spilled.iter().any(|bytes| *bytes > 0) {
        stats.push(("spilled to disk", Figure::sum(spilled, Unit::Bytes, &each("spilled_bytes"))));
    }
    stats
}

fn revision(run: &Recorded) -> Option<String> {
    let git = environment::repro(run)?.0.git.as_ref().into_option()?;
    let revision = git.revision.as_ref().into_option()?;
    let state = match git.dirty {
        Maybe::Set(true) => " with uncommitted changes",
        Maybe::Set(false) => "",
        Maybe::Unset => ", it could not be told whether with changes",
    };
    Some(format!("{}{state}", clipped(revision, 12)))
}

impl Render for Verdict<'_> {
    fn render(&self) -> Markup {
        html! {
            header #verdict class=(format!("verdict {}", status_word(self.status))) {
                p.kicker { "Proofmark run report" }
                h1 {
                    (self.title) " " (status_badge(self.status))
                    @if self.is_damaged { " " span.badge.failed { "✕ record damaged" } }
                    @if self.is_unread { " " span.badge.incomplete { "◐ not all read" } }
                    @if let Some(drift) = self.drift { " " (super::drift::badge(drift)) }
                }
                p.facts {
                    span { code { (self.run_id) } }
                    @if !self.engine.is_empty() { span { (visible(&self.engine)) } }
                    span { (self.started_at) }
                    @if let Some(run) = &self.replay_of {
                        span { "replay of " code data-path=(Place::of("bundle").at("summary.replay_of")) { (run) } }
                    }
                    @if let Some(revision) = &self.revision { span { "git " (visible(revision)) } }
                }
                @if let Some(failure) = &self.failure { (failed(self.status, failure)) }
                dl.stats {
                    @for (label, figure) in &self.stats { div { dt { (label) } dd { (figure) } } }
                }
                p.content {
                    "Content " (digest(&self.fingerprint, &Place::of("bundle").field("fingerprint")))
                    @match &self.same_as[..] {
                        [] => {}
                        same => span.same {
                            " the same work as "
                            (same.iter().rev().take(3).map(String::as_str).collect::<Vec<_>>().join(", "))
                            @if same.len() > 3 { " and others" }
                        }
                    }
                }
            }
        }
    }
}

fn failed(status: RunStatus, failure: &Failure) -> Markup {
    let place = Place::of("manifest").at("failure.message");
    html! {
        div.failure.stopped[status == RunStatus::Cancelled] role="alert" {
            p { strong {
                @if status == RunStatus::Cancelled { "Cancelled" } @else { "Failed" }
                " while " (stage_word(failure.stage)) "."
            } }
            pre { (shown(&failure.message, TEXT_CHARS_MAX, &place)) }
            @if let Maybe::Set(help) = &failure.help { p { "Help: " (visible(help)) } }
        }
    }
}
