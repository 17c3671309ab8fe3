//! Why nothing could be imported, whatever the format.

use thiserror::Error as ThisError;

/// A reason that has nothing to do with the format.
#[derive(Debug, PartialEq, Eq, ThisError)]
pub enum Error {
    /// A target folder in which an entry would not be a prompt.
    #[error("`{into}` is no folder for prompts; use `prompts` or a folder below it, such as `prompts/imported`")]
    Into {
        /// The folder as it was given.
        into: String,
    },
    /// A target folder that no entry can lie in.
    #[error("`{into}` cannot be the folder for the entries: {reason}; {help}")]
    Folder {
        /// The folder as it was given.
        into: String,
        /// Why not.
        reason: String,
        /// What to do.
        help: String,
    },
}
