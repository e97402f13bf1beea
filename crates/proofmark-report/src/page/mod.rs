//! The page as a whole: one file that asks nobody for anything.

use base64_simd::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

use crate::embed::{Embedded, embed};
use crate::finding::Facts;
use crate::recorded::Recorded;
use crate::text::visible;
use crate::view::{Section, sections, verdict};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// The report of a run as one HTML file.
///
/// It needs no network, no server and no script: what is essential is in the text. The same bundle, beside the same
/// earlier runs, gives the same bytes.
///
/// # Examples
/// ```
/// use proofmark_artifacts::{RunStatus, RunStore, RunSummary};
/// use proofmark_report::{Recorded, page};
/// # let dir = tempfile::tempdir()?;
///
/// let store = RunStore::new(dir.path());
/// let title = "<script>alert(1)</script>".to_owned();
/// let summary = RunSummary { title, ..RunSummary::new(RunStatus::Ok, jiff::Timestamp::now()) };
/// let run = store.begin()?.commit(summary)?;
/// let html = page(&Recorded::read(&store.bundle(&run.index.run_id)?));
/// assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
/// assert!(!html.contains("<script>alert"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn page(run: &Recorded) -> String {
    let facts = Facts::new(run);
    let sections = sections(&facts);
    let embedded = embed(run);
    let title = format!("{} – {}", visible(&run.index.summary.title), run.index.run_id);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy());
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content=(concat!("proofmark-report ", env!("CARGO_PKG_VERSION")));
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body data-run=(run.index.run_id.short()) {
                a.skip href="#verdict" { "Skip to the report" }
                (nav(&sections))
                main {
                    (verdict::model(&facts))
                    @for section in &sections { (section_html(section)) }
                    (foot(run, &embedded))
                }
                (inspector())
                script type="text/plain" id="artifacts" { (PreEscaped(&embedded.base64)) }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    page.into_string()
}

/// Nothing may be loaded from anywhere, and no script may run but ours.
fn policy() -> String {
    let digest = STANDARD.encode_to_string(Sha256::digest(SCRIPT.as_bytes()));
    format!(
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
}

fn nav(sections: &[Section]) -> Markup {
    html! {
        nav aria-label="Views" {
            p.brand { "proofmark" }
            ul {
                li { a href="#verdict" { "Verdict" } }
                @for section in sections {
                    li {
                        a.empty[section.content.is_err()] href=(format!("#{}", section.id)) {
                            (section.title)
                        }
                    }
                }
            }
        }
    }
}

fn section_html(section: &Section) -> Markup {
    html! {
        section #(section.id) aria-labelledby=(format!("{}-title", section.id)) {
            h2 #(format!("{}-title", section.id)) { (section.title) }
            @match &section.content {
                Ok(content) => (content),
                Err(absent) => { p.absent { (absent) } }
            }
        }
    }
}

fn foot(run: &Recorded, embedded: &Embedded) -> Markup {
    html! {
        footer {
            p {
                "Made from the artifacts of run " code { (run.index.run_id) }
                " alone. Every number is a field of one, or follows from such by the formula in its tooltip; "
                code { "proofmark show " (run.index.run_id.short()) ":…" }
                " prints the field. The artifacts are packed into this file."
            }
            @if !embedded.left_out.is_empty() {
                p.cut-note {
                    "Not packed, for they are too large or cannot be read: "
                    (embedded.left_out.iter().map(|name| visible(name)).collect::<Vec<_>>().join(", ")) "."
                }
            }
        }
    }
}

/// Where a number that was chosen tells where it comes from. Script fills it.
fn inspector() -> Markup {
    html! {
        aside #inspector hidden aria-label="Where a number comes from" {
            p { strong #inspected-value {} " " span #inspected-unit {} }
            p { code #inspected-path {} }
            p #inspected-found {}
            button type="button" #inspector-close aria-label="Close" { "✕" }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What text is written in, and what on.
    const PAIRS: [(&str, &str); 16] = [
        ("ink", "ground"),
        ("ink", "surface"),
        ("ink", "soft"),
        ("dim", "ground"),
        ("dim", "surface"),
        ("dim", "soft"),
        ("accent", "ground"),
        ("accent", "surface"),
        ("ok-ink", "ok-ground"),
        ("bad-ink", "bad-ground"),
        ("bad-ink", "surface"),
        ("warn-ink", "warn-ground"),
        ("warn-ink", "surface"),
        ("warn-ink", "ground"),
        ("note-ink", "note-ground"),
        ("hush-ink", "hush-ground"),
    ];

    /// Relative luminance: <https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>.
    fn luminance(color: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&color[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
    }

    fn color<'a>(style: &'a str, name: &str) -> &'a str {
        let (_, rest) = style.split_once(&format!("--{name}: #")).unwrap_or_else(|| panic!("--{name}"));
        &rest[..6]
    }

    #[test]
    fn text_stands_out_from_what_it_is_written_on_by_day_and_by_night() {
        let (day, night) = STYLE.split_once("prefers-color-scheme: dark").expect("there are two");
        for style in [day, night] {
            for (text, ground) in PAIRS {
                let (a, b) = (luminance(color(style, text)), luminance(color(style, ground)));
                let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                assert!(contrast >= 4.5, "{text} on {ground} is {contrast:.2}");
            }
        }
    }

    #[test]
    fn the_script_cannot_end_its_element() {
        assert!(!SCRIPT.contains("</") && !STYLE.contains("</") && !SCRIPT.contains("<!--"));
    }
}
