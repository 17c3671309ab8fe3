//! A file's metadata, by which it is known to be unchanged without reading it.

use std::fs::Metadata;
use std::time::{Duration, SystemTime};

use camino::Utf8Path;

/// What changes when a file does, as long as the clock of its file system has gone on in between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
    /// The number of the file, and when anything about it was changed last, which no program can set.
    inode: (u64, u64, i64, i64),
    /// Whether its times lie so far back that another change would get others.
    is_settled: bool,
}

/// File systems count in steps of up to two seconds. Source: the FAT specification; others have some milliseconds.
const STEP: Duration = Duration::from_secs(3);

impl Stamp {
    /// The stamp of what is at a path; `None` where the system does not say.
    pub(super) fn of(path: &Utf8Path, now: SystemTime) -> Option<Self> {
        path.symlink_metadata().ok().map(|meta| Self::new(&meta, now))
    }

    /// `now` is a time before the file was looked at.
    pub(super) fn new(meta: &Metadata, now: SystemTime) -> Self {
        let modified = meta.modified().ok();
        let inode = inode(meta);
        let is_past = |time: SystemTime| now.duration_since(time).is_ok_and(|age| age > STEP);
        let is_settled = modified.is_some_and(is_past) && changed(inode.2).is_none_or(is_past);
        Self { size: meta.len(), modified, inode, is_settled }
    }

    /// Whether it tells apart what was there then from anything that is there later.
    pub(super) fn is_settled(&self) -> bool {
        self.is_settled
    }

    /// Whether nothing that it has differs.
    pub(super) fn looks_like(&self, other: &Self) -> bool {
        (self.size, self.modified, self.inode) == (other.size, other.modified, other.inode)
    }
}

/// Whether a file is certainly the same as then. One that was changed just before it was looked at may have been changed
/// once more in the same step of the clock.
pub(super) fn is_same(then: Option<&Stamp>, now: Option<&Stamp>) -> bool {
    match (then, now) {
        (Some(then), Some(now)) => then.is_settled && then.looks_like(now),
        _ => false,
    }
}

#[cfg(unix)]
fn inode(meta: &Metadata) -> (u64, u64, i64, i64) {
    use std::os::unix::fs::MetadataExt;
    (meta.dev(), meta.ino(), meta.ctime(), meta.ctime_nsec())
}

#[cfg(not(unix))]
fn inode(_: &Metadata) -> (u64, u64, i64, i64) {
    (0, 0, 0, 0)
}

/// The time that many seconds after the Unix epoch; `None` on systems without such a time, where the count is 0.
fn changed(seconds: i64) -> Option<SystemTime> {
    let seconds = u64::try_from(seconds).ok().filter(|seconds| *seconds > 0)?;
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}
