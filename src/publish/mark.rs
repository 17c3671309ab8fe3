//! The file that marks a folder as made by a build, and lists what the build made.
//!
//! Anyone can write such a file, in a change or an archive. So it makes no folder ours, only the files that it lists with
//! their sizes: whoever plants one can list what they know, and what they do not know stops the build.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{self, Read};

use camino::Utf8Path;

use crate::files::below;

/// The name of the file, which no content can take. It is the last to be written and the first to be deleted, so a folder
/// with it is whole.
pub(super) use crate::site::MARK;

/// What it begins with.
const TITLE: &str = "\
This folder was made by `handbook build`, and the next build replaces it as a whole.
Keep nothing of your own in it: a file that is not listed here, or has another size, stops the build.
Without this file, handbook does not touch the folder.

";

/// The most that is read of a mark, in bytes. One that lists a million files is smaller.
const LIMIT: u64 = 128 * 1024 * 1024;

/// A mark as it was found.
#[derive(Debug)]
pub(super) struct Mark {
    text: String,
    /// Sizes in bytes by path.
    files: HashMap<String, u64>,
}

impl Mark {
    /// The mark of a folder, if it has one that a build could have written.
    pub(super) fn read(folder: &Utf8Path) -> Option<Self> {
        let text = read(folder, LIMIT).ok()?;
        let files = text.strip_prefix(TITLE)?.lines().filter_map(|line| {
            let (size, path) = line.split_once(' ')?;
            Some((path.to_owned(), size.parse().ok()?))
        });
        Some(Self { files: files.collect(), text })
    }

    /// Whether it is this text.
    pub(super) fn is(&self, text: &str) -> bool {
        self.text == text
    }

    /// The size in bytes that the build gave a file, if it made it.
    pub(super) fn size_of(&self, path: &str) -> Option<u64> {
        self.files.get(on_one_line(path).as_ref()).copied()
    }
}

/// The mark of a site with these files, by path with their sizes in bytes.
pub(super) fn text<'p>(files: impl Iterator<Item = (&'p str, u64)>) -> String {
    let mut text = TITLE.to_owned();
    for (path, size) in files {
        let _ = writeln!(text, "{size} {}", on_one_line(path));
    }
    text
}

/// Whether a folder has a mark that a build could have written.
pub(super) fn is_marked(folder: &Utf8Path) -> bool {
    read(folder, TITLE.len() as u64).is_ok_and(|start| start == TITLE)
}

/// The start of the mark of a folder.
fn read(folder: &Utf8Path, limit: u64) -> io::Result<String> {
    let mut text = String::new();
    below::open(folder, MARK)?.take(limit).read_to_string(&mut text)?;
    Ok(text)
}

fn on_one_line(path: &str) -> Cow<'_, str> {
    if !path.contains(['\\', '\n', '\r']) {
        return Cow::Borrowed(path);
    }
    let path = path.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r");
    Cow::Owned(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture::{Check, Fixture};

    #[test]
    fn it_lists_every_file_whatever_its_name() -> Check {
        let fixture = Fixture::new()?;
        let files = [("index.html", 3), ("a b/ü.png", 0), ("x\ny\\n\r", u64::MAX)];
        let text = text(files.into_iter());
        fixture.write("public/.handbook-site", &text)?;
        let mark = Mark::read(&fixture.out()).ok_or("no mark")?;
        assert!(mark.is(&text) && is_marked(&fixture.out()));
        for (path, size) in files {
            assert_eq!(mark.size_of(path), Some(size), "{path:?}");
        }
        assert_eq!(mark.size_of("x"), None);
        Ok(())
    }

    #[test]
    fn a_text_of_another_origin_is_no_mark() -> Check {
        let fixture = Fixture::new()?;
        for text in ["", "made by hand", "3 index.html\n", &TITLE[1..]] {
            fixture.write("public/.handbook-site", text)?;
            assert!(Mark::read(&fixture.out()).is_none() && !is_marked(&fixture.out()), "{text:?}");
        }
        Ok(())
    }
}
