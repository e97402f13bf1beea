//! A case per attribute, named after it.

mod field_absent;
mod field_check;
mod field_default;
mod field_ge;
mod field_gt;
mod field_le;
mod field_lt;
mod field_max_len;
mod field_min_len;
mod field_multiple_of;
mod field_null;
mod field_pattern;
mod field_rename;
mod field_tz;
mod field_volatile;
mod record_allow_unknown;
mod record_check;
mod record_encode_defaults;
mod record_int;
mod record_positional;
mod record_rename_all;
mod record_tag;
mod record_tag_field;
mod record_transparent;
mod variant_rename;
mod variant_tag;
