//! Types with an extension code.

use std::borrow::Cow;

use proofmark::{
    Error, Ext, Record, Value, convert,
    ext::{Base64, ExtType, NoText, View},
    ext_type, from_value, json, msgpack,
    schema::json_schema,
    to_value,
};

/// Two bytes behind a layout version.
macro_rules! point {
    ($name:ident, $code:literal, $text:ty) => {
        #[derive(Debug, PartialEq, Clone)]
        struct $name {
            x: u8,
            y: u8,
        }

        impl ExtType for $name {
            const CODE: i8 = $code;
            const NAME: &'static str = stringify!($name);
            type Text = $text;

            fn payload(&self) -> Cow<'_, [u8]> {
                Cow::Owned(vec![1, self.x, self.y])
            }

            fn from_payload(payload: &[u8]) -> proofmark::Result<Self> {
                match *payload {
                    [1, x, y] => Ok(Self { x, y }),
                    _ => Err(Error::format("Invalid point")),
                }
            }
        }
        ext_type!($name);
    };
}
point!(Packed, 40, Base64);
point!(Viewed, 41, View<Named>);
point!(Silent, 127, NoText);

#[derive(Record)]
struct Named {
    x: u8,
    #[field(le = 9)]
    y: u8,
}

impl From<&Viewed> for Named {
    fn from(point: &Viewed) -> Self {
        Self { x: point.x, y: point.y }
    }
}

impl TryFrom<Named> for Viewed {
    type Error = &'static str;

    fn try_from(named: Named) -> Result<Self, Self::Error> {
        if named.x == 0 { Err("x must not be zero") } else { Ok(Self { x: named.x, y: named.y }) }
    }
}

#[derive(Record, Debug, PartialEq)]
struct Shapes {
    packed: Packed,
    #[field(default)]
    viewed: Option<Viewed>,
}

#[test]
fn a_value_has_a_form_in_every_format() {
    let shapes = Shapes { packed: Packed { x: 2, y: 3 }, viewed: Some(Viewed { x: 4, y: 5 }) };
    let text = r#"{"packed":"AQID","viewed":{"x":4,"y":5}}"#;
    assert_eq!(json::to_string(&shapes).unwrap(), text);
    assert_eq!(json::from_str::<Shapes>(text).unwrap(), shapes);
    let bytes = b"\x82\xa6packed\xc7\x03\x28\x01\x02\x03\xa6viewed\xc7\x03\x29\x01\x04\x05";
    assert_eq!(msgpack::to_vec(&shapes).unwrap(), bytes);
    assert_eq!(msgpack::from_slice::<Shapes>(bytes).unwrap(), shapes);
    let value = to_value(&shapes).unwrap();
    assert_eq!(value["packed"].as_ext(), Some(&Ext::new(40, [1, 2, 3])));
    assert_eq!(from_value::<Shapes>(&value).unwrap(), shapes);
}

#[test]
fn a_value_in_memory_may_come_from_either_format() {
    let value: Value = json::from_str(r#"{"packed":"AQID","viewed":{"x":4,"y":5}}"#).unwrap();
    assert_eq!(from_value::<Shapes>(&value).unwrap().viewed, Some(Viewed { x: 4, y: 5 }));
}

#[test]
fn a_type_without_text_is_refused_in_json() {
    let silent = Silent { x: 1, y: 2 };
    let error = json::to_vec(&vec![silent.clone()]).unwrap_err();
    assert_eq!(error.to_string(), "Encoding objects of type Ext is unsupported - at `$[0]`");
    let error = json::from_str::<Silent>("\"AQID\"").unwrap_err();
    assert_eq!(error.to_string(), "Expected `ext`, got `str`");
    assert_eq!(convert::<Silent>(&silent).unwrap(), silent);
    assert_eq!(json_schema::<Silent>().unwrap_err().to_string(), "JSON Schema has no extension values");
}

#[track_caller]
fn refuse_bytes<T: for<'de> proofmark::Decode<'de> + std::fmt::Debug>(bytes: &[u8], message: &str) {
    assert_eq!(msgpack::from_slice::<T>(bytes).unwrap_err().to_string(), message);
}

#[track_caller]
fn refuse_text<T: for<'de> proofmark::Decode<'de> + std::fmt::Debug>(text: &str, message: &str) {
    assert_eq!(json::from_str::<T>(text).unwrap_err().to_string(), message);
}

#[test]
fn another_code_payload_or_value_is_refused() {
    refuse_bytes::<Packed>(b"\xc7\x03\x29\x01\x02\x03", "Expected `ext` with code 40, got code 41");
    refuse_bytes::<Packed>(b"\xd5\x28\x01\x02", "Invalid point");
    refuse_bytes::<Packed>(b"\xc4\x03\x01\x02\x03", "Expected `ext`, got `bytes`");
    refuse_bytes::<Packed>(b"\xa4AQID", "Expected `ext`, got `str`");
    refuse_bytes::<Packed>(b"\xc7\x03\x28\x01\x02", "Input data was truncated");
    refuse_text::<Packed>("7", "Expected `bytes`, got `int`");
    refuse_text::<Packed>("\"AQI=\"", "Invalid point");
    refuse_text::<Packed>("\"AQ\"", "Invalid base64 encoded string");
    refuse_text::<Viewed>(r#"{"x":1,"y":10}"#, "Expected `int` <= 9 - at `$.y`");
    refuse_text::<Viewed>(r#"{"x":0,"y":1}"#, "x must not be zero");
    refuse_text::<Viewed>("\"AQID\"", "Expected `object`, got `str`");
}

#[test]
fn the_schema_is_that_of_the_text_form() {
    assert_eq!(json_schema::<Packed>().unwrap(), json_schema::<Vec<u8>>().unwrap());
    assert_eq!(json_schema::<Viewed>().unwrap(), json_schema::<Named>().unwrap());
}
