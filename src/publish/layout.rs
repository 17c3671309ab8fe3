//! The paths of a site, checked, and the folders that they need.

use std::collections::{BTreeSet, HashSet};
use std::io;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use crate::publish::failure::Trouble;
use crate::publish::mark::MARK;

/// The files and folders of a site, relative to its folder. The mark is not among the files.
#[derive(Debug)]
pub(super) struct Layout<'a> {
    files: HashSet<&'a str>,
    /// In an order in which a folder comes before the folders in it.
    folders: BTreeSet<&'a str>,
}

impl<'a> Layout<'a> {
    /// The layout of these paths; refused when one of them leads out of the folder, is the mark or occurs twice.
    pub(super) fn of(paths: &'a [Utf8PathBuf]) -> Result<Self, Trouble> {
        let mut layout = Self { files: HashSet::with_capacity(paths.len()), folders: BTreeSet::new() };
        let mut folder = "";
        for path in paths {
            layout.add_file(path)?;
            let parent = path.parent().map_or("", Utf8Path::as_str);
            // Sorted paths come folder by folder, and looking each parent up would cost more than the rest.
            if parent != folder {
                layout.add_folder(parent);
                folder = parent;
            }
        }
        Ok(layout)
    }

    /// Whether the site has this file.
    pub(super) fn has_file(&self, path: &str) -> bool {
        self.files.contains(path)
    }

    /// Whether the site has this folder.
    pub(super) fn has_folder(&self, path: &str) -> bool {
        self.folders.contains(path)
    }

    /// The folders, each after the one that it lies in.
    pub(super) fn folders(&self) -> impl Iterator<Item = &'a str> {
        self.folders.iter().copied()
    }

    fn add_file(&mut self, path: &'a Utf8Path) -> Result<(), Trouble> {
        let problem = if !stays_inside(path) {
            "the path leads out of the output folder"
        } else if path == MARK {
            "the path is that of the mark"
        } else if !self.files.insert(path.as_str()) {
            "two routes have this path"
        } else {
            return Ok(());
        };
        let source = io::Error::new(io::ErrorKind::InvalidInput, problem);
        Err(Trouble::io("publish", path)(source))
    }

    fn add_folder(&mut self, folder: &'a str) {
        let with_parents = Utf8Path::new(folder).ancestors().map(Utf8Path::as_str);
        for folder in with_parents.take_while(|folder| !folder.is_empty()) {
            if !self.folders.insert(folder) {
                break;
            }
        }
    }
}

/// Whether the path is made of names only. Split at `/` by hand as well, since the components of a path skip `//`
/// and `/./`, which would hide that two paths are one file.
fn stays_inside(path: &Utf8Path) -> bool {
    let is_name = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains('\0');
    let is_normal = |component| matches!(component, Utf8Component::Normal(_));
    path.as_str().split('/').all(is_name) && path.components().all(is_normal)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(paths: &[&str], expected: Result<&[&str], &str>) {
        let paths: Vec<Utf8PathBuf> = paths.iter().map(Utf8PathBuf::from).collect();
        let folders = match Layout::of(&paths) {
            Ok(layout) => Ok(layout.folders().collect::<Vec<_>>()),
            Err(Trouble::Io { path, source, .. }) => Err(format!("{path}: {source}")),
            Err(trouble) => panic!("{trouble:?}"),
        };
        assert_eq!(folders, expected.map(<[_]>::to_vec).map_err(ToOwned::to_owned));
    }

    #[test]
    fn every_folder_comes_after_the_one_that_it_lies_in() {
        check(&["a/b/c/1", "a/b/c/2", "a/b.html", "d/1", "index.html"], Ok(&["a", "a/b", "a/b/c", "d"]));
    }

    #[test]
    fn a_path_that_leads_out_is_refused() {
        for path in ["/etc/passwd", "../x", "a/../../x", "a/..", "./a", "a//b", "a/", "", "a/./b"] {
            check(&[path], Err(&format!("{path}: the path leads out of the output folder")));
        }
    }

    #[test]
    fn the_mark_is_no_route() {
        check(&[".handbook-site"], Err(".handbook-site: the path is that of the mark"));
    }

    #[test]
    fn a_path_that_occurs_twice_is_refused() {
        check(&["a", "b", "a"], Err("a: two routes have this path"));
    }
}
