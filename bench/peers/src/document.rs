//! A generated document in bytes.

use std::rc::Rc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::check::seen;
use crate::data::{Scale, Shape};
use crate::format::Format;

/// What the contenders of a row work on, and what they are checked with.
pub struct Document {
    /// How many elements the document has; figures are per element.
    pub elements: usize,
    /// What decoders read.
    pub input: Rc<[u8]>,
    /// The whole value as MessagePack, records as maps. Encoders take their values from it.
    pub named: Vec<u8>,
    /// What a right decoder sees, as [`Document::view`] shows it.
    pub reference: Vec<u8>,
    view: Translate,
    read: Translate,
}

/// Bytes of one kind into bytes of another.
type Translate = fn(&[u8]) -> Result<Vec<u8>, String>;

impl Document {
    /// The document of `S` in `format`; JSON is laid out as the shape wants it.
    ///
    /// # Errors
    /// What the reference writers say; none of the bench's documents makes them fail.
    pub fn of<S: Shape>(format: Format, scale: Scale) -> Result<Document, String> {
        let wire = S::generate(scale);
        let named = to_named(&wire)?;
        let layout = if format == Format::Json { S::JSON } else { format };
        Ok(Document {
            elements: S::elements(&wire),
            input: layout.write(&wire)?.into(),
            reference: view::<S::View>(&named)?,
            named,
            view: view::<S::View>,
            read: if format == Format::Json { read_json::<S::View> } else { view::<S::View> },
        })
    }

    /// A document whose elements are `input` as a whole, and of which `view` shows what is to be seen.
    pub(crate) fn of_parts(
        elements: usize,
        input: Rc<[u8]>,
        reference: Vec<u8>,
        view: Translate,
    ) -> Document {
        Document { elements, input, named: Vec::new(), reference, view, read: view }
    }

    /// What is to be seen of a value that is given as MessagePack maps.
    ///
    /// # Errors
    /// When the value has not the fields of this document.
    pub fn view(&self, named: &[u8]) -> Result<Vec<u8>, String> {
        (self.view)(named)
    }

    /// What is to be seen of an encoder's output.
    ///
    /// # Errors
    /// When the output is not in this row's format, or has not the fields of this document.
    pub fn read(&self, output: &[u8]) -> Result<Vec<u8>, String> {
        (self.read)(output)
    }
}

/// Any value as MessagePack maps: the form in which values go from one set of types to another.
///
/// # Errors
/// What rmp-serde says.
pub fn to_named(value: &impl Serialize) -> Result<Vec<u8>, String> {
    Format::Msgpack.write(value)
}

/// The value again, in other types with the same fields.
///
/// # Errors
/// When the fields are not the same.
pub fn from_named<T: DeserializeOwned>(named: &[u8]) -> Result<T, String> {
    rmp_serde::from_slice(named).map_err(|error| error.to_string())
}

fn view<T: Serialize + DeserializeOwned>(named: &[u8]) -> Result<Vec<u8>, String> {
    seen(&from_named::<T>(named)?)
}

/// Not by serde_json: its floats are a step off now and then, and the encoder would be blamed.
fn read_json<T: Serialize + DeserializeOwned>(output: &[u8]) -> Result<Vec<u8>, String> {
    seen(&sonic_rs::from_slice::<T>(output).map_err(|error| error.to_string())?)
}
