//! The checks.

use proofmark::Maybe;

use super::{At, Check, Run, Severity};
use crate::lock::{Bounds, Definition, Type};
use crate::presence;
use crate::usage::Use;

pub(super) const ALL: &[Check] = &[
    Check {
        id: "S1",
        title: "float that may be NaN or infinite",
        run: Run::Field(
            Severity::Warning,
            not_finite,
            "bounds (`ge`, `le`) refuse them on both sides; `Option` takes the null that JSON writes for them",
        ),
    },
    Check {
        id: "S2",
        title: "integer beyond 64 bits",
        run: Run::Field(Severity::Error, wide_integer, "bound it to 64 bits, or use a decimal"),
    },
    Check {
        id: "S3",
        title: "position that may be absent",
        run: Run::Field(Severity::Error, absent_position, "use `Option`, or a default"),
    },
    Check {
        id: "S4",
        title: "set or map without a declared order",
        run: Run::Codec("keys and elements are sorted unless the caller asks otherwise"),
    },
    Check {
        id: "S5",
        title: "offset of a date that one format keeps and the other does not",
        run: Run::Field(
            Severity::Warning,
            offset,
            "store the offset in a field of its own, if it matters; the instant is kept by both",
        ),
    },
    Check {
        id: "S6",
        title: "text that is normalised on the way",
        run: Run::Field(Severity::Note, normalised, "use text, if its spelling matters"),
    },
    Check {
        id: "S7",
        title: "duplicate keys",
        run: Run::Codec("of duplicates the last one counts, in every format and on every path"),
    },
    Check {
        id: "S8",
        title: "canonical form that is not RFC 8785",
        run: Run::Codec(
            "the canonical form is msgspec's: numbers keep their point, keys are sorted by UTF-8 bytes",
        ),
    },
    Check {
        id: "S9",
        title: "any value inside the fingerprint",
        run: Run::Field(
            Severity::Note,
            unknown_volatility,
            "nothing inside it can be declared volatile: declare the field, or give it a type",
        ),
    },
    Check {
        id: "S10",
        title: "two encodings of one value",
        run: Run::Codec(
            "digests are made of what is written anew, never of what was read; bytes after the value are refused",
        ),
    },
    Check {
        id: "S11",
        title: "optional field without a presence policy",
        run: Run::Field(
            Severity::Error,
            undecided,
            "say `absent = \"…\"` or `null = \"…\"`, or `undecided = \"2026-12-31\"` until it is known",
        ),
    },
    Check {
        id: "S12",
        title: "closed enum that other releases read",
        run: Run::Field(
            Severity::Note,
            closed_enum,
            "a variant with `fallback` takes what later releases add; without it, each value added is a break (E1)",
        ),
    },
    Check {
        id: "S13",
        title: "volatile field in the key of a cache",
        run: Run::Field(Severity::Error, volatile_key, "leave it out: equal work would never hit"),
    },
];

fn not_finite(at: &At<'_>) -> Option<String> {
    let is_float = |ty: &Type| matches!(ty, Type::Float { .. });
    let bounded = at.field.bounds != Bounds::default();
    (at.holds(&at.field.ty, &is_float) && !bounded && !matches!(at.field.ty.present(), Type::Optional(_)))
        .then(|| {
            "NaN is written as null in JSON, which is then refused, and as itself in MessagePack".to_owned()
        })
}

fn wide_integer(at: &At<'_>) -> Option<String> {
    let is_wide = |ty: &Type| match ty {
        Type::Int { min, max } => *min < i128::from(i64::MIN) || *max > u128::from(u64::MAX),
        _ => false,
    };
    let is_bounded = is_there(&at.field.bounds.le) && is_there(&at.field.bounds.ge);
    (at.holds(&at.field.ty, &is_wide) && !is_bounded).then(|| {
        "MessagePack has no integers beyond 64 bits: such a value is written in JSON alone".to_owned()
    })
}

fn absent_position(at: &At<'_>) -> Option<String> {
    (at.record.positional && at.field.ty.may_be_absent())
        .then(|| "a position cannot be left out: a record without it cannot be written".to_owned())
}

fn offset(at: &At<'_>) -> Option<String> {
    let has_offset = |ty: &Type| matches!(ty, Type::DateTime(None));
    at.holds(&at.field.ty, &has_offset)
        .then(|| "JSON keeps the offset, MessagePack stores the instant in UTC".to_owned())
}

fn normalised(at: &At<'_>) -> Option<String> {
    let is_normalised = |ty: &Type| matches!(ty, Type::Uuid | Type::Decimal);
    at.holds(&at.field.ty, &is_normalised)
        .then(|| "upper case and signs may come back spelled otherwise".to_owned())
}

fn unknown_volatility(at: &At<'_>) -> Option<String> {
    let is_any = |ty: &Type| matches!(ty, Type::Any | Type::Raw | Type::Opaque(_));
    (at.holds(&at.field.ty, &is_any) && at.field.volatile.is_unset())
        .then(|| format!("`{}` may hold what differs from run to run", at.field.ty))
}

fn undecided(at: &At<'_>) -> Option<String> {
    let policy = presence::of_field(at.field)?;
    policy.is_open(at.today).then(|| policy.to_string())
}

fn closed_enum(at: &At<'_>) -> Option<String> {
    let is_read_by_others = matches!(at.lock.used_as, Use::Cursor | Use::Event);
    let is_closed = |ty: &Type| match at.lock.definition(ty) {
        Some(Definition::Enum(choices)) => !choices.open,
        _ => false,
    };
    (is_read_by_others && at.holds(&at.field.ty, &is_closed))
        .then(|| "an older reader refuses every value that is added".to_owned())
}

fn volatile_key(at: &At<'_>) -> Option<String> {
    let Maybe::Set(volatile) = &at.field.volatile else { return None };
    (at.lock.used_as == Use::Cache).then(|| format!("it differs between runs ({volatile})"))
}

const fn is_there<T>(bound: &Maybe<T>) -> bool {
    !bound.is_unset()
}
