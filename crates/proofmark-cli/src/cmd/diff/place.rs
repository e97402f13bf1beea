//! Where a difference is and what may differ there, in words and colours.

use anstyle::Style;
use proofmark::Maybe;
use proofmark_artifacts::compare::{Cause, ValueChange, ValueEdit};

use crate::render::paint;
use crate::render::span::Line;
use crate::render::text::escape;

/// Causes beyond this many are counted.
const CAUSES_SHOWN: usize = 3;

/// A place of a record, and what happened there.
pub(super) fn change(change: &ValueChange) -> Vec<Line> {
    let mut place = Line::of(paint::KEY, escape(&change.path));
    if let Maybe::Set(item) = &change.item {
        place.push(paint::DIM, format!(" ({})", escape(item)));
    }
    let style = match change.edit {
        ValueEdit::Added { .. } => paint::GOOD,
        ValueEdit::Removed { .. } => paint::BAD,
        ValueEdit::Changed { .. } | ValueEdit::Moved { .. } => paint::DOUBTFUL,
    };
    let mut what = Line::of(style, escape(&change.edit.to_string()));
    if let Maybe::Set(why) = &change.volatility {
        what.push(paint::DIM, format!("  ~{}", escape(why)));
    }
    vec![place, what]
}

/// `cause: host cpu_count 16 -> 24`; nothing where nobody looked for one.
pub(super) fn causes(causes: &[Cause]) -> Line {
    let shown: Vec<_> =
        causes.iter().take(CAUSES_SHOWN).map(|cause| escape(&cause.to_string()).into_owned()).collect();
    let more = causes.len().saturating_sub(CAUSES_SHOWN);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    match shown.is_empty() {
        true => Line::default(),
        false => Line::of(Style::new(), format!("cause: {}{more}", shown.join(", "))),
    }
}
