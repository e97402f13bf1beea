//! CPU time of the programs that this one has run.

use std::fs;
use std::io;

/// The kernel counts in ticks of 10 ms, whatever the machine.
const TICKS_PER_SECOND: f64 = 100.0;

/// Seconds of CPU, user time, of all children that have ended and of theirs.
pub(super) fn of_children() -> io::Result<f64> {
    let line = fs::read_to_string("/proc/self/stat")?;
    let ticks = children_ticks(&line).ok_or_else(|| io::Error::other("/proc/self/stat has another form"))?;
    Ok(ticks as f64 / TICKS_PER_SECOND)
}

/// The 16th field, counted behind the program's name, which may hold blanks.
fn children_ticks(line: &str) -> Option<u64> {
    let (_, fields) = line.rsplit_once(") ")?;
    fields.split(' ').nth(13)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_with_blanks_does_not_move_the_field() {
        let line = "7 (a) b c) S 1 7 7 0 -1 4194304 100 200 0 0 11 12 1300 14 20 0 1 0 500 1 2";
        assert_eq!(children_ticks(line), Some(1300));
        assert_eq!(children_ticks("7"), None);
    }
}
