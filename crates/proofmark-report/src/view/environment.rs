//! With what the run was made, and how to make it again.

use std::collections::BTreeMap;

use maud::{Markup, Render, html};
use proofmark_artifacts::{DeterminismTier, GitRecord, HostRecord, Maybe, Repro, RuntimeProfileSnapshot};

use super::{cell, cut_note, digest};
use crate::figure::{Figure, Unit};
use crate::finding::Facts;
use crate::place::Place;
use crate::recorded::Recorded;
use crate::text::visible;

/// Most settings that are listed.
const SETTINGS_MAX: usize = 1_000;

/// The surroundings.
pub(crate) struct Environment<'a> {
    repro: Option<(&'a Repro, Place)>,
    profile: Option<&'a RuntimeProfileSnapshot>,
    run: &'a str,
    /// Whether it is known what was run.
    can_replay: bool,
}

/// What is needed to repeat the run: the artifact, or what the manifest holds of it.
pub(crate) fn repro(run: &Recorded) -> Option<(&Repro, Place)> {
    let own = run.repro.as_ref().map(|repro| (repro, Place::of("repro")));
    own.or_else(|| Some((&run.manifest.as_ref()?.repro, Place::of("manifest").field("repro"))))
}

pub(crate) fn model<'a>(facts: &Facts<'a>) -> Option<Environment<'a>> {
    let (repro, profile) = (repro(facts.run), facts.run.profile.as_ref());
    let run = facts.run.index.run_id.short();
    let can_replay = facts.run.manifest.as_ref().is_some_and(|manifest| !manifest.statements.is_empty());
    (repro.is_some() || profile.is_some()).then_some(Environment { repro, profile, run, can_replay })
}

impl Render for Environment<'_> {
    fn render(&self) -> Markup {
        html! {
            @if let Some((repro, place)) = &self.repro { (command(repro, place)) }
            @if self.can_replay {
                p.lead { code { "proofmark replay " (self.run) } " runs its statements again, and compares the two." }
            }
            div.cards {
                @if let Some((repro, place)) = &self.repro {
                    (versions(repro, place)) (machine(&repro.host, place)) (checkout(repro))
                }
                @if let Some(profile) = self.profile { (engine(profile)) (scanning(profile)) }
            }
            @if let Some((repro, place)) = &self.repro { (given(repro, place)) }
            @if let Some(profile) = self.profile {
                (settings("Settings of the engine", &profile.settings, &Place::of("profile").field("settings")))
                (settings("Settings that the machine chose", &profile.host_settings, &Place::of("profile").field("host_settings")))
            }
        }
    }
}

/// What was typed.
fn command(repro: &Repro, place: &Place) -> Markup {
    let words: Vec<_> = repro.command.iter().map(|word| quoted(word)).collect();
    html! {
        @if !words.is_empty() {
            p.lead {
                "To run it again"
                @if let Maybe::Set(dir) = &repro.working_directory { " in " code { (cell(dir, 120)) } }
                ":"
            }
            pre.sql tabindex="0" {
                (crate::text::shown(&words.join(" "), crate::text::TEXT_CHARS_MAX, &place.field("command")))
            }
        }
    }
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,@%+".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// A card of pairs: names and values.
fn card(title: &str, pairs: &[(&str, Markup)]) -> Markup {
    html! {
        article.card {
            h3 { (title) }
            dl.pairs { @for (name, value) in pairs { div { dt { (name) } dd.words { (value) } } } }
        }
    }
}

fn versions(repro: &Repro, place: &Place) -> Markup {
    let build = format!("{}, {}, {}", repro.toolchain.rustc, repro.toolchain.target, repro.toolchain.profile);
    let mut pairs: Vec<_> = repro
        .packages
        .iter()
        .map(|(name, version)| {
            (
                name.as_str(),
                html! { span data-path=(place.field("packages").entry(name)) { (cell(version, 60)) } },
            )
        })
        .collect();
    pairs.push(("built by", html! { (cell(&build, 120)) }));
    card("Versions", &pairs)
}

fn machine(host: &HostRecord, place: &Place) -> Markup {
    let place = place.field("host");
    let text = |it: &Maybe<String>| html! { @match it { Maybe::Set(text) => (cell(text, 80)), Maybe::Unset => span.none { "–" } } };
    let memory =
        host.memory_bytes.map(|it| Figure::field(it, Unit::Bytes, place.field("memory_bytes"))).into_option();
    card(
        "Machine",
        &[
            ("name", text(&host.hostname)),
            ("kernel", text(&host.kernel)),
            (
                "processors",
                html! { (Figure::field(u64::from(host.cpu_count), Unit::Count, place.field("cpu_count"))) " × " (text(&host.cpu_model)) },
            ),
            ("memory", super::maybe(memory.as_ref())),
            ("time zone", text(&host.time_zone)),
        ],
    )
}

fn checkout(repro: &Repro) -> Markup {
    let Maybe::Set(GitRecord { revision, branch, dirty }) = &repro.git else {
        return card("Checkout", &[("git", html! { "not in a checkout" })]);
    };
    let text = |it: &Maybe<String>| html! { @match it { Maybe::Set(text) => code { (cell(text, 48)) }, Maybe::Unset => span.none { "–" } } };
    let dirty = match dirty {
        Maybe::Set(true) => "with uncommitted changes",
        Maybe::Set(false) => "clean",
        Maybe::Unset => "could not be told",
    };
    card(
        "Checkout",
        &[("revision", text(revision)), ("branch", text(branch)), ("changes", html! { (dirty) })],
    )
}

fn engine(profile: &RuntimeProfileSnapshot) -> Markup {
    let place = Place::of("profile");
    let functions = |name: &str, count: u32| {
        Figure::field(u64::from(count), Unit::Count, place.field("functions").field(name))
    };
    let registry = &profile.functions;
    let tier = match profile.determinism {
        DeterminismTier::Canonical => "same rows, same order, same bytes",
        DeterminismTier::StableSet => "same rows, in any order",
        DeterminismTier::BestEffort => "nothing is promised",
    };
    card(
        "Profile",
        &[
            (
                "name",
                html! { (visible(&profile.name)) " " (digest(profile.profile_sha256.as_str(), &place.field("profile_sha256"))) },
            ),
            ("engine", html! { (visible(&profile.engine.name)) " " (visible(&profile.engine.version)) }),
            ("promises", html! { (tier) }),
            (
                "functions",
                html! { (functions("scalar", registry.scalar)) " scalar, " (functions("aggregate", registry.aggregate)) " aggregate, " (functions("window", registry.window)) " window, " (functions("table", registry.table)) " table" },
            ),
            ("may", html! { (allowed(profile)) }),
        ],
    )
}

fn allowed(profile: &RuntimeProfileSnapshot) -> String {
    let words = profile.sql_policy.words();
    if words.is_empty() {
        return "run any statement".to_owned();
    }
    let words = words.iter().map(|(name, words)| format!("{name}: {}", visible(words)));
    words.collect::<Vec<_>>().join("; ")
}

fn scanning(profile: &RuntimeProfileSnapshot) -> Markup {
    let (scan, place) = (&profile.scan, Place::of("profile").field("scan"));
    let count = |name: &str, value| Figure::field(value, Unit::Count, place.field(name));
    let limit = scan
        .memory_bytes_max
        .map(|it| Figure::field(it, Unit::Bytes, place.field("memory_bytes_max")))
        .into_option();
    let switches = [
        (scan.collect_statistics, "statistics"),
        (scan.pruning, "pruning"),
        (scan.pushdown_filters, "filters pushed down"),
        (scan.reorder_filters, "filters reordered"),
        (scan.bloom_filters, "Bloom filters"),
        (scan.split_files, "files split"),
    ];
    let words = |on: bool| {
        switches.iter().filter(|(it, _)| *it == on).map(|(_, word)| *word).collect::<Vec<_>>().join(", ")
    };
    card(
        "Execution",
        &[
            ("batch", html! { (count("batch_size", scan.batch_size)) " rows" }),
            ("partitions", html! { (count("target_partitions", scan.target_partitions)) }),
            ("memory pool", html! { @match &limit { Some(limit) => (limit), None => "not limited" } }),
            ("on", html! { (words(true)) }),
            ("off", html! { (words(false)) }),
        ],
    )
}

/// What the user set, and the environment that was let through.
fn given(repro: &Repro, place: &Place) -> Markup {
    html! {
        @if !repro.config.is_empty() {
            div.scroll { table { caption { "What the user set" }
                thead {
                    tr { th scope="col" { "Setting" } th scope="col" { "Value" } th scope="col" { "From" } }
                }
                tbody { @for (idx, entry) in repro.config.iter().enumerate().take(SETTINGS_MAX) { tr data-base=(place.field("config").item(idx)) {
                    td { code { (cell(&entry.key, 120)) } } td { (value(entry.value.as_deref())) }
                    td { (cell(&entry.origin, 60)) }
                } } }
            } }
        }
        (settings("Environment variables on the allow-list", &repro.environment.iter().map(|(key, value)| (key.clone(), Some(value.clone()))).collect(), &place.field("environment")))
    }
}

fn settings(title: &str, settings: &BTreeMap<String, Option<String>>, place: &Place) -> Markup {
    html! {
        @if !settings.is_empty() {
            details.settings {
                summary { (title) " " span.dim { "(" (settings.len()) ")" } }
                div.scroll { table.small { caption.sr { (title) }
                    thead.sr { tr { th scope="col" { "Setting" } th scope="col" { "Value" } } }
                    tbody {
                        @for (key, setting) in settings.iter().take(SETTINGS_MAX) {
                            tr {
                                td { code { (cell(key, 120)) } }
                                td.words data-path=(place.entry(&crate::text::clipped(key, 120))) {
                                    (value(setting.as_deref()))
                                }
                            }
                        }
                    }
                } }
                (cut_note(settings.len().min(SETTINGS_MAX), &Figure::len(settings.len(), place), "settings", place))
            }
        }
    }
}

fn value(value: Option<&str>) -> Markup {
    html! {
        @match value {
            Some("") => span.none { "empty" }, Some(text) => (cell(text, 160)), None => span.none { "null" }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_command_are_quoted_where_a_shell_asks_for_it() {
        assert_eq!(
            ["--set", "a=b", "", "it's", "a b", "$x"].map(quoted),
            ["--set", "a=b", "''", r"'it'\''s'", "'a b'", "'$x'"]
        );
    }
}
