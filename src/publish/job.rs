//! What is to be published, and the account of what was done.

use camino::{Utf8Path, Utf8PathBuf};

use crate::publish::out::Out;
use crate::site::Content;

/// What is to be published, and where.
pub struct Job<'a, E> {
    /// The folder of the site, which is replaced as a whole.
    pub out: &'a Out,
    /// The paths of the routes, relative to the folder, `/`-separated, sorted, each once.
    pub paths: &'a [Utf8PathBuf],
    /// The folder that attachments lie in. No symbolic link below it is followed, the mode of a file is not copied, and a
    /// picture must be one that may be published at the moment that it is read.
    pub attachments: &'a Utf8Path,
    /// Renders the route with this index in `paths`; called on rayon's threads, once for each route.
    pub render: &'a (dyn Fn(usize) -> Result<Content, E> + Sync),
    /// Called with the number of files newly done, from any thread.
    pub progress: &'a (dyn Fn(usize) + Sync),
    /// Called once before waiting for another build into the same folder.
    pub waiting: &'a (dyn Fn() + Sync),
}

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Files of the site, one for each route.
    pub files: usize,
    /// Their size in bytes, together.
    pub bytes: u64,
    /// Files that are new or differ from the site before.
    pub written: usize,
    /// Files that the site before had with the same bytes; they keep their timestamps.
    pub unchanged: usize,
    /// Files of the site before that are no longer part of it.
    pub removed: usize,
}
