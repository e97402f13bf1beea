//! SQL text split into statements, each with its place, kind and normal form.

use std::sync::Arc;

use datafusion::config::Dialect;
use datafusion::sql::parser::{DFParser, DFParserBuilder, Statement as Parsed};
use proofmark_artifacts::policy::StatementKind;
use sqlparser::dialect::dialect_from_str;
use sqlparser::tokenizer::{Location, Token, TokenWithSpan, Tokenizer};

use crate::error::{Error, ErrorKind, Position, Result};
use crate::kind::kind;
use crate::substrait_plan::SubstraitPlan;

/// Parentheses and sub-queries inside each other before a statement is refused.
pub const SQL_DEPTH_MAX: usize = 128;

/// One statement of a SQL text.
#[derive(Clone, Debug)]
pub struct Statement {
    /// What it does.
    pub kind: StatementKind,
    /// The text as written, comments inside it included; for a plan, the comment that names it.
    pub sql: String,
    /// One line, comments and spacing gone; equal for statements that differ in nothing else.
    pub normalized: String,
    /// Where it begins in the whole text.
    pub position: Position,
    /// The step of the pipeline it belongs to.
    pub step: Option<Arc<str>>,
    /// What it is to the engine.
    pub form: Form,
}

/// What a statement is given as.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Form {
    /// SQL, as the engine's own parser understood it.
    Sql(Parsed),
    /// A plan that another program made.
    Substrait(SubstraitPlan),
}

impl Statement {
    /// The statement that runs `plan`; `position` is where its name stands.
    pub(crate) fn of_plan(plan: SubstraitPlan, position: Position) -> Self {
        let (sql, kind) = (plan.name(), StatementKind::Query);
        Self { kind, normalized: sql.clone(), sql, position, step: None, form: Form::Substrait(plan) }
    }

    /// The syntax, of a statement that was written as SQL.
    pub fn parsed(&self) -> Option<&Parsed> {
        match &self.form {
            Form::Sql(parsed) => Some(parsed),
            Form::Substrait(_) => None,
        }
    }
}

/// Splits `sql` into its statements, all of them or none.
///
/// # Errors
/// Fails at the first place that is not SQL in `dialect`; the error carries line and column.
///
/// # Examples
/// ```
/// use proofmark_datafusion::{parse_statements, StatementKind};
///
/// let statements = parse_statements("select 1; -- one\nselect   2;", "generic")?;
/// assert_eq!(statements[1].normalized, "SELECT 2");
/// assert_eq!(statements[1].position.line, 2);
/// assert_eq!(statements[1].kind, StatementKind::Query);
/// # Ok::<(), proofmark_datafusion::Error>(())
/// ```
pub fn parse_statements(sql: &str, dialect: &str) -> Result<Vec<Statement>> {
    let dialect = dialect_from_str(dialect).ok_or_else(|| {
        Error::new(ErrorKind::Configuration, format!("there is no SQL dialect `{dialect}`"))
            .with_help(format!("choose one of {}", Dialect::available()))
    })?;
    let tokens = Tokenizer::new(dialect.as_ref(), sql)
        .tokenize_with_location()
        .map_err(|error| Error::new(ErrorKind::Parse, error.message).or_position(position(error.location)))?;
    let parser = DFParserBuilder::new(tokens.clone())
        .with_dialect(dialect.as_ref())
        .with_recursion_limit(SQL_DEPTH_MAX)
        .build()?;
    Splitter { sql, tokens: &tokens, parser }.split()
}

struct Splitter<'a> {
    sql: &'a str,
    tokens: &'a [TokenWithSpan],
    parser: DFParser<'a>,
}

impl Splitter<'_> {
    fn split(mut self) -> Result<Vec<Statement>> {
        let mut statements = Vec::new();
        loop {
            while self.parser.parser.consume_token(&Token::SemiColon) {}
            if self.parser.parser.peek_token_ref().token == Token::EOF {
                return Ok(statements);
            }
            statements.push(self.statement()?);
            self.expect_end()?;
        }
    }

    fn statement(&mut self) -> Result<Statement> {
        let begin = self.next_index();
        let here = position(self.parser.parser.peek_token_ref().span.start);
        let parsed =
            self.parser.parse_statement().map_err(|error| Error::from(error).or_position(self.reached()))?;
        let tokens = without_trailing_space(&self.tokens[begin..self.next_index().max(begin)]);
        Ok(Statement {
            kind: kind(&parsed),
            sql: self.text_of(tokens).to_owned(),
            normalized: normalize(&parsed, tokens),
            position: here,
            step: None,
            form: Form::Sql(parsed),
        })
    }

    /// Where the parser stopped: the next token, or the end of the text, which has no place of its own.
    fn reached(&self) -> Position {
        let next = position(self.parser.parser.peek_token_ref().span.start);
        if next.line > 0 { next } else { end_of(self.sql) }
    }

    fn expect_end(&self) -> Result<()> {
        let next = self.parser.parser.peek_token_ref();
        match next.token {
            Token::SemiColon | Token::EOF => Ok(()),
            _ => Err(Error::new(
                ErrorKind::Parse,
                format!("Expected: end of statement, found: {}", next.token),
            )
            .or_position(position(next.span.start))),
        }
    }

    /// The index of the next token that is not spacing.
    fn next_index(&self) -> usize {
        let from = self.parser.parser.index().min(self.tokens.len());
        from + self.tokens[from..].iter().take_while(|token| is_spacing(token)).count()
    }

    fn text_of(&self, tokens: &[TokenWithSpan]) -> &str {
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return "" };
        let begin = byte_offset(self.sql, first.span.start);
        let end = byte_offset(self.sql, last.span.end);
        self.sql.get(begin..end).unwrap_or_default().trim()
    }
}

/// Comments are spacing too.
fn is_spacing(token: &TokenWithSpan) -> bool {
    matches!(token.token, Token::Whitespace(_))
}

fn without_trailing_space(tokens: &[TokenWithSpan]) -> &[TokenWithSpan] {
    let end = tokens.iter().rposition(|token| !is_spacing(token)).map_or(0, |last| last + 1);
    &tokens[..end]
}

fn position(location: Location) -> Position {
    Position { line: location.line, column: location.column }
}

fn end_of(text: &str) -> Position {
    let last_line = text.rsplit('\n').next().unwrap_or_default();
    Position { line: text.matches('\n').count() as u64 + 1, column: last_line.chars().count() as u64 + 1 }
}

/// The byte offset of a line and column, both from one, columns in characters.
fn byte_offset(text: &str, location: Location) -> usize {
    let line_begin = match location.line {
        0 | 1 => 0,
        line => {
            let index = usize::try_from(line - 2).unwrap_or(usize::MAX);
            text.match_indices('\n').nth(index).map_or(text.len(), |(at, _)| at + 1)
        }
    };
    let column = usize::try_from(location.column.saturating_sub(1)).unwrap_or(usize::MAX);
    let rest = &text[line_begin..];
    line_begin + rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at)
}

/// The engine's own printer for standard SQL; tokens with single spaces for its extensions, whose
/// printers leave options and column lists out.
fn normalize(parsed: &Parsed, tokens: &[TokenWithSpan]) -> String {
    match parsed {
        Parsed::Statement(statement) => statement.to_string(),
        Parsed::CreateExternalTable(_) | Parsed::CopyTo(_) | Parsed::Explain(_) | Parsed::Reset(_) => {
            join_tokens(tokens)
        }
    }
}

fn join_tokens(tokens: &[TokenWithSpan]) -> String {
    let words =
        tokens.iter().map(|token| &token.token).filter(|token| !matches!(token, Token::Whitespace(_)));
    let words: Vec<_> = words.map(token_text).collect();
    words.join(" ")
}

/// Keywords in capitals, everything else as the tokenizer prints it.
fn token_text(token: &Token) -> String {
    match token {
        Token::Word(word)
            if word.quote_style.is_none() && word.keyword != sqlparser::keywords::Keyword::NoKeyword =>
        {
            word.value.to_ascii_uppercase()
        }
        other => other.to_string(),
    }
}
