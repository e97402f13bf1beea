//! Which member of a union a value is.
//!
//! The kind of the next value decides, and the tag among records; nothing is tried and undone in strict mode.

use crate::{
    Decode, Decoder, Kind, Result, TagValue,
    decode::Token,
    error::Error,
    ext,
    key::Tags,
    lenient,
    member::{Member, union_kinds},
    record::invalid_tag,
};

/// Reads the member that the next value is; `decode` reads the member of an index.
///
/// # Errors
/// Fails when the value is no member, or not well-formed.
#[inline]
pub fn decode_union<'de, T, D: Decoder<'de>>(
    decoder: &mut D,
    members: &'static [Member],
    mut decode: impl FnMut(&mut D, usize) -> Result<T>,
) -> Result<T> {
    let index = match leading_tag(decoder, members) {
        Some(index) => index,
        None => match pick(decoder, members)? {
            Picked::Member(index) => index,
            Picked::FirstOf(order) => return decode_first_fit(decoder, members, order, &mut decode),
        },
    };
    match decode(decoder, index) {
        Ok(value) => Ok(value),
        Err(error) => Err(error.or_expected(union_kinds(members))),
    }
}

/// The record whose tag stands first in the next value, where tags mostly stand.
#[cfg_attr(not(debug_assertions), inline(always))]
fn leading_tag<'de, D: Decoder<'de>>(decoder: &D, members: &'static [Member]) -> Option<usize> {
    members.iter().position(|member| match member.tags {
        Tags::One(tag) => member.kinds.has(Kind::Object) && decoder.begins_with_tag(tag),
        Tags::None | Tags::Many(_) => false,
    })
}

/// Reads the value of a variant and wraps it.
///
/// # Errors
/// Fails when it is not a `T`.
#[inline]
pub fn decode_variant<'de, T: Decode<'de>, U, D: Decoder<'de>>(
    decoder: &mut D,
    wrap: impl FnOnce(T) -> U,
) -> Result<U> {
    match T::decode(decoder) {
        Ok(value) => Ok(wrap(value)),
        Err(error) => Err(error),
    }
}

/// What the next value says about which member it is.
enum Picked {
    Member(usize),
    /// The first member of these kinds that the value fits.
    FirstOf(&'static [Kind]),
}

#[inline]
fn pick<'de, D: Decoder<'de>>(decoder: &mut D, members: &'static [Member]) -> Result<Picked> {
    let kind = decoder.peek()?;
    let picked = match kind {
        Kind::Object | Kind::Array => pick_container(decoder, members, kind)?,
        Kind::Ext if is_timestamp(decoder)? => {
            member(members, Kind::DateTime).or_else(|| member(members, Kind::Ext))
        }
        _ if decoder.is_lenient() => return Ok(Picked::FirstOf(lenient_order(decoder, kind, members)?)),
        _ => strict_order(kind).iter().find_map(|&kind| member(members, kind)),
    };
    picked.map(Picked::Member).ok_or_else(|| no_member(decoder, members))
}

fn member(members: &[Member], kind: Kind) -> Option<usize> {
    members.iter().position(|member| member.kinds.accepts(kind))
}

/// The kinds of member that a wire value of `kind` can be, the likeliest first.
const fn strict_order(kind: Kind) -> &'static [Kind] {
    match kind {
        Kind::Int => &[Kind::Int, Kind::Float, Kind::Decimal],
        Kind::Float => &[Kind::Float, Kind::Decimal],
        Kind::Str => &[
            Kind::Str,
            Kind::Bytes,
            Kind::DateTime,
            Kind::Date,
            Kind::Time,
            Kind::Duration,
            Kind::Uuid,
            Kind::Decimal,
        ],
        Kind::Bytes => &[Kind::Bytes, Kind::Uuid],
        Kind::Bool => &[Kind::Bool],
        Kind::Null => &[Kind::Null],
        Kind::DateTime => &[Kind::DateTime],
        Kind::Date => &[Kind::Date],
        Kind::Time => &[Kind::Time],
        Kind::Duration => &[Kind::Duration],
        Kind::Uuid => &[Kind::Uuid],
        Kind::Decimal => &[Kind::Decimal, Kind::Float],
        Kind::Ext => &[Kind::Ext],
        Kind::Any | Kind::Object | Kind::Array => &[Kind::Any],
    }
}

/// Whether the extension value that follows has the code of timestamps.
#[cold]
fn is_timestamp<'de, D: Decoder<'de>>(decoder: &mut D) -> Result<bool> {
    let mark = decoder.mark();
    let is_timestamp = matches!(decoder.token()?, Token::Ext(ext::TIMESTAMP, _));
    decoder.reset(mark);
    Ok(is_timestamp)
}

/// As [`strict_order`], where text and numbers may spell other kinds. Text stays text where any text is a member.
#[cold]
fn lenient_order<'de, D: Decoder<'de>>(
    decoder: &mut D,
    kind: Kind,
    members: &[Member],
) -> Result<&'static [Kind]> {
    Ok(match kind {
        Kind::Int => &[Kind::Int, Kind::Float, Kind::Decimal, Kind::Bool, Kind::DateTime, Kind::Duration],
        Kind::Float => &[Kind::Float, Kind::Decimal, Kind::Int, Kind::DateTime, Kind::Duration],
        Kind::Str if members.iter().any(|member| member.kinds.accepts_any_text()) => &[Kind::Str],
        Kind::Str if spells_float(decoder)? => const { &text_order([Kind::Float, Kind::Decimal, Kind::Int]) },
        Kind::Str => const { &text_order([Kind::Int, Kind::Float, Kind::Decimal]) },
        _ => strict_order(kind),
    })
}

/// The kinds that text may spell, numbers of the likelier form first.
const fn text_order([first, second, third]: [Kind; 3]) -> [Kind; 12] {
    [
        first,
        second,
        third,
        Kind::Bool,
        Kind::DateTime,
        Kind::Duration,
        Kind::Null,
        Kind::Str,
        Kind::Bytes,
        Kind::Date,
        Kind::Time,
        Kind::Uuid,
    ]
}

fn spells_float<'de, D: Decoder<'de>>(decoder: &mut D) -> Result<bool> {
    let mark = decoder.mark();
    let is_float = matches!(decoder.token()?, Token::Str(text) if lenient::is_float_text(&text));
    decoder.reset(mark);
    Ok(is_float)
}

/// Tries the members of `order` in turn. The first fault that is more than a mismatch is the one to tell.
#[cold]
fn decode_first_fit<'de, T, D: Decoder<'de>>(
    decoder: &mut D,
    members: &'static [Member],
    order: &[Kind],
    decode: &mut dyn FnMut(&mut D, usize) -> Result<T>,
) -> Result<T> {
    let mark = decoder.mark();
    let mut fault = None;
    for &kind in order {
        let Some(index) = member(members, kind) else { continue };
        match decode(decoder, index) {
            Ok(value) => return Ok(value),
            Err(error) if error.is_mismatch_here() => {}
            Err(error) => fault = Some(fault.unwrap_or(error)),
        }
        decoder.reset(mark);
    }
    Err(fault.unwrap_or_else(|| no_member(decoder, members)))
}

fn pick_container<'de, D: Decoder<'de>>(
    decoder: &mut D,
    members: &'static [Member],
    kind: Kind,
) -> Result<Option<usize>> {
    let fallback = members.iter().position(|member| member.kinds.has(Kind::Any));
    // Of members that take what is not known, the union's own comes before one inside another member.
    let open = members.iter().position(|member| member.fallback && member.kinds.has(kind));
    let open = open.or_else(|| members.iter().position(|member| member.is_open(kind)));
    let lone = usize::from(fallback.is_none() && open.is_none());
    let tag = match members.iter().find_map(|member| member.first_tag(kind)) {
        Some(tag) if has_more_tags_than(lone, members, kind) => tag,
        _ => return Ok(member(members, kind)),
    };
    let wanted = match tag.value {
        TagValue::Str(_) => Kind::Str,
        TagValue::Int(_) => Kind::Int,
    };
    let picked = decoder.find_tag(&tag.key, wanted, |found| {
        let index = members.iter().position(|member| member.has_tag(kind, found)).or(open);
        index.map(Some).ok_or_else(|| invalid_tag(found))
    });
    // A member that takes anything also takes records of a tag that is not known, or of none.
    if picked.is_err() && fallback.is_some() { Ok(fallback) } else { picked }
}

/// Whether there are more tagged records of this kind than `count`, which is one or none.
#[inline]
fn has_more_tags_than(count: usize, members: &[Member], kind: Kind) -> bool {
    let mut plain = members.iter().filter(|member| member.has_one_tag(kind));
    plain.nth(count).is_some() || members.iter().map(|member| member.tag_count(kind)).sum::<usize>() > count
}

#[cold]
fn no_member<'de, D: Decoder<'de>>(decoder: &mut D, members: &[Member]) -> Error {
    match decoder.token() {
        Ok(token) => token.mismatch(union_kinds(members)),
        Err(error) => error,
    }
}
