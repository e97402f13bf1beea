//! Keeps glibc from giving memory back to the system between two iterations.
//!
//! A decoder that allocates a few megabytes and frees them would otherwise pay for page faults at random, and the
//! figure would be about the kernel. The settings are read when the program starts, so the program starts itself again
//! with them; `mallopt` would need unsafe code.

/// Replaces the process by itself with trimming switched off, unless that has happened already.
///
/// Returns on any other C library, and when the restart fails: the figures are then noisier, not wrong.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub fn restart_without_trimming() {
    use std::os::unix::process::CommandExt;

    const TUNABLES: &str = "GLIBC_TUNABLES";
    if std::env::var_os(TUNABLES).is_some() {
        return;
    }
    let Ok(program) = std::env::current_exe() else { return };
    let error = std::process::Command::new(program)
        .args(std::env::args_os().skip(1))
        .env(TUNABLES, "glibc.malloc.trim_threshold=1099511627776:glibc.malloc.mmap_max=0")
        .exec();
    eprintln!("note: malloc trimming stays on: {error}");
}

/// Nothing to switch off here.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn restart_without_trimming() {}
