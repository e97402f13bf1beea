//! The programs whose cost is measured: the same records under either derive.

use std::fmt::Write;
use std::path::Path;

/// Fields of a record.
pub(super) const FIELDS: usize = 30;

/// What a record is made of, over and over: text and integers most, as in real ones.
const TYPES: [&str; 10] = [
    "String",
    "u64",
    "Option<String>",
    "i64",
    "bool",
    "Vec<String>",
    "f64",
    "u32",
    "Option<u64>",
    "std::collections::BTreeMap<String, String>",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Ours,
    Serde,
}

impl Side {
    pub(super) fn name(self) -> &'static str {
        match self {
            Side::Ours => "ours",
            Side::Serde => "serde",
        }
    }

    pub(super) fn manifest(self, workspace: &Path) -> String {
        let dependencies = match self {
            Side::Ours => format!("proofmark = {{ path = {:?} }}", workspace.join("crates/proofmark")),
            Side::Serde => {
                "serde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"\nrmp-serde = \"1\""
                    .to_string()
            }
        };
        format!(
            "[package]\nname = \"cost\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies]\n{dependencies}\n\n[workspace]\n"
        )
    }

    /// A program that reads and writes each of its records in both formats.
    pub(super) fn program(self, records: usize) -> String {
        let mut text = format!("{}\n", self.prelude());
        for record in 0..records {
            self.record(&mut text, record);
        }
        let calls: String =
            (0..records).map(|record| format!("    round::<Record{record}>(&input);\n")).collect();
        text + "fn main() {\n    let input = std::fs::read(\"/dev/null\").unwrap_or_default();\n"
            + &calls
            + "}\n"
    }

    fn prelude(self) -> &'static str {
        match self {
            Side::Ours => {
                "fn round<T: for<'de> proofmark::Decode<'de> + proofmark::Encode>(input: &[u8]) {
    if let Ok(value) = proofmark::json::from_slice::<T>(input) {
        println!(\"{:?}\", proofmark::msgpack::to_vec(&value).ok());
    }
    if let Ok(value) = proofmark::msgpack::from_slice::<T>(input) {
        println!(\"{:?}\", proofmark::json::to_vec(&value).ok());
    }
}
"
            }
            Side::Serde => {
                "fn round<T: serde::de::DeserializeOwned + serde::Serialize>(input: &[u8]) {
    if let Ok(value) = serde_json::from_slice::<T>(input) {
        println!(\"{:?}\", rmp_serde::to_vec_named(&value).ok());
    }
    if let Ok(value) = rmp_serde::from_slice::<T>(input) {
        println!(\"{:?}\", serde_json::to_vec(&value).ok());
    }
}
"
            }
        }
    }

    fn record(self, text: &mut String, record: usize) {
        let derives = match self {
            Side::Ours => "proofmark::Record",
            Side::Serde => "serde::Serialize, serde::Deserialize",
        };
        let _ = writeln!(text, "#[derive({derives})]\npub struct Record{record} {{");
        for field in 0..FIELDS {
            let ty = TYPES[(record + field) % TYPES.len()];
            let _ = writeln!(text, "    pub field_{field}_of_{record}: {ty},");
        }
        text.push_str("}\n\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_have_the_same_fields() {
        let fields = |side: Side| -> Vec<String> {
            side.program(3).lines().filter(|line| line.starts_with("    pub ")).map(str::to_string).collect()
        };
        assert_eq!(fields(Side::Ours).len(), 3 * FIELDS);
        assert_eq!(fields(Side::Ours), fields(Side::Serde));
    }
}
