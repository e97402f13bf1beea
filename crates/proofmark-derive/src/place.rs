//! Which attribute has a meaning where. One without is refused rather than passed over.

use proc_macro2::Span;
use syn::{Error, spanned::Spanned as _};

use crate::attr::{DefaultAttr, Faults, FieldAttr, RecordAttr, VariantAttr};

/// What `#[record(...)]` stands on.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Place {
    Struct,
    Transparent,
    PlainEnum,
    IntEnum,
    /// An enum of which no variant has fields of its own.
    Union,
    /// An enum with variants that are records.
    TaggedEnum,
}

impl Place {
    const fn allowed(self) -> &'static [&'static str] {
        match self {
            Self::Struct => {
                const WORDS: [&str; 8] = [
                    "tag",
                    "tag_field",
                    "tag_alias",
                    "rename_all",
                    "check",
                    "positional",
                    "allow_unknown",
                    "encode_defaults",
                ];
                &WORDS
            }
            Self::Transparent => &["transparent", "check"],
            Self::PlainEnum => &["rename_all"],
            Self::IntEnum => &["int"],
            Self::Union => &["check"],
            Self::TaggedEnum => {
                &["tag_field", "rename_all", "check", "positional", "allow_unknown", "encode_defaults"]
            }
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Struct => "a struct",
            Self::Transparent => "a transparent struct",
            Self::PlainEnum => "an enum without fields",
            Self::IntEnum => "an enum of integers",
            Self::Union => "an enum whose variants are types of their own",
            Self::TaggedEnum => "an enum of records",
        }
    }
}

/// Refuses the words of `#[record(...)]` that mean nothing in this place.
pub(crate) fn check_record(attr: &RecordAttr, place: Place, faults: &mut Faults) {
    let words = [
        ("tag", attr.tag.as_ref().map(|tag| tag.span())),
        ("tag_field", attr.tag_field.as_ref().map(|name| name.span())),
        ("tag_alias", attr.tag_alias.first().map(|name| name.span())),
        ("rename_all", attr.rename_all.as_ref().map(|rule| rule.span())),
        ("check", attr.check.as_ref().map(|path| path.span())),
        ("positional", attr.positional),
        ("allow_unknown", attr.allow_unknown),
        ("encode_defaults", attr.encode_defaults),
        ("transparent", attr.transparent),
        ("int", attr.int),
    ];
    refuse(&words, place.allowed(), place.name(), faults);
    if let (Some(_), Some(span)) = (attr.positional, attr.encode_defaults) {
        faults.push(Error::new(span, "a positional record writes all of its fields anyway"));
    }
    if let (Some(alias), None, None, Place::Struct) =
        (attr.tag_alias.first(), &attr.tag, &attr.tag_field, place)
    {
        faults.push(Error::new(alias.span(), "`tag_alias` is another name of a tag, and there is none"));
    }
}

/// Refuses the words of `#[field(...)]` that mean nothing beside others, or in a record of this form.
pub(crate) fn check_field(attr: &FieldAttr, positional: bool, faults: &mut Faults) {
    let words = all_field_words(attr);
    if attr.skip.is_some() {
        refuse(&words, &["skip", "default"], "a field that is not on the wire", faults);
    } else if attr.flatten.is_some() {
        refuse(&words, &["flatten"], "a field whose own fields stand in its place", faults);
    }
    if positional {
        let words = words.iter().filter(|(word, _)| ["alias", "flatten", "skip_encode"].contains(word));
        refuse(&words.copied().collect::<Vec<_>>(), &[], "a position", faults);
    }
    if let (Some(_), Some(span)) = (attr.serde, attr.lenient) {
        faults.push(Error::new(span, "`lenient` does not reach into a serde value"));
    }
}

/// Refuses the words of `#[field(...)]` that mean nothing on the field of a transparent struct.
pub(crate) fn check_inner(attr: &FieldAttr, faults: &mut Faults) {
    refuse(&field_words(attr), &[], "the field of a transparent struct", faults);
}

/// Refuses `#[field(...)]` on the value of a variant.
pub(crate) fn check_value(attr: &FieldAttr, faults: &mut Faults) {
    refuse(&all_field_words(attr), &[], "a variant's value; give it a type of its own", faults);
}

/// All words of `#[field(...)]`.
fn all_field_words(attr: &FieldAttr) -> Vec<(&'static str, Option<Span>)> {
    let mut words = field_words(attr).to_vec();
    words.extend(attr.constraints.bounds().map(|(name, bound)| (name, bound.map(|bound| bound.span()))));
    words.extend([
        ("min_len", attr.constraints.min_len.as_ref().map(|len| len.span())),
        ("max_len", attr.constraints.max_len.as_ref().map(|len| len.span())),
        ("pattern", attr.constraints.pattern.as_ref().map(|pattern| pattern.span())),
        ("tz", attr.constraints.tz.as_ref().map(|tz| tz.span())),
        ("check", attr.check.as_ref().map(|path| path.span())),
        ("serde", attr.serde),
    ]);
    words
}

/// Refuses `#[variant(...)]` where the variant has no wire name.
pub(crate) fn check_unnamed_variant(attr: &VariantAttr, place: &str, faults: &mut Faults) {
    let words = [
        ("rename", attr.rename.as_ref().map(|name| name.span())),
        ("alias", attr.alias.first().map(|name| name.span())),
    ];
    refuse(&words, &[], place, faults);
}

/// The words that only a record's field can have.
fn field_words(attr: &FieldAttr) -> [(&'static str, Option<Span>); 12] {
    let default = attr.default.as_ref().map(|default| match default {
        DefaultAttr::Trait(span) => *span,
        DefaultAttr::Expr(expr) => expr.span(),
    });
    [
        ("rename", attr.rename.as_ref().map(|name| name.span())),
        ("was", attr.was.as_ref().map(|name| name.span())),
        ("default", default),
        ("alias", attr.alias.first().map(|name| name.span())),
        ("flatten", attr.flatten),
        ("lenient", attr.lenient),
        ("skip", attr.skip),
        ("skip_encode", attr.skip_encode),
        ("volatile", attr.volatile.as_ref().map(|word| word.span())),
        ("absent", attr.absent.as_ref().map(|text| text.span())),
        ("undecided", attr.undecided.as_ref().map(|day| day.span())),
        ("null", attr.null.as_ref().map(|text| text.span())),
    ]
}

fn refuse(words: &[(&str, Option<Span>)], allowed: &[&str], place: &str, faults: &mut Faults) {
    for (word, span) in words {
        if let Some(span) = span
            && !allowed.contains(word)
        {
            faults.push(Error::new(*span, format_args!("`{word}` has no meaning on {place}")));
        }
    }
}
