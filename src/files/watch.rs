//! Whether anything of a handbook has changed, without reading it.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use walkdir::WalkDir;

use crate::config::FILE_NAME;
use crate::files::stamp::Stamp;
use crate::files::{FILE_LIMIT, FOLDER, THEMES};

/// Looks again and again at the files of a handbook.
#[derive(Debug)]
pub struct Watch {
    root: Utf8PathBuf,
    seen: Seen,
    changes: u64,
}

/// What there was, by path.
type Seen = HashMap<PathBuf, Look>;

/// What a file looked like.
#[derive(Debug)]
struct Look {
    stamp: Stamp,
    /// What it said, where it had been changed just before: it may be changed once more in the same step of the clock.
    text: Option<Vec<u8>>,
}

impl Watch {
    /// Of the handbook in a folder.
    pub fn new(root: Utf8PathBuf) -> Self {
        Self { root, seen: Seen::default(), changes: 0 }
    }

    /// A number that is another one when a file of the handbook was added, changed or taken away.
    pub fn look(&mut self) -> u64 {
        let now = SystemTime::now();
        let paths: Vec<PathBuf> = [FILE_NAME, FOLDER, THEMES].iter().flat_map(|part| list(&self.root, part)).collect();
        let old = &self.seen;
        let looks: Vec<(PathBuf, Look, bool)> =
            paths.into_par_iter().filter_map(|path| look_at(path, old, now)).collect();
        let is_same = looks.len() == old.len() && looks.iter().all(|(.., is_same)| *is_same);
        if !is_same {
            self.changes += 1;
        }
        self.seen = looks.into_iter().map(|(path, look, _)| (path, look)).collect();
        self.changes
    }
}

fn list(root: &Utf8Path, part: &str) -> impl Iterator<Item = PathBuf> {
    let all = WalkDir::new(root.join(part)).follow_root_links(false);
    all.into_iter().flatten().map(walkdir::DirEntry::into_path)
}

/// What a file looks like now, and whether it is certainly as it was.
fn look_at(path: PathBuf, old: &Seen, now: SystemTime) -> Option<(PathBuf, Look, bool)> {
    let meta = path.symlink_metadata().ok()?;
    let stamp = Stamp::new(&meta, now);
    let old = old.get(&path);
    let was_fresh = old.is_some_and(|old| !old.stamp.is_settled());
    let text = (meta.is_file() && (was_fresh || !stamp.is_settled())).then(|| text(&path, meta.len())).flatten();
    let is_same = old.is_some_and(|old| old.stamp.looks_like(&stamp) && (!was_fresh || old.text == text));
    let text = text.filter(|_| !stamp.is_settled());
    Some((path, Look { stamp, text }, is_same))
}

/// What a file says. What is larger than an entry can be is not read for this.
fn text(path: &Path, size: u64) -> Option<Vec<u8>> {
    if size > FILE_LIMIT {
        return None;
    }
    fs::read(path).ok()
}
