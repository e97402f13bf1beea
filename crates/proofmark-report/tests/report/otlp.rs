//! Runs as traces for a collector: what arrives there.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::thread::{self, JoinHandle};

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::trace::v1::{Span, status::StatusCode};
use proofmark_report::otlp;
use prost::Message as _;

use crate::fixture::{Fixture, everything};

/// What a collector was sent: the line that asks, its headers, and the body.
struct Request {
    head: String,
    body: Vec<u8>,
}

/// A collector that takes one request and answers with this status; and where it listens.
fn collector(status: &'static str) -> (String, JoinHandle<Request>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let thread = thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(stream);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert!(reader.read_line(&mut head).unwrap() > 0, "the head ends");
        }
        let lower = head.to_lowercase();
        let (_, length) = lower.split_once("content-length: ").expect("a body of known length");
        let mut body = vec![0; length.lines().next().unwrap().parse().unwrap()];
        reader.read_exact(&mut body).unwrap();
        let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        reader.into_inner().write_all(answer.as_bytes()).unwrap();
        Request { head: lower, body }
    });
    (url, thread)
}

/// Sends the run with every artifact; the spans that arrived, after what was asked for.
fn sent() -> (Request, Vec<Span>) {
    let fixture = Fixture::new();
    let recorded = fixture.recorded(&fixture.run(412_000_000, everything));
    let (url, collector) = collector("200 OK");
    let count = otlp::send(&recorded, &url).unwrap();
    let request = collector.join().unwrap();
    let decoded = ExportTraceServiceRequest::decode(&request.body[..]).expect("protobuf");
    let scopes = decoded.resource_spans.into_iter().flat_map(|it| it.scope_spans);
    let spans: Vec<_> = scopes.flat_map(|it| it.spans).collect();
    assert_eq!(spans.len(), count);
    (request, spans)
}

fn attribute(span: &Span, key: &str) -> Option<Value> {
    span.attributes.iter().find(|it| it.key == key)?.value.clone()?.value
}

#[test]
fn spans_go_to_the_path_of_the_protocol_as_protobuf() {
    let (request, _) = sent();
    assert!(request.head.starts_with("post /v1/traces http/1.1"), "{}", request.head);
    assert!(request.head.contains("content-type: application/x-protobuf"), "{}", request.head);
}

#[test]
fn the_run_is_the_root_and_every_other_span_has_its_parent() {
    let (_, spans) = sent();
    let roots: Vec<_> = spans.iter().filter(|span| span.parent_span_id.is_empty()).collect();
    assert_eq!(roots.iter().map(|span| span.name.as_str()).collect::<Vec<_>>(), ["run pipeline.sql"]);
    for span in &spans {
        assert_eq!(span.trace_id, roots[0].trace_id);
        assert!(span.end_time_unix_nano >= span.start_time_unix_nano);
        let is_parent = |other: &Span| other.span_id == span.parent_span_id;
        assert!(
            span.parent_span_id.is_empty() || spans.iter().any(is_parent),
            "{} hangs in the air",
            span.name
        );
    }
    let mut ids: Vec<_> = spans.iter().map(|span| &span.span_id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), spans.len(), "every span has an id of its own");
    assert_eq!(roots[0].status.as_ref().map(|it| it.code()), Some(StatusCode::Ok));
}

#[test]
fn statements_speak_the_conventions_for_databases() {
    let (_, spans) = sent();
    let statement =
        spans.iter().find(|span| attribute(span, "db.query.text").is_some()).expect("a statement");
    for key in ["db.system.name", "db.operation.name", "proofmark.statement.index"] {
        assert!(attribute(statement, key).is_some(), "{key}");
    }
    let join = spans.iter().find(|span| span.name == "HashJoinExec").expect("an operator");
    assert!(matches!(attribute(join, "proofmark.operator.index"), Some(Value::IntValue(0))));
}

#[test]
fn a_collector_that_refuses_and_one_that_is_not_there_are_told() {
    let fixture = Fixture::new();
    let recorded = fixture.recorded(&fixture.run(1, |_| ()));
    let (url, collector) = collector("400 Bad Request");
    assert!(otlp::send(&recorded, &url).is_err());
    collector.join().unwrap();
    assert!(otlp::send(&recorded, &url).is_err(), "nobody listens any more");
    assert!(otlp::send(&recorded, "no url").is_err());
}
