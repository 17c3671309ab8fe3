//! Opening a file below a folder, whatever has become of it since it was listed.

use std::fs::File;
use std::io::{self, ErrorKind};

use camino::Utf8Path;

/// Opens the regular file at a path with `/` below a folder. No symbolic link on the way from the folder is followed,
/// so that what is read lies in the folder, and nothing waits for the writer of a pipe.
///
/// # Errors
///
/// When there is no such file, or something else is at the path or on the way to it.
pub fn open(folder: &Utf8Path, path: &str) -> io::Result<File> {
    let is_name = |part: &str| !matches!(part, "" | "." | "..");
    if !path.split('/').all(is_name) {
        return Err(io::Error::new(ErrorKind::InvalidInput, "the path leads elsewhere"));
    }
    let file = open_part_by_part(folder, path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(not_regular()) }
}

fn not_regular() -> io::Error {
    io::Error::new(ErrorKind::InvalidInput, "it is not a regular file")
}

/// Each part is opened from the folder before it, which nobody can exchange once it is open.
#[cfg(unix)]
fn open_part_by_part(folder: &Utf8Path, path: &str) -> io::Result<File> {
    use rustix::fs::{CWD, Mode, OFlags, openat};
    use rustix::io::Errno;

    let reading = OFlags::RDONLY | OFlags::CLOEXEC;
    let part_only = reading | OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let mut at = openat(CWD, folder.as_std_path(), reading | OFlags::DIRECTORY, Mode::empty())?;
    for part in path.split('/') {
        at = openat(&at, part, part_only, Mode::empty()).map_err(|errno| match errno {
            // What systems say of a symbolic link, and of a socket or a device without its driver.
            Errno::LOOP | Errno::MLINK | Errno::NXIO => not_regular(),
            errno => errno.into(),
        })?;
    }
    Ok(File::from(at))
}

/// Elsewhere each part is looked at before the file is opened.
#[cfg(not(unix))]
fn open_part_by_part(folder: &Utf8Path, path: &str) -> io::Result<File> {
    let mut at = folder.to_owned();
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
        Ok(())
    }
}
