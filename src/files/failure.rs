//! Why a handbook cannot be read at all.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use crate::files::below;

/// The world did not let us read.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Something could not be read.
    #[error("cannot {action} `{path}`: {error}")]
    Io {
        /// What was tried.
        action: &'static str,
        /// On what.
        path: Utf8PathBuf,
        /// What the system said.
        #[source]
        error: io::Error,
    },
    /// There is no `content/`.
    #[error("there is no folder `{0}`")]
    NoFolder(Utf8PathBuf),
    /// `content` is a file, a link or something else.
    #[error("`{0}` is {kind}, not a folder", kind = below::kind_of(.0))]
    NotAFolder(Utf8PathBuf),
    /// A link, a folder, a pipe or a device where a file must be.
    #[error("`{path}` is {kind}, not an ordinary file")]
    NotAFile {
        /// What should be a file.
        path: Utf8PathBuf,
        /// What it is.
        kind: &'static str,
    },
}

impl Failure {
    /// What to do, where that is known.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::Io { .. } => None,
            Self::NoFolder(_) => Some("make it, and put the entries there: `content/index.md`, `content/prompts/…`"),
            Self::NotAFolder(_) => Some("move it away, and make a folder of that name for the entries"),
            Self::NotAFile { .. } => Some("put the file itself there"),
        }
    }

    pub(super) fn listing(folder: &Utf8Path, error: walkdir::Error) -> Self {
        let path = error.path().and_then(Utf8Path::from_path).unwrap_or(folder).to_owned();
        // The whole error would name the path a second time.
        let error = error.into_io_error().unwrap_or_else(|| io::Error::other("it leads to itself"));
        Self::Io { action: "list", path, error }
    }
}
