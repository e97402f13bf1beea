//! Floats: rounded once and to the nearest, whatever they are read from, and read as they were written.

use std::{collections::HashMap, fmt::Debug};

use proofmark::{
    ErrorKind, Record, Strictness, Value, convert, decode::DecodeOwned, json, msgpack, scalar::Decimal,
};

/// Text that is hard to round: ties, near ties, the ends of the range, digits beyond every word.
fn hard() -> Vec<String> {
    let mut texts = Vec::from_iter(
        [
            "0.1",
            "0.3",
            "1e23",
            "8.5e22",
            "9007199254740993",
            "9007199254740993.0",
            "9007199254740992.5",
            "9007199254740993.00000000000000000000000000000000000001",
            "1.7976931348623157e308",
            "1.7976931348623158e308",
            "2.2250738585072011e-308",
            "2.2250738585072014e-308",
            "5e-324",
            "2.4703282292062328e-324",
            "2.4703282292062327e-324",
            "1e-400",
            "4.9406564584124654e-324",
            "6.631236846766476e-316",
            "0.000001",
            "123456.7e-3",
            "16777217",
            "16777217.0",
            "16777219",
            "16777216.999999999999999",
            "33554435.0",
            "3.4028234663852886e38",
            "3.40282356779733e38",
            "1.401298464324817e-45",
            "7.006492321624085e-46",
            "7.006492321624086e-46",
            "1.1754943508222875e-38",
            "9223371761976868863",
            "9223372586610589697",
            "18446744073709551615",
            "18446742974197923841",
            "9223372036854775807",
            "-9223372036854775808",
            "-0.0",
            "0.0",
            "-0e5",
            "100000000000000000000",
            "1.00000017881393421514957253748434595763683319091796875001",
            "1.00000017881393432617187499",
            "1.000000178813934326171875",
            "1.00000017881393432617187501",
        ]
        .map(str::to_owned),
    );
    // Halfway between two neighbours, and a digit to either side: f64 and f32.
    for bits in
        [0x3ff0_0000_0000_0000_u64, 0x4340_0000_0000_0001, 0x0010_0000_0000_0000, 0x7fe0_0000_0000_0003]
    {
        let (low, high) = (f64::from_bits(bits), f64::from_bits(bits + 1));
        let tie = format!("{:.1100}", low / 2.0 + high / 2.0);
        texts.extend([tie.clone(), format!("{tie}1"), tie.trim_end_matches('0').to_owned() + "00000001"]);
    }
    for bits in [0x3f80_0000_u32, 0x4b80_0001, 0x0080_0000, 0x7f00_0003] {
        let tie = f64::from(f32::from_bits(bits)) / 2.0 + f64::from(f32::from_bits(bits + 1)) / 2.0;
        texts.extend([format!("{tie:.200}"), format!("{tie:.200}1"), format!("{:e}", tie)]);
    }
    texts
}

/// What the standard library makes of it, where a whole zero has no sign.
fn nearest<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: Debug,
{
    text.parse().unwrap()
}

#[derive(Record)]
struct Holder<T: 'static> {
    x: T,
}

#[derive(Record)]
#[allow(dead_code)]
enum Tagged {
    A { x: f64 },
    B { x: f32 },
}

#[derive(Record)]
#[allow(dead_code)]
enum Scalar {
    Null(()),
    Float(f64),
}

#[test]
fn f64_is_the_nearest_on_every_way() {
    for text in hard() {
        let bits = nearest::<f64>(&text).to_bits();
        let check = |way, found: f64| assert_eq!(found.to_bits(), bits, "{way}: {text}");
        check("typed", json::from_str(&text).unwrap());
        check("field", json::from_str::<Holder<f64>>(&format!("{{\"x\":{text}}}")).unwrap().x);
        check("lenient", lenient(&format!("\"{text}\"")).unwrap());
        match json::from_str(&format!("{{\"x\":{text},\"type\":\"A\"}}")).unwrap() {
            Tagged::A { x } => check("tagged", x),
            Tagged::B { .. } => unreachable!("{text}"),
        }
        match json::from_str(&text).unwrap() {
            Scalar::Float(x) => check("one of many", x),
            Scalar::Null(()) => unreachable!("{text}"),
        }
        check("untyped", convert(&json::from_str::<Value>(&text).unwrap()).unwrap());
        check("decimal", json::from_str::<Decimal>(&text).unwrap().to_f64());
        check("serde", proofmark::serde::json::from_str(&text).unwrap());
        let lazy: proofmark::Lazy<f64> = json::from_str(&text).unwrap();
        check("lazy", *lazy.get().unwrap());
    }
}

#[test]
fn f32_is_the_nearest_on_every_way_and_not_rounded_twice() {
    for text in hard() {
        let nearest = nearest::<f32>(&text);
        if nearest.is_infinite() {
            assert_eq!(json::from_str::<f32>(&text).unwrap_err().kind(), ErrorKind::Range, "{text}");
            continue;
        }
        let check = |way, found: f32| assert_eq!(found.to_bits(), nearest.to_bits(), "{way}: {text}");
        check("typed", json::from_str(&text).unwrap());
        check("lenient", lenient(&format!("\"{text}\"")).unwrap());
        match json::from_str(&format!("{{\"x\":{text},\"type\":\"B\"}}")).unwrap() {
            Tagged::B { x } => check("tagged", x),
            Tagged::A { .. } => unreachable!("{text}"),
        }
        check("serde", proofmark::serde::json::from_str(&text).unwrap());
    }
}

fn lenient<T: DecodeOwned>(text: &str) -> proofmark::Result<T> {
    json::Decoder::new().strictness(Strictness::Lenient).from_slice(text.as_bytes())
}

#[test]
fn whole_numbers_become_floats_of_either_width_rounded_once() {
    for value in [
        16_777_217_u64,
        16_777_219,
        9_007_199_254_740_993,
        0x8000_0080_0000_0001,
        0x8000_0180_0000_0000,
        u64::MAX,
        1 << 63,
    ] {
        let (packed, text) = (msgpack::to_vec(&value).unwrap(), value.to_string());
        for found in [msgpack::from_slice(&packed), json::from_str(&text), convert(&value)] {
            assert_eq!(found.map(f32::to_bits).unwrap(), (value as f32).to_bits(), "{value}");
        }
        for found in [msgpack::from_slice(&packed), json::from_str(&text), convert(&value)] {
            assert_eq!(found.map(f64::to_bits).unwrap(), (value as f64).to_bits(), "{value}");
        }
        let negative = -i128::from(value >> 1);
        let packed = msgpack::to_vec(&negative).unwrap();
        for found in [msgpack::from_slice(&packed), json::from_str(&negative.to_string()), convert(&negative)]
        {
            assert_eq!(found.map(f32::to_bits).unwrap(), (negative as f32).to_bits(), "{negative}");
        }
    }
}

#[test]
fn floats_that_are_written_are_read_as_they_were() {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..200_000 {
        // Splitmix.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let bits = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let (wide, narrow) = (f64::from_bits(bits), f32::from_bits(bits as u32));
        if wide.is_finite() {
            let text = json::to_string(&wide).unwrap();
            assert_eq!(json::from_str::<f64>(&text).unwrap().to_bits(), bits, "{text}");
            assert_eq!(nearest::<f64>(&text).to_bits(), bits, "{text}");
        }
        if narrow.is_finite() {
            let text = json::to_string(&narrow).unwrap();
            assert_eq!(json::from_str::<f32>(&text).unwrap().to_bits(), narrow.to_bits(), "{text}");
            let packed = msgpack::to_vec(&narrow).unwrap();
            assert_eq!(msgpack::from_slice::<f32>(&packed).unwrap().to_bits(), narrow.to_bits(), "{text}");
        }
    }
}

#[test]
fn a_whole_zero_has_no_sign_and_another_keeps_it() {
    for (text, sign) in [("-0", false), ("0", false), ("-0.0", true), ("-0e0", true), ("-1e-999", true)] {
        let quoted = format!("\"{text}\"");
        for found in
            [json::from_str::<f64>(text), lenient(&quoted), convert(&json::from_str::<Value>(text).unwrap())]
        {
            assert_eq!(found.unwrap().to_bits(), if sign { (-0.0_f64).to_bits() } else { 0 }, "{text}");
        }
        for found in
            [json::from_str::<f32>(text), lenient(&quoted), convert(&json::from_str::<Value>(text).unwrap())]
        {
            assert_eq!(found.unwrap().to_bits(), if sign { (-0.0_f32).to_bits() } else { 0 }, "{text}");
        }
    }
}

#[test]
fn float_keys_are_the_nearest_too() {
    #[derive(Record, PartialEq)]
    #[record(transparent)]
    struct Narrow(f32);
    impl Eq for Narrow {}
    impl std::hash::Hash for Narrow {
        fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
            self.0.to_bits().hash(state);
        }
    }
    for text in hard() {
        let nearest = nearest::<f32>(&text);
        if nearest.is_finite() {
            let map: HashMap<Narrow, u8> = json::from_str(&format!("{{\"{text}\":1}}")).unwrap();
            assert_eq!(
                map.keys().map(|key| key.0.to_bits()).collect::<Vec<_>>(),
                [nearest.to_bits()],
                "{text}"
            );
        }
    }
}
