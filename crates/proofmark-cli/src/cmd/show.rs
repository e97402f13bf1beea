//! `proofmark show`: a run, an artifact of it, or a file, for people to read.

mod bundle;

use proofmark::Value;
use proofmark_artifacts::Codec;

use crate::args::{Format, Runs};
use crate::document::{Document, row_of, to_json};
use crate::failure::{Failure, Result, Verdict};
use crate::node::{Class, Form, Node, Scalar};
use crate::path::Path;
use crate::reference::Reference;
use crate::render::outline::{Options, outline};
use crate::render::{gron, hex, paint, quantity, text};
use crate::screen::Screen;

/// Shows a run, one of its artifacts, or a file
///
/// Without an artifact: what the run left, with sizes and digests, each file verified. With one: the record, whether
/// it is stored as JSON or as MessagePack. `-` stands for a field that is missing, `null` for null; `~time` and the like
/// mark fields that may differ between two runs of the same work.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  proofmark show                              the latest run
  proofmark show :manifest                    its manifest
  proofmark show latest~1:plan .statements[0].physical
  proofmark show k3f9:telemetry .scans[].dataset -r
  proofmark show :manifest --gron | grep rows
  proofmark show :manifest --json | jq .repro
  proofmark show some/file.msgpack --hex")]
pub(crate) struct Args {
    /// RUN, RUN:ARTIFACT, :ARTIFACT or a file; RUN is `latest`, `latest~N` or the start of an id
    #[arg(value_name = "WHAT", default_value = "latest")]
    target: String,
    /// The part to show: `.datasets[0].rows`, `.datasets[].name`, `.settings["a.b"]`
    #[arg(value_name = "PATH", value_parser = parse_path)]
    path: Option<Path>,
    #[command(flatten)]
    runs: Runs,
    /// Print canonical JSON
    #[arg(long, group = "form")]
    json: bool,
    /// Print a line per value, with its path
    #[arg(long, group = "form")]
    gron: bool,
    /// Print texts bare and everything else as compact JSON, one per line
    #[arg(short, long, group = "form")]
    raw: bool,
    /// Print the stored bytes beside what they are
    #[arg(long, group = "form", conflicts_with = "path")]
    hex: bool,
    /// Show only so many items of each list
    #[arg(long, value_name = "N")]
    head: Option<usize>,
    /// The format of a file, where its name does not tell
    #[arg(long, value_enum, value_name = "FORMAT")]
    from: Option<Format>,
    /// Read a file as this record type
    #[arg(long = "type", value_name = "TYPE")]
    record: Option<String>,
}

fn parse_path(text: &str) -> Result<Path, String> {
    text.parse().map_err(|failure: Failure| failure.to_string())
}

impl Args {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Verdict> {
        let document = match Reference::parse(&self.target) {
            Reference::File(path) => {
                let row = self.record.as_deref().map(row_of).transpose()?;
                let read = if self.hex { Document::of_bytes } else { Document::of_file };
                read(&path, self.from.map(Codec::from), row)?
            }
            Reference::Run { run, artifact } => {
                let bundle = self.runs.open()?.bundle(&run)?;
                match artifact.as_deref() {
                    None if self.is_plain() => return bundle::show(&bundle, screen),
                    artifact => Document::of_run(&bundle, artifact)?,
                }
            }
        };
        if let Some(tag) = &document.unknown_type {
            let tag = text::escape(tag);
            screen.note(&format!(
                "note: this program does not know `{tag}`; it is shown without names and checks"
            ));
        }
        self.print(&document, screen)?;
        Ok(Verdict::Clean)
    }

    /// Whether people are to read it, and all of it.
    fn is_plain(&self) -> bool {
        self.path.is_none() && !self.json && !self.gron && !self.raw && !self.hex
    }

    fn print(&self, document: &Document, screen: &mut Screen) -> Result<()> {
        if self.hex {
            return print_hex(document, screen);
        }
        if self.json && self.path.is_none() {
            return screen.print_json(&document.encode(Codec::Json)?);
        }
        let exact = self.json || self.gron || self.raw;
        let value = if exact { document.json_value()? } else { document.value()? };
        let root = Node::new(&value, document.shape());
        if self.is_plain() {
            screen.print(&header(document, screen)?)?;
        }
        for node in self.path.clone().unwrap_or_default().select(&root)? {
            self.print_node(node, screen)?;
        }
        Ok(())
    }

    fn print_node(&self, node: &Node<'_>, screen: &mut Screen) -> Result<()> {
        if self.json {
            return print_json(node, screen);
        }
        if self.gron {
            return screen.print_json(gron::gron(node)?.as_bytes());
        }
        if self.raw {
            return print_raw(node, screen);
        }
        let options = Options { paint: screen.paint(), width: screen.width(), head: self.head };
        screen.print(&outline(node, options))
    }
}

/// What it is, how large, and its digests.
fn header(document: &Document, screen: &Screen) -> Result<String> {
    let kind = document.row.map_or_else(|| "untyped".to_owned(), |row| row.tag());
    let format = crate::document::format_name(document.codec);
    let mut line = format!(
        "{}  {format}  {}",
        screen.paint().in_style(paint::TITLE, &kind),
        quantity::bytes(document.bytes.len() as u64)
    );
    if let Some(entry) = &document.entry {
        line.push_str(&format!("  sha256 {}…", &entry.sha256.as_str()[..12]));
    }
    if let Some(fingerprint) = document.fingerprint()? {
        line.push_str(&format!("  content {}…", &fingerprint.as_str()[..12]));
    }
    Ok(format!("{line}\n\n"))
}

/// JSON, laid out. What is missing is not JSON, so nothing is printed for it; a default is printed.
fn print_json(node: &Node<'_>, screen: &mut Screen) -> Result<()> {
    let json = match (&node.form, node.value) {
        (_, Some(value)) => to_json(value)?,
        (Form::Default(text), None) => text.clone().into_bytes(),
        (_, None) => return Ok(()),
    };
    let pretty = crate::document::layout(&json, proofmark::json::Indent::Spaces(2))?;
    screen.print_json(&pretty)?;
    screen.print("\n")
}

fn print_raw(node: &Node<'_>, screen: &mut Screen) -> Result<()> {
    match (&node.form, node.value) {
        (
            Form::Scalar(Scalar { class: Class::Text | Class::Word | Class::Digest, .. }),
            Some(Value::Str(text)),
        ) => {
            screen.print_data(text.as_bytes())?;
        }
        (_, Some(value)) => screen.print_json(&to_json(value)?)?,
        (Form::Default(text), None) => screen.print_json(text.as_bytes())?,
        (_, None) => return Ok(()),
    }
    screen.print("\n")
}

/// The values up to where the bytes are no longer MessagePack; then why.
fn print_hex(document: &Document, screen: &mut Screen) -> Result<()> {
    if document.codec == Codec::Json {
        return screen.print(&hex::dump(&document.bytes));
    }
    let (shown, ended) = hex::msgpack(&document.bytes, document.shape());
    screen.print(&shown)?;
    ended.map_err(|error| {
        Failure::incomplete(format!("cannot read `{}`: {error}", text::escape(&document.name)))
    })
}
