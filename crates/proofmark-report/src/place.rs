//! Where in the record of a run a value stands.

use std::fmt;

/// The place of a value, written as `proofmark show` takes it: `:manifest .statements[0].rows`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The run, unless it is the one the report is about.
    run: String,
    artifact: String,
    path: String,
}

impl Place {
    /// An artifact as a whole.
    pub(crate) fn of(artifact: &str) -> Self {
        Self { run: String::new(), artifact: artifact.to_owned(), path: String::new() }
    }

    /// An artifact of another run.
    pub(crate) fn of_run(run: &str, artifact: &str) -> Self {
        Self { run: run.to_owned(), ..Self::of(artifact) }
    }

    /// A field of a record.
    pub(crate) fn field(&self, name: &str) -> Self {
        self.with(&format!(".{name}"))
    }

    /// A field of a field: `at("scan.batch_size")`.
    pub(crate) fn at(&self, path: &str) -> Self {
        path.split('.').fold(self.clone(), |place, name| place.field(name))
    }

    /// An item of a list.
    pub(crate) fn item(&self, idx: usize) -> Self {
        self.with(&format!("[{idx}]"))
    }

    /// An entry of a map, whatever its key holds.
    pub(crate) fn entry(&self, key: &str) -> Self {
        self.with(&format!("[{key:?}]"))
    }

    /// What a path from here leads to, as the difference of two plans writes it: `.children[0]`, and `.` for here.
    pub(crate) fn along(&self, path: &str) -> Self {
        self.with(if path == "." { "" } else { path })
    }

    /// All items of a list.
    pub(crate) fn each(&self) -> Self {
        self.with("[]")
    }

    /// All fields of this name, at any depth. `show` has no such paths; formulas do.
    pub(crate) fn anywhere(&self, name: &str) -> Self {
        self.with(&format!("..{name}"))
    }

    fn with(&self, more: &str) -> Self {
        Self { path: format!("{}{more}", self.path), ..self.clone() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.run, self.artifact)?;
        if self.path.is_empty() { Ok(()) } else { write!(f, " {}", self.path) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_written_as_show_takes_it() {
        let place = Place::of("plan").field("statements").item(3).at("physical.metrics");
        assert_eq!(place.to_string(), ":plan .statements[3].physical.metrics");
        assert_eq!(
            Place::of("profile").field("settings").entry("a.\"b").to_string(),
            r#":profile .settings["a.\"b"]"#
        );
        assert_eq!(
            Place::of_run("k3f9", "bundle").at("summary.elapsed_ns").to_string(),
            "k3f9:bundle .summary.elapsed_ns"
        );
        let plan = Place::of("plan");
        assert_eq!(plan.along(".children[0]").to_string(), ":plan .children[0]");
        assert_eq!(plan.along("."), plan);
        assert_eq!(Place::of("plan").anywhere("rows").to_string(), ":plan ..rows");
    }
}
