//! Loose rows: what becomes an event, what is kept aside, and what is counted.

mod sample;

use jiff::Timestamp;
use proofmark::{Maybe, Value, json, msgpack};
use proofmark_artifacts::DiagnosticEvent;
use proofmark_artifacts::diagnostics::intake::{
    EVENT_BUFFER_BYTES_MAX, EventBuffer, Intake, IntakeCounts, PushError, ROW_BYTES_MAX, RejectedRow,
    RowForm, SpillingBuffer,
};

/// A clock that goes one second with every look at it.
fn clock() -> impl FnMut() -> Timestamp {
    let mut second = 0;
    move || {
        second += 1;
        Timestamp::from_second(second).unwrap()
    }
}

/// One row in every form it can come in: the event as JSON, or what is wrong with the row.
#[track_caller]
fn check(row: &str, expected: &str) {
    let value: Value = json::from_str(row).unwrap();
    let told = |event: Result<DiagnosticEvent, Box<RejectedRow>>| match event {
        Ok(event) => json::to_string(&event).unwrap(),
        Err(row) => row.error,
    };
    let mut intake = Intake::new(clock());
    assert_eq!(told(intake.json(row.as_bytes())), expected, "JSON");
    let mut intake = Intake::new(clock());
    assert_eq!(told(intake.msgpack(&msgpack::to_vec(&value).unwrap())), expected, "MessagePack");
    let mut intake = Intake::new(clock());
    assert_eq!(told(intake.value(&value)), expected, "value");
    let mut intake = Intake::new(clock());
    assert_eq!(told(intake.record(&value)), expected, "record");
}

#[test]
fn a_row_is_read_leniently_and_its_time_filled_in() {
    check(
        r#"{"type":"run_event.v1","event_time":"2026-11-22T13:45:01Z","phase":"finished","rows":"7"}"#,
        r#"{"type":"run_event.v1","event_time":"2026-11-22T13:45:01Z","phase":"finished","rows":7}"#,
    );
    check(
        r#"{"type":"run_event.v1","phase":"finished","statement":"0"}"#,
        r#"{"type":"run_event.v1","event_time":"1970-01-01T00:00:01Z","phase":"finished","statement":0}"#,
    );
    check(
        r#"{"type":"memory_event.v1","event_time":1795355101,"statement":0.0,"bytes_peak":"1e3","exhausted":"true"}"#,
        r#"{"type":"memory_event.v1","event_time":"2026-11-22T13:45:01Z","statement":0,"bytes_peak":1000,"exhausted":true}"#,
    );
}

#[test]
fn a_type_without_its_version_is_the_newest() {
    let event = r#"{"type":"run_event.v1","event_time":"1970-01-01T00:00:01Z","phase":"started"}"#;
    check(r#"{"type":"run_event","phase":"started"}"#, event);
}

#[test]
fn a_row_that_is_no_event_says_why() {
    check("[]", "Expected `object`, got `array`");
    check("{}", "Object missing required field `type`");
    check(r#"{"type":"run_event.v9"}"#, "Invalid value 'run_event.v9' - at `$.type`");
    check(r#"{"type":"run_event.v1"}"#, "Object missing required field `phase`");
    check(r#"{"type":"run_event","phase":1}"#, "Expected `str`, got `int` - at `$.phase`");
    check(r#"{"type":"run_event.v1","phase":"started","rows":-1}"#, "Expected `int` >= 0 - at `$.rows`");
    check(r#"{"type":"run_event.v1","phase":"started","row":1}"#, "Object contains unknown field `row`");
    check(
        r#"{"type":"run_event.v1","phase":"started","event_time":"yesterday"}"#,
        "Invalid RFC3339 encoded datetime - at `$.event_time`",
    );
}

#[test]
fn every_event_is_taken_in_every_form() {
    let mut intake = Intake::new(clock());
    let mut events = sample::diagnostics().events;
    for event in &mut events {
        event.fill_event_time(sample::time(9));
        let event = &*event;
        assert_eq!(intake.json(&json::to_vec(event).unwrap()).unwrap(), *event);
        assert_eq!(intake.msgpack(&msgpack::to_vec(event).unwrap()).unwrap(), *event);
        assert_eq!(intake.record(event).unwrap(), *event);
    }
    let counts = intake.counts();
    assert_eq!((counts.accepted, counts.rejected), (3 * events.len() as u64, 0));
    let types: Vec<_> = DiagnosticEvent::types().collect();
    assert_eq!(types.len(), 13);
    assert!(events.iter().all(|event| types.contains(&event.event_type())));
}

#[test]
fn a_refused_row_is_kept_whole_with_its_place() {
    let mut intake = Intake::new(clock());
    let rows = b"{\"type\":\"run_event.v1\",\"phase\":\"started\"}\n\n  \n{\"type\":\"rnu_event.v1\",\"a\":[1, 2]}\n{\"ty\xff\n{\"x";
    let rows: Vec<_> = intake.json_lines(rows).collect();
    assert_eq!(rows.len(), 4);
    assert!(rows[0].is_ok());
    let row = rows[1].as_ref().unwrap_err();
    assert_eq!((row.row, row.form, row.path.as_str()), (2, RowForm::Json, "$.type"));
    assert_eq!(row.content(), b"{\"type\":\"rnu_event.v1\",\"a\":[1, 2]}");
    assert_eq!(row.found, Maybe::Set("'rnu_event.v1'".to_owned()));
    assert_eq!(row.suggestion, Maybe::Set("run_event.v1".to_owned()));
    let Maybe::Set(expected) = &row.expected else { panic!("the types are told") };
    assert!(expected.starts_with("`run_event.v1`, ") && expected.ends_with(" or `incremental_event.v1`"));
    let row = rows[2].as_ref().unwrap_err();
    assert_eq!((row.row, row.content(), row.text.is_unset()), (3, &b"{\"ty\xff"[..], true));
    let row = rows[3].as_ref().unwrap_err();
    assert_eq!((row.row, row.content(), row.error.as_str()), (4, &b"{\"x"[..], "Input data was truncated"));
    let counts = IntakeCounts {
        rows: 4,
        accepted: 1,
        rejected: 3,
        times_filled: 1,
        events: [("run_event.v1".to_owned(), 1)].into(),
    };
    assert_eq!(*intake.counts(), counts);
}

#[test]
fn messagepack_goes_on_behind_a_wrong_row_and_not_behind_a_broken_one() {
    let good = msgpack::to_vec(&sample::run_event()).unwrap();
    let wrong = msgpack::to_vec(&[1, 2]).unwrap();
    let broken = b"\xc1\xc1\xc1";
    let rows = [&good[..], &wrong, &good, broken, &good].concat();
    let mut intake = Intake::new(clock());
    let rows: Vec<_> = intake.msgpack_stream(&rows).collect();
    let kept: Vec<_> =
        rows.iter().map(|row| row.as_ref().map_err(|row| row.content().to_vec()).err()).collect();
    assert_eq!(kept, [None, Some(wrong), None, Some([&broken[..], &good].concat())]);
    assert_eq!((intake.counts().rows, intake.counts().rejected), (4, 2));
}

#[test]
fn a_refused_row_can_be_taken_once_more() {
    let mut intake = Intake::new(clock());
    let row = br#"{"phase":"started"}"#;
    let text = intake.json(row).unwrap_err();
    let value: Value = json::from_slice(row).unwrap();
    let bytes = intake.value(&value).unwrap_err();
    assert_eq!((text.form, bytes.form), (RowForm::Json, RowForm::MessagePack));
    assert!(intake.again(&text).is_err());
    let mut typed = Intake::new(clock()).untyped_as("run_event");
    assert!(typed.again(&text).is_ok() && typed.again(&bytes).is_ok());
    assert!(Intake::new(clock()).untyped_as("no_event").again(&text).is_err());
}

#[test]
fn what_messagepack_cannot_say_is_kept_as_text() {
    let huge = Value::from_iter([("type", Value::from("run_event.v1")), ("rows", u128::MAX.into())]);
    let row = Intake::new(clock()).value(&huge).unwrap_err();
    assert_eq!(row.form, RowForm::Json);
    assert_eq!(json::from_slice::<Value>(row.content()).unwrap(), huge);
}

#[test]
fn a_refused_row_is_a_record() {
    let row = *Intake::new(clock()).msgpack(b"\xc1").unwrap_err();
    assert_eq!(json::from_slice::<RejectedRow>(&json::to_vec(&row).unwrap()).unwrap(), row);
    assert_eq!(msgpack::from_slice::<RejectedRow>(&msgpack::to_vec(&row).unwrap()).unwrap(), row);
    let mut rejected = EventBuffer::new();
    rejected.push(&row).unwrap();
    assert_eq!(rejected.iter().next().unwrap().unwrap(), row);
}

#[test]
fn a_row_has_a_limit() {
    let row = |len: usize| {
        let text = r#"{"type":"run_event.v1","phase":"failed","message":""}"#;
        text.replace("\"\"", &format!("\"{}\"", "x".repeat(len - text.len()))).into_bytes()
    };
    for (len, is_taken) in [(ROW_BYTES_MAX - 1, true), (ROW_BYTES_MAX, true), (ROW_BYTES_MAX + 1, false)] {
        let taken = Intake::new(clock()).json(&row(len));
        assert_eq!(taken.is_ok(), is_taken, "{len}");
        if let Err(kept) = taken {
            assert_eq!(kept.content().len(), len);
        }
    }
}

#[test]
fn a_buffer_is_full_at_its_limit_and_stays_as_it_was() {
    let event = DiagnosticEvent::Run(sample::run_event());
    let bytes = msgpack::to_vec(&event).unwrap().len();
    for (limit, fits) in [(2 * bytes - 1, 1), (2 * bytes, 2), (2 * bytes + 1, 2)] {
        let mut buffer = EventBuffer::with_limit(limit);
        let pushed = (0..5).filter(|_| buffer.push(&event).is_ok()).count();
        assert_eq!((pushed, buffer.len(), buffer.as_bytes().len()), (fits, fits, fits * bytes));
        assert_eq!(buffer.iter().map(Result::unwrap).collect::<Vec<_>>(), vec![event.clone(); fits]);
        let error = buffer.push(&event).unwrap_err();
        let text =
            format!("the buffer is full: {} of {limit} bytes are taken, the event has {bytes}", fits * bytes);
        assert_eq!(error.to_string(), text);
    }
    assert_eq!(EventBuffer::<DiagnosticEvent>::new().push(&event).is_ok(), bytes < EVENT_BUFFER_BYTES_MAX);
}

#[test]
fn events_are_read_when_they_are_asked_for() {
    let mut buffer = EventBuffer::new();
    let events = sample::diagnostics().events;
    events.iter().try_for_each(|event| buffer.push(event)).unwrap();
    let mut raws = buffer.raws();
    let first = raws.next().unwrap().unwrap();
    assert_eq!(first.decode::<DiagnosticEvent>().unwrap(), events[0]);
    assert_eq!(raws.count(), events.len() - 1);
    assert_eq!(buffer.iter().map(Result::unwrap).collect::<Vec<_>>(), events);
    buffer.clear();
    assert!(buffer.is_empty() && buffer.iter().next().is_none());
}

#[test]
fn a_buffer_in_front_of_a_writer_loses_nothing_and_keeps_the_order() {
    let events = sample::diagnostics().events;
    let longest = events.iter().map(|event| msgpack::to_vec(event).unwrap().len()).max().unwrap();
    for limit in [longest, longest + 1, 3 * longest, 1 << 20] {
        let mut file = Vec::new();
        let mut buffer = SpillingBuffer::new(EventBuffer::with_limit(limit), &mut file);
        events.iter().cycle().take(100).try_for_each(|event| buffer.push(event)).unwrap();
        buffer.finish().unwrap();
        let read = msgpack::from_stream::<DiagnosticEvent>(&file).map(Result::unwrap);
        assert!(read.eq(events.iter().cycle().take(100).cloned()), "{limit}");
    }
    let mut buffer = SpillingBuffer::new(EventBuffer::with_limit(longest - 1), Vec::new());
    let full = events.iter().map(|event| buffer.push(event)).filter(Result::is_err).count();
    assert!(full >= 1);
}

#[test]
fn a_writer_that_fails_costs_no_event_in_the_buffer() {
    struct Broken;
    impl std::io::Write for Broken {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let event = DiagnosticEvent::Run(sample::run_event());
    let mut buffer = EventBuffer::new();
    buffer.push(&event).unwrap();
    assert!(buffer.flush_to(&mut Broken).is_err());
    assert_eq!(buffer.len(), 1);
    let bytes = buffer.as_bytes().len();
    let mut spilling = SpillingBuffer::new(EventBuffer::with_limit(bytes), Broken);
    spilling.push(&event).unwrap();
    assert!(matches!(spilling.push(&event), Err(PushError::Sink(_))));
}

#[test]
fn a_warm_buffer_takes_no_memory_per_event() {
    let events = sample::diagnostics().events;
    let mut buffer = EventBuffer::new();
    events.iter().try_for_each(|event| buffer.push(event)).unwrap();
    let used = allocation_counter::measure(|| {
        for _ in 0..100 {
            buffer.clear();
            events.iter().try_for_each(|event| buffer.push(event)).unwrap();
        }
    });
    assert_eq!((used.count_total, buffer.len()), (0, events.len()));
    // Nor does reading an event that holds no text.
    let event: DiagnosticEvent = json::from_str(r#"{"type":"run_event.v1","phase":"started"}"#).unwrap();
    buffer.clear();
    (0..100).try_for_each(|_| buffer.push(&event)).unwrap();
    let mut count = 0;
    let used = allocation_counter::measure(|| count = buffer.iter().map(Result::unwrap).count());
    assert_eq!((used.count_total, count), (0, 100));
    let used = allocation_counter::measure(|| count = buffer.raws().map(Result::unwrap).count());
    assert_eq!((used.count_total, count), (0, 100));
}

#[test]
fn a_warm_intake_takes_no_memory_for_a_row_without_text() {
    let mut intake = Intake::new(|| Timestamp::UNIX_EPOCH);
    let row = br#"{"type":"run_event.v1","phase":"finished","rows":"7"}"#;
    intake.json(row).unwrap();
    let used = allocation_counter::measure(|| {
        (0..100).for_each(|_| drop(intake.json(row).unwrap()));
    });
    assert_eq!((used.count_total, intake.counts().accepted), (0, 101));
}
