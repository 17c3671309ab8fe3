//! The site as it is before a build.

use std::collections::{HashMap, HashSet};
use std::ffi::{OsStr, OsString};
use std::fs::{self, DirEntry, File};
use std::io::{self, BufRead, BufReader, Read};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::publish::failure::{Refusal, Trouble};
use crate::publish::layout::Layout;
use crate::publish::mark::{MARK, Mark};
use crate::publish::ownership::Standing;
use crate::publish::place::Place;

/// The most that is read of a file at once, in bytes.
const CHUNK: usize = 64 * 1024;

/// What lies in the folder of the site. Symbolic links are listed and never followed.
#[derive(Debug)]
pub(super) struct Present {
    root: Utf8PathBuf,
    /// By path relative to the folder, `/`-separated; names need not be UTF-8, since anyone may have put them there.
    entries: HashMap<OsString, Kind>,
    mark: Option<Mark>,
}

/// What an entry of a folder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
    /// A symbolic link, a pipe or a device: never opened.
    Other,
}

impl Present {
    /// Lists the site, or nothing where there is none.
    pub(super) fn read(place: &Place, standing: Standing) -> Result<Self, Trouble> {
        let mut present = Self { root: place.out.clone(), entries: HashMap::new(), mark: None };
        if standing == Standing::Ours {
            let read = present.add_all();
            read.map_err(Trouble::io("list", &place.out))?;
            present.mark = Mark::read(&place.out);
            present.entries.remove(OsStr::new(MARK));
            present.refuse_foreign(place)?;
        }
        Ok(present)
    }

    /// Whether the site has a regular file at this path, of this length and with this content.
    pub(super) fn holds(&self, path: &str, length: u64, content: impl BufRead) -> bool {
        self.entries.get(OsStr::new(path)) == Some(&Kind::File)
            // What cannot be read is as good as different: it is then replaced.
            && equals(&self.root.join(path), length, content).unwrap_or(false)
    }

    /// How many files are no part of the layout.
    pub(super) fn count_stale(&self, layout: &Layout<'_>) -> usize {
        let is_stale = |entry: &(&OsString, &Kind)| {
            *entry.1 != Kind::Folder && !entry.0.to_str().is_some_and(|path| layout.has_file(path))
        };
        self.entries.iter().filter(is_stale).count()
    }

    /// Refuses to replace files that have not the size that the build before gave them, except those that stay.
    pub(super) fn refuse_changed(&self, place: &Place, staying: &HashSet<&str>) -> Result<(), Trouble> {
        let is_changed = |path: &str| {
            let size = fs::symlink_metadata(self.root.join(path)).map(|file| file.len()).ok();
            size != self.mark.as_ref().and_then(|mark| mark.size_of(path))
        };
        let files = self.entries.par_iter().filter(|(_, kind)| **kind == Kind::File);
        let going = files.filter_map(|(path, _)| path.to_str()).filter(|path| !staying.contains(path));
        let changed: Vec<&str> = going.filter(|path| !is_leftover(path) && is_changed(path)).collect();
        let refusal = |path, more| Refusal::Changed { path, more };
        refuse(place, changed.into_iter().map(str::to_owned).collect(), refusal)
    }

    /// Refuses to replace what the build before did not make. Folders hold nothing by themselves.
    fn refuse_foreign(&self, place: &Place) -> Result<(), Trouble> {
        let is_listed = |path: &str| self.mark.as_ref().is_some_and(|mark| mark.size_of(path).is_some());
        let is_foreign = |(path, kind): &(&OsString, &Kind)| match kind {
            Kind::Folder => false,
            Kind::File => !path.to_str().is_some_and(|path| is_listed(path) || is_leftover(path)),
            Kind::Other => true,
        };
        let foreign = self.entries.iter().filter(is_foreign).map(|(path, _)| path.to_string_lossy().into_owned());
        refuse(place, foreign.collect(), |path, more| Refusal::Foreign { path, more })
    }

    /// Whether everything in it is part of the layout and it has this mark, so that it is whole if all files of the layout
    /// are in it.
    pub(super) fn is_exactly(&self, layout: &Layout<'_>, mark: &str) -> bool {
        let belongs = |(path, kind): (&OsString, &Kind)| {
            path.to_str().is_some_and(|path| match kind {
                Kind::Folder => layout.has_folder(path),
                Kind::File | Kind::Other => layout.has_file(path),
            })
        };
        self.mark.as_ref().is_some_and(|found| found.is(mark)) && self.entries.iter().all(belongs)
    }

    fn add_all(&mut self) -> io::Result<()> {
        let mut folders = vec![OsString::new()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(self.root.as_std_path().join(&folder))? {
                let entry = entry?;
                let (path, kind) = (join(&folder, &entry), kind_of(&entry)?);
                if kind == Kind::Folder {
                    folders.push(path.clone());
                }
                self.entries.insert(path, kind);
            }
        }
        Ok(())
    }
}

/// Refuses a folder for the first of these paths, if there is one.
fn refuse(place: &Place, mut paths: Vec<String>, refusal: fn(String, usize) -> Refusal) -> Result<(), Trouble> {
    paths.sort_unstable();
    let more = paths.len().saturating_sub(1);
    paths.into_iter().next().map_or(Ok(()), |first| Err(place.refuse(refusal(first, more))))
}

/// Whether a file is one that systems leave in folders that somebody looked at, and that nobody misses.
fn is_leftover(path: &str) -> bool {
    matches!(path.rsplit('/').next(), Some(".DS_Store" | "Thumbs.db" | "desktop.ini"))
}

fn join(folder: &OsStr, entry: &DirEntry) -> OsString {
    let name = entry.file_name();
    if folder.is_empty() {
        return name;
    }
    let mut path = OsString::with_capacity(folder.len() + 1 + name.len());
    path.push(folder);
    path.push("/");
    path.push(name);
    path
}

fn kind_of(entry: &DirEntry) -> io::Result<Kind> {
    let file_type = entry.file_type()?;
    Ok(if file_type.is_file() {
        Kind::File
    } else if file_type.is_dir() {
        Kind::Folder
    } else {
        Kind::Other
    })
}

/// Whether this file has this content; it is read only if it has this length.
fn equals(path: &Utf8Path, length: u64, content: impl BufRead) -> io::Result<bool> {
    let file = File::open(path)?;
    if file.metadata()?.len() != length {
        return Ok(false);
    }
    same(chunks(&file, length), content)
}

/// Reads this many bytes of a file, in chunks, and asks for no more, which saves the read that finds the end.
pub(super) fn chunks(file: &File, length: u64) -> impl BufRead {
    let capacity = usize::try_from(length).unwrap_or(CHUNK).min(CHUNK);
    BufReader::with_capacity(capacity, file).take(length)
}

fn same(mut left: impl BufRead, mut right: impl BufRead) -> io::Result<bool> {
    loop {
        let (a, b) = (left.fill_buf()?, right.fill_buf()?);
        let length = a.len().min(b.len());
        if length == 0 {
            return Ok(a.is_empty() && b.is_empty());
        }
        if a[..length] != b[..length] {
            return Ok(false);
        }
        left.consume(length);
        right.consume(length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture::{Check, Fixture, mark};

    /// The site as it is read, with a mark that lists these files.
    fn present(fixture: &Fixture, files: &[(&str, &str)]) -> Result<Present, String> {
        fixture.write("public/.handbook-site", &mark(files)).map_err(|error| error.to_string())?;
        Present::read(&fixture.place(), Standing::Ours).map_err(|trouble| format!("{trouble:?}"))
    }

    fn holds(present: &Present, path: &str, text: &str) -> bool {
        present.holds(path, text.len() as u64, text.as_bytes())
    }

    #[test]
    fn a_file_is_held_if_every_byte_is_equal() -> Check {
        let fixture = Fixture::new()?;
        fixture.write("public/a/b", "text")?;
        fixture.write("public/a/empty", "")?;
        let present = present(&fixture, &[("a/b", "text"), ("a/empty", "")])?;
        assert!(holds(&present, "a/b", "text"));
        assert!(holds(&present, "a/empty", ""));
        assert!(!holds(&present, "a/b", "texT"));
        assert!(!holds(&present, "a/b", "text, longer"));
        assert!(!holds(&present, "a", "text"));
        assert!(!holds(&present, "b", "text"));
        Ok(())
    }

    #[test]
    fn files_larger_than_a_chunk_are_compared_to_the_end() -> Check {
        let fixture = Fixture::new()?;
        let text = "x".repeat(CHUNK * 2);
        fixture.write("public/large", &text)?;
        let present = present(&fixture, &[("large", &text)])?;
        assert!(holds(&present, "large", &text));
        assert!(!holds(&present, "large", &format!("{}y", &text[1..])));
        Ok(())
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_name_that_is_not_utf_8_is_not_ours() -> Check {
        use std::os::unix::ffi::OsStrExt;

        let fixture = Fixture::new()?;
        fixture.write("public/index.html", "")?;
        fs::write(fixture.out().as_std_path().join(OsStr::from_bytes(b"caf\xe9")), "")?;
        assert!(present(&fixture, &[("index.html", "")]).is_err_and(|refused| refused.contains("caf\u{fffd}")));
        Ok(())
    }
}
