//! A run as a trace for a collector that speaks the OpenTelemetry protocol.
//!
//! Names of attributes are those of the semantic conventions for databases where there are such:
//! <https://opentelemetry.io/docs/specs/semconv/db/database-spans/>; all others begin with `proofmark.`.

use std::fmt;
use std::time::{Duration, SystemTime};

use opentelemetry::trace::{SpanContext, SpanId, SpanKind, Status, TraceFlags, TraceId, TraceState};
use opentelemetry::{InstrumentationScope, KeyValue};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{SpanData, SpanEvents, SpanExporter as _, SpanLinks};
use proofmark_artifacts::{Digest, Maybe, RunStatus, StatementRecord};

use crate::finding::Facts;
use crate::plan_tree::{Operator, PlanTree};
use crate::recorded::Recorded;
use crate::span::{Span, StatementSpan, run_span, statement_spans};
use crate::text::cut;

/// Longest wait for a collector.
const WAIT: Duration = Duration::from_secs(10);
/// Most spans sent at once.
const BATCH_SPANS_MAX: usize = 512;
/// Most characters of a statement's text.
const SQL_CHARS_MAX: usize = 8_192;

/// Why a run could not be sent.
#[derive(Debug)]
pub struct OtlpError(String);

impl fmt::Display for OtlpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for OtlpError {}

/// Sends a run to a collector, over HTTP in protobuf; how many spans were sent.
///
/// The run is the trace, its statements are spans, their operators are spans below. The ids follow from the run's, so
/// that a run that is sent twice is one trace. A URL without a path means its `/v1/traces`.
///
/// # Errors
/// Fails when the URL is none, or the collector does not take the spans.
///
/// # Examples
/// ```no_run
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let bundle: proofmark_artifacts::Bundle = todo!();
/// let recorded = proofmark_report::Recorded::read(&bundle);
/// let count = proofmark_report::otlp::send(&recorded, "http://localhost:4318")?;
/// println!("{count} spans");
/// # Ok(())
/// # }
/// ```
pub fn send(run: &Recorded, url: &str) -> Result<usize, OtlpError> {
    let error = |error: &dyn fmt::Display| OtlpError(error.to_string());
    let builder = SpanExporter::builder().with_http().with_protocol(Protocol::HttpBinary);
    let exporter = builder.with_endpoint(endpoint(url)).with_timeout(WAIT).build();
    let mut exporter = exporter.map_err(|it| error(&it))?;
    exporter.set_resource(&resource(run));
    let spans = spans(run);
    for batch in spans.chunks(BATCH_SPANS_MAX) {
        futures_executor::block_on(exporter.export(batch.to_vec())).map_err(|it| error(&it))?;
    }
    Ok(spans.len())
}

/// The URL with the path that the protocol gives to traces, unless it has one.
fn endpoint(url: &str) -> String {
    let after_host = url.split_once("://").map_or(url, |(_, rest)| rest);
    match after_host.split_once('/') {
        None => format!("{url}/v1/traces"),
        Some((_, "")) => format!("{url}v1/traces"),
        Some(_) => url.to_owned(),
    }
}

/// What sends: this program on that machine.
fn resource(run: &Recorded) -> Resource {
    let mut attributes = vec![
        KeyValue::new("service.name", "proofmark"),
        KeyValue::new("service.version", env!("CARGO_PKG_VERSION")),
        KeyValue::new("proofmark.run.id", run.index.run_id.to_string()),
    ];
    if let Some(repro) = &run.repro {
        attributes.push(KeyValue::new("os.type", repro.platform.os.clone()));
        attributes.push(KeyValue::new("host.arch", repro.platform.arch.clone()));
        attributes.extend(
            repro.host.hostname.as_ref().into_option().map(|it| KeyValue::new("host.name", it.clone())),
        );
    }
    Resource::builder_empty().with_attributes(attributes).build()
}

/// The spans of a run: the run first, then each statement with its operators.
fn spans(run: &Recorded) -> Vec<SpanData> {
    let facts = Facts::new(run);
    let writer = Writer::new(run);
    let mut spans = vec![run_data(run, &writer)];
    for span in statement_spans(&facts) {
        let statement = statement_data(&span, run, &writer);
        let parent = statement.span_context.span_id();
        spans.push(statement);
        if let Some(tree) = facts.trees.iter().find(|tree| tree.statement == span.statement) {
            spans.extend(operators(tree, &span, parent, &writer));
        }
    }
    spans
}

/// What all spans of a run have in common.
struct Writer {
    run: String,
    start: SystemTime,
}

impl Writer {
    fn new(run: &Recorded) -> Self {
        let nanoseconds = u64::try_from(run.index.summary.started_at.as_nanosecond()).unwrap_or(0);
        Self {
            run: run.index.run_id.to_string(),
            start: SystemTime::UNIX_EPOCH + Duration::from_nanos(nanoseconds),
        }
    }

    /// An id of so many bytes, the same for the same thing.
    fn id<const N: usize>(&self, of: &str) -> [u8; N] {
        let digest = Digest::of(format!("{} {of}", self.run).as_bytes());
        let digit = |at: usize| u8::from_str_radix(&digest.as_str()[at..at + 2], 16).unwrap_or(1);
        std::array::from_fn(|idx| digit(2 * idx))
    }

    fn data(
        &self,
        id: &str,
        parent: SpanId,
        name: String,
        span: &Span,
        attributes: Vec<KeyValue>,
    ) -> SpanData {
        let start = self.start + Duration::from_nanos(span.start_ns);
        let ids = (TraceId::from_bytes(self.id("trace")), SpanId::from_bytes(self.id(id)));
        SpanData {
            span_context: SpanContext::new(ids.0, ids.1, TraceFlags::SAMPLED, false, TraceState::default()),
            parent_span_id: parent,
            parent_span_is_remote: false,
            // The engine is embedded: it is no client of a server.
            span_kind: SpanKind::Internal,
            name: name.into(),
            start_time: start,
            end_time: start + Duration::from_nanos(span.length_ns),
            attributes,
            dropped_attributes_count: 0,
            events: SpanEvents::default(),
            links: SpanLinks::default(),
            status: Status::Unset,
            instrumentation_scope: InstrumentationScope::builder("proofmark")
                .with_version(env!("CARGO_PKG_VERSION"))
                .build(),
        }
    }
}

fn run_data(run: &Recorded, writer: &Writer) -> SpanData {
    let summary = &run.index.summary;
    let attributes = vec![
        KeyValue::new("proofmark.run.title", summary.title.clone()),
        KeyValue::new("proofmark.run.engine", summary.engine.clone()),
        KeyValue::new("proofmark.run.content_sha256", run.index.fingerprint.to_string()),
    ];
    let message =
        run.manifest.as_ref().and_then(|it| Some(it.failure.as_ref().into_option()?.message.clone()));
    let name = format!("run {}", summary.title);
    let data = writer.data("run", SpanId::INVALID, name, &run_span(run), attributes);
    SpanData { status: status(summary.status, message), ..data }
}

fn statement_data(span: &StatementSpan, run: &Recorded, writer: &Writer) -> SpanData {
    let engine = run.profile.as_ref().map_or("other_sql", |profile| profile.engine.name.as_str());
    let operation = span.sql.split_whitespace().next().unwrap_or_default().to_uppercase();
    let mut attributes = vec![
        KeyValue::new("db.system.name", engine.to_owned()),
        KeyValue::new("db.query.text", cut(&span.sql, SQL_CHARS_MAX).0.to_owned()),
        KeyValue::new("db.operation.name", operation.clone()),
        KeyValue::new("proofmark.statement.index", i64::from(span.statement)),
    ];
    let record = run.statement(span.statement).map(|(_, record)| record);
    attributes.extend(record.into_iter().flat_map(statement_attributes));
    let ended = record.map(|record| record.status);
    if ended == Some(RunStatus::Failed) {
        attributes.push(KeyValue::new("error.type", "statement_failed"));
    }
    let id = format!("statement {}", span.statement);
    let name = if operation.is_empty() { id.clone() } else { operation };
    let data = writer.data(&id, SpanId::from_bytes(writer.id("run")), name, &span.whole, attributes);
    SpanData { status: ended.map_or(Status::Unset, |it| status(it, None)), ..data }
}

fn statement_attributes(record: &StatementRecord) -> Vec<KeyValue> {
    let numbers = [
        ("db.response.returned_rows", record.rows),
        ("proofmark.statement.result_bytes", record.bytes),
        ("proofmark.statement.memory_bytes_max", record.memory_bytes_max),
        ("proofmark.statement.spilled_bytes", record.spilled_bytes),
    ];
    numbers.into_iter().filter_map(|(name, value)| number(name, value.into_option())).collect()
}

/// A span per operator that computed. Where it began is not recorded: all begin when the plan began to run.
fn operators(tree: &PlanTree<'_>, span: &StatementSpan, statement: SpanId, writer: &Writer) -> Vec<SpanData> {
    let id = |operator: &Operator<'_>| format!("operator {} {}", tree.statement, operator.node.index);
    let start_ns = span.running.as_ref().unwrap_or(&span.whole).start_ns;
    let data = |operator: &Operator<'_>| {
        let length_ns = operator.node.metrics.as_ref().map(|it| it.elapsed_compute_ns).into_option();
        let length_ns = length_ns.and_then(Maybe::into_option).unwrap_or(0);
        let parent =
            operator.parent.map_or(statement, |idx| SpanId::from_bytes(writer.id(&id(&tree.operators[idx]))));
        let attributes = operator_attributes(operator);
        writer.data(
            &id(operator),
            parent,
            operator.node.name.clone(),
            &Span { start_ns, length_ns },
            attributes,
        )
    };
    tree.operators.iter().map(data).collect()
}

fn operator_attributes(operator: &Operator<'_>) -> Vec<KeyValue> {
    let mut attributes = vec![
        KeyValue::new("proofmark.operator.index", i64::from(operator.node.index)),
        KeyValue::new("proofmark.operator.detail", cut(&operator.node.detail, SQL_CHARS_MAX).0.to_owned()),
        KeyValue::new("proofmark.operator.partitions", i64::from(operator.node.partitioning.count)),
        KeyValue::new("proofmark.operator.duration", "processor time, summed over partitions"),
    ];
    let estimated = operator.node.rows_estimated.map(|it| it.rows).into_option();
    attributes.extend(number("proofmark.operator.rows_estimated", estimated));
    if let Maybe::Set(metrics) = &operator.node.metrics {
        let numbers = [
            ("proofmark.operator.rows_out", metrics.rows_out),
            ("proofmark.operator.bytes_out", metrics.bytes_out),
            ("proofmark.operator.elapsed_compute_ns", metrics.elapsed_compute_ns),
            ("proofmark.operator.spilled_bytes", metrics.spilled_bytes),
        ];
        attributes.extend(numbers.into_iter().filter_map(|(name, value)| number(name, value.into_option())));
    }
    attributes
}

/// The protocol has signed integers only.
fn number(name: &'static str, value: Option<u64>) -> Option<KeyValue> {
    Some(KeyValue::new(name, i64::try_from(value?).unwrap_or(i64::MAX)))
}

fn status(status: RunStatus, message: Option<String>) -> Status {
    match status {
        RunStatus::Ok => Status::Ok,
        RunStatus::Failed => Status::error(message.unwrap_or_else(|| "failed".to_owned())),
        RunStatus::Cancelled => Status::error("cancelled"),
        RunStatus::Incomplete => Status::Unset,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_without_a_path_means_that_of_the_protocol() {
        assert_eq!(endpoint("http://localhost:4318"), "http://localhost:4318/v1/traces");
        assert_eq!(endpoint("http://localhost:4318/"), "http://localhost:4318/v1/traces");
        assert_eq!(endpoint("http://localhost:4318/in/traces"), "http://localhost:4318/in/traces");
    }
}
