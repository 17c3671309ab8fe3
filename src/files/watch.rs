//! Whether anything of a handbook has changed, without reading it.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs::{self, FileType};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

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
    /// The folder of the handbook, if all of it could be looked at.
    whole: Option<Utf8PathBuf>,
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
        let (paths, mut has_gap) = list(&[FILE_NAME, FOLDER, THEMES].map(|part| self.root.join(part)));
        let seen = &self.seen.looks;
        let found: Vec<io::Result<Found>> = paths.into_par_iter().map(|path| look_at(path, seen, now)).collect();
        has_gap |= found.iter().filter_map(|found| found.as_ref().err()).any(is_gap);
        let found: Vec<Found> = found.into_iter().flatten().collect();
        let is_same = found.len() == seen.len() && found.iter().all(|found| found.is_same);
        if !is_same {
            self.changes += 1;
            let looks = found.into_iter().map(|found| (found.path, found.look)).collect();
            self.seen = Arc::new(Seen { whole: (!has_gap).then(|| self.root.clone()), looks });
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

    /// What lay below a folder in that of a handbook and was no folder itself, in any order. Nothing where something may
    /// have been overlooked, or another handbook was looked at.
    pub(super) fn below(&self, root: &Utf8Path, folder: &Utf8Path) -> Option<impl Iterator<Item = (&Path, FileType)>> {
        let all = self.looks.iter().map(|(path, look)| (Path::new(path), look.kind));
        let is_below = move |path: &Path| path != folder && path.starts_with(folder);
        let is_whole = self.whole.as_deref() == Some(root);
        is_whole.then(|| all.filter(move |(path, kind)| !kind.is_dir() && is_below(path)))
    }
}

/// What there is at some paths and below them, and whether some of it could not be listed. A path at which there is
/// nothing is no gap. Each folder in one of them is listed by itself, so that several threads can.
fn list(starts: &[Utf8PathBuf]) -> (Vec<PathBuf>, bool) {
    let (top, has_gap) = walk(starts.iter().map(|start| WalkDir::new(start).max_depth(1)));
    let folders: Vec<&DirEntry> = top.iter().filter(|at| at.depth() == 1 && at.file_type().is_dir()).collect();
    let below = |folder: &DirEntry| walk([WalkDir::new(folder.path()).min_depth(1)]);
    let below: Vec<_> = folders.into_par_iter().map(below).collect();
    let has_gap = has_gap || below.iter().any(|(_, has_gap)| *has_gap);
    let all = top.into_iter().chain(below.into_iter().flat_map(|(found, _)| found));
    (all.map(DirEntry::into_path).collect(), has_gap)
}

fn walk(all: impl IntoIterator<Item = WalkDir>) -> (Vec<DirEntry>, bool) {
    let (mut found, mut has_gap) = (Vec::new(), false);
    for entry in all.into_iter().flat_map(|walk| walk.follow_root_links(false)) {
        match entry {
            Ok(entry) => found.push(entry),
            Err(error) => has_gap |= error.io_error().is_none_or(is_gap),
        }
    }
    (found, has_gap)
}

/// Whether something is there that cannot be looked at. What has gone away in between is not.
fn is_gap(error: &io::Error) -> bool {
    error.kind() != ErrorKind::NotFound
}

fn look_at(path: PathBuf, seen: &HashMap<OsString, Look>, now: SystemTime) -> io::Result<Found> {
    let meta = path.symlink_metadata()?;
    let stamp = Stamp::new(&meta, now);
    let old = seen.get(path.as_os_str());
    let was_fresh = old.is_some_and(|old| !old.stamp.is_settled());
    let text = (meta.is_file() && (was_fresh || !stamp.is_settled())).then(|| text(&path, meta.len())).flatten();
    let is_same = old.is_some_and(|old| old.stamp.looks_like(&stamp) && (!was_fresh || old.text == text));
    let text = text.filter(|_| !stamp.is_settled());
    let has_settled = was_fresh && stamp.is_settled();
    let look = Look { kind: meta.file_type(), stamp, text };
    Ok(Found { path: path.into_os_string(), look, is_same, has_settled })
}

/// What a file says. What is larger than an entry can be is not read for this.
fn text(path: &Path, size: u64) -> Option<Vec<u8>> {
    if size > FILE_LIMIT {
        return None;
    }
    fs::read(path).ok()
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn a_look_tells_of_its_own_handbook_and_of_what_lies_in_the_folder() -> io::Result<()> {
        let temporary = tempfile::tempdir()?;
        let root = Utf8PathBuf::from_path_buf(temporary.path().to_owned()).map_err(|_| io::Error::other("no UTF-8"))?;
        let folder = root.join(FOLDER);
        fs::create_dir_all(folder.join("a/b"))?;
        fs::write(folder.join("a/b/c.md"), "text")?;
        symlink("a", folder.join("link"))?;
        let mut watch = Watch::new(root.clone());
        assert!(watch.seen().below(&root, &folder).is_none(), "nothing was looked at");
        watch.look();
        let below = |seen: &Seen| {
            let mut paths: Vec<PathBuf> =
                seen.below(&root, &folder).into_iter().flatten().map(|(path, _)| path.to_owned()).collect();
            paths.sort();
            paths
        };
        assert_eq!(below(&watch.seen()), [folder.join("a/b/c.md"), folder.join("link")]);
        assert!(watch.seen().below(&folder, &folder.join("a")).is_none(), "of another handbook");
        fs::rename(&folder, root.join("elsewhere"))?;
        symlink("elsewhere", &folder)?;
        watch.look();
        assert_eq!(below(&watch.seen()), Vec::<PathBuf>::new(), "a link is no folder, nor does it lie in itself");
        Ok(())
    }

    #[test]
    fn what_cannot_be_looked_at_is_a_gap() {
        assert!(is_gap(&io::Error::from(ErrorKind::PermissionDenied)));
        assert!(!is_gap(&io::Error::from(ErrorKind::NotFound)));
        let long = PathBuf::from(format!("/{}", "a/".repeat(3_000)));
        assert!(look_at(long, &HashMap::new(), SystemTime::now()).err().as_ref().is_some_and(is_gap));
    }
}
