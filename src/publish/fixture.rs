//! A temporary folder to publish into, for the tests.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io;

use camino::{Utf8Path, Utf8PathBuf};
use tempfile::TempDir;

use crate::publish::mark;
use crate::publish::place::Place;

/// The mark of a site with these texts by path.
pub(super) fn mark(files: &[(&str, &str)]) -> String {
    mark::text(files.iter().map(|(path, text)| (*path, text.len() as u64)))
}

/// What a test gives.
pub(super) type Check = Result<(), Box<dyn Error>>;

/// A temporary folder; the site of its tests is `public` in it.
pub(super) struct Fixture {
    root: Utf8PathBuf,
    _folder: TempDir,
}

impl Fixture {
    /// An empty one.
    pub(super) fn new() -> io::Result<Self> {
        let folder = tempfile::tempdir()?;
        let root = Utf8PathBuf::try_from(folder.path().to_owned()).map_err(io::Error::other)?;
        Ok(Self { root, _folder: folder })
    }

    /// The temporary folder itself.
    pub(super) fn root(&self) -> &Utf8Path {
        &self.root
    }

    /// The folder of the site, which does not exist at first.
    pub(super) fn out(&self) -> Utf8PathBuf {
        self.root.join("public")
    }

    /// The place of the site.
    pub(super) fn place(&self) -> Place {
        Place::of(&self.out()).expect("`public` is a name")
    }

    /// Writes a file, with the folders that it needs.
    pub(super) fn write(&self, path: &str, text: &str) -> io::Result<()> {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().expect("the file lies in the folder"))?;
        fs::write(path, text)
    }

    /// Every file below the temporary folder with its text, every empty folder (with a slash) with none, and every
    /// symbolic link with an arrow.
    pub(super) fn tree(&self) -> io::Result<BTreeMap<String, String>> {
        let mut tree = BTreeMap::new();
        self.add_folder(&self.root, &mut tree)?;
        Ok(tree)
    }

    /// The names of all that lies beside the site or is the site.
    pub(super) fn names(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in self.root.read_dir_utf8()? {
            names.push(entry?.file_name().to_owned());
        }
        names.sort();
        Ok(names)
    }

    fn add_folder(&self, folder: &Utf8Path, tree: &mut BTreeMap<String, String>) -> io::Result<()> {
        let before = tree.len();
        for entry in folder.read_dir_utf8()? {
            let entry = entry?;
            let kind = entry.file_type()?;
            if kind.is_dir() {
                self.add_folder(entry.path(), tree)?;
            } else if kind.is_symlink() {
                tree.insert(self.name_of(entry.path()), format!("-> {}", entry.path().read_link_utf8()?));
            } else {
                tree.insert(self.name_of(entry.path()), fs::read_to_string(entry.path())?);
            }
        }
        if tree.len() == before {
            tree.insert(format!("{}/", self.name_of(folder)), String::new());
        }
        Ok(())
    }

    fn name_of(&self, path: &Utf8Path) -> String {
        path.strip_prefix(&self.root).expect("it lies in the folder").to_string()
    }
}
