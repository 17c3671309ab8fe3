//! A site that is being looked at, and how it is loaded.

use camino::Utf8PathBuf;

use crate::site::{Routes, Site};

/// A site that is being looked at.
#[derive(Debug)]
pub struct Preview {
    /// The site.
    pub site: Site,
    /// Its table.
    pub routes: Routes,
    /// The folder that attachments lie in.
    pub attachments: Utf8PathBuf,
}

/// How a preview is loaded, and how a change is noticed. Both are called from several threads.
pub struct Loading {
    /// Reads the handbook.
    pub load: Box<dyn Fn() -> Result<Preview, String> + Send + Sync>,
    /// Gives a number that changes when a file does.
    pub look: Box<dyn Fn() -> u64 + Send + Sync>,
}
