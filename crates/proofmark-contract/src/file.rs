//! Files that are replaced as a whole: readers see the old one or the new one.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

/// Replaces a file, or makes it.
///
/// # Errors
/// Fails when it cannot be written; what was there stays.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(dir)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    // A temporary file is the owner's alone; these are read by whoever reads the code.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        file.as_file().set_permissions(fs::Permissions::from_mode(0o644))?;
    }
    file.persist(path)?;
    Ok(())
}
