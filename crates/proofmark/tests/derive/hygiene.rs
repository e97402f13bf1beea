//! Derived code means what it means whatever the user's own names, generics and lints are.

#![deny(
    warnings,
    missing_docs,
    unreachable_pub,
    unused,
    nonstandard_style,
    rust_2018_idioms,
    let_underscore,
    unused_qualifications,
    unused_lifetimes,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    variant_size_differences,
    missing_debug_implementations,
    clippy::all,
    clippy::pedantic,
    clippy::nursery
)]
#![allow(clippy::redundant_pub_crate, reason = "the module stands for a user's crate")]

/// Types named as those of the prelude, and a macro named as the one that asserts.
mod shadowed {
    #[allow(unused_macros)]
    macro_rules! assert {
        ($($all:tt)*) => {
            compile_error!("not this one")
        };
    }

    macro_rules! shadow {
        ($($kind:ident $name:ident;)*) => {$(
            #[allow(dead_code, non_camel_case_types, missing_debug_implementations)]
            pub(super) $kind $name {}
        )*};
    }
    shadow! {
        struct Result; struct Option; struct Some; struct None; struct Ok; struct Err; struct String; struct Vec;
        struct Box; struct str; struct bool; struct Kind; struct Shape; struct Key; struct Error;
        trait Default; trait From; trait Into; trait Iterator; trait PartialEq; trait Sized; trait Fn;
        trait Encode; trait Decode; trait Describe; trait Encoder; trait Decoder; trait Constrain;
        mod core; mod std; mod alloc; mod proofmark;
    }

    /// A record with every kind of field.
    #[derive(::proofmark::Record, Debug, ::std::cmp::PartialEq)]
    #[record(tag = "all")]
    pub(super) struct Record {
        /// With a bound.
        #[field(ge = 1, default = 2)]
        pub int: u8,
        /// With a text default.
        #[field(default = "text", pattern = "t")]
        pub text: ::std::string::String,
        /// With a default.
        #[field(default, absent = "none", volatile = "time")]
        pub list: ::std::vec::Vec<u16>,
        /// Optional.
        pub optional: ::std::option::Option<Row>,
    }

    /// A positional record.
    #[derive(::proofmark::Record, Debug, ::std::cmp::PartialEq)]
    #[record(positional)]
    pub(super) struct Row {
        /// Required.
        pub a: u8,
        /// Not required.
        #[field(default)]
        pub b: ::std::option::Option<Plain>,
    }

    /// A plain enum.
    #[derive(::proofmark::Record, Clone, Copy, Debug, ::std::cmp::PartialEq)]
    pub(super) enum Plain {
        /// One.
        Some,
        /// Another.
        None,
    }

    /// An enum of integers.
    #[derive(::proofmark::Record, Clone, Copy, Debug, ::std::cmp::PartialEq)]
    #[record(int)]
    pub(super) enum Int {
        /// One.
        Ok = 1,
        /// Another.
        Err = 2,
    }

    /// A newtype.
    #[derive(::proofmark::Record, Debug, ::std::cmp::PartialEq)]
    #[record(transparent)]
    pub(super) struct Newtype(#[field(max_len = 3)] pub ::std::string::String);

    /// A union.
    #[derive(::proofmark::Record, Debug, ::std::cmp::PartialEq)]
    pub(super) enum Union {
        /// A type of its own.
        Some(Newtype),
        /// A record.
        Ok {
            /// Its field.
            #[field(default = 1)]
            self_: u8,
        },
        /// A record without fields.
        None,
    }
}

#[test]
fn names_of_the_prelude_may_be_taken() {
    use shadowed::{Int, Newtype, Plain, Record, Row, Union};
    let row = Row { a: 1, b: Some(Plain::None) };
    crate::check(
        &Record { int: 2, text: "text".into(), list: vec![], optional: Some(row) },
        r#"{"type":"all","optional":[1,"None"]}"#,
    );
    crate::check(&vec![Int::Ok, Int::Err], "[1,2]");
    crate::check(
        &vec![Union::Some(Newtype("a".into())), Union::Ok { self_: 1 }, Union::None],
        r#"["a",{"type":"Ok"},{"type":"None"}]"#,
    );
}

/// Fields with the names of keywords, and of what derived code uses.
#[derive(proofmark::Record, Debug, PartialEq)]
struct Keywords {
    /// A keyword.
    pub r#type: u8,
    /// A keyword.
    #[field(default)]
    pub r#fn: u8,
    /// A name of the derive.
    pub __value: u8,
    /// A name of the derive.
    pub __decoder: u8,
    /// A name of the derive.
    pub __p: u8,
    /// A name of the derive.
    pub __f0: u8,
}

/// Variants with the names of keywords.
#[derive(proofmark::Record, Debug, PartialEq)]
#[allow(non_camel_case_types)]
enum r#enum {
    /// A keyword.
    r#struct,
    /// A keyword.
    r#trait,
}

/// Variants that are records, named as keywords.
#[derive(proofmark::Record, Debug, PartialEq)]
#[allow(non_camel_case_types)]
enum r#union {
    /// A keyword.
    r#match {
        /// A keyword.
        r#ref: u8,
    },
}

#[test]
fn raw_identifiers_lose_their_mark_on_the_wire() {
    crate::check(
        &Keywords { r#type: 1, r#fn: 0, __value: 2, __decoder: 3, __p: 4, __f0: 5 },
        r#"{"type":1,"__value":2,"__decoder":3,"__p":4,"__f0":5}"#,
    );
    crate::check(&r#enum::r#struct, r#""struct""#);
    crate::check(&r#union::r#match { r#ref: 1 }, r#"{"type":"match","ref":1}"#);
}

/// Generics with bounds, defaults, a where clause, lifetimes and constants.
#[derive(proofmark::Record, Debug, PartialEq)]
struct Generic<'a, T: Clone = u16, U = Vec<T>, const N: usize = 2>
where
    U: Clone,
{
    /// Borrowed.
    pub text: &'a str,
    /// An argument.
    #[field(default)]
    pub one: Option<T>,
    /// An argument.
    pub other: U,
    /// A constant argument.
    pub array: [u16; N],
}

/// Two lifetimes, of which one outlives the other.
#[derive(proofmark::Record, Debug, PartialEq)]
struct Lifetimes<'a, 'b: 'a> {
    /// Borrowed.
    pub a: &'a str,
    /// Borrowed or not.
    pub b: std::borrow::Cow<'b, str>,
}

/// A generic union.
#[derive(proofmark::Record, Debug, PartialEq)]
enum Either<L, R = String> {
    /// One.
    Left(L),
    /// The other.
    Right(R),
}

/// An argument that is not sized.
#[derive(proofmark::Record, Debug, PartialEq)]
#[record(transparent)]
struct Boxed<T>(pub Box<[T]>);

#[test]
fn generics_keep_their_bounds() {
    let text = r#"{"text":"a","one":1,"other":[2],"array":[3,4]}"#;
    let value: Generic<'_> = proofmark::json::from_str(text).unwrap();
    assert_eq!(value, Generic { text: "a", one: Some(1), other: vec![2], array: [3, 4] });
    let value: Lifetimes<'_, '_> = proofmark::json::from_str(r#"{"a":"x","b":"\n"}"#).unwrap();
    assert_eq!(value, Lifetimes { a: "x", b: "\n".into() });
    crate::check(&vec![Either::Left(1u8), Either::Right("a".to_owned())], r#"[1,"a"]"#);
    crate::check(&Boxed::<u16>(Box::new([1])), "[1]");
}

/// A record whose fields users should leave.
#[derive(proofmark::Record, Debug, PartialEq)]
struct Old {
    /// Not any more.
    #[deprecated]
    #[field(default)]
    pub gone: u8,
    /// Still.
    pub stays: u8,
}

#[test]
fn deprecated_fields_are_read_and_written() {
    let old: Old = proofmark::json::from_str(r#"{"gone":1,"stays":2}"#).unwrap();
    assert_eq!(proofmark::json::to_string(&old).unwrap(), r#"{"gone":1,"stays":2}"#);
}

macro_rules! record {
    ($name:ident, $tag:literal, $default:expr, $len:expr, $ty:ty) => {
        /// Out of a macro.
        #[derive(proofmark::Record, Debug, PartialEq)]
        #[record(tag = $tag)]
        struct $name {
            /// A field.
            #[field(default = $default)]
            pub int: $ty,
            /// A field.
            #[field(min_len = $len)]
            pub text: String,
        }
    };
}
record!(Made, "made", 1 + 1, 1, u8);

#[test]
fn macros_may_fill_in_the_attributes() {
    crate::check(&Made { int: 2, text: "a".into() }, r#"{"type":"made","text":"a"}"#);
}

#[test]
fn types_may_be_declared_inside_functions() {
    #[derive(proofmark::Record, Debug, PartialEq)]
    struct Local {
        a: u8,
    }
    crate::check(&Local { a: 1 }, r#"{"a":1}"#);
}
