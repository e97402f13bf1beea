//! Attributes as they are written.

use proc_macro2::Span;
use syn::{
    Attribute, Error, Expr, ExprLit, ExprUnary, Ident, Lit, LitBool, LitInt, LitStr, Path, Result, Token,
    UnOp,
    ext::IdentExt as _,
    parse::{Parse, ParseStream},
    punctuated::Punctuated,
    spanned::Spanned as _,
};

/// `#[record(...)]`
#[derive(Default)]
pub(crate) struct RecordAttr {
    pub(crate) tag: Option<Literal>,
    pub(crate) tag_field: Option<LitStr>,
    pub(crate) tag_alias: Vec<LitStr>,
    pub(crate) rename_all: Option<LitStr>,
    pub(crate) check: Option<Path>,
    pub(crate) positional: Option<Span>,
    pub(crate) allow_unknown: Option<Span>,
    pub(crate) encode_defaults: Option<Span>,
    pub(crate) transparent: Option<Span>,
    pub(crate) int: Option<Span>,
    pub(crate) doc: String,
}

/// `#[field(...)]`
#[derive(Default)]
pub(crate) struct FieldAttr {
    pub(crate) was: Option<LitStr>,
    pub(crate) undecided: Option<LitStr>,
    pub(crate) rename: Option<LitStr>,
    pub(crate) default: Option<DefaultAttr>,
    pub(crate) constraints: ConstraintAttr,
    pub(crate) check: Option<Path>,
    pub(crate) volatile: Option<LitStr>,
    pub(crate) absent: Option<LitStr>,
    pub(crate) null: Option<LitStr>,
    pub(crate) serde: Option<Span>,
    pub(crate) alias: Vec<LitStr>,
    pub(crate) flatten: Option<Span>,
    pub(crate) lenient: Option<Span>,
    pub(crate) skip: Option<Span>,
    pub(crate) skip_encode: Option<Span>,
    pub(crate) doc: String,
}

/// The constraints among `#[field(...)]`.
#[derive(Default)]
pub(crate) struct ConstraintAttr {
    pub(crate) ge: Option<Literal>,
    pub(crate) gt: Option<Literal>,
    pub(crate) le: Option<Literal>,
    pub(crate) lt: Option<Literal>,
    pub(crate) multiple_of: Option<Literal>,
    pub(crate) min_len: Option<LitInt>,
    pub(crate) max_len: Option<LitInt>,
    pub(crate) pattern: Option<LitStr>,
    pub(crate) tz: Option<LitBool>,
}

/// `default` or `default = EXPR`
pub(crate) enum DefaultAttr {
    Trait(Span),
    Expr(Expr),
}

/// `#[variant(...)]`
#[derive(Default)]
pub(crate) struct VariantAttr {
    pub(crate) rename: Option<Literal>,
    pub(crate) alias: Vec<LitStr>,
    pub(crate) fallback: Option<Span>,
    pub(crate) doc: String,
}

/// A literal, negative numbers included.
pub(crate) enum Literal {
    Str(LitStr),
    Int(i128, Span),
    Float(f64, Span),
}

impl RecordAttr {
    pub(crate) fn parse(attrs: &[Attribute], faults: &mut Faults) -> Self {
        const ALLOWED: &str = "tag, tag_field, tag_alias, rename_all, check, positional, allow_unknown, encode_defaults, \
                               transparent, int";
        let mut parsed = Self { doc: doc(attrs), ..Self::default() };
        for word in words(attrs, "record", faults) {
            match word.text().as_str() {
                "tag" => word.put(&mut parsed.tag, Word::literal, faults),
                "tag_field" => word.put(&mut parsed.tag_field, Word::lit_str, faults),
                "tag_alias" => parsed.tag_alias.extend(faults.add(word.lit_str())),
                "rename_all" => word.put(&mut parsed.rename_all, Word::lit_str, faults),
                "check" => word.put(&mut parsed.check, Word::path, faults),
                "positional" => word.put(&mut parsed.positional, Word::flag, faults),
                "allow_unknown" => word.put(&mut parsed.allow_unknown, Word::flag, faults),
                "encode_defaults" => word.put(&mut parsed.encode_defaults, Word::flag, faults),
                "transparent" => word.put(&mut parsed.transparent, Word::flag, faults),
                "int" => word.put(&mut parsed.int, Word::flag, faults),
                _ => faults.push(word.unknown(ALLOWED)),
            }
        }
        parsed
    }
}

impl FieldAttr {
    pub(crate) fn parse(attrs: &[Attribute], faults: &mut Faults) -> Self {
        const ALLOWED: &str = "rename, was, alias, default, flatten, skip, skip_encode, lenient, check, volatile, absent, null, undecided, \
                               serde, ge, gt, le, lt, multiple_of, \
                               min_len, max_len, pattern, tz";
        let mut parsed = Self { doc: doc(attrs), ..Self::default() };
        for word in words(attrs, "field", faults) {
            let constraints = &mut parsed.constraints;
            match word.text().as_str() {
                "rename" => word.put(&mut parsed.rename, Word::lit_str, faults),
                "was" => word.put(&mut parsed.was, Word::lit_str, faults),
                "default" => word.put(&mut parsed.default, Word::default, faults),
                "check" => word.put(&mut parsed.check, Word::path, faults),
                "volatile" => word.put(&mut parsed.volatile, Word::lit_str, faults),
                "absent" => word.put(&mut parsed.absent, Word::lit_str, faults),
                "null" => word.put(&mut parsed.null, Word::lit_str, faults),
                "undecided" => word.put(&mut parsed.undecided, Word::lit_str, faults),
                "serde" => word.put(&mut parsed.serde, Word::flag, faults),
                "alias" => parsed.alias.extend(faults.add(word.lit_str())),
                "flatten" => word.put(&mut parsed.flatten, Word::flag, faults),
                "lenient" => word.put(&mut parsed.lenient, Word::flag, faults),
                "skip" => word.put(&mut parsed.skip, Word::flag, faults),
                "skip_encode" => word.put(&mut parsed.skip_encode, Word::flag, faults),
                "ge" => word.put(&mut constraints.ge, Word::number, faults),
                "gt" => word.put(&mut constraints.gt, Word::number, faults),
                "le" => word.put(&mut constraints.le, Word::number, faults),
                "lt" => word.put(&mut constraints.lt, Word::number, faults),
                "multiple_of" => word.put(&mut constraints.multiple_of, Word::number, faults),
                "min_len" => word.put(&mut constraints.min_len, Word::len, faults),
                "max_len" => word.put(&mut constraints.max_len, Word::len, faults),
                "pattern" => word.put(&mut constraints.pattern, Word::lit_str, faults),
                "tz" => word.put(&mut constraints.tz, Word::lit_bool, faults),
                _ => faults.push(word.unknown(ALLOWED)),
            }
        }
        parsed
    }
}

impl VariantAttr {
    /// Whether `fallback` is among the words; faults are told when they are parsed.
    pub(crate) fn is_fallback(attrs: &[Attribute]) -> bool {
        words(attrs, "variant", &mut Faults::default()).iter().any(|word| word.text() == "fallback")
    }

    pub(crate) fn parse(attrs: &[Attribute], faults: &mut Faults) -> Self {
        const ALLOWED: &str = "rename, tag, alias, fallback";
        let mut parsed = Self { doc: doc(attrs), ..Self::default() };
        for word in words(attrs, "variant", faults) {
            match word.text().as_str() {
                "rename" | "tag" => word.put(&mut parsed.rename, Word::literal, faults),
                "alias" => parsed.alias.extend(faults.add(word.lit_str())),
                "fallback" => word.put(&mut parsed.fallback, Word::flag, faults),
                _ => faults.push(word.unknown(ALLOWED)),
            }
        }
        parsed
    }
}

impl ConstraintAttr {
    pub(crate) fn is_none(&self) -> bool {
        self.bounds().iter().all(|(_, bound)| bound.is_none())
            && self.min_len.is_none()
            && self.max_len.is_none()
            && self.pattern.is_none()
            && self.tz.is_none()
    }

    /// The bounds on numbers, by name.
    pub(crate) fn bounds(&self) -> [(&'static str, Option<&Literal>); 5] {
        [
            ("ge", self.ge.as_ref()),
            ("gt", self.gt.as_ref()),
            ("le", self.le.as_ref()),
            ("lt", self.lt.as_ref()),
            ("multiple_of", self.multiple_of.as_ref()),
        ]
    }
}

impl Literal {
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Str(text) => text.span(),
            Self::Int(_, span) | Self::Float(_, span) => *span,
        }
    }

    /// The number, for comparisons.
    pub(crate) fn as_f64(&self) -> f64 {
        match self {
            Self::Str(_) => f64::NAN,
            Self::Int(value, _) => *value as f64,
            Self::Float(value, _) => *value,
        }
    }

    fn from_lit(lit: &Lit, sign: i8) -> Option<Self> {
        match lit {
            Lit::Str(text) if sign > 0 => Some(Self::Str(text.clone())),
            Lit::Int(int) => Some(Self::Int(int.base10_parse::<i128>().ok()? * i128::from(sign), int.span())),
            Lit::Float(float) => {
                Some(Self::Float(float.base10_parse::<f64>().ok()? * f64::from(sign), float.span()))
            }
            _ => None,
        }
    }
}

/// `name` or `name = value` between the parentheses.
struct Word {
    name: Ident,
    value: Option<Expr>,
}

impl Parse for Word {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let name = input.call(Ident::parse_any)?;
        let value = if input.parse::<Option<Token![=]>>()?.is_some() { Some(input.parse()?) } else { None };
        Ok(Self { name, value })
    }
}

impl Word {
    fn text(&self) -> String {
        self.name.to_string()
    }

    /// Reads the value into its slot, which must be empty.
    fn put<T>(&self, slot: &mut Option<T>, read: impl FnOnce(&Self) -> Result<T>, faults: &mut Faults) {
        if slot.is_some() {
            faults.push(Error::new(self.name.span(), format_args!("`{}` is given twice", self.name)));
        }
        if let Some(value) = faults.add(read(self)) {
            *slot = Some(value);
        }
    }

    fn unknown(&self, allowed: &str) -> Error {
        Error::new(self.name.span(), format_args!("unknown attribute; allowed are: {allowed}"))
    }

    fn flag(&self) -> Result<Span> {
        match &self.value {
            None => Ok(self.name.span()),
            Some(value) => Err(Error::new(value.span(), format_args!("`{}` takes no value", self.name))),
        }
    }

    /// The value, which must be what `read` makes of it.
    fn value<T>(&self, what: &str, read: impl FnOnce(&Expr) -> Option<T>) -> Result<T> {
        let span = self.value.as_ref().map_or_else(|| self.name.span(), |value| value.span());
        self.value.as_ref().map(bare).and_then(read).ok_or_else(|| {
            Error::new(span, format_args!("`{}` takes {what}: `{} = ...`", self.name, self.name))
        })
    }

    fn lit<T>(&self, what: &str, read: impl FnOnce(&Lit) -> Option<T>) -> Result<T> {
        self.value(what, |value| match value {
            Expr::Lit(ExprLit { lit, .. }) => read(lit),
            _ => None,
        })
    }

    fn lit_str(&self) -> Result<LitStr> {
        self.lit("text", |lit| if let Lit::Str(text) = lit { Some(text.clone()) } else { None })
    }

    fn lit_bool(&self) -> Result<LitBool> {
        self.lit(
            "`true` or `false`",
            |lit| if let Lit::Bool(value) = lit { Some(value.clone()) } else { None },
        )
    }

    fn len(&self) -> Result<LitInt> {
        self.lit("a length", |lit| match lit {
            Lit::Int(len) if len.base10_parse::<u64>().is_ok() => Some(len.clone()),
            _ => None,
        })
    }

    fn path(&self) -> Result<Path> {
        self.value("the path of a function", |value| match value {
            Expr::Path(path) => Some(path.path.clone()),
            _ => None,
        })
    }

    fn literal(&self) -> Result<Literal> {
        self.value("text or an integer", |value| {
            signed(value).filter(|literal| !matches!(literal, Literal::Float(..)))
        })
    }

    fn number(&self) -> Result<Literal> {
        self.value("a number", |value| signed(value).filter(|literal| !matches!(literal, Literal::Str(_))))
    }

    fn default(&self) -> Result<DefaultAttr> {
        Ok(match &self.value {
            None => DefaultAttr::Trait(self.name.span()),
            Some(value) => DefaultAttr::Expr(value.clone()),
        })
    }
}

/// The expression inside the invisible parentheses that `macro_rules!` puts around what it passes on.
fn bare(expr: &Expr) -> &Expr {
    match expr {
        Expr::Group(group) => bare(&group.expr),
        expr => expr,
    }
}

fn signed(value: &Expr) -> Option<Literal> {
    match value {
        Expr::Lit(ExprLit { lit, .. }) => Literal::from_lit(lit, 1),
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => match bare(expr) {
            Expr::Lit(ExprLit { lit, .. }) => Literal::from_lit(lit, -1),
            _ => None,
        },
        _ => None,
    }
}

/// The words of every `#[name(...)]`; one of our other attributes in this place is at fault.
fn words(attrs: &[Attribute], name: &str, faults: &mut Faults) -> Vec<Word> {
    let mut words = Vec::new();
    for attr in attrs {
        if attr.path().is_ident(name) {
            let list = attr.parse_args_with(Punctuated::<Word, Token![,]>::parse_terminated);
            words.extend(faults.add(list).into_iter().flatten());
        } else if ["record", "field", "variant"].iter().any(|ours| attr.path().is_ident(ours)) {
            faults.push(Error::new(attr.path().span(), format_args!("expected `#[{name}(...)]` here")));
        }
    }
    words
}

/// The doc comment, one blank after each `///` left out.
fn doc(attrs: &[Attribute]) -> String {
    let lines = attrs.iter().filter(|attr| attr.path().is_ident("doc")).filter_map(|attr| {
        let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) =
            bare(&attr.meta.require_name_value().ok()?.value)
        else {
            return None;
        };
        let text = text.value();
        Some(text.strip_prefix(' ').unwrap_or(&text).to_owned())
    });
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// Faults, collected so that the user sees all of them at once.
#[derive(Default)]
pub(crate) struct Faults(Option<Error>);

impl Faults {
    pub(crate) fn add<T>(&mut self, result: Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    pub(crate) fn push(&mut self, error: Error) {
        match &mut self.0 {
            Some(first) => first.combine(error),
            None => self.0 = Some(error),
        }
    }

    pub(crate) fn finish(self) -> Result<()> {
        self.0.map_or(Ok(()), Err)
    }
}
