//! Opening a file and nothing else, whatever has become of it since it was listed.

use std::fs::{File, Metadata};
use std::io::{self, ErrorKind};

use camino::Utf8Path;

/// Opens the regular file at a path with `/` below a folder. No symbolic link on the way from the folder is followed,
/// so that what is read lies in the folder, and nothing waits for the writer of a pipe.
///
/// # Errors
///
/// When there is no such file, or something else is at the path or on the way to it.
pub fn open(folder: &Utf8Path, path: &str) -> io::Result<File> {
    Folder::new(folder).open(path).map(|(file, _)| file)
}

/// A folder of which many files are opened. The folder that the last one lay in stays open, because the next one mostly
/// lies there too.
pub(super) struct Folder<'f> {
    pub(super) path: &'f Utf8Path,
    #[cfg(unix)]
    last: Option<(String, std::os::fd::OwnedFd)>,
}

impl<'f> Folder<'f> {
    /// At a path whose folders may be links.
    pub(super) fn new(path: &'f Utf8Path) -> Self {
        Self {
            path,
            #[cfg(unix)]
            last: None,
        }
    }

    /// What [`open`] opens, and what the system says of it.
    pub(super) fn open(&mut self, path: &str) -> io::Result<(File, Metadata)> {
        expect_below(path)?;
        let file = self.open_part_by_part(path)?;
        let metadata = file.metadata()?;
        if metadata.is_file() { Ok((file, metadata)) } else { Err(not_regular()) }
    }

    /// Each part is opened from the folder before it, which nobody can exchange once it is open.
    #[cfg(unix)]
    fn open_part_by_part(&mut self, path: &str) -> io::Result<File> {
        let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
        if self.last.as_ref().is_none_or(|(last, _)| last != folders) {
            self.last = Some((folders.to_owned(), open_folder(self.path, folders)?));
        }
        let (_, folder) = self.last.as_ref().ok_or_else(no_folder)?;
        Ok(File::from(open_part(folder, name)?))
    }

    /// Elsewhere each part is looked at before the file is opened.
    #[cfg(not(unix))]
    fn open_part_by_part(&mut self, path: &str) -> io::Result<File> {
        let mut at = self.path.to_owned();
        for part in path.split('/') {
            at.push(part);
            if at.symlink_metadata()?.is_symlink() {
                return Err(not_regular());
            }
        }
        if !at.is_file() {
            return Err(not_regular());
        }
        File::open(at)
    }
}

/// Opens the regular file at a path whose folders may be links, while the file itself may not.
///
/// # Errors
///
/// When there is no such file, or a link, a folder, a pipe or a device.
pub fn open_itself(path: &Utf8Path) -> io::Result<File> {
    match (path.parent().map(Utf8Path::as_str), path.file_name()) {
        (Some(""), Some(name)) => open(Utf8Path::new("."), name),
        (Some(folder), Some(name)) => open(Utf8Path::new(folder), name),
        _ => Err(not_regular()),
    }
}

/// Makes a new file at a path with `/` below a folder, with the folders that it needs. No symbolic link on the way is
/// followed, so that what is written lies in the folder.
///
/// # Errors
///
/// When there is something at the path, or something that is not a folder on the way to it.
pub fn create_new(folder: &Utf8Path, path: &str) -> io::Result<File> {
    expect_below(path)?;
    create_part_by_part(folder, path)
}

/// What something is that is not what it must be: the words that follow "it is".
pub fn kind_of(path: &Utf8Path) -> &'static str {
    match path.symlink_metadata() {
        Ok(found) if found.is_symlink() => "a symbolic link",
        Ok(found) if found.is_dir() => "a folder",
        Ok(found) if found.is_file() => "a file",
        _ => "a pipe, a device or a socket",
    }
}

fn expect_below(path: &str) -> io::Result<()> {
    let is_name = |part: &str| !matches!(part, "" | "." | "..");
    let elsewhere = || io::Error::new(ErrorKind::InvalidInput, "the path leads elsewhere");
    path.split('/').all(is_name).then_some(()).ok_or_else(elsewhere)
}

fn not_regular() -> io::Error {
    io::Error::new(ErrorKind::InvalidInput, "it is not a regular file")
}

fn no_folder() -> io::Error {
    io::Error::new(ErrorKind::InvalidInput, "on the way to it is something that is not a folder, such as a link")
}

/// A folder below a folder, by its path, which may be empty.
#[cfg(unix)]
fn open_folder(folder: &Utf8Path, path: &str) -> io::Result<std::os::fd::OwnedFd> {
    use rustix::fs::{CWD, Mode, OFlags, openat};

    let folder_only = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::DIRECTORY;
    let mut at = openat(CWD, folder.as_std_path(), folder_only, Mode::empty())?;
    for part in path.split('/').filter(|part| !part.is_empty()) {
        at = open_part(&at, part)?;
    }
    Ok(at)
}

#[cfg(unix)]
fn open_part(folder: &std::os::fd::OwnedFd, name: &str) -> io::Result<std::os::fd::OwnedFd> {
    use rustix::fs::{Mode, OFlags, openat};
    use rustix::io::Errno;

    let part_only = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
    openat(folder, name, part_only, Mode::empty()).map_err(|errno| match errno {
        // What systems say of a symbolic link, and of a socket or a device without its driver.
        Errno::LOOP | Errno::MLINK | Errno::NXIO => not_regular(),
        errno => errno.into(),
    })
}

#[cfg(unix)]
fn create_part_by_part(folder: &Utf8Path, path: &str) -> io::Result<File> {
    use rustix::fs::{CWD, Mode, OFlags, mkdirat, openat};
    use rustix::io::Errno;

    let folder_only = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::DIRECTORY;
    let mut at = openat(CWD, folder.as_std_path(), folder_only, Mode::empty())?;
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    for part in folders.split('/').filter(|part| !part.is_empty()) {
        match mkdirat(&at, part, Mode::from_raw_mode(0o777)) {
            Ok(()) | Err(Errno::EXIST) => {}
            Err(errno) => return Err(errno.into()),
        }
        at = openat(&at, part, folder_only | OFlags::NOFOLLOW, Mode::empty()).map_err(|errno| match errno {
            Errno::LOOP | Errno::MLINK | Errno::NOTDIR => no_folder(),
            errno => errno.into(),
        })?;
    }
    let new = OFlags::WRONLY | OFlags::CLOEXEC | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW;
    Ok(File::from(openat(&at, name, new, Mode::from_raw_mode(0o666))?))
}

#[cfg(not(unix))]
fn create_part_by_part(folder: &Utf8Path, path: &str) -> io::Result<File> {
    let mut at = folder.to_owned();
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    for part in folders.split('/').filter(|part| !part.is_empty()) {
        at.push(part);
        match at.symlink_metadata() {
            Ok(found) if found.is_dir() => {}
            Ok(_) => return Err(no_folder()),
            Err(_) => std::fs::create_dir(&at)?,
        }
    }
    File::create_new(at.join(name))
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::io::Read;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn only_what_lies_in_the_folder_is_opened() -> io::Result<()> {
        let temporary = tempfile::tempdir()?;
        let root = Utf8Path::from_path(temporary.path()).expect("a UTF-8 path");
        fs::create_dir_all(root.join("content/a"))?;
        fs::create_dir(root.join("other"))?;
        fs::write(root.join("content/a/pic.png"), "picture")?;
        fs::write(root.join("other/secret"), "secret")?;
        symlink("../../other/secret", root.join("content/a/link.png"))?;
        symlink("../other", root.join("content/folder"))?;
        symlink("content", root.join("linked"))?;
        let read = |folder: &str, path: &str| {
            let mut text = String::new();
            open(&root.join(folder), path)?.read_to_string(&mut text).map(|_| text)
        };
        assert_eq!(read("content", "a/pic.png")?, "picture");
        assert_eq!(read("linked", "a/pic.png")?, "picture", "the folder itself may be a link");
        for path in ["a/link.png", "folder/secret", "../other/secret", "a/../../other/secret", "a", "a/", "/a", ""] {
            assert_eq!(read("content", path).expect_err(path).kind(), ErrorKind::InvalidInput, "{path}");
        }
        assert_eq!(read("content", "a/none.png").expect_err("nothing there").kind(), ErrorKind::NotFound);
        let itself = |path: &str| open_itself(&root.join(path)).map(drop).map_err(|error| error.kind());
        assert_eq!(itself("linked/a/pic.png"), Ok(()));
        for path in ["content/a/link.png", "content/a", "linked", ""] {
            assert_eq!(itself(path), Err(ErrorKind::InvalidInput), "{path}");
        }
        Ok(())
    }

    #[test]
    fn only_in_the_folder_something_is_made() -> io::Result<()> {
        let temporary = tempfile::tempdir()?;
        let root = Utf8Path::from_path(temporary.path()).expect("a UTF-8 path");
        fs::create_dir_all(root.join("content/a"))?;
        fs::create_dir(root.join("other"))?;
        symlink("../other", root.join("content/folder"))?;
        symlink("../other/new", root.join("content/a/new"))?;
        fs::write(root.join("content/a/file"), "text")?;
        let make = |path: &str| create_new(&root.join("content"), path).map(drop).map_err(|error| error.kind());
        assert_eq!(make("a/b/c/new"), Ok(()));
        assert_eq!(make("new"), Ok(()));
        for path in ["folder/new", "a/file/new", "../other/new", "a/../../other/new", "a//new"] {
            assert_eq!(make(path), Err(ErrorKind::InvalidInput), "{path}");
        }
        for path in ["a/new", "a/file", "a", "new"] {
            assert_eq!(make(path), Err(ErrorKind::AlreadyExists), "{path}");
        }
        assert_eq!(fs::read_dir(root.join("other"))?.count(), 0);
        Ok(())
    }
}
