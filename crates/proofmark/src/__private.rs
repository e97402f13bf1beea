//! What derived code calls. Not public interface: it changes without notice.

pub use std::{
    any::type_name,
    option::Option::{self, None, Some},
    primitive::{bool, str},
    result::Result::{Err, Ok},
    string::String,
};

#[cfg(feature = "serde")]
pub use crate::serde::{AsSerde, AsSerdeRef};
pub use crate::{
    __finish as finish, Bound, Decode, Decoder, Describe, Encode, Encoder, Error, Key, Kind, Kinds, Result,
    Segment, Shape, Tag, TagValue,
    bound::Bounded,
    constraint::{Constrain, Constraints, Number, Pattern},
    decode::checked_value,
    encode::field as encode_field,
    ext::other_code,
    field::{field_next, field_next_checked, field_other, field_other_checked},
    flatten::{Flat, Rest, flat_is_distinct},
    key::{TagRef, Tags},
    leniency::AsLenient,
    member::{Member, is_distinct, union_kinds},
    record::{
        Checked, CheckedText, Elements, as_text, decode_fallback, decode_int_enum, decode_open_enum,
        decode_str_enum, default_text, encode_element, encode_tag, invalid_enum, missing, no_such_member,
        tag_of, wrong_length,
    },
    shape::{
        EnumShape, EnumVariant, FieldShape, Lookup, NewtypeShape, Presence, RecordShape, ShapeFn, UnionShape,
        Volatility,
    },
    union::{decode_union, decode_variant},
};
