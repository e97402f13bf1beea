//! `proofmark git-driver`: what git needs to show stored records and to merge locks.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Subcommand;
use proofmark_artifacts::Codec;
use proofmark_contract::file;
use proofmark_contract::lock::{self, Lock, merge};

use crate::document::Document;
use crate::failure::{Failure, Result, Verdict};
use crate::node::Node;
use crate::render::text::escape;
use crate::render::{gron, hex};
use crate::screen::Screen;

/// Shows stored records in `git diff`, and merges lock files field by field
#[derive(clap::Args)]
#[command(after_help = "\
Once per repository, in .gitattributes:
  *.msgpack    diff=proofmark
  *.lock.json  merge=proofmark

And once per checkout:
  git config diff.proofmark.textconv 'proofmark git-driver textconv'
  git config merge.proofmark.name 'locks of records, field by field'
  git config merge.proofmark.driver 'proofmark git-driver merge %O %A %B %P'")]
pub(crate) struct Args {
    #[command(subcommand)]
    driver: Driver,
}

#[derive(Subcommand)]
enum Driver {
    /// Prints a stored record with a line per value, each with its path
    Textconv {
        /// The file
        file: PathBuf,
    },
    /// Merges lock files; what both sides changed otherwise is left to git's own merge, and ends with 100
    Merge {
        /// What both sides began with; %O
        base: PathBuf,
        /// Ours, which becomes the result; %A
        ours: PathBuf,
        /// Theirs; %B
        theirs: PathBuf,
        /// What the file is called in the repository; %P
        name: Option<PathBuf>,
    },
}

impl Args {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Verdict> {
        match self.driver {
            Driver::Textconv { file } => textconv(&file, screen).map(|()| Verdict::Clean),
            Driver::Merge { base, ours, theirs, name } => {
                let name = name.unwrap_or_else(|| ours.clone());
                merge_files([&base, &ours, &theirs], &name, screen)
            }
        }
    }
}

/// The format of a file whose name tells none: the one that git cannot show by itself.
fn codec_of(path: &Path) -> Codec {
    Codec::of_file(&path.to_string_lossy()).unwrap_or(Codec::MessagePack)
}

fn textconv(path: &Path, screen: &mut Screen) -> Result<()> {
    let shown = Document::of_file(path, Some(codec_of(path)), None).and_then(|document| {
        let value = document.json_value()?;
        gron::gron(&Node::new(&value, document.shape()))
    });
    match shown {
        Ok(text) => screen.print_json(text.as_bytes()),
        // A file that is no record is shown all the same: git would give up the whole diff. Not why it is none, which names
        // the place where git has put the file this time.
        Err(_) => {
            let bytes = fs::read(path).map_err(|error| Failure::io("read", path, &error))?;
            screen.print(&format!("no record\n{}", hex::dump(&bytes)))
        }
    }
}

fn merge_files(files: [&Path; 3], name: &Path, screen: &mut Screen) -> Result<Verdict> {
    let name = escape(&name.to_string_lossy()).into_owned();
    let locks = files.map(read);
    let told = match locks {
        [Ok(base), Ok(ours), Ok(theirs)] => match merge(&base, &ours, &theirs) {
            Ok(merged) => return write(files[1], &merged),
            Err(conflicts) => {
                let places: Vec<_> =
                    conflicts.iter().map(|conflict| escape(&conflict.place).into_owned()).collect();
                format!("both sides changed {}", places.join(", "))
            }
        },
        [base, ours, theirs] => {
            let failed = [base, ours, theirs].into_iter().find_map(Result::err);
            failed.map_or_else(String::new, |failure| failure.to_string())
        }
    };
    screen.note(&format!("{name}: {told}; `proofmark lock` writes it anew once the code is merged"));
    merge_as_text(files)
}

fn read(path: &Path) -> Result<Lock> {
    let text = fs::read(path).map_err(|error| Failure::io("read", path, &error))?;
    lock::from_slice(&text).map_err(|error| Failure::incomplete(escape(&error.to_string())))
}

fn write(path: &Path, merged: &Lock) -> Result<Verdict> {
    let text = lock::to_vec(merged).map_err(super::lock::contract)?;
    file::replace(path, &text).map_err(|error| Failure::io("write", path, &error))?;
    Ok(Verdict::Clean)
}

/// What git does without a driver: lines that both sides changed stand one above the other, between marks.
fn merge_as_text([base, ours, theirs]: [&Path; 3]) -> Result<Verdict> {
    let merged = Command::new("git").arg("merge-file").args([ours, base, theirs]).status();
    merged.map_err(|error| Failure::incomplete(format!("git cannot be run: {error}")))?;
    // Also where no line was changed twice: what fits as text need not as a lock.
    Ok(Verdict::Findings)
}
