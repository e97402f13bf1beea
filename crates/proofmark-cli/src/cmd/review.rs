//! `proofmark review`: what waits for a decision, in one queue: goldens, locks and findings.

mod golden;
mod queue;
mod values;

use std::io::{self, BufRead as _, IsTerminal as _};
use std::path::PathBuf;

use queue::{Item, Queue};

use crate::args::Locks;
use crate::failure::{Failure, Result, Verdict};
use crate::render::paint::{DIM, TITLE};
use crate::screen::Screen;

/// Shows what waits for a decision, and takes it
///
/// Goldens, locks and findings are in one queue. On a terminal each is shown and asked about. Elsewhere the queue is listed, and `--accept` and `--reject` decide.
/// Ends with 100 as long as something waits.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    locks: Locks,

    /// The directories of goldens, where tests leave other results as `FILE.new`
    #[arg(long, value_name = "DIR")]
    goldens: Vec<PathBuf>,

    /// Accept what has these names: the result, the lock, or the finding with its reason
    #[arg(long, value_name = "NAME")]
    accept: Vec<String>,

    /// Throw away the results of these goldens
    #[arg(long, value_name = "NAME")]
    reject: Vec<String>,

    /// Why a finding is let pass
    #[arg(long, value_name = "TEXT", requires = "accept")]
    reason: Option<String>,

    /// Until when a finding is let pass: `2026-12-31`
    #[arg(long, value_name = "DAY", requires = "accept")]
    until: Option<String>,

    /// List the queue, also on a terminal
    #[arg(long)]
    list: bool,
}

impl Args {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Verdict> {
        let mut queue = Queue::read(&self.locks, &self.goldens)?;
        let decided = self.accept.len() + self.reject.len();
        for name in &self.accept {
            let told = queue.accept(name, self.reason.as_deref(), self.until.as_deref())?;
            screen.print(&format!("{told}\n"))?;
        }
        for name in &self.reject {
            let told = queue.reject(name)?;
            screen.print(&format!("{told}\n"))?;
        }
        let asks = decided == 0 && !self.list && io::stdin().is_terminal();
        if asks {
            ask(&mut queue, screen)?
        } else {
            list(&queue, screen)?
        }
        Ok(if queue.items().is_empty() { Verdict::Clean } else { Verdict::Findings })
    }
}

fn list(queue: &Queue, screen: &mut Screen) -> Result<()> {
    for item in queue.items() {
        show(item, screen)?;
    }
    let count = queue.items().len();
    let told = match count {
        0 => "nothing waits for a decision".to_owned(),
        1 => "1 waits for a decision".to_owned(),
        count => format!("{count} wait for a decision"),
    };
    screen.print(&format!("{told}\n"))
}

fn show(item: &Item, screen: &mut Screen) -> Result<()> {
    let paint = screen.paint();
    let (kind, name) = (paint.in_style(DIM, item.kind()), paint.in_style(TITLE, &item.name()));
    screen.print(&format!("{kind}  {name}\n"))?;
    for line in item.lines() {
        screen.print(&format!("   {line}\n"))?;
    }
    Ok(())
}

/// Asks about each item in turn.
fn ask(queue: &mut Queue, screen: &mut Screen) -> Result<()> {
    let names: Vec<String> = queue.items().iter().map(Item::name).collect();
    for (index, name) in names.iter().enumerate() {
        let Some(item) = queue.items().iter().find(|item| item.name() == *name) else { continue };
        screen.print(&format!("({}/{}) ", index + 1, names.len()))?;
        show(item, screen)?;
        let choices =
            if item.can_be_rejected() { "[a]ccept [r]eject [s]kip [q]uit" } else { "[a]ccept [s]kip [q]uit" };
        match answer(choices, screen)?.as_str() {
            "a" => {
                let reason = if item.needs_reason() { Some(answer("reason:", screen)?) } else { None };
                let told = queue.accept(name, reason.as_deref(), None)?;
                screen.print(&format!("{told}\n"))?;
            }
            "r" if item.can_be_rejected() => {
                let told = queue.reject(name)?;
                screen.print(&format!("{told}\n"))?;
            }
            "q" => break,
            _ => {}
        }
    }
    list(queue, screen)
}

/// A line that the user types; the end of the input is a skip.
fn answer(question: &str, screen: &mut Screen) -> Result<String> {
    screen.print(&format!("   {question} "))?;
    screen.flush()?;
    let mut line = String::new();
    io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(|error| Failure::incomplete(format!("cannot read the answer: {error}")))?;
    Ok(line.trim().to_owned())
}
