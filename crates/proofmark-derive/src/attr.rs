//! Attributes as they are written.

use proc_macro2::Span;
use syn::{
    Attribute, Error, Expr, ExprLit, ExprUnary, Lit, LitStr, Path, Result, UnOp, meta::ParseNestedMeta,
    spanned::Spanned as _,
};

/// `#[record(...)]`
#[derive(Default)]
pub(crate) struct RecordAttr {
    pub(crate) tag: Option<Literal>,
    pub(crate) tag_field: Option<LitStr>,
    pub(crate) rename_all: Option<LitStr>,
    pub(crate) check: Option<Path>,
    pub(crate) positional: Option<Span>,
    pub(crate) allow_unknown: bool,
    pub(crate) encode_defaults: bool,
    pub(crate) transparent: Option<Span>,
    pub(crate) int: Option<Span>,
    pub(crate) doc: String,
}

/// `#[field(...)]`
#[derive(Default)]
pub(crate) struct FieldAttr {
    pub(crate) rename: Option<LitStr>,
    pub(crate) default: Option<DefaultAttr>,
    pub(crate) constraints: ConstraintAttr,
    pub(crate) check: Option<Path>,
    pub(crate) volatile: Option<LitStr>,
    pub(crate) absent: Option<LitStr>,
    pub(crate) null: Option<LitStr>,
    pub(crate) serde: Option<Span>,
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
    pub(crate) min_len: Option<syn::LitInt>,
    pub(crate) max_len: Option<syn::LitInt>,
    pub(crate) pattern: Option<LitStr>,
    pub(crate) tz: Option<syn::LitBool>,
}

/// `default` or `default = EXPR`
pub(crate) enum DefaultAttr {
    Trait,
    Expr(Expr),
}

/// `#[variant(...)]`
#[derive(Default)]
pub(crate) struct VariantAttr {
    pub(crate) rename: Option<Literal>,
    pub(crate) doc: String,
}

/// A literal, negative numbers included.
pub(crate) enum Literal {
    Str(LitStr),
    Int(i128, Span),
    Float(f64, Span),
}

impl Literal {
    fn parse(meta: &ParseNestedMeta<'_>) -> Result<Self> {
        let expr = meta.value()?.parse::<Expr>()?;
        match &expr {
            Expr::Lit(ExprLit { lit, .. }) => Self::from_lit(lit, 1),
            Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => match &**expr {
                Expr::Lit(ExprLit { lit, .. }) => Self::from_lit(lit, -1),
                other => Err(Error::new(other.span(), "expected a number")),
            },
            other => Err(Error::new(other.span(), "expected a literal")),
        }
    }

    fn from_lit(lit: &Lit, sign: i8) -> Result<Self> {
        match lit {
            Lit::Str(text) => Ok(Self::Str(text.clone())),
            Lit::Int(int) => Ok(Self::Int(int.base10_parse::<i128>()? * i128::from(sign), int.span())),
            Lit::Float(float) => {
                Ok(Self::Float(float.base10_parse::<f64>()? * f64::from(sign), float.span()))
            }
            other => Err(Error::new(other.span(), "expected text or a number")),
        }
    }
}

impl RecordAttr {
    pub(crate) fn parse(attrs: &[Attribute]) -> Result<Self> {
        let mut parsed = Self { doc: doc(attrs), ..Self::default() };
        each(attrs, "record", |name, meta| {
            match name {
                "tag" => parsed.tag = Some(Literal::parse(meta)?),
                "tag_field" => parsed.tag_field = Some(meta.value()?.parse()?),
                "rename_all" => parsed.rename_all = Some(meta.value()?.parse()?),
                "check" => parsed.check = Some(meta.value()?.parse()?),
                "positional" => parsed.positional = Some(meta.path.span()),
                "allow_unknown" => parsed.allow_unknown = true,
                "encode_defaults" => parsed.encode_defaults = true,
                "transparent" => parsed.transparent = Some(meta.path.span()),
                "int" => parsed.int = Some(meta.path.span()),
                _ => {
                    return Err(unknown(
                        meta,
                        "tag, tag_field, rename_all, check, positional, allow_unknown, encode_defaults, transparent, int",
                    ));
                }
            }
            Ok(())
        })?;
        Ok(parsed)
    }
}

impl FieldAttr {
    pub(crate) fn parse(attrs: &[Attribute]) -> Result<Self> {
        let mut parsed = Self { doc: doc(attrs), ..Self::default() };
        each(attrs, "field", |name, meta| {
            let constraints = &mut parsed.constraints;
            match name {
                "rename" => parsed.rename = Some(meta.value()?.parse()?),
                "default" if meta.input.peek(syn::Token![=]) => {
                    parsed.default = Some(DefaultAttr::Expr(meta.value()?.parse()?));
                }
                "default" => parsed.default = Some(DefaultAttr::Trait),
                "check" => parsed.check = Some(meta.value()?.parse()?),
                "volatile" => parsed.volatile = Some(meta.value()?.parse()?),
                "absent" => parsed.absent = Some(meta.value()?.parse()?),
                "null" => parsed.null = Some(meta.value()?.parse()?),
                "serde" => parsed.serde = Some(meta.path.span()),
                "ge" => constraints.ge = Some(Literal::parse(meta)?),
                "gt" => constraints.gt = Some(Literal::parse(meta)?),
                "le" => constraints.le = Some(Literal::parse(meta)?),
                "lt" => constraints.lt = Some(Literal::parse(meta)?),
                "multiple_of" => constraints.multiple_of = Some(Literal::parse(meta)?),
                "min_len" => constraints.min_len = Some(meta.value()?.parse()?),
                "max_len" => constraints.max_len = Some(meta.value()?.parse()?),
                "pattern" => constraints.pattern = Some(meta.value()?.parse()?),
                "tz" => constraints.tz = Some(meta.value()?.parse()?),
                _ => {
                    return Err(unknown(
                        meta,
                        "rename, default, check, volatile, absent, null, serde, ge, gt, le, lt, multiple_of, min_len, \
                         max_len, pattern, tz",
                    ));
                }
            }
            Ok(())
        })?;
        Ok(parsed)
    }
}

impl ConstraintAttr {
    pub(crate) fn is_none(&self) -> bool {
        self.ge.is_none()
            && self.gt.is_none()
            && self.le.is_none()
            && self.lt.is_none()
            && self.multiple_of.is_none()
            && self.min_len.is_none()
            && self.max_len.is_none()
            && self.pattern.is_none()
            && self.tz.is_none()
    }
}

impl VariantAttr {
    pub(crate) fn parse(attrs: &[Attribute]) -> Result<Self> {
        let mut parsed = Self { doc: doc(attrs), ..Self::default() };
        each(attrs, "variant", |name, meta| {
            match name {
                "rename" | "tag" => parsed.rename = Some(Literal::parse(meta)?),
                _ => return Err(unknown(meta, "rename, tag")),
            }
            Ok(())
        })?;
        Ok(parsed)
    }
}

/// Calls `f` for each word of `#[name(...)]`; goes on after a fault, so that all of them are told.
fn each(
    attrs: &[Attribute],
    name: &str,
    mut f: impl FnMut(&str, &ParseNestedMeta<'_>) -> Result<()>,
) -> Result<()> {
    let mut faults = Faults::default();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident(name)) {
        faults.add(attr.parse_nested_meta(|meta| {
            let word = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
            f(&word, &meta)
        }));
    }
    faults.finish()
}

fn unknown(meta: &ParseNestedMeta<'_>, allowed: &str) -> Error {
    meta.error(format_args!("unknown attribute; allowed are: {allowed}"))
}

/// The doc comment, one blank after each `///` left out.
fn doc(attrs: &[Attribute]) -> String {
    let lines = attrs.iter().filter(|attr| attr.path().is_ident("doc")).filter_map(|attr| {
        let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &attr.meta.require_name_value().ok()?.value
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
