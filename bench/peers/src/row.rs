//! A row of the tables: one task, one document, everyone who can do it.

use std::time::Duration;

use crate::check::{self, Agreement};
use crate::data::Scale;
use crate::decoder::Decoder;
use crate::document::Document;
use crate::encoder::Encoder;
use crate::stored::{Prepare, READS};

/// A row that can be made ready when its turn comes.
pub struct Row {
    pub group: &'static str,
    pub shape: &'static str,
    pub document: fn(Scale) -> Result<Document, String>,
    pub entrants: Vec<Entrant>,
}

/// Who a contender is in its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The one that the row is about; every ratio is its throughput over another's.
    Subject,
    /// The subject under another setting: shown, but no peer.
    Variant,
    /// What the subject is compared with.
    Peer,
}

/// A codec on its way into a row.
pub struct Entrant {
    pub name: String,
    pub role: Role,
    pub task: Task,
}

pub enum Task {
    Decode(Decoder),
    Encode(Encoder),
    /// Reads a stored record, whose type it does not know.
    Stored(Prepare),
}

/// One codec doing the work of one row, checked.
pub struct Contender {
    pub name: String,
    pub role: Role,
    /// Bytes that one iteration reads or writes.
    pub bytes: usize,
    /// How its work agreed with the reference.
    pub agreement: Agreement,
    pub run: Run,
}

/// CPU time of that many iterations, results dropped outside of the time.
pub type Run = Box<dyn FnMut(u32) -> Duration>;

/// A row made ready: nothing is timed yet, everything is checked.
pub struct Contest {
    pub elements: usize,
    pub contenders: Vec<Contender>,
}

impl Row {
    /// What the filter looks at and messages say: `json-decode/events`.
    pub fn name(&self) -> String {
        format!("{}/{}", self.group, self.shape)
    }

    /// Generates the document and checks every contender.
    ///
    /// # Errors
    /// Who did what wrong.
    pub fn prepare(&self, scale: Scale) -> Result<Contest, String> {
        let document = (self.document)(scale)?;
        let contenders = self
            .entrants
            .iter()
            .map(|entrant| entrant.prepare(&document).map_err(|error| format!("{}: {error}", entrant.name)));
        Ok(Contest { elements: document.elements, contenders: contenders.collect::<Result<_, _>>()? })
    }
}

impl Entrant {
    fn prepare(&self, document: &Document) -> Result<Contender, String> {
        let (bytes, agreement, run) = match &self.task {
            Task::Decode(decoder) => decoder.prepare(document)?,
            Task::Encode(encoder) => encoder.prepare(document)?,
            Task::Stored(prepare) => {
                let (written, run) = prepare(&document.input)?;
                let agreement = check::compare(&document.reference, &document.view(&written)?)?;
                (document.input.len() * READS, agreement, run)
            }
        };
        Ok(Contender { name: self.name.clone(), role: self.role, bytes, agreement, run })
    }
}
