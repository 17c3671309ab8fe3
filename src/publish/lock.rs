//! One build at a time for each output folder.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};

use camino::{Utf8Path, Utf8PathBuf};

use crate::publish::failure::Trouble;
use crate::publish::place::Place;

/// An exclusive hold on an output folder. Others wait until it is dropped or its process ends, however it ends.
///
/// The lock file is deleted at the end, so that nothing is left beside the site. That is a race only if a builder
/// trusts any lock: one that waited would then hold the lock of a deleted file, while the next creates a new file
/// and locks that. So a lock counts only if its file is still the one at the path, and only the holder of such a
/// lock deletes the file. A killed build leaves the file, and the next one locks and deletes it.
#[derive(Debug)]
pub(super) struct Lock {
    path: Utf8PathBuf,
    _file: File,
}

impl Lock {
    /// Waits until no other build works on the folder, and says so first. Creates the folder that it is to lie in.
    pub(super) fn take(place: &Place, waiting: &dyn Fn()) -> Result<Self, Trouble> {
        let parent = place.parent();
        fs::create_dir_all(parent).map_err(Trouble::io("create the folder", parent))?;
        // A file system without locks is an error, not a reason to go on: two builds would mix their sites.
        take_at(&place.lock, waiting).map_err(Trouble::io("lock", &place.lock))
    }
}

impl Drop for Lock {
    /// Deletes the file, and only then gives up the lock, with the file handle.
    fn drop(&mut self) {
        if cfg!(unix) {
            // A file that stays does no harm.
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn take_at(path: &Utf8Path, waiting: &dyn Fn()) -> io::Result<Lock> {
    let mut is_told = false;
    loop {
        let file = open(path)?;
        if !is_free(&file)? {
            if !is_told {
                waiting();
                is_told = true;
            }
            wait_for(&file)?;
        }
        if is_at(&file, path)? {
            return Ok(Lock { path: path.to_owned(), _file: file });
        }
    }
}

/// Opens the lock file, or makes it. No link is followed, and the reader of a pipe is not waited for.
fn open(path: &Utf8Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;

        use rustix::fs::OFlags;

        let only_itself = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
        options.custom_flags(only_itself.bits().cast_signed());
    }
    let is_other = fs::symlink_metadata(path).is_ok_and(|found| !found.is_file());
    let file = if is_other { Err(no_lock()) } else { options.open(path) }?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(no_lock()) }
}

fn no_lock() -> io::Error {
    io::Error::new(ErrorKind::InvalidInput, "it is not an ordinary file; remove it by hand")
}

/// Takes the lock if nobody has it.
fn is_free(file: &File) -> io::Result<bool> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

fn wait_for(file: &File) -> io::Result<()> {
    loop {
        match file.lock() {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

/// Whether this is still the file at the path. Its number cannot be given to another while it is open.
#[cfg(unix)]
fn is_at(file: &File, path: &Utf8Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;

    let held = file.metadata()?;
    match fs::metadata(path) {
        Ok(found) => Ok((found.dev(), found.ino()) == (held.dev(), held.ino())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Elsewhere the file is never deleted.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Utf8Path) -> io::Result<bool> {
    Ok(true)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    use super::*;
    use crate::publish::fixture::{Check, Fixture};

    #[test]
    fn one_at_a_time_and_nothing_is_left() -> Check {
        let fixture = Fixture::new()?;
        let (inside, rounds) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let builder = || {
            for _ in 0..200 {
                let _lock = Lock::take(&fixture.place(), &|| ()).expect("the folder can be locked");
                assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                thread::yield_now();
                rounds.fetch_add(1, Ordering::SeqCst);
                inside.fetch_sub(1, Ordering::SeqCst);
            }
        };
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(builder);
            }
        });
        assert_eq!(rounds.into_inner(), 800);
        assert!(!cfg!(unix) || fixture.names()?.is_empty());
        Ok(())
    }

    #[test]
    fn only_a_build_that_waits_says_so_and_does_once() -> Check {
        let fixture = Fixture::new()?;
        let told = AtomicUsize::new(0);
        let take = || {
            let waiting = || {
                told.fetch_add(1, Ordering::SeqCst);
            };
            Lock::take(&fixture.place(), &waiting).map_err(|trouble| format!("{trouble:?}"))
        };
        let first = take()?;
        assert_eq!(told.load(Ordering::SeqCst), 0);
        thread::scope(|scope| {
            let second = scope.spawn(|| take().map(drop));
            while told.load(Ordering::SeqCst) == 0 {
                thread::yield_now();
            }
            drop(first);
            second.join().expect("no panic")
        })?;
        assert_eq!(told.into_inner(), 1);
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn a_link_or_a_pipe_is_no_lock() -> Check {
        let fixture = Fixture::new()?;
        let lock = fixture.place().lock;
        let refused = || match Lock::take(&fixture.place(), &|| ()) {
            Err(Trouble::Io { source, .. }) => source.kind() == ErrorKind::InvalidInput,
            _ => false,
        };
        for target in ["elsewhere", "nothing"] {
            fixture.write("elsewhere", "mine")?;
            std::os::unix::fs::symlink(target, &lock)?;
            assert!(refused(), "{target}");
            fs::remove_file(&lock)?;
        }
        assert!(std::process::Command::new("mkfifo").arg(&lock).status()?.success());
        assert!(refused());
        fs::remove_file(&lock)?;
        fs::create_dir(&lock)?;
        assert!(refused());
        assert_eq!(fixture.tree()?["elsewhere"], "mine");
        assert!(!fixture.root().join("nothing").is_file());
        Ok(())
    }

    #[test]
    fn the_lock_file_of_a_killed_build_is_taken() -> Check {
        let fixture = Fixture::new()?;
        fixture.write(".public.handbook-lock", "")?;
        drop(Lock::take(&fixture.place(), &|| ()).map_err(|trouble| format!("{trouble:?}"))?);
        assert!(!cfg!(unix) || fixture.names()?.is_empty());
        Ok(())
    }
}
