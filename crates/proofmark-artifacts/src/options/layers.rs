//! What was said in all places, one above the other.

use std::ffi::OsStr;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use proofmark::convert::Converter;
use proofmark::decode::DecodeOwned;
use proofmark::{Encode, Limits, Value};

use super::locate::{Refused, key_text};
use super::tree::too_deep;
use super::{Body, FILE_BYTES_MAX, Node, OPTIONS_DEPTH_MAX, OptionsError, Origin, TEXT_BYTES_MAX};
use super::{file, text};

/// Options as they are said in several places, the later ones over the earlier ones.
///
/// The order is the caller's; the usual one is defaults, file, environment, arguments. Tables are merged key by key at
/// every level, anything else is replaced as a whole.
///
/// What variables and arguments say is text, and is taken for what the option's type makes of it: `8` for a number,
/// `a,b` or `["a","b"]` for a list, `{"a":1}` for a table. Values of files and records have types of their own, which
/// must fit.
#[derive(Clone, Debug)]
pub struct Layers {
    root: Node,
}

/// How values go in and out. Keys of maps are text, as in TOML.
const CONVERTER: Converter = Converter::new().str_keys(true).limits(Limits::depth(OPTIONS_DEPTH_MAX as u32));

impl Default for Layers {
    fn default() -> Self {
        Self::new()
    }
}

impl Layers {
    /// No layers: everything is default.
    pub const fn new() -> Self {
        Self { root: Node::table(Origin::Default) }
    }

    pub(crate) fn of_root(root: Node) -> Result<Self, OptionsError> {
        root.check_len()?;
        Ok(Self { root })
    }

    pub(crate) const fn root(&self) -> &Node {
        &self.root
    }

    pub(crate) fn into_root(self) -> Node {
        self.root
    }

    fn push(&mut self, node: Node) -> Result<(), OptionsError> {
        self.root.merge(node);
        self.root.check_len()
    }

    /// Adds the values of a record as defaults.
    ///
    /// # Errors
    /// As [`Layers::record`].
    pub fn defaults(&mut self, record: &(impl Encode + ?Sized)) -> Result<(), OptionsError> {
        self.encoded(record, Origin::Default)
    }

    /// Adds the values of a record; `name` is what their origin is called.
    ///
    /// Only what the record would write is said: not what is unset, nor what equals its declared default.
    ///
    /// # Errors
    /// Fails when the record cannot be written, or a limit is passed.
    ///
    /// # Examples
    /// ```
    /// use proofmark_artifacts::options::Layers;
    /// # #[derive(proofmark::Record)] struct Cli { threads: u32 }
    /// # #[derive(proofmark::Record)] struct Options { threads: u64, #[field(default)] quiet: bool }
    ///
    /// let mut layers = Layers::new();
    /// layers.record("command line", &Cli { threads: 2 })?;
    /// assert_eq!(layers.decode::<Options>()?.threads, 2);
    /// # Ok::<(), proofmark_artifacts::options::OptionsError>(())
    /// ```
    pub fn record(&mut self, name: &str, record: &(impl Encode + ?Sized)) -> Result<(), OptionsError> {
        self.encoded(record, Origin::Given(name.into()))
    }

    /// Adds a loose map; `name` is what its origin is called.
    ///
    /// # Errors
    /// Fails when it is no map, or a limit is passed.
    ///
    /// # Examples
    /// ```
    /// use proofmark::Value;
    /// use proofmark_artifacts::options::Layers;
    ///
    /// let mut layers = Layers::new();
    /// layers.map("notebook", &Value::from_iter([("threads", 2)]))?;
    /// assert!(layers.map("notebook", &Value::from(7)).is_err());
    /// # Ok::<(), proofmark_artifacts::options::OptionsError>(())
    /// ```
    pub fn map(&mut self, name: &str, map: &Value) -> Result<(), OptionsError> {
        self.encoded(map, Origin::Given(name.into()))
    }

    fn encoded(&mut self, record: &(impl Encode + ?Sized), origin: Origin) -> Result<(), OptionsError> {
        let value = CONVERTER
            .to_value(record)
            .map_err(|error| OptionsError::one(origin.clone(), "a table of values", error.to_string()))?;
        if value.as_map().is_none() {
            return Err(OptionsError::one(origin, "a table", format!("`{}`", value.kind().name())));
        }
        self.push(Node::of_value(value, &origin))
    }

    /// Adds a TOML file.
    ///
    /// # Errors
    /// Fails when it cannot be read, is larger than [`FILE_BYTES_MAX`], or as [`Layers::toml`].
    pub fn toml_file(&mut self, path: impl AsRef<Path>) -> Result<(), OptionsError> {
        let path = path.as_ref();
        let name = path.display().to_string();
        let unreadable = |error: std::io::Error| {
            let origin = Origin::File { name: name.as_str().into(), line: 1 };
            OptionsError::one(origin, "a file of UTF-8 text", error.to_string())
        };
        let mut content = String::new();
        let file = File::open(path).map_err(unreadable)?;
        // One byte more than allowed, so that a file that grows is still refused.
        file.take(FILE_BYTES_MAX as u64 + 1).read_to_string(&mut content).map_err(unreadable)?;
        self.toml(&name, &content)
    }

    /// Adds a TOML document; `name` is what its origins are called, with the line.
    ///
    /// # Errors
    /// Fails when it is no TOML, or a limit is passed.
    pub fn toml(&mut self, name: &str, document: &str) -> Result<(), OptionsError> {
        self.push(file::parse(name, document)?)
    }

    /// Adds the variables of the environment whose names begin with `prefix`.
    ///
    /// # Errors
    /// As [`Layers::variables`].
    pub fn environment(&mut self, prefix: &str) -> Result<(), OptionsError> {
        self.variables(prefix, std::env::vars_os())
    }

    /// Adds those of the given variables whose names begin with `prefix`.
    ///
    /// The rest of the name, in lower case, is the key; two underscores step into a table: with the prefix `APP_`,
    /// `APP_SCAN__BATCH_SIZE` is `scan.batch_size`.
    ///
    /// # Errors
    /// Fails when such a variable is not UTF-8, has an empty key, or is longer than [`TEXT_BYTES_MAX`].
    pub fn variables<K: AsRef<OsStr>, V: AsRef<OsStr>>(
        &mut self,
        prefix: &str,
        variables: impl IntoIterator<Item = (K, V)>,
    ) -> Result<(), OptionsError> {
        let mut layer = Node::table(Origin::Default);
        for (name, value) in variables {
            let Some(name) = name.as_ref().to_str() else { continue };
            let Some(rest) = name.strip_prefix(prefix) else { continue };
            let keys: Vec<String> = rest.split("__").map(str::to_ascii_lowercase).collect();
            layer.merge(leaf(&keys, value.as_ref().to_str(), Origin::Variable(name.into()))?);
        }
        self.push(layer)
    }

    /// Adds a `key=value` text, whose key may lead into tables: `scan.batch_size=64`.
    ///
    /// A key with dots of its own is written in quotes, as in TOML: `settings."datafusion.execution.batch_size"=64`.
    ///
    /// # Errors
    /// Fails when there is no `=`, a key is empty, or the text is longer than [`TEXT_BYTES_MAX`].
    pub fn pair(&mut self, pair: &str) -> Result<(), OptionsError> {
        let malformed =
            || OptionsError::one(Origin::Argument(start_of(pair).into()), "`key=value`", "no such text");
        let (keys, value) = split_pair(pair).ok_or_else(malformed)?;
        let origin = Origin::Argument(start_of(&pair[..pair.len() - value.len() - 1]).into());
        self.push(leaf(&keys, Some(value), origin)?)
    }

    /// Makes a record of what was said.
    ///
    /// # Errors
    /// Tells every value that does not fit and every key that is not known; see [`Fault`](super::Fault).
    pub fn decode<T: DecodeOwned>(&self) -> Result<T, OptionsError> {
        let mut root = self.root.clone();
        text::spell(&mut root, T::shape());
        let value = root.to_value();
        let errors = match CONVERTER.decode_all_errors::<T>(&value) {
            Ok(options) => return Ok(options),
            Err(errors) => errors,
        };
        let errors_of = |value: &Value| match CONVERTER.decode_all_errors::<T>(value) {
            Ok(_) => Vec::new(),
            Err(errors) => errors.iter().map(ToString::to_string).collect(),
        };
        let refused = Refused { root: &root, shape: T::shape(), value: &value, errors_of: &errors_of };
        Err(OptionsError::new(refused.faults(errors.as_slice().iter().take(FAULTS_MAX))))
    }

    /// Where the value of an option was said; `None` where it was not. Keys as in [`Layers::pair`].
    pub fn origin(&self, path: &str) -> Option<&Origin> {
        let keys = split_keys(path)?;
        let node = keys.iter().try_fold(&self.root, |node, key| node.entries()?.get(key))?;
        Some(&node.origin)
    }

    /// Every value that was said: its path, the value, and its origin, in the order of the keys.
    ///
    /// # Examples
    /// ```
    /// use proofmark_artifacts::options::Layers;
    ///
    /// let mut layers = Layers::new();
    /// layers.toml("a.toml", "[scan]\nbatch_size = 64\n")?;
    /// let told: Vec<_> = layers.values().map(|(path, value, origin)| format!("{path} = {value} ({origin})")).collect();
    /// assert_eq!(told, ["$.scan.batch_size = 64 (a.toml:2)"]);
    /// # Ok::<(), proofmark_artifacts::options::OptionsError>(())
    /// ```
    pub fn values(&self) -> impl Iterator<Item = (String, Value, &Origin)> {
        let mut told = Vec::new();
        tell("$", &self.root, &mut told);
        told.into_iter()
    }
}

/// Faults that are told of one document.
const FAULTS_MAX: usize = 100;

fn tell<'a>(path: &str, node: &'a Node, told: &mut Vec<(String, Value, &'a Origin)>) {
    match &node.body {
        Body::Table(entries) if !entries.is_empty() || path == "$" => {
            entries.iter().for_each(|(key, node)| tell(&(path.to_owned() + &key_text(key)), node, told));
        }
        _ => told.push((path.to_owned(), node.to_value(), &node.origin)),
    }
}

/// A text below the keys that lead to it.
fn leaf(keys: &[String], value: Option<&str>, origin: Origin) -> Result<Node, OptionsError> {
    let Some(value) = value else { return Err(OptionsError::one(origin, "UTF-8 text", "other bytes")) };
    if keys.iter().any(String::is_empty) {
        return Err(OptionsError::one(origin, "a key", "none"));
    }
    if keys.len() > OPTIONS_DEPTH_MAX {
        return Err(too_deep(origin));
    }
    let len = value.len() + keys.iter().map(String::len).sum::<usize>();
    if len > TEXT_BYTES_MAX {
        let expected = format!("at most {TEXT_BYTES_MAX} bytes");
        return Err(OptionsError::one(origin, expected, format!("{len} bytes")));
    }
    Ok(Node { origin, body: Body::Leaf(value.into()) }.below(keys))
}

/// What an argument is called: itself, or its beginning.
fn start_of(text: &str) -> &str {
    text.char_indices().nth(80).map_or(text, |(end, _)| &text[..end])
}

fn split_pair(pair: &str) -> Option<(Vec<String>, &str)> {
    let mut is_quoted = false;
    let end = pair.find(|c| {
        is_quoted ^= c == '"';
        c == '=' && !is_quoted
    })?;
    Some((split_keys(&pair[..end])?, &pair[end + 1..]))
}

/// The keys of `a.b."c.d"`.
pub(crate) fn split_keys(path: &str) -> Option<Vec<String>> {
    let mut keys = Vec::new();
    let mut rest = path.trim();
    loop {
        let (key, after) = match rest.strip_prefix('"') {
            Some(text) => text.split_once('"')?,
            None => rest.split_at(rest.find('.').unwrap_or(rest.len())),
        };
        keys.push(key.to_owned());
        match after.strip_prefix('.') {
            Some(more) => rest = more,
            None => return after.is_empty().then_some(keys),
        }
    }
}
