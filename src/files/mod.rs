//! A folder to texts and attachments: the only place of the core that opens anything.
//!
//! Takes a handbook's folder, gives the [`Files`] in it with their paths and texts, and the problems of files that
//! cannot be used. No link is followed and nothing outside the folder is read. It never looks at what a text says:
//! only of an attachment it judges whether a browser would run something of it. Start reading at [`read()`];
//! [`attachment`] decides what may be published, and every file is opened by [`below`].

pub mod attachment;
pub mod below;
mod failure;
mod kept;
pub mod picture;
mod read;
mod stamp;
mod text_file;
pub mod theme;
mod watch;

pub use failure::Failure;
pub use kept::Kept;
pub use read::{read, read_again};
pub use watch::{Seen, Watch};

use std::sync::Arc;

use camino::Utf8PathBuf;

use crate::text::{Source, Sources};

/// The folder below a handbook's root that holds its entries.
pub const FOLDER: &str = "content";

/// The folder below a handbook's root that holds its themes.
pub const THEMES: &str = "themes";

/// The most bytes that an entry's file may have.
pub const FILE_LIMIT: u64 = 1024 * 1024;

/// Everything that was read.
#[derive(Debug)]
pub struct Files {
    /// The handbook's root.
    pub root: Utf8PathBuf,
    /// Every text.
    pub sources: Sources,
    /// `handbook.toml`.
    pub config: Arc<Source>,
    /// The Markdown files below `content/`, sorted by path.
    pub entries: Vec<EntryFile>,
    /// The other files below `content/`, sorted by path.
    pub assets: Vec<AssetFile>,
}

/// A Markdown file.
#[derive(Debug)]
pub struct EntryFile {
    /// Path below `content/`, with `/` on every system.
    pub path: String,
    /// Its text.
    pub source: Arc<Source>,
    /// Whether it could be read whole. Where not, that was reported and nothing else should be.
    pub intact: bool,
}

/// An image or attachment, which is copied only if an entry refers to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssetFile {
    /// Path below `content/`, with `/` on every system.
    pub path: String,
    /// Why it must not be published, where something forbids that.
    pub refused: Option<Refusal>,
    /// Whether it is an ordinary file. Where not, that was reported and nothing else should be.
    pub intact: bool,
}

/// Why a file must not be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What forbids it.
    pub reason: String,
    /// What to do instead.
    pub help: &'static str,
}
