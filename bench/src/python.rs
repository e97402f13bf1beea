//! Python's msgspec on the same documents, in its own process: for orientation, no row of the tables.

use std::fs;
use std::path::Path;
use std::process::Command;

use bench_peers::data::Scale;
use bench_peers::rows;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/python/orientation.py");

/// Writes the documents and has `interpreter` print its figures; says so where it cannot.
///
/// # Errors
/// When the documents cannot be written.
pub fn run(interpreter: &str, scale: Scale) -> Result<(), String> {
    let directory = std::env::temp_dir().join(format!("bench-documents-{}", std::process::id()));
    write_documents(&directory, scale)?;
    println!();
    match Command::new(interpreter).arg(SCRIPT).arg(&directory).status() {
        Ok(status) if status.success() => {}
        Ok(status) => println!("msgspec of Python is left out: {interpreter} ended with {status}"),
        Err(error) => println!("msgspec of Python is left out: cannot start {interpreter}: {error}"),
    }
    fs::remove_dir_all(&directory).map_err(|error| format!("{}: {error}", directory.display()))
}

fn write_documents(directory: &Path, scale: Scale) -> Result<(), String> {
    let in_place = |error| format!("{}: {error}", directory.display());
    fs::create_dir_all(directory).map_err(in_place)?;
    for row in rows::all() {
        let extension = match row.group {
            "json-decode" => "json",
            "msgpack-decode" => "msgpack",
            _ => continue,
        };
        let path = directory.join(format!("{}.{extension}", row.shape));
        fs::write(path, (row.document)(scale)?.input).map_err(in_place)?;
    }
    Ok(())
}
