//! What all events have.

use jiff::Timestamp;
use proofmark::shape::UnionShape;
use proofmark::{Describe, Maybe, Shape, TagValue};

use super::DiagnosticEvent;

macro_rules! events {
    ($($variant:ident)*) => {
        impl DiagnosticEvent {
            /// When it happened, if its writer said so.
            pub fn event_time(&self) -> Maybe<Timestamp> {
                match self {
                    $(Self::$variant(event) => event.event_time,)*
                }
            }

            /// Sets the time of an event that has none; whether it had none.
            ///
            /// # Examples
            /// ```
            /// use proofmark_artifacts::{DiagnosticEvent, Maybe};
            ///
            /// let text = r#"{"type":"run_event.v1","phase":"started"}"#;
            /// let mut event: DiagnosticEvent = proofmark::json::from_str(text)?;
            /// let now = jiff::Timestamp::UNIX_EPOCH;
            /// assert!(event.fill_event_time(now) && !event.fill_event_time(now));
            /// assert_eq!(event.event_time(), Maybe::Set(now));
            /// # Ok::<(), proofmark::Error>(())
            /// ```
            pub fn fill_event_time(&mut self, now: Timestamp) -> bool {
                let time = match self {
                    $(Self::$variant(event) => &mut event.event_time,)*
                };
                let is_unset = time.is_unset();
                if is_unset {
                    *time = Maybe::Set(now);
                }
                is_unset
            }

            /// Its type, as its tag says it: `run_event.v1`.
            pub fn event_type(&self) -> &'static str {
                match self {
                    $(Self::$variant(event) => tag_of(event),)*
                }
            }
        }
    };
}

events! {
    Run Plan Explain Prepared ParseError UdfValidation SchemaValidation FilePruning Memory CacheState ObjectStore
    FeatureState Incremental
}

impl DiagnosticEvent {
    /// The types of events, in the order of declaration.
    ///
    /// # Examples
    /// ```
    /// use proofmark_artifacts::DiagnosticEvent;
    /// assert!(DiagnosticEvent::types().any(|name| name == "run_event.v1"));
    /// ```
    pub fn types() -> impl Iterator<Item = &'static str> {
        members().iter().filter_map(|(_, shape)| tag_of_shape(shape()))
    }
}

fn members() -> &'static [(&'static str, proofmark::shape::ShapeFn)] {
    match DiagnosticEvent::shape() {
        Shape::Union(UnionShape { members, .. }) => members,
        _ => &[],
    }
}

fn tag_of<T: Describe>(_: &T) -> &'static str {
    tag_of_shape(T::shape()).unwrap_or_default()
}

fn tag_of_shape(shape: Shape) -> Option<&'static str> {
    match shape {
        Shape::Record(record) => match record.tag?.value {
            TagValue::Str(tag) => Some(tag),
            TagValue::Int(_) => None,
        },
        _ => None,
    }
}
