//! Colours. They say nothing that words do not say too.

use anstyle::{AnsiColor, Style};

/// Puts colours around text, or leaves it as it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paint {
    on: bool,
}

impl Paint {
    pub(crate) const fn new(on: bool) -> Self {
        Self { on }
    }

    /// Text in a style.
    pub(crate) fn in_style(self, style: Style, text: &str) -> String {
        if self.on && !text.is_empty() && style != Style::new() {
            return format!("{}{text}{}", style.render(), style.render_reset());
        }
        text.to_owned()
    }

    /// A failure.
    pub(crate) fn bad(self, text: &str) -> String {
        self.in_style(BAD, text)
    }
}

/// A failure, damage.
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();
/// Something is left out or not as it should be.
pub(crate) const DOUBTFUL: Style = AnsiColor::Yellow.on_default();
/// Everything is as it should be.
pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
/// A name of a field.
pub(crate) const KEY: Style = AnsiColor::Blue.on_default();
/// A title.
pub(crate) const TITLE: Style = Style::new().bold();
/// What may differ between two runs of the same work, and what is beside the matter.
pub(crate) const DIM: Style = Style::new().dimmed();
/// Text.
pub(crate) const TEXT: Style = Style::new();
/// A number.
pub(crate) const NUMBER: Style = AnsiColor::Cyan.on_default();
/// One of a few words.
pub(crate) const WORD: Style = AnsiColor::Magenta.on_default();
