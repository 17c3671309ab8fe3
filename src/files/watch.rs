//! Whether anything of a handbook has changed, without reading it.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs::{self, FileType};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
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
    seen: Arc<Seen>,
    changes: u64,
}

/// What there was.
#[derive(Debug, Default, Clone)]
pub struct Seen {
    /// By path.
    looks: HashMap<OsString, Look>,
    /// Whether some folder could not be listed.
    has_gap: bool,
}

/// What a file, folder or link looked like.
#[derive(Debug, Clone)]
struct Look {
    kind: FileType,
    stamp: Stamp,
    /// What it said, where it had been changed just before: it may be changed once more in the same step of the clock.
    text: Option<Vec<u8>>,
}

/// What a file looks like now, beside what it looked like.
struct Found {
    path: OsString,
    look: Look,
    /// Whether it is certainly as it was.
    is_same: bool,
    /// Whether only time has gone by since.
    has_settled: bool,
}

impl Watch {
    /// Of the handbook in a folder.
    pub fn new(root: Utf8PathBuf) -> Self {
        Self { root, seen: Arc::default(), changes: 0 }
    }

    /// A number that is another one when a file of the handbook was added, changed or taken away.
    pub fn look(&mut self) -> u64 {
        let now = SystemTime::now();
        let (paths, has_gap) = list(&[FILE_NAME, FOLDER, THEMES].map(|part| self.root.join(part)));
        let seen = &self.seen.looks;
        let found: Vec<Found> = paths.into_par_iter().filter_map(|path| look_at(path, seen, now)).collect();
        let is_same = found.len() == seen.len() && found.iter().all(|found| found.is_same);
        if !is_same {
            self.changes += 1;
            let looks = found.into_iter().map(|found| (found.path, found.look)).collect();
            self.seen = Arc::new(Seen { looks, has_gap });
        } else if found.iter().any(|found| found.has_settled) {
            let settled = found.into_iter().filter(|found| found.has_settled);
            Arc::make_mut(&mut self.seen).looks.extend(settled.map(|found| (found.path, found.look)));
        }
        self.changes
    }

    /// What was there at the last look.
    pub fn seen(&self) -> Arc<Seen> {
        Arc::clone(&self.seen)
    }
}

impl Seen {
    /// What the system told of a file; nothing where it was not there.
    pub(super) fn stamp(&self, path: &Utf8Path) -> Option<Stamp> {
        self.looks.get(path.as_os_str()).map(|look| look.stamp.clone())
    }

    /// What lay below a folder and was no folder itself, in any order; nothing where that is not known of all of it.
    pub(super) fn below(&self, folder: &Utf8Path) -> Option<impl Iterator<Item = (&Path, FileType)>> {
        let all = self.looks.iter().map(|(path, look)| (Path::new(path), look.kind));
        (!self.has_gap).then(|| all.filter(move |(path, kind)| !kind.is_dir() && path.starts_with(folder)))
    }
}

/// What there is at some paths and below them, and whether some of it could not be listed. A path at which there is
/// nothing is no gap. Each folder in one of them is listed by itself, so that several threads can.
fn list(starts: &[Utf8PathBuf]) -> (Vec<PathBuf>, bool) {
    let top = walk(starts.iter().map(|start| WalkDir::new(start).max_depth(1)));
    let is_folder = |path: &&PathBuf| !starts.iter().any(|start| start == *path) && is_folder(path);
    let folders: Vec<&PathBuf> = top.0.iter().filter(is_folder).collect();
    let below: Vec<_> = folders.into_par_iter().map(|folder| walk([WalkDir::new(folder).min_depth(1)])).collect();
    below.into_iter().fold(top, |(mut all, gap), (paths, own_gap)| {
        all.extend(paths);
        (all, gap || own_gap)
    })
}

fn walk(all: impl IntoIterator<Item = WalkDir>) -> (Vec<PathBuf>, bool) {
    let (mut paths, mut has_gap) = (Vec::new(), false);
    for entry in all.into_iter().flat_map(|walk| walk.follow_root_links(false)) {
        match entry {
            Ok(entry) => paths.push(entry.into_path()),
            Err(error) => has_gap |= error.io_error().is_none_or(|error| error.kind() != ErrorKind::NotFound),
        }
    }
    (paths, has_gap)
}

fn is_folder(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|meta| meta.is_dir())
}

fn look_at(path: PathBuf, seen: &HashMap<OsString, Look>, now: SystemTime) -> Option<Found> {
    let meta = path.symlink_metadata().ok()?;
    let stamp = Stamp::new(&meta, now);
    let old = seen.get(path.as_os_str());
    let was_fresh = old.is_some_and(|old| !old.stamp.is_settled());
    let text = (meta.is_file() && (was_fresh || !stamp.is_settled())).then(|| text(&path, meta.len())).flatten();
    let is_same = old.is_some_and(|old| old.stamp.looks_like(&stamp) && (!was_fresh || old.text == text));
    let text = text.filter(|_| !stamp.is_settled());
    let has_settled = was_fresh && stamp.is_settled();
    Some(Found {
        path: path.into_os_string(),
        look: Look { kind: meta.file_type(), stamp, text },
        is_same,
        has_settled,
    })
}

/// What a file says. What is larger than an entry can be is not read for this.
fn text(path: &Path, size: u64) -> Option<Vec<u8>> {
    if size > FILE_LIMIT {
        return None;
    }
    fs::read(path).ok()
}
