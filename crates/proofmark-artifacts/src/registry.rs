//! All records, in one table.

use proofmark::{Describe, Encode, Result, Shape};

use crate::compare::{PlanDiff, RunDiff};
use crate::diagnostics::intake::{IntakeReport, RejectedRow};
use crate::diagnostics::{
    CacheStateEvent, ExplainEvent, FeatureStateEvent, FilePruningEvent, IncrementalEvent, MemoryEvent,
    ObjectStoreEvent, ParseErrorEvent, PlanEvent, PreparedStatementEvent, RunEvent, SchemaValidationEvent,
    UdfValidationEvent,
};
use crate::proof::ProofReport;
use crate::store::BundleIndex;
use crate::verify::VerifyReport;
use crate::{
    AstArtifact, CdfCursor, Codec, CursorReset, DiagnosticsArtifact, Digest, Envelope, Manifest,
    PlanArtifact, Repro, RuntimeProfileSnapshot, TelemetryArtifact, fingerprint,
};

/// A record that is stored: it has a row in [`RECORDS`].
pub trait Artifact: Encode {
    /// Its name, which is also its name in a bundle.
    const NAME: &'static str;
    /// The version of its form. A record's tag is its name and version: `manifest.v1`.
    const VERSION: u32;
    /// The format it is stored in.
    const CODEC: Codec;

    /// Whether bytes just written can be read again: encoding does not check what decoding does.
    ///
    /// # Errors
    /// Fails when a constraint does not hold, or a bound is passed.
    fn check(bytes: &[u8]) -> Result<()>;
}

/// One row of the registry: what can be done with a record whose type is known only by name.
#[derive(Clone, Copy, Debug)]
pub struct RecordType {
    /// Its name: `manifest`.
    pub name: &'static str,
    /// The version of its form.
    pub version: u32,
    /// The format it is stored in.
    pub codec: Codec,
    /// What it looks like; its description in words is the shape's.
    pub shape: fn() -> Shape,
    recode: fn(&[u8], Codec, Codec) -> Result<Vec<u8>>,
    fingerprint: fn(&[u8], Codec) -> Result<Digest>,
}

impl RecordType {
    /// The tag its records carry: `manifest.v1`.
    pub fn tag(&self) -> String {
        format!("{}.v{}", self.name, self.version)
    }

    /// Reads a record in one format and writes it in another, or in the same one in its canonical form.
    ///
    /// # Errors
    /// Fails when `input` is not such a record in the format `from`.
    pub fn recode(&self, input: &[u8], from: Codec, to: Codec) -> Result<Vec<u8>> {
        (self.recode)(input, from, to)
    }

    /// The content fingerprint of a record; see [`fingerprint`].
    ///
    /// # Errors
    /// As [`RecordType::recode`].
    pub fn fingerprint(&self, input: &[u8], from: Codec) -> Result<Digest> {
        (self.fingerprint)(input, from)
    }
}

/// The row of a record by its name or tag: `manifest` or `manifest.v1`.
///
/// # Examples
/// ```
/// let row = proofmark_artifacts::record_type("manifest").expect("a manifest is a record");
/// assert_eq!(row.tag(), "manifest.v1");
/// assert!(proofmark_artifacts::record_type("manifesto").is_none());
/// ```
pub fn record_type(name: &str) -> Option<&'static RecordType> {
    RECORDS.iter().find(|row| row.name == name || row.tag() == name)
}

macro_rules! records {
    ($($record:ty => $name:literal v $version:literal in $codec:ident;)*) => {
        /// Every record that is stored, in the order in which a reader meets them.
        pub static RECORDS: &[RecordType] = &[$(
            RecordType {
                name: $name,
                version: $version,
                codec: Codec::$codec,
                shape: || <$record as Describe>::shape(),
                recode: |input, from, to| to.encode(&from.decode::<$record>(input)?),
                fingerprint: |input, from| fingerprint(&from.decode::<$record>(input)?),
            },
        )*];
        $(
            impl Artifact for $record {
                const NAME: &'static str = $name;
                const VERSION: u32 = $version;
                const CODEC: Codec = Codec::$codec;

                fn check(bytes: &[u8]) -> Result<()> {
                    Self::CODEC.decode::<$record>(bytes).map(drop)
                }
            }
        )*
    };
}

records! {
    BundleIndex => "bundle" v 1 in Json;
    Manifest => "manifest" v 1 in Json;
    Repro => "repro" v 1 in Json;
    RuntimeProfileSnapshot => "profile" v 1 in Json;
    PlanArtifact => "plan" v 1 in Json;
    AstArtifact<'_> => "ast" v 1 in MessagePack;
    TelemetryArtifact => "telemetry" v 1 in MessagePack;
    DiagnosticsArtifact => "diagnostics" v 1 in MessagePack;
    RunEvent => "run_event" v 1 in MessagePack;
    PlanEvent => "plan_event" v 1 in MessagePack;
    ExplainEvent => "explain_event" v 1 in MessagePack;
    PreparedStatementEvent => "prepared_statement_event" v 1 in MessagePack;
    ParseErrorEvent => "parse_error_event" v 1 in MessagePack;
    UdfValidationEvent => "udf_validation_event" v 1 in MessagePack;
    SchemaValidationEvent => "schema_validation_event" v 1 in MessagePack;
    FilePruningEvent => "file_pruning_event" v 1 in MessagePack;
    MemoryEvent => "memory_event" v 1 in MessagePack;
    CacheStateEvent => "cache_state_event" v 1 in MessagePack;
    ObjectStoreEvent => "object_store_event" v 1 in MessagePack;
    FeatureStateEvent => "feature_state_event" v 1 in MessagePack;
    IncrementalEvent => "incremental_event" v 1 in MessagePack;
    RejectedRow => "rejected_row" v 1 in MessagePack;
    IntakeReport => "intake_report" v 1 in MessagePack;
    CdfCursor => "cdf_cursor" v 1 in Json;
    CursorReset => "cursor_reset" v 1 in Json;
    RunDiff => "run_diff" v 1 in Json;
    PlanDiff => "plan_diff" v 1 in Json;
    VerifyReport => "verify_report" v 1 in Json;
    ProofReport => "proof_report" v 1 in Json;
    Envelope<'_> => "envelope" v 1 in Json;
}

#[cfg(test)]
mod tests {
    use proofmark::TagValue;

    use super::*;

    #[test]
    fn a_row_has_the_tag_of_its_type_and_a_description() {
        for row in RECORDS {
            let Shape::Record(shape) = (row.shape)() else { panic!("{} is not a record", row.name) };
            let tag = shape.tag.expect("a stored record tells its type");
            assert_eq!(tag.value, TagValue::Str(row.tag().leak()));
            assert!(!shape.doc.is_empty(), "{} has no description", row.name);
        }
    }

    #[test]
    fn names_are_unique() {
        for row in RECORDS {
            assert_eq!(RECORDS.iter().filter(|other| other.name == row.name).count(), 1, "{}", row.name);
        }
    }
}
