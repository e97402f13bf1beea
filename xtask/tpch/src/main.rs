//! Writes the eight tables of TPC-H as Parquet: `cargo xtask tpch --scale 0.1`.
//!
//! Rows stream from the generator to the file batch by batch, so memory stays flat at any scale.

mod error;
mod partial;
mod progress;
mod scale;
mod table;
mod write;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;

use crate::error::Error;
use crate::progress::Progress;
use crate::scale::Scale;
use crate::table::Table;

/// Write the eight tables of TPC-H as Parquet.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask tpch")]
struct Arguments {
    /// Size of the data, 0.001 to 1000: lineitem gets about six million rows times this.
    #[arg(long, default_value = "0.1", allow_negative_numbers = true)]
    scale: Scale,

    /// Directory to write `<table>.parquet` to; made if missing, files of the same name are replaced.
    #[arg(long, value_name = "DIR", default_value = "data/tpch")]
    out: PathBuf,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match generate(arguments.scale, &arguments.out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn generate(scale: Scale, out: &Path) -> Result<(), Error> {
    std::fs::create_dir_all(out).map_err(|cause| Error::new("create the directory", out, cause))?;
    for table in Table::ALL {
        let mut progress = Progress::start(table, scale);
        let written = write::table(table, scale, out, &mut |rows| progress.update(rows))?;
        progress.finish(&written);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;
    use std::fs::File;

    use parquet::file::reader::{FileReader, SerializedFileReader};

    use super::*;

    /// The rows of every table at scale 0.001, as the specification's `dbgen` gives them.
    const ROWS: [(&str, i64); 8] = [
        ("customer", 150),
        ("lineitem", 6005),
        ("nation", 25),
        ("orders", 1500),
        ("part", 200),
        ("partsupp", 800),
        ("region", 5),
        ("supplier", 10),
    ];

    fn smallest() -> Scale {
        "0.001".parse().expect("0.001 is the lower bound")
    }

    fn check_rows(out: &Path, table: &str, expected: i64) {
        let file = File::open(out.join(format!("{table}.parquet"))).unwrap();
        let metadata = SerializedFileReader::new(file).unwrap().metadata().clone();
        assert_eq!(metadata.file_metadata().num_rows(), expected, "{table}");
    }

    #[test]
    fn eight_tables_have_the_rows_of_the_specification() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("made/on/the/way");
        generate(smallest(), &out).unwrap();
        let mut names: Vec<OsString> =
            std::fs::read_dir(&out).unwrap().map(|e| e.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, ROWS.map(|(table, _)| OsString::from(format!("{table}.parquet"))));
        for (table, expected) in ROWS {
            check_rows(&out, table, expected);
        }
    }

    #[test]
    fn same_scale_gives_same_bytes() {
        let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        for dir in [&first, &second] {
            write::table(Table::Nation, smallest(), dir.path(), &mut |_| ()).unwrap();
        }
        let read = |dir: &tempfile::TempDir| std::fs::read(dir.path().join("nation.parquet")).unwrap();
        assert_eq!(read(&first), read(&second));
    }

    #[test]
    fn file_in_place_of_the_directory_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("taken");
        std::fs::write(&out, "").unwrap();
        let error = generate(smallest(), &out).unwrap_err().to_string();
        assert!(error.starts_with(&format!("cannot create the directory {}: ", out.display())), "{error}");
    }

    #[test]
    fn out_of_bounds_scale_is_refused_by_the_command_line() {
        for scale in ["0", "-1", "nan", "1e300"] {
            let error = Arguments::try_parse_from(["tpch", "--scale", scale]).unwrap_err().to_string();
            assert!(error.contains("expected a number from 0.001 to 1000"), "{error}");
        }
    }
}
