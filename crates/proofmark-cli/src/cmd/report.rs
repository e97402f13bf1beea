//! `proofmark report`: a run as a page for a browser.

mod chromium;
mod drift;
mod picture;

use std::fs;
use std::path::{Path, PathBuf};

use proofmark_artifacts::Bundle;
use proofmark_report::{Against, Recorded, Trace, page};

use crate::args::{Locks, Runs};
use crate::failure::{Failure, Result, Verdict};
use crate::reference;
use crate::render::text::escape;
use crate::screen::Screen;
use crate::store::Store;

/// Makes a page of a run: one HTML file that needs no network
///
/// The page is made from the run's artifacts alone, so that it can be made again at any time. It begins with how the run
/// ended and what a reader should look at first; plans, times, memory, scans, settings and events follow. Every number
/// tells the field it comes from. Earlier runs of the same pipeline in the same store are set beside it; what changed since
/// the one before, in plans and around them, is told with its cause. Where the locks of the release that wrote the run are
/// at hand, its records are judged by them: whether their types have drifted since.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  proofmark report                            the latest run, as run-k3f9q2xd.html
  proofmark report latest~1 -o before.html
  proofmark report --against golden.zip       what changed since a run that was kept
  proofmark report --png run.png --view verdict,findings,operators
  proofmark report --trace run.perfetto.json
  proofmark report k3f9 -o - | gzip > k3f9.html.gz")]
pub(crate) struct Args {
    /// `latest`, `latest~N` or the start of an id
    #[arg(value_name = "RUN", default_value = "latest")]
    run: String,
    #[command(flatten)]
    runs: Runs,
    /// What to set the run against: RUN, or the directory or archive of a bundle [default: the run before it]
    #[arg(long, value_name = "RUN")]
    against: Option<String>,
    #[command(flatten)]
    locks: Locks,
    /// Where to write the page; `-` is standard output [default: run-ID.html]
    #[arg(short, long, value_name = "FILE.html")]
    output: Option<PathBuf>,
    /// Also draw the page, for a chat or a ticket; by Chromium, which is looked for on the path, or named in CHROMIUM
    #[arg(long, value_name = "FILE.png")]
    png: Option<PathBuf>,
    #[command(flatten)]
    picture: picture::Options,
    /// Also write a trace for Perfetto (ui.perfetto.dev) or chrome://tracing
    #[arg(long, value_name = "FILE.json")]
    trace: Option<PathBuf>,
    /// Also send the run to an OpenTelemetry collector, such as http://localhost:4318
    #[cfg(feature = "otlp")]
    #[arg(long, value_name = "URL")]
    otlp: Option<String>,
}

impl Args {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Verdict> {
        let store = self.runs.open()?;
        let bundle = store.bundle(&self.run)?;
        let recorded = self.recorded(&store, &bundle)?.with_drift(drift::drift(&bundle, &self.locks));
        let html = page(&recorded);
        self.write_page(&recorded, &html, screen)?;
        if let Some(path) = &self.png {
            self.draw(&html, path, screen)?;
        }
        if let Some(path) = &self.trace {
            let trace = Trace::of(&recorded).to_json();
            write(path, &trace.map_err(|error| Failure::incomplete(error.to_string()))?)?;
            screen.note(&format!("trace in {}", escape(&path.to_string_lossy())));
        }
        #[cfg(feature = "otlp")]
        if let Some(url) = &self.otlp {
            send(&recorded, url, screen)?;
        }
        Ok(if recorded.is_damaged() || recorded.unread().next().is_some() {
            Verdict::Findings
        } else {
            Verdict::Clean
        })
    }

    /// The run beside those that are to be seen with it.
    fn recorded(&self, store: &Store, bundle: &Bundle) -> Result<Recorded> {
        let history = store.history(bundle)?;
        let other = match (&self.against, history.latest()) {
            (Some(name), _) => Some(reference::bundle(store, name)?),
            // One that nobody asked for and that cannot be opened is not missed.
            (None, Some(id)) => store.bundle(id.as_str()).ok(),
            (None, None) => None,
        };
        let recorded = Recorded::read(bundle).with_history(history);
        Ok(match other {
            Some(other) => recorded.with_against(Against::between(&other, bundle)),
            None => recorded,
        })
    }

    fn write_page(&self, recorded: &Recorded, html: &str, screen: &mut Screen) -> Result<()> {
        let run = recorded.index.run_id.short();
        let path = self.output.clone().unwrap_or_else(|| format!("run-{run}.html").into());
        if path == Path::new("-") {
            return screen.print_data(html.as_bytes());
        }
        write(&path, html)?;
        screen.note(&format!("report of run {run} in {}", escape(&path.to_string_lossy())));
        Ok(())
    }

    fn draw(&self, html: &str, path: &Path, screen: &Screen) -> Result<()> {
        let drawn = picture::draw(html, &self.picture)?;
        write(path, &drawn.png)?;
        screen.note(&format!("picture in {}", escape(&path.to_string_lossy())));
        if drawn.cut > 0 {
            screen.note(&format!("{} % of the page is below its end: `--view` draws parts", drawn.cut));
        }
        Ok(())
    }
}

#[cfg(feature = "otlp")]
fn send(recorded: &Recorded, url: &str, screen: &Screen) -> Result<()> {
    let count = proofmark_report::otlp::send(recorded, url).map_err(|error| {
        let message = format!("cannot send the run to `{}`: {}", escape(url), escape(&error.to_string()));
        Failure::incomplete(message).with_help("the collector must take OTLP over HTTP, without TLS")
    })?;
    screen.note(&format!("{} sent to {}", crate::render::text::plural(count, "span", "spans"), escape(url)));
    Ok(())
}

fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    fs::write(path, content).map_err(|error| Failure::io("write", path, &error))
}
