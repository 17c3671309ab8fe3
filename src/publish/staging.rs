//! The folder in which the next site is made.

use std::fs::{self, File};
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::publish::failure::Trouble;
use crate::publish::layout::Layout;
use crate::publish::mark::MARK;
use crate::publish::place::Place;
use crate::publish::remove;

/// The next site as it grows, in a folder beside the present one. The folder is made with the first file, since most
/// builds of an unchanged handbook need none, and is deleted on drop if it has not become the site.
#[derive(Debug)]
pub(super) struct Staging<'a> {
    place: &'a Place,
    layout: &'a Layout<'a>,
    is_made: Mutex<bool>,
}

impl<'a> Staging<'a> {
    /// Staging for a site with this layout. Nothing is made yet.
    pub(super) fn new(place: &'a Place, layout: &'a Layout<'a>) -> Self {
        Self { place, layout, is_made: Mutex::new(false) }
    }

    /// Makes the folder and all folders in it, if they are not made yet.
    pub(super) fn ensure(&self) -> Result<(), Trouble> {
        let mut is_made = self.is_made.lock().unwrap_or_else(PoisonError::into_inner);
        if !*is_made {
            self.make()?;
            *is_made = true;
        }
        Ok(())
    }

    /// Writes a new file.
    pub(super) fn write(&self, path: &Utf8Path, bytes: &[u8]) -> Result<(), Trouble> {
        self.ensure()?;
        let written = File::create_new(self.path_of(path)).and_then(|mut file| file.write_all(bytes));
        written.map_err(self.trouble("write", path))
    }

    /// Writes a new file with what is left to read of another, and says how much that was. The mode of the other is
    /// not taken over: what is published is readable as the umask has it, not as the source was.
    pub(super) fn copy(&self, path: &Utf8Path, source: &mut File) -> Result<u64, Trouble> {
        self.ensure()?;
        let copied = File::create_new(self.path_of(path)).and_then(|mut file| io::copy(source, &mut file));
        copied.map_err(self.trouble("write", path))
    }

    /// Takes the files of these routes over from the present site.
    pub(super) fn take_over(&self, routes: &[usize], paths: &[Utf8PathBuf]) -> Result<(), Trouble> {
        routes.par_iter().try_for_each(|&route| {
            let path = &paths[route];
            let (from, to) = (self.place.out.join(path), self.path_of(path));
            link(&from, &to).map_err(self.trouble("keep", path))
        })
    }

    /// Writes the mark, which says that the site is whole and what is in it.
    pub(super) fn seal(&self, mark: &str) -> Result<(), Trouble> {
        self.write(Utf8Path::new(MARK), mark.as_bytes())
    }

    fn make(&self) -> Result<(), Trouble> {
        let root = &self.place.staging;
        fs::create_dir(root).map_err(Trouble::io("create the folder", root))?;
        for folder in self.layout.folders() {
            let path = Utf8Path::new(folder);
            let made = fs::create_dir(self.path_of(path));
            made.map_err(self.trouble("create the folder", path))?;
        }
        Ok(())
    }

    fn path_of(&self, path: &Utf8Path) -> Utf8PathBuf {
        self.place.staging.join(path)
    }

    /// Names the file as the user will know it, in the site.
    fn trouble(&self, action: &'static str, path: &Utf8Path) -> impl FnOnce(io::Error) -> Trouble {
        move |source| Trouble::io(action, &self.place.out.join(path))(source)
    }
}

impl Drop for Staging<'_> {
    fn drop(&mut self) {
        // What stays is deleted by the next build.
        let _ = remove::remove(&self.place.staging);
    }
}

/// Makes a second name for the file, which costs least and keeps its timestamp, or a copy of it where the file system
/// has no such links, or no more for this file.
fn link(from: &Utf8Path, to: &Utf8Path) -> io::Result<()> {
    fs::hard_link(from, to).or_else(|_| copy(from, to))
}

fn copy(from: &Utf8Path, to: &Utf8Path) -> io::Result<()> {
    io::copy(&mut File::open(from)?, &mut File::create_new(to)?)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture::{Check, Fixture};

    #[test]
    fn nothing_is_made_before_it_is_needed_and_nothing_stays() -> Check {
        let fixture = Fixture::new()?;
        let (place, paths) = (fixture.place(), ["a/b/c.html".into()]);
        let layout = Layout::of(&paths).map_err(|trouble| format!("{trouble:?}"))?;
        let staging = Staging::new(&place, &layout);
        assert!(fixture.names()?.is_empty());
        staging.ensure().map_err(|trouble| format!("{trouble:?}"))?;
        assert!(place.staging.join("a/b").is_dir());
        drop(staging);
        assert!(fixture.names()?.is_empty());
        Ok(())
    }

    #[test]
    fn a_file_that_cannot_be_linked_is_copied() -> Check {
        let fixture = Fixture::new()?;
        fixture.write("from", "text")?;
        copy(&fixture.root().join("from"), &fixture.root().join("to"))?;
        assert_eq!(fs::read_to_string(fixture.root().join("to"))?, "text");
        Ok(())
    }
}
