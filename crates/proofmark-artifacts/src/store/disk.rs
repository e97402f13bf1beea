//! The few things the store asks of a file system, each of which tests can make fail.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// An open directory, held against being swapped for a link while files in it are read.
pub(crate) struct Dir {
    path: PathBuf,
    #[cfg(unix)]
    handle: File,
}

impl Dir {
    /// Opens a directory, which must not be a link.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        #[cfg(unix)]
        return Ok(Self { path: path.to_owned(), handle: unix::open_dir(path)? });
        #[cfg(not(unix))]
        return portable::refuse_link(path).map(|()| Self { path: path.to_owned() });
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Opens a plain file of the directory for reading; a link, a pipe or a device is refused.
    pub(crate) fn open_file(&self, name: &str) -> io::Result<File> {
        #[cfg(unix)]
        let file = unix::open_file(&self.handle, name)?;
        #[cfg(not(unix))]
        let file = portable::open_file(&self.path.join(name))?;
        if file.metadata()?.is_file() { Ok(file) } else { Err(refused("not a plain file")) }
    }

    /// Tries to hold the directory for this process alone; the system lets go of it when the process dies.
    /// `false` when somebody else holds it.
    pub(crate) fn try_hold(&self) -> io::Result<bool> {
        #[cfg(unix)]
        return match self.handle.try_lock() {
            Ok(()) => Ok(true),
            Err(fs::TryLockError::WouldBlock) => Ok(false),
            Err(fs::TryLockError::Error(error)) => Err(error),
        };
        #[cfg(not(unix))]
        return Err(io::ErrorKind::Unsupported.into());
    }
}

/// Reads a file of at most `bytes_max` bytes; `None` when it is larger.
pub(crate) fn read_capped(file: File, bytes_max: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    // One byte more than allowed: the length the system tells may be stale.
    file.take(bytes_max.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= bytes_max).then_some(bytes))
}

/// Writes a file that must not exist yet. It is not synced: see [`sync_file`].
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<File> {
    create_and_write(path, bytes, ["create", "write"].map(fault::step))
}

fn create_and_write(path: &Path, bytes: &[u8], [created, written]: [io::Result<()>; 2]) -> io::Result<File> {
    created?;
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    written?;
    file.write_all(bytes)?;
    Ok(file)
}

/// Waits until the file's bytes are on the disk. A failure is final: the system may have dropped the bytes, and a second
/// call would succeed without having written them.
pub(crate) fn sync_file(file: &File) -> io::Result<()> {
    fault::step("sync file")?;
    file.sync_all()
}

/// A file that another thread is to write: [`write_new`] and [`sync_file`] in two halves.
pub(crate) struct NewFile {
    path: PathBuf,
    // A test sets its faults for its own thread, which meets them here, in the order of the steps.
    steps: [io::Result<()>; 3],
}

/// Such a file when it was written, and not synced yet.
pub(crate) struct Unsynced {
    file: File,
    step: io::Result<()>,
}

impl NewFile {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path, steps: ["create", "write", "sync file"].map(fault::step) }
    }

    pub(crate) fn write(self, bytes: &[u8]) -> io::Result<Unsynced> {
        let [created, written, step] = self.steps;
        create_and_write(&self.path, bytes, [created, written]).map(|file| Unsynced { file, step })
    }
}

impl Unsynced {
    pub(crate) fn sync(self) -> io::Result<()> {
        self.step.and_then(|()| self.file.sync_all())
    }
}

/// Waits until the names in a directory are on the disk.
pub(crate) fn sync_dir(path: &Path) -> io::Result<()> {
    fault::step("sync directory")?;
    #[cfg(unix)]
    File::open(path)?.sync_all()?;
    Ok(())
}

/// Makes one directory, which must not exist yet.
pub(crate) fn create_dir(path: &Path) -> io::Result<()> {
    fault::step("create directory")?;
    fs::create_dir(path)
}

/// Makes a directory and all above it that are missing, and waits until their names are on the disk.
pub(crate) fn create_dir_all(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    create_dir_all(parent)?;
    match create_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        other => other,
    }?;
    sync_dir(parent)
}

/// Gives a directory its final name, which nothing may have yet.
pub(crate) fn publish_dir(from: &Path, to: &Path) -> io::Result<()> {
    fault::step("rename")?;
    #[cfg(unix)]
    if let Some(done) = unix::rename_new(from, to) {
        return done;
    }
    // Without the system's help, a directory still never replaces a file or a directory that holds something.
    if to.symlink_metadata().is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    fs::rename(from, to)
}

/// Gives a file its final name, which nothing may have yet.
pub(crate) fn publish_file(from: &Path, to: &Path) -> io::Result<()> {
    fault::step("rename")?;
    #[cfg(unix)]
    if let Some(done) = unix::rename_new(from, to) {
        return done;
    }
    // A second name never replaces anything either; for a moment the file has both.
    fs::hard_link(from, to)?;
    fs::remove_file(from)
}

/// Removes a file.
pub(crate) fn remove_file(path: &Path) -> io::Result<()> {
    fault::step("remove file")?;
    fs::remove_file(path)
}

/// Removes a directory and everything in it, following no link.
pub(crate) fn remove_dir_all(path: &Path) -> io::Result<()> {
    fault::step("remove directory")?;
    fs::remove_dir_all(path)
}

/// The error for something that may not be where it is; told from the system's errors by its kind.
fn refused(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, what)
}

#[cfg(unix)]
mod unix {
    use std::fs::File;
    use std::io;
    use std::path::Path;

    use rustix::fs::{CWD, Mode, OFlags, RenameFlags, openat, renameat_with};
    use rustix::io::Errno;

    pub(super) fn open_dir(path: &Path) -> io::Result<File> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        openat(CWD, path, flags, Mode::empty()).map(File::from).map_err(|errno| match errno {
            // So the system says also of a link, when it was told not to follow one.
            Errno::NOTDIR => super::refused("not a directory"),
            other => plain(other),
        })
    }

    /// Without blocking, because opening a pipe would wait for a writer.
    pub(super) fn open_file(dir: &File, name: &str) -> io::Result<File> {
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        openat(dir, name, flags, Mode::empty()).map(File::from).map_err(plain)
    }

    /// `None` when the file system cannot rename without replacing.
    pub(super) fn rename_new(from: &Path, to: &Path) -> Option<io::Result<()>> {
        match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => None,
            other => Some(other.map_err(io::Error::from)),
        }
    }

    /// The system calls a link that it was told not to follow "too many levels of links".
    fn plain(errno: Errno) -> io::Error {
        match errno {
            Errno::LOOP | Errno::MLINK => super::refused("a link"),
            Errno::NXIO => super::refused("not a plain file"),
            other => other.into(),
        }
    }
}

#[cfg(not(unix))]
mod portable {
    use std::fs::File;
    use std::io;
    use std::path::Path;

    pub(super) fn refuse_link(path: &Path) -> io::Result<()> {
        if path.symlink_metadata()?.is_symlink() { Err(super::refused("a link")) } else { Ok(()) }
    }

    pub(super) fn open_file(path: &Path) -> io::Result<File> {
        refuse_link(path)?;
        File::open(path)
    }
}

/// Makes the n-th step of a test fail, and, for a crash, every step after it.
#[cfg(test)]
pub(crate) mod fault {
    use std::cell::Cell;
    use std::io;

    #[derive(Clone, Copy, Debug, PartialEq)]
    pub(crate) enum Fault {
        /// No fault.
        Never,
        /// One step fails, after so many that succeed.
        Once(u32),
        /// One step and all after it fail: the process is gone, and cleans up nothing.
        Crash(u32),
    }

    thread_local! {
        static FAULT: Cell<Fault> = const { Cell::new(Fault::Never) };
    }

    /// Runs `work` with a fault set; tells its result and whether the fault came.
    pub(crate) fn with<T>(fault: Fault, work: impl FnOnce() -> T) -> (T, bool) {
        FAULT.set(fault);
        let result = work();
        let hit = FAULT.replace(Fault::Never);
        (result, fault != Fault::Never && matches!(hit, Fault::Never | Fault::Crash(0)))
    }

    /// Takes the fault away for a while.
    pub(crate) fn suspend() -> Fault {
        FAULT.replace(Fault::Never)
    }

    /// Sets it again.
    pub(crate) fn resume(fault: Fault) {
        FAULT.set(fault);
    }

    pub(super) fn step(_name: &str) -> io::Result<()> {
        let (next, fails) = match FAULT.get() {
            Fault::Never => (Fault::Never, false),
            Fault::Once(0) => (Fault::Never, true),
            Fault::Crash(0) => (Fault::Crash(0), true),
            Fault::Once(n) => (Fault::Once(n - 1), false),
            Fault::Crash(n) => (Fault::Crash(n - 1), false),
        };
        FAULT.set(next);
        if fails { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }
}

#[cfg(not(test))]
mod fault {
    /// In a build that is no test, no step fails by itself.
    #[inline]
    pub(super) fn step(_name: &str) -> std::io::Result<()> {
        Ok(())
    }
}
