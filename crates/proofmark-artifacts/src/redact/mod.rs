//! A bundle without what is nobody else's business: places and secrets.
//!
//! What is taken out is not the same record any more, and does not claim to be: digests and fingerprints are made anew, the
//! index is sealed again, and the manifest's notes say what was done.

mod text;

use std::io::{Seek, Write};

use proofmark::Value;
use proofmark::shape::Volatility;

use crate::compare::{Item, Parts};
use crate::store::archive;
use crate::store::bundle_fingerprint;
use crate::{
    AstArtifact, Bundle, BundleEntry, BundleIndex, Codec, Digest, Envelope, Manifest, RecordType,
    RuntimeProfileSnapshot, StoreError, StoreErrorKind, fingerprint, record_type,
};

use text::{Places, SECRET, is_secret, without_secrets};

/// What is taken out of a bundle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Redaction {
    /// Paths and URLs, wherever they stand: each becomes `[path 1]`, the same one everywhere.
    pub paths: bool,
    /// Values whose names say that they are secrets, and the users and passwords of URLs: each becomes `[secret]`.
    pub secrets: bool,
}

/// Writes a bundle into an archive as [`pack`](crate::pack) does, without what is to be taken out.
///
/// # Errors
/// Fails as [`pack`](crate::pack) does, and when an artifact is of a type that this crate does not know: what is in it
/// cannot be told.
pub fn pack_redacted(
    bundle: &Bundle,
    redaction: Redaction,
    archive: impl Write + Seek,
) -> Result<BundleIndex, StoreError> {
    let mut redactor = Redactor { redaction, places: Places::default() };
    let mut index = bundle.index().clone();
    let mut files = Vec::new();
    for entry in &mut index.artifacts {
        let bytes = redactor.artifact(bundle, entry)?;
        (entry.bytes, entry.sha256) = (bytes.len() as u64, Digest::of(&bytes));
        files.push((entry.name.clone(), bytes));
    }
    redactor.index(&mut index);
    let failed = |error| StoreError::damaged(bundle.path(), &error);
    let index_bytes = Envelope::seal(&index).map_err(failed)?;
    let file = |entry: &BundleEntry| {
        let found = files.iter().find(|(name, _)| *name == entry.name);
        Ok(found.map(|(_, bytes)| bytes.clone()).unwrap_or_default())
    };
    archive::write(&index_bytes, &index, file, archive, bundle.path())?;
    Ok(index)
}

struct Redactor {
    redaction: Redaction,
    places: Places,
}

impl Redactor {
    /// The file of an artifact, redacted, and its fingerprint.
    fn artifact(&mut self, bundle: &Bundle, entry: &mut BundleEntry) -> Result<Vec<u8>, StoreError> {
        let stored = bundle.read(&entry.name)?;
        let tag = format!("{}.v{}", entry.kind, entry.version);
        let Some(row) = record_type(&tag) else {
            let detail = format!(
                "`{tag}` is a type that this program does not know: what is in it cannot be redacted"
            );
            return Err(StoreError::new(StoreErrorKind::Damaged, &bundle.path().join(&entry.file), detail));
        };
        let redacted = self.record(row, &stored.bytes, entry.codec).and_then(|bytes| {
            let bytes = consistent(row, bytes, self.note())?;
            entry.fingerprint = row.fingerprint(&bytes, entry.codec)?;
            Ok(bytes)
        });
        redacted.map_err(|error| StoreError::damaged(&bundle.path().join(&entry.file), &error))
    }

    /// The record goes through MessagePack, which keeps bytes and extension values apart from text.
    fn record(&mut self, row: &RecordType, bytes: &[u8], codec: Codec) -> proofmark::Result<Vec<u8>> {
        let mut value: Value = Codec::MessagePack.decode(&row.recode(bytes, codec, Codec::MessagePack)?)?;
        let plan = self.changes(Item { value: &value, shape: (row.shape)() }, None, false);
        apply(&mut value, plan);
        let encoder =
            proofmark::msgpack::Encoder::new().order(proofmark::Order::Declared).limits(crate::codec::LIMITS);
        row.recode(&encoder.to_vec(&value)?, Codec::MessagePack, codec)
    }

    /// What becomes of a value, in the form of its parts.
    fn changes(&mut self, item: Item<'_>, volatility: Option<Volatility>, is_secret_value: bool) -> Change {
        match item.parts() {
            Parts::Named(parts) => {
                // `{key: "a.password", value: "x"}` names a secret as a map does.
                let key = parts.iter().find(|part| part.name == "key").map(|part| part.item.value);
                let names_secret = matches!(key, Some(Value::Str(key)) if is_secret(key));
                let changes = parts.iter().map(|part| {
                    let is_secret_part = is_secret_value
                        || (names_secret && part.name == "value")
                        || (item.record().is_none() && is_secret(&part.name));
                    self.changes(part.item, part.volatility.or(volatility), is_secret_part)
                });
                Change::of(changes.collect())
            }
            Parts::Items(items) => {
                let changes = items.into_iter().map(|item| self.changes(item, volatility, is_secret_value));
                Change::of(changes.collect())
            }
            Parts::Leaf => match item.value {
                Value::Str(text) => {
                    let new = self.text(text, volatility == Some(Volatility::Path), is_secret_value);
                    if new == *text { Change::None } else { Change::Text(new) }
                }
                _ => Change::None,
            },
        }
    }

    fn text(&mut self, text: &str, is_place: bool, is_secret_value: bool) -> String {
        if self.redaction.secrets && is_secret_value && !text.is_empty() {
            return SECRET.to_owned();
        }
        let text = if self.redaction.secrets { without_secrets(text) } else { text.to_owned() };
        match (self.redaction.paths, is_place) {
            (false, _) => text,
            (true, true) => self.places.without_whole(&text),
            (true, false) => self.places.without(&text),
        }
    }

    /// What the manifest's notes say of it.
    fn note(&self) -> String {
        let names = [("paths", self.redaction.paths), ("secrets", self.redaction.secrets)];
        let names: Vec<_> = names.into_iter().filter(|(_, is_out)| *is_out).map(|(name, _)| name).collect();
        format!("redacted: {}; digests and fingerprints are those of what is left", names.join(", "))
    }

    fn index(&mut self, index: &mut BundleIndex) {
        index.summary.title = self.text(&index.summary.title, true, false);
        for missing in &mut index.missing {
            missing.reason = self.text(&missing.reason, true, false);
        }
        index.fingerprint = bundle_fingerprint(&index.artifacts);
    }
}

/// What becomes of a value.
enum Change {
    /// It stays.
    None,
    /// It is another text.
    Text(String),
    /// Parts of it change, in order.
    Parts(Vec<Change>),
}

impl Change {
    fn of(parts: Vec<Self>) -> Self {
        if parts.iter().all(|part| matches!(part, Self::None)) { Self::None } else { Self::Parts(parts) }
    }
}

fn apply(value: &mut Value, change: Change) {
    match (value, change) {
        (value, Change::Text(text)) => *value = Value::Str(text),
        (Value::Array(items), Change::Parts(parts)) => {
            items.iter_mut().zip(parts).for_each(|(item, part)| apply(item, part));
        }
        (Value::Map(map), Change::Parts(parts)) => {
            map.values_mut().zip(parts).for_each(|(value, part)| apply(value, part));
        }
        (_, Change::None | Change::Parts(_)) => {}
    }
}

/// The record with the digests it holds of its own content made anew, and with a note where it has room for one.
fn consistent(row: &RecordType, bytes: Vec<u8>, note: String) -> proofmark::Result<Vec<u8>> {
    match row.name {
        "manifest" => {
            let mut manifest: Manifest = row.codec.decode(&bytes)?;
            manifest.notes.push(note);
            row.codec.encode(&manifest)
        }
        "ast" => {
            let mut ast: AstArtifact<'_> = row.codec.decode(&bytes)?;
            for statement in &mut ast.statements {
                statement.normalized_sha256 = Digest::of(statement.normalized_sql.as_bytes());
            }
            row.codec.encode(&ast)
        }
        "profile" => {
            let mut profile: RuntimeProfileSnapshot = row.codec.decode(&bytes)?;
            profile.profile_sha256 = Digest::of(b"");
            profile.profile_sha256 = fingerprint(&profile)?;
            row.codec.encode(&profile)
        }
        _ => Ok(bytes),
    }
}
