//! Tagged records and their unions.

use proofmark::{Record, Value};

use super::{Dict, Int, plain::User};

#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, encode_defaults, tag = "Cat")]
pub(crate) struct Cat {
    lives: Int,
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(encode_defaults, tag = "dog")]
pub(crate) struct Dog {
    name: String,
    #[field(default = true)]
    good: bool,
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, tag = "bird")]
pub(crate) struct Bird {
    #[field(default)]
    song: Option<String>,
}

// `Union[Cat, Dog, Bird]`
#[derive(Record, Clone, Debug, PartialEq)]
pub(crate) enum Animal {
    Cat(Cat),
    Dog(Dog),
    Bird(Bird),
}

// `Union[Cat, Dog]`
#[derive(Record, Clone, Debug, PartialEq)]
pub(crate) enum CatOrDog {
    Cat(Cat),
    Dog(Dog),
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, encode_defaults, tag_field = "op", tag = 1)]
pub(crate) struct Get {
    key: String,
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, encode_defaults, tag_field = "op", tag = 2)]
pub(crate) struct Put {
    key: String,
    val: Value,
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, encode_defaults, tag_field = "op", tag = -3)]
pub(crate) struct Neg {}

// `Union[Get, Put, Neg]`
#[derive(Record, Clone, Debug, PartialEq)]
pub(crate) enum Op {
    Get(Get),
    Put(Put),
    Neg(Neg),
}

// `Union[Get, Put]`
#[derive(Record, Clone, Debug, PartialEq)]
pub(crate) enum GetOrPut {
    Get(Get),
    Put(Put),
}

// `Union[Animal, int, str, List[int]]`
#[derive(Record, Clone, Debug, PartialEq)]
pub(crate) enum Mixed {
    Animal(Animal),
    Int(Int),
    Str(String),
    List(Vec<Int>),
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, encode_defaults)]
pub(crate) struct Zoo {
    animals: Vec<Animal>,
    #[field(default)]
    by_name: Dict<String, Animal>,
    #[field(default)]
    owner: Option<User>,
    #[field(default)]
    mixed: Option<Mixed>,
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, encode_defaults, tag_field = "kind", rename_all = "camel")]
pub(crate) struct Base {
    base_id: Int,
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, encode_defaults, tag_field = "kind", rename_all = "camel")]
pub(crate) struct Derived {
    base_id: Int,
    #[field(default = "m")]
    more_data: String,
}
