//! A row of the tables: one task, one document, everyone who can do it.

use crate::check::Agreement;
use crate::data::Scale;
use crate::measure::Contender;

/// A row that can be made ready when its turn comes.
pub struct Row {
    pub group: &'static str,
    pub shape: &'static str,
    /// Generates the document and checks every contender.
    pub prepare: fn(Scale) -> Result<Contest, String>,
}

impl Row {
    /// What the filter looks at and messages say: `json-decode/events`.
    pub fn name(&self) -> String {
        format!("{}/{}", self.group, self.shape)
    }
}

/// A row made ready: nothing is timed yet, everything is checked.
pub struct Contest {
    /// How many elements the document has; figures are per element.
    pub elements: usize,
    pub contenders: Vec<Contender>,
    /// How each contender's work agreed with the reference.
    pub agreements: Vec<Agreement>,
}

impl Contest {
    pub fn of(elements: usize) -> Contest {
        Contest { elements, contenders: Vec::new(), agreements: Vec::new() }
    }

    pub fn add(&mut self, contender: Contender, agreement: Agreement) {
        self.contenders.push(contender);
        self.agreements.push(agreement);
    }
}
