//! Records that hold records of their own type: plans.

use anstyle::Style;
use proofmark::Shape;
use proofmark::shape::RecordShape;

use super::{INLINE_FIELDS_MAX, Outline, nothing, scalar_line, short_digest, wrapped};
use crate::node::{Class, Entry, Fields, Form, Node, Scalar};
use crate::render::paint;
use crate::render::span::Line;
use crate::render::text::{self, plural};

/// The entry with the records of the same type, where there is one.
pub(super) fn children<'f, 'v>(fields: &'f Fields<'v>) -> Option<&'f Entry<'v>> {
    let record = fields.record?;
    fields.entries.iter().find(|entry| is_recursive(record, &entry.name))
}

fn is_recursive(record: &'static RecordShape, name: &str) -> bool {
    let field = record.fields.iter().find(|field| field.key.name == name);
    let shape = field.map(|field| (field.shape)());
    matches!(shape, Some(Shape::List(item)) if matches!(item(), Shape::Record(inner) if std::ptr::eq(inner, record)))
}

/// Prints the tree whose root is `fields`.
pub(super) fn print(outline: &mut Outline, fields: &Fields<'_>, indent: usize) {
    let prefix = " ".repeat(indent);
    print_node(outline, fields, &prefix, &prefix);
}

fn print_node(outline: &mut Outline, fields: &Fields<'_>, first: &str, rest: &str) {
    let below = children(fields);
    let items = match below.map(|entry| &entry.node.form) {
        Some(Form::List(items)) => &items[..],
        _ => &[],
    };
    let is_detail = |entry: &&Entry<'_>| below.is_none_or(|below| !std::ptr::eq(*entry, below));
    let details: Vec<_> = fields.entries.iter().filter(is_detail).collect();
    print_details(
        outline,
        &details,
        first,
        &format!("{rest}{}", if items.is_empty() { "   " } else { "│  " }),
    );
    for (idx, item) in items.iter().enumerate() {
        let (branch, bar) = if idx + 1 < items.len() { ("├─ ", "│  ") } else { ("└─ ", "   ") };
        if let Form::Fields(child) = &item.form {
            print_node(outline, child, &format!("{rest}{branch}"), &format!("{rest}{bar}"));
        }
    }
}

/// The title, and beneath it everything else in brief, as much to a line as fits.
fn print_details(outline: &mut Outline, details: &[&Entry<'_>], first: &str, rest: &str) {
    // The name of the node, what it does in words, and then the figures.
    let (texts, figures): (Vec<&Entry<'_>>, Vec<_>) =
        details.iter().partition(|entry| text_of(entry).is_some());
    let (title, texts) = texts.split_first().map_or((None, &[][..]), |(title, texts)| (Some(title), texts));
    let name = title.and_then(|title| text_of(title)).unwrap_or("·");
    let mut words: Vec<_> = std::iter::once(Line::of(paint::TITLE, text::escape(name))).collect();
    words.extend(texts.iter().filter_map(|entry| word(entry)));
    let room = outline.room(text::width(rest));
    let lines = wrapped(words, room, "  ").into_iter();
    let lines =
        lines.chain(wrapped(figures.iter().flat_map(|entry| self::words(entry)).collect(), room, "  "));
    for (idx, details) in lines.enumerate() {
        let mut line = Line::of(paint::DIM, if idx == 0 { first } else { rest });
        // One long expression would push the tree off the screen; its path gives all of it.
        line.extend(details.clip(room));
        outline.line(0, &line);
    }
}

fn text_of<'n>(entry: &'n Entry<'_>) -> Option<&'n str> {
    match &entry.node.form {
        Form::Scalar(Scalar { text, class: Class::Text }) => Some(text),
        _ => None,
    }
}

/// The words for a field; a record with many fields gives a word for each of them.
fn words(entry: &Entry<'_>) -> Vec<Line> {
    match &entry.node.form {
        Form::Fields(fields) if fields.entries.len() > INLINE_FIELDS_MAX => {
            fields.entries.iter().filter_map(word).collect()
        }
        _ => word(entry).into_iter().collect(),
    }
}

/// `name value`; the text of a field that says what the node does stands alone. What is absent is not mentioned.
fn word(entry: &Entry<'_>) -> Option<Line> {
    if let Form::Default(_) | Form::Missing = entry.node.form {
        return None;
    }
    if let Some(text) = text_of(entry) {
        return Some(Line::of(paint::TEXT, text::escape(text)));
    }
    let mut line = Line::of(paint::KEY, text::escape(&entry.name));
    line.push(Style::new(), " ");
    line.extend(brief(&entry.node));
    Some(line)
}

/// The node in a few words, whatever it is.
fn brief(node: &Node<'_>) -> Line {
    match &node.form {
        Form::Missing | Form::Default(_) => nothing(node),
        Form::Scalar(Scalar { text, class: Class::Digest }) => short_digest(text),
        Form::Scalar(scalar) => scalar_line(scalar).unwrap_or_else(|| {
            let line = scalar.text.lines().next().unwrap_or_default();
            Line::of(paint::TEXT, format!("{}…", text::escape(line)))
        }),
        Form::List(items) if items.iter().all(is_single) => joined("[", "]", items.iter().map(brief)),
        Form::List(items) => Line::of(paint::DIM, plural(items.len(), "item", "items")),
        Form::Fields(fields) => joined("{", "}", fields.entries.iter().filter_map(named)),
    }
}

fn named(entry: &Entry<'_>) -> Option<Line> {
    if let Form::Default(_) | Form::Missing = entry.node.form {
        return None;
    }
    let mut line = Line::of(paint::KEY, text::escape(&entry.name));
    line.push(paint::DIM, ": ");
    line.extend(brief(&entry.node));
    Some(line)
}

fn is_single(node: &Node<'_>) -> bool {
    matches!(node.form, Form::Scalar(_) | Form::Missing | Form::Default(_))
}

fn joined(open: &str, close: &str, lines: impl Iterator<Item = Line>) -> Line {
    let mut joined = Line::of(paint::DIM, open);
    for (idx, line) in lines.enumerate() {
        if idx > 0 {
            joined.push(paint::DIM, ", ");
        }
        joined.extend(line);
    }
    joined.push(paint::DIM, close);
    joined
}
