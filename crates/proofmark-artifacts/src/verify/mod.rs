//! Whether a run's record is whole and honest.
//!
//! [`verify_run`] holds each artifact against the index, its type and the other artifacts, and counts which optional
//! fields were absent, null and there.

mod ledger;
mod records;
mod reference;
mod report;

use proofmark::{Maybe, Shape, Value};

use crate::store::bundle_fingerprint;
use crate::{Bundle, BundleEntry, Codec, RecordType, record_type};

use ledger::Ledger;
use records::Records;
use reference::References;
pub use report::{PresenceCount, Tally, VerifyCheck, VerifyFinding, VerifyReport};

/// Verifies a run: known types, unchanged bytes and contents, references that lead somewhere, fields that are known.
///
/// # Examples
/// ```
/// use proofmark_artifacts::verify::verify_run;
/// use proofmark_artifacts::{CdfCursor, RunStatus, RunStore, RunSummary};
/// # let dir = tempfile::tempdir()?;
///
/// let store = RunStore::new(dir.path());
/// let mut run = store.begin()?;
/// run.put(&CdfCursor::new("orders", 7))?;
/// let run = run.commit(RunSummary::new(RunStatus::Ok, jiff::Timestamp::UNIX_EPOCH))?;
/// assert!(verify_run(&store.bundle(&run.index.run_id)?).is_clean());
///
/// std::fs::write(run.path.join("cdf_cursor.json"), "{}")?;
/// let report = verify_run(&store.bundle(&run.index.run_id)?);
/// assert_eq!((report.digests.failed, report.findings.len()), (1, 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn verify_run(bundle: &Bundle) -> VerifyReport {
    let mut checks = Checks::default();
    for entry in &bundle.index().artifacts {
        checks.artifact(bundle, entry);
    }
    checks.index(bundle);
    for error in bundle.verify() {
        // Those of artifacts were found above, with their names.
        if !bundle.index().artifacts.iter().any(|entry| bundle.path().join(&entry.file) == error.path()) {
            checks.push(VerifyCheck::Digest, "bundle", Maybe::Unset, error.to_string());
        }
    }
    let mut references = References::default();
    references.check(bundle.index(), &Records::read(bundle));
    checks.into_report(bundle, references)
}

#[derive(Default)]
struct Checks {
    schema_ids: Tally,
    digests: Tally,
    unknown_fields: u64,
    ledger: Ledger,
    findings: Vec<VerifyFinding>,
}

impl Checks {
    fn push(&mut self, check: VerifyCheck, artifact: &str, path: Maybe<String>, message: String) {
        self.findings.push(VerifyFinding { check, artifact: artifact.to_owned(), path, message });
    }

    fn artifact(&mut self, bundle: &Bundle, entry: &BundleEntry) {
        let tag = format!("{}.v{}", entry.kind, entry.version);
        let row = record_type(&tag);
        self.schema_ids.checked += 1;
        if row.is_none() {
            self.schema_ids.failed += 1;
            let message = format!("`{tag}` is a type that this program does not know");
            self.push(VerifyCheck::SchemaId, &entry.name, Maybe::Unset, message);
        }
        self.digests.checked += 1;
        match (bundle.read(&entry.name), row) {
            (Err(error), _) => {
                self.digests.failed += 1;
                self.push(VerifyCheck::Digest, &entry.name, Maybe::Unset, error.to_string());
            }
            (Ok(stored), Some(row)) => self.record(row, entry, &stored.bytes),
            (Ok(_), None) => {}
        }
    }

    /// The record against its type, and its content against the index.
    fn record(&mut self, row: &RecordType, entry: &BundleEntry, bytes: &[u8]) {
        match row.fingerprint(bytes, entry.codec) {
            Err(error) => return self.undecodable(row, entry, bytes, &error),
            Ok(fingerprint) => {
                self.digests.checked += 1;
                if fingerprint != entry.fingerprint {
                    self.digests.failed += 1;
                    let message = "the fingerprint in the index is not that of its content".to_owned();
                    self.push(VerifyCheck::Digest, &entry.name, Maybe::Unset, message);
                }
            }
        }
        if let Ok(value) = entry.codec.decode::<Value>(bytes) {
            self.ledger.add(&value, (row.shape)());
        }
    }

    /// Says which fields are unknown, where that is what is wrong.
    fn undecodable(&mut self, row: &RecordType, entry: &BundleEntry, bytes: &[u8], error: &proofmark::Error) {
        let unknown = unknown_fields(entry.codec, bytes, (row.shape)());
        self.unknown_fields += unknown.len() as u64;
        if unknown.is_empty() {
            let message = format!("is no `{}`: {error}", row.tag());
            self.push(VerifyCheck::Record, &entry.name, Maybe::Unset, message);
        }
        for path in unknown {
            let message = format!("`{}` has no such field", row.tag());
            self.push(VerifyCheck::UnknownField, &entry.name, Maybe::Set(path), message);
        }
    }

    fn index(&mut self, bundle: &Bundle) {
        let index = bundle.index();
        self.digests.checked += 1;
        if bundle_fingerprint(&index.artifacts) != index.fingerprint {
            self.digests.failed += 1;
            let message = "its fingerprint is not that of the artifacts it lists".to_owned();
            self.push(VerifyCheck::Digest, "bundle", Maybe::Set(".fingerprint".to_owned()), message);
        }
    }

    fn into_report(mut self, bundle: &Bundle, references: References) -> VerifyReport {
        let failed =
            |check| references.findings.iter().filter(|finding| finding.check == check).count() as u64;
        self.digests.checked += references.digests_checked;
        self.digests.failed += failed(VerifyCheck::Digest);
        let tally = Tally { checked: references.checked, failed: failed(VerifyCheck::Reference) };
        self.findings.extend(references.findings);
        VerifyReport {
            run_id: bundle.index().run_id.clone(),
            schema_ids: self.schema_ids,
            digests: self.digests,
            references: tally,
            unknown_fields: self.unknown_fields,
            presence: self.ledger.into_counts(),
            findings: self.findings,
        }
    }
}

fn unknown_fields(codec: Codec, bytes: &[u8], shape: Shape) -> Vec<String> {
    let Ok(value) = codec.decode::<Value>(bytes) else { return Vec::new() };
    let mut ledger = Ledger::default();
    ledger.add(&value, shape);
    ledger.unknown
}
