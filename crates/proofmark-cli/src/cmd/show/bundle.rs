//! A run at a glance: how it ended, and what it left.

use anstyle::Style;
use proofmark::Maybe;
use proofmark_artifacts::{Bundle, BundleEntry, BundleIndex, Manifest, StoreError};

use crate::cmd::ls::{status_style, status_word};
use crate::failure::{Result, Verdict};
use crate::reference::Opened;
use crate::render::paint::{self, Paint};
use crate::render::quantity;
use crate::render::span::Line;
use crate::render::table::Table;
use crate::render::text;
use crate::screen::Screen;

/// Digits of a digest that are shown.
const DIGITS: usize = 12;

/// Prints the bundle and verifies every file of it.
pub(crate) fn show(bundle: &Opened, screen: &mut Screen) -> Result<Verdict> {
    let damage = bundle.verify();
    screen.print(&head(bundle.index(), screen.paint()))?;
    if let Some(failure) = failure(bundle) {
        screen.print(&failure_text(&failure, screen.paint()))?;
    }
    screen.print(&files(bundle, &damage, screen.paint()))?;
    for error in &damage {
        let error = bundle.told(&error.to_string());
        screen.print(&format!("{} {}\n", screen.paint().bad("damaged"), text::escape(&error)))?;
    }
    Ok(if damage.is_empty() { Verdict::Clean } else { Verdict::Findings })
}

fn head(index: &BundleIndex, paint: Paint) -> String {
    let summary = &index.summary;
    let status = paint.in_style(status_style(summary.status), status_word(summary.status));
    let title = paint.in_style(paint::TITLE, index.run_id.as_str());
    let mut out = format!("{title}  {status}  {}\n", text::escape(&summary.title));
    let elapsed = match summary.elapsed_ns {
        Maybe::Set(elapsed) => format!(", took {}", quantity::duration(elapsed)),
        Maybe::Unset => String::new(),
    };
    let started = quantity::minute(summary.started_at);
    out.push_str(&format!("{}, started {started}{elapsed}\n", text::escape(&summary.engine)));
    if let Maybe::Set(id) = &summary.replay_of {
        out.push_str(&format!("replay of {id}\n"));
    }
    out.push_str(&format!("content {}\n\n", index.fingerprint));
    out
}

/// Why the run failed, where the manifest can be read and says so.
fn failure(bundle: &Bundle) -> Option<proofmark_artifacts::Failure> {
    let stored = bundle.read("manifest").ok()?;
    let manifest: Manifest = stored.decode().ok()?;
    manifest.failure.into_option()
}

fn failure_text(failure: &proofmark_artifacts::Failure, paint: Paint) -> String {
    let mut out = format!("{} {}\n", paint.bad("failed:"), text::escape_lines(&failure.message));
    if let Maybe::Set(help) = &failure.help {
        out.push_str(&format!("  help: {}\n", text::escape_lines(help)));
    }
    out.push('\n');
    out
}

/// The directory as a tree.
fn files(bundle: &Opened, damage: &[StoreError], paint: Paint) -> String {
    let index = bundle.index();
    let dir = format!("{}/", text::escape(&bundle.name()));
    let mut table = Table::new([&dir, "TYPE", ">SIZE", "SHA256", "CONTENT", ""]);
    let count = 1 + index.artifacts.len() + index.missing.len();
    let branch = |idx: usize| if idx + 1 < count { "├─ " } else { "└─ " };
    table.push(row(branch(0), "bundle.json", "the index", ["", "", "", ""]));
    for (idx, entry) in index.artifacts.iter().enumerate() {
        table.push(entry_row(branch(idx + 1), entry, is_damaged(bundle, entry, damage)));
    }
    for (idx, missing) in index.missing.iter().enumerate() {
        let mut cells = row(branch(idx + 1 + index.artifacts.len()), &missing.name, "", ["-", "-", "-", ""]);
        cells[5] = Line::of(paint::DOUBTFUL, format!("missing: {}", text::escape(&missing.reason)));
        table.push(cells);
    }
    table.print("", paint)
}

fn is_damaged(bundle: &Bundle, entry: &BundleEntry, damage: &[StoreError]) -> bool {
    let path = bundle.path().join(&entry.file);
    damage.iter().any(|error| error.path() == path)
}

fn entry_row(branch: &str, entry: &BundleEntry, is_damaged: bool) -> Vec<Line> {
    let kind = format!("{}.v{}", entry.kind, entry.version);
    let digits = |digest: &proofmark_artifacts::Digest| format!("{}…", &digest.as_str()[..DIGITS]);
    let (sha256, fingerprint) = (digits(&entry.sha256), digits(&entry.fingerprint));
    let size = quantity::bytes(entry.bytes);
    let mut cells = row(branch, &entry.file, &kind, [&size, &sha256, &fingerprint, ""]);
    if is_damaged {
        cells[5] = Line::of(paint::BAD, "damaged");
    }
    cells
}

fn row(branch: &str, name: &str, kind: &str, rest: [&str; 4]) -> Vec<Line> {
    let mut first = Line::of(paint::DIM, branch);
    first.push(paint::TITLE, text::escape(name));
    let plain = |text: &str| Line::of(Style::new(), text::escape(text));
    let mut cells = vec![first, plain(kind)];
    cells.extend(rest.iter().map(|text| plain(text)));
    cells
}
