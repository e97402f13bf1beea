//! What happened, in its order. Events of any type are shown: their fields speak for themselves.

use std::collections::BTreeMap;

use maud::{Markup, Render, html};
use proofmark::Value;
use proofmark_artifacts::Codec;

use super::{cell, cut_note};
use crate::figure::{Figure, Unit};
use crate::finding::Facts;
use crate::place::Place;
use crate::recorded::DocumentState;
use crate::text::{cut, visible};

/// Most events that are shown.
const EVENTS_MAX: usize = 1_000;
/// A time of day to the millisecond; all of it is in the title.
const TIME_CHARS: usize = 12;
/// Most fields of one event.
const FIELDS_MAX: usize = 24;

/// The events.
pub(crate) struct Events {
    events: Vec<Event>,
    all: Figure,
    /// How many of each kind there are.
    kinds: BTreeMap<String, usize>,
}

struct Event {
    place: Place,
    kind: String,
    time: String,
    statement: Option<String>,
    fields: Vec<(String, Field)>,
    is_bad: bool,
}

enum Field {
    Number(Figure),
    Text(String),
    List(Figure),
}

pub(crate) fn model(facts: &Facts<'_>) -> Option<Events> {
    let document = facts.run.documents.iter().find(|it| it.entry.name == "diagnostics")?;
    let DocumentState::Verified(json) = &document.state else { return None };
    let value: Value = Codec::Json.decode(json).ok()?;
    let list = value.get("events")?.as_array()?;
    let place = Place::of("diagnostics").field("events");
    let events: Vec<_> =
        list.iter().take(EVENTS_MAX).enumerate().map(|(idx, it)| event(it, place.item(idx))).collect();
    let mut kinds = BTreeMap::new();
    for event in &events {
        *kinds.entry(event.kind.clone()).or_default() += 1;
    }
    (!events.is_empty()).then(|| Events { events, all: Figure::len(list.len(), &place), kinds })
}

fn event(value: &Value, place: Place) -> Event {
    let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let tag = text("type");
    let kind = tag.split('.').next().unwrap_or_default().trim_end_matches("_event").replace('_', " ");
    let told = ["type", "event_time", "statement"];
    let entries = value.as_map().into_iter().flat_map(|map| map.iter());
    let entries = entries
        .filter_map(|(key, value)| Some((key.as_str()?, value)))
        .filter(|(key, _)| !told.contains(key));
    let fields = entries.take(FIELDS_MAX).map(|(key, value)| (key.to_owned(), field(key, value, &place)));
    Event {
        fields: fields.collect(),
        is_bad: kind.contains("error") || matches!(text("phase").as_str(), "failed" | "cancelled"),
        kind,
        time: text("event_time"),
        statement: value.get("statement").and_then(Value::as_u64).map(|it| it.to_string()),
        place,
    }
}

fn field(name: &str, value: &Value, place: &Place) -> Field {
    let place = place.field(name);
    let unit = name.split('_').find_map(|word| match word {
        "bytes" => Some(Unit::Bytes),
        "ns" => Some(Unit::Nanoseconds),
        _ => None,
    });
    if let Some(number) = value.as_u64() {
        return Field::Number(Figure::field(number, unit.unwrap_or(Unit::Count), place));
    }
    if let Some(items) = value.as_array() {
        return Field::List(Figure::len(items.len(), &place));
    }
    Field::Text(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}

impl Render for Events {
    fn render(&self) -> Markup {
        html! {
            fieldset.filter hidden {
                legend { "Show" }
                @for (kind, count) in &self.kinds {
                    label {
                        input type="checkbox" name="kind" value=(kind) checked;
                        span { (visible(kind)) " " small { (count) } }
                    }
                }
                label.search {
                    span.sr { "Only events with this text" }
                    input type="search" name="text" placeholder="only with this text" size="18";
                }
                output aria-live="polite" {}
            }
            div.scroll { table.events {
                caption { "Events, the first one first (UTC)" }
                thead {
                    tr {
                        th scope="col" { "Time" } th scope="col" { "Event" }
                        th.n scope="col" { "Statement" } th scope="col" { "What" }
                    }
                }
                tbody { @for event in &self.events { (event) } }
            } }
            (cut_note(self.events.len(), &self.all, "events", &Place::of("diagnostics")))
        }
    }
}

impl Render for Event {
    fn render(&self) -> Markup {
        let time =
            self.time.split_once('T').map_or(self.time.as_str(), |(_, time)| time.trim_end_matches('Z'));
        html! {
            tr.bad[self.is_bad] data-kind=(self.kind) data-base=(self.place) {
                td.nowrap title=(visible(&self.time)) { (visible(cut(time, TIME_CHARS).0)) }
                td { (visible(&self.kind)) }
                td.n { (self.statement.as_deref().unwrap_or("")) }
                td.words {
                    @for (name, field) in &self.fields {
                        span.field { span.dim { (visible(name)) } " " (shown(field, &self.place)) } " "
                    }
                }
            }
        }
    }
}

fn shown(field: &Field, base: &Place) -> Markup {
    match field {
        Field::Number(figure) => figure.below(base),
        Field::List(len) => html! { (len.below(base)) " items" },
        Field::Text(text) => cell(text, 300),
    }
}
