//! Records whose wire names are not their field names.

use proofmark::Record;

use super::Int;

#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, encode_defaults, rename_all = "camel")]
#[expect(non_snake_case, reason = "the rule for two underscores is what is replayed")]
pub(crate) struct Camel {
    first_name: String,
    #[field(default = "l")]
    last_name_2: String,
    #[field(default)]
    x: Int,
    #[field(default = 1)]
    _private_thing: Int,
    #[field(default = 2)]
    double__under: Int,
    #[field(default = 3)]
    trailing_: Int,
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, encode_defaults, rename_all = "pascal")]
pub(crate) struct Pascal {
    first_name: String,
    #[field(default)]
    x: Int,
    #[field(default = 1)]
    _private_thing: Int,
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, encode_defaults, rename_all = "kebab")]
pub(crate) struct Kebab {
    first_name: String,
    #[field(default)]
    _lead_under_: Int,
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, encode_defaults, rename_all = "upper")]
pub(crate) struct Upper {
    first_name: String,
    #[field(default)]
    x: Int,
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, encode_defaults)]
pub(crate) struct Named {
    #[field(rename = "from")]
    from_: String,
    #[field(rename = "$id", default = 7)]
    ident: Int,
    #[field(rename = "bee", default = 2)]
    b: Int,
    #[field(rename = "naïve", default)]
    c: Int,
}
