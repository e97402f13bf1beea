//! A record as an outline: a line per field, tables for lists of small records, trees for plans.

mod tree;

use anstyle::Style;
use proofmark::shape::Volatility;

use super::paint::{self, Paint};
use super::span::Line;
use super::table::Table;
use super::text::{self, plural};
use crate::node::{Class, Entry, Fields, Form, Node, Scalar};

/// Widest column of names before values.
const NAMES_WIDTH_MAX: usize = 32;
/// Widest cell, and most columns, of a list that is shown as a table.
const CELL_WIDTH_MAX: usize = 48;
const COLUMNS_MAX: usize = 12;
/// Most fields of a record that is shown inside a line.
const INLINE_FIELDS_MAX: usize = 6;
/// Digits of a digest that are shown where space is short.
const DIGEST_DIGITS: usize = 12;

/// How an outline is made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Options {
    pub(crate) paint: Paint,
    /// Columns of the terminal.
    pub(crate) width: usize,
    /// Items of a list that are shown, if not all.
    pub(crate) head: Option<usize>,
}

/// The outline of a node: whole lines.
pub(crate) fn outline(node: &Node<'_>, options: Options) -> String {
    let is_root_list = matches!(node.form, Form::List(_));
    let mut outline = Outline { options, is_root_list, out: String::new() };
    match outline.inline(node, usize::MAX) {
        Some(line) => outline.line(0, &line),
        None => outline.block(node, 0),
    }
    outline.out
}

struct Outline {
    options: Options,
    /// Whether the node that was asked for is a list.
    is_root_list: bool,
    out: String,
}

impl Outline {
    /// Prints what does not fit into one line.
    fn block(&mut self, node: &Node<'_>, indent: usize) {
        match &node.form {
            Form::Fields(fields) if tree::children(fields).is_some() => tree::print(self, fields, indent),
            Form::Fields(fields) => self.fields(fields, indent),
            Form::List(items) => self.list(items, indent),
            Form::Scalar(scalar) => self.text(scalar, indent),
            Form::Missing | Form::Default(_) => self.line(indent, &nothing(node)),
        }
    }

    fn fields(&mut self, fields: &Fields<'_>, indent: usize) {
        let names = || fields.entries.iter().map(|entry| text::width(&text::escape(&entry.name)));
        let column = names().filter(|width| *width <= NAMES_WIDTH_MAX).max().unwrap_or(0);
        for entry in &fields.entries {
            let mut line = Line::of(paint::KEY, text::escape(&entry.name));
            line.pad(column);
            line.push(Style::new(), "  ");
            let room = self.room(indent + line.width() + note_width(entry.volatility));
            match self.inline(&entry.node, room) {
                Some(value) => {
                    line.extend(value);
                    push_note(&mut line, entry.volatility);
                    self.line(indent, &line);
                }
                None => self.field_block(entry, column, indent),
            }
        }
    }

    fn field_block(&mut self, entry: &Entry<'_>, column: usize, indent: usize) {
        let mut line = Line::of(paint::KEY, text::escape(&entry.name));
        if let Some(count) = count(&entry.node) {
            line.pad(column);
            line.push(paint::DIM, format!("  {count}"));
        }
        push_note(&mut line, entry.volatility);
        self.line(indent, &line);
        self.block(&entry.node, indent + 2);
    }

    fn list(&mut self, items: &[Node<'_>], indent: usize) {
        let shown = &items[..self.head(items)];
        if let Some(table) = self.table(shown, self.room(indent)) {
            self.out.push_str(&table.print(&" ".repeat(indent), self.options.paint));
        } else if let Some(words) = self.words(shown) {
            self.wrap(words, indent);
        } else {
            shown.iter().enumerate().for_each(|(idx, item)| self.item(idx, item, indent));
        }
        if shown.len() < items.len() {
            let rest = format!("… {} more of {}", items.len() - shown.len(), items.len());
            self.line(indent, &Line::of(paint::DIM, rest));
        }
    }

    /// How many items are shown. Inside of records, lists of single values are shown whole.
    fn head(&self, items: &[Node<'_>]) -> usize {
        let is_record = |item: &Node<'_>| matches!(item.form, Form::Fields(_) | Form::List(_));
        let is_long = self.is_root_list || items.iter().any(is_record);
        if is_long { self.options.head.unwrap_or(usize::MAX).min(items.len()) } else { items.len() }
    }

    fn item(&mut self, idx: usize, item: &Node<'_>, indent: usize) {
        let mut line = Line::of(paint::DIM, format!("[{idx}]"));
        if let Some(value) = self.inline(item, self.room(indent + line.width() + 2)) {
            line.push(Style::new(), "  ");
            line.extend(value);
            return self.line(indent, &line);
        }
        self.line(indent, &line);
        self.block(item, indent + 2);
    }

    /// A list of single values, as words with commas.
    fn words(&self, items: &[Node<'_>]) -> Option<Vec<Line>> {
        let mut words = Vec::with_capacity(items.len());
        for (idx, item) in items.iter().enumerate() {
            let Form::Scalar(_) = &item.form else { return None };
            let mut word = self.inline(item, usize::MAX)?;
            if idx + 1 < items.len() {
                word.push(paint::DIM, ",");
            }
            words.push(word);
        }
        Some(words)
    }

    /// Prints words one after the other, as many to a line as fit.
    fn wrap(&mut self, words: Vec<Line>, indent: usize) {
        for line in wrapped(words, self.room(indent), " ") {
            self.line(indent, &line);
        }
    }

    /// A list of records whose fields are all short.
    fn table(&self, items: &[Node<'_>], room: usize) -> Option<Table> {
        let columns = columns(items)?;
        let title = |(name, volatility, right): &(&str, Option<Volatility>, bool)| {
            let note = volatility.map_or(String::new(), |why| format!(" ~{}", why.name()));
            format!("{}{}{note}", if *right { ">" } else { "" }, text::escape(name))
        };
        let titles: Vec<_> = columns.iter().map(title).collect();
        let mut table = Table::new(titles.iter().map(String::as_str));
        for item in items {
            let Form::Fields(fields) = &item.form else { return None };
            let cell = |(name, ..): &(&str, _, _)| {
                let entry = fields.entries.iter().find(|entry| entry.name == *name);
                // A field that this member of the union does not have.
                entry.map_or(Some(Line::default()), |entry| self.cell(&entry.node))
            };
            table.push(columns.iter().map(cell).collect::<Option<_>>()?);
        }
        (table.width() <= room).then_some(table)
    }

    fn cell(&self, node: &Node<'_>) -> Option<Line> {
        match &node.form {
            Form::Scalar(Scalar { text, class: Class::Digest }) => Some(short_digest(text)),
            _ => self.inline(node, CELL_WIDTH_MAX),
        }
    }

    /// The node in one line of at most `room` columns, if that can be.
    fn inline(&self, node: &Node<'_>, room: usize) -> Option<Line> {
        let line = match &node.form {
            Form::Missing | Form::Default(_) => nothing(node),
            Form::Scalar(scalar) => scalar_line(scalar)?,
            Form::List(items) => self.inline_list(items, room)?,
            Form::Fields(fields) => self.inline_fields(fields, room)?,
        };
        (line.width() <= room).then_some(line)
    }

    fn inline_list(&self, items: &[Node<'_>], room: usize) -> Option<Line> {
        if self.head(items) < items.len() || (room == usize::MAX && !items.is_empty()) {
            return None;
        }
        let mut line = Line::of(paint::DIM, "[");
        for (idx, item) in items.iter().enumerate() {
            // Records inside a list are read one below the other.
            if matches!(item.form, Form::Fields(_)) {
                return None;
            }
            if idx > 0 {
                line.push(paint::DIM, ", ");
            }
            line.extend(self.inline(item, room.checked_sub(line.width())?)?);
        }
        line.push(paint::DIM, "]");
        Some(line)
    }

    fn inline_fields(&self, fields: &Fields<'_>, room: usize) -> Option<Line> {
        let count = fields.entries.len();
        if count > INLINE_FIELDS_MAX || (room == usize::MAX && count > 0) || tree::children(fields).is_some()
        {
            return None;
        }
        let mut line = Line::of(paint::DIM, "{");
        for (idx, entry) in fields.entries.iter().enumerate() {
            if idx > 0 {
                line.push(paint::DIM, ", ");
            }
            line.push(paint::KEY, text::escape(&entry.name));
            line.push(paint::DIM, ": ");
            line.extend(self.inline(&entry.node, room.checked_sub(line.width())?)?);
        }
        line.push(paint::DIM, "}");
        Some(line)
    }

    /// Text of several lines, or too long for one.
    fn text(&mut self, scalar: &Scalar<'_>, indent: usize) {
        for line in scalar.text.lines() {
            self.line(indent, &Line::of(paint::TEXT, text::escape(line)));
        }
    }

    fn line(&mut self, indent: usize, line: &Line) {
        self.out.push_str(&" ".repeat(indent));
        self.out.push_str(line.paint(self.options.paint).trim_end());
        self.out.push('\n');
    }

    fn room(&self, taken: usize) -> usize {
        self.options.width.saturating_sub(taken)
    }
}

/// Names, volatility and alignment of the columns of a list of records; `None` where it is no such list.
fn columns<'n>(items: &'n [Node<'_>]) -> Option<Vec<(&'n str, Option<Volatility>, bool)>> {
    let mut columns: Vec<(&str, _, bool)> = Vec::new();
    for item in items {
        let Form::Fields(fields) = &item.form else { return None };
        for entry in &fields.entries {
            let is_number = is_number(&entry.node);
            match columns.iter_mut().find(|(name, ..)| *name == entry.name) {
                Some((_, _, right)) => *right = *right && is_number,
                None => columns.push((&entry.name, entry.volatility, is_number)),
            }
        }
    }
    (1..=COLUMNS_MAX).contains(&columns.len()).then_some(columns)
}

/// Whether a cell may stand at the right: a number, or the absence of one.
fn is_number(node: &Node<'_>) -> bool {
    match &node.form {
        Form::Scalar(Scalar { class, .. }) => matches!(class, Class::Number | Class::Null),
        Form::Missing => true,
        _ => false,
    }
}

/// How many there are, for the line above a block.
fn count(node: &Node<'_>) -> Option<String> {
    match &node.form {
        Form::List(items) => Some(plural(items.len(), "item", "items")),
        Form::Fields(Fields { record: None, entries }) => Some(plural(entries.len(), "entry", "entries")),
        _ => None,
    }
}

fn nothing(node: &Node<'_>) -> Line {
    match &node.form {
        Form::Default(text) => Line::of(paint::DIM, text::escape(text)),
        _ => Line::of(paint::DIM, "-"),
    }
}

/// A scalar in one line; `None` where its text has several.
fn scalar_line(scalar: &Scalar<'_>) -> Option<Line> {
    if scalar.text.contains('\n') {
        return None;
    }
    let text = text::escape(&scalar.text);
    let text = match scalar.class {
        Class::Text if is_ambiguous(&text) => format!("{:?}", scalar.text),
        _ => text.into_owned(),
    };
    Some(Line::of(style(scalar), text))
}

fn style(scalar: &Scalar<'_>) -> Style {
    match scalar.class {
        Class::Null => paint::DIM,
        Class::Bool | Class::Number => paint::NUMBER,
        Class::Text => paint::TEXT,
        Class::Time => paint::NUMBER,
        Class::Digest | Class::Binary => paint::DIM,
        Class::Word => match &*scalar.text {
            "ok" => paint::GOOD,
            "failed" | "cancelled" => paint::BAD,
            "incomplete" => paint::DOUBTFUL,
            _ => paint::WORD,
        },
    }
}

/// Whether text without quotes would be taken for something else.
fn is_ambiguous(text: &str) -> bool {
    text.is_empty()
        || matches!(text, "-" | "null" | "true" | "false")
        || text.starts_with(['"', '[', '{', '~', '…'])
        || text.starts_with(' ')
        || text.ends_with(' ')
        || text.parse::<f64>().is_ok()
}

fn short_digest(text: &str) -> Line {
    match text.get(..DIGEST_DIGITS) {
        Some(start) => Line::of(paint::DIM, format!("{}…", text::escape(start))),
        None => Line::of(paint::DIM, text::escape(text)),
    }
}

fn push_note(line: &mut Line, volatility: Option<Volatility>) {
    if let Some(why) = volatility {
        line.push(paint::DIM, format!("  ~{}", why.name()));
    }
}

fn note_width(volatility: Option<Volatility>) -> usize {
    volatility.map_or(0, |why| why.name().len() + 3)
}

/// Words in lines of at most `room` columns; a word that is longer has a line of its own.
fn wrapped(words: Vec<Line>, room: usize, gap: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if line.width() + gap.len() + word.width() <= room => {
                line.push(Style::new(), gap);
                line.extend(word);
            }
            _ => lines.push(word),
        }
    }
    lines
}
