//! Why a site could not be published, in a user's words.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};
use thiserror::Error;

use crate::publish::mark::MARK;

/// Why nothing was published. The message is whole: it includes that of the source.
#[derive(Debug, Error)]
pub enum Failure<E> {
    /// The folder is not one that a build may replace.
    #[error("`{out}` {because}")]
    NotOurs {
        /// The folder, as it was asked for.
        out: Utf8PathBuf,
        /// What is in the way.
        because: Refusal,
    },
    /// The file system refused something.
    #[error("could not {action} `{path}`: {source}")]
    Io {
        /// What was being done, in the words that follow "could not".
        action: &'static str,
        /// What it was done to.
        path: Utf8PathBuf,
        /// What the file system said.
        source: io::Error,
    },
    /// Routes that could not be rendered: every such error, in the order of the routes.
    #[error("{} of the site's files could not be made", .0.len())]
    Render(Vec<E>),
}

/// Why a folder is not replaced, and what to do instead.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// It is not empty and has no mark.
    #[error(
        "is not empty and was not made by `handbook build` (it has no `{MARK}` of it); choose another folder with \
         `--out`, or remove this one by hand"
    )]
    Unmarked,
    /// It has the mark of a build, and something that the mark does not list.
    #[error(
        "holds `{path}`{}, which no build made (its `{MARK}` does not list it); move it away, choose another folder \
         with `--out`, or remove this one by hand", and_more(*.more)
    )]
    Foreign {
        /// The first such file, below the folder.
        path: String,
        /// How many more there are.
        more: usize,
    },
    /// It has the mark of a build, and a file that was changed since.
    #[error(
        "holds `{path}`{}, which was changed since it was built (its `{MARK}` lists another size); move it away, choose \
         another folder with `--out`, or remove this one by hand", and_more(*.more)
    )]
    Changed {
        /// The first such file, below the folder.
        path: String,
        /// How many more there are.
        more: usize,
    },
    /// It is a symbolic link, and replacing it would cut the link or reach where it points.
    #[error(
        "is a symbolic link, and a build replaces its folder as a whole; choose the folder itself with `--out`, or \
         remove the link by hand"
    )]
    SymbolicLink,
    /// It is a file, a pipe or a device.
    #[error("is a file, not a folder; choose another folder with `--out`, or remove the file by hand")]
    NotAFolder,
    /// It is the root of the file system, or ends in `.` or `..`.
    #[error(
        "cannot be replaced as a whole by a build; choose a folder by its name with `--out`, such as `--out public`"
    )]
    Nameless,
    /// A folder above it is a site.
    #[error(
        "lies inside another site (a folder above it has `{MARK}`), and the next build of that one would delete it; \
         choose a folder outside with `--out`"
    )]
    InsideASite,
    /// It is a mount point, or comes from a lower layer of a container's file system: no rename can move it.
    #[error(
        "cannot be replaced as a whole, since it is a mount point or comes with a container's image; choose another \
         folder with `--out`, such as one inside it"
    )]
    Immovable,
}

/// The rest of a list of which the first is named.
fn and_more(count: usize) -> String {
    if count == 0 { String::new() } else { format!(" and {count} more") }
}

/// A failure of the world, before it meets the caller's own type of error.
#[derive(Debug)]
pub(super) enum Trouble {
    /// See [`Failure::NotOurs`].
    NotOurs {
        /// The folder, as it was asked for.
        out: Utf8PathBuf,
        /// What is in the way.
        because: Refusal,
    },
    /// See [`Failure::Io`].
    Io {
        /// What was being done.
        action: &'static str,
        /// What it was done to.
        path: Utf8PathBuf,
        /// What the file system said.
        source: io::Error,
    },
}

impl Trouble {
    /// Says what was being done when the file system refused; for `map_err`.
    pub(super) fn io(action: &'static str, path: &Utf8Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { action, path: path.to_owned(), source }
    }
}

impl<E> From<Trouble> for Failure<E> {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::NotOurs { out, because } => Self::NotOurs { out, because },
            Trouble::Io { action, path, source } => Self::Io { action, path, source },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_says_what_to_do() {
        let failure = Failure::<()>::NotOurs { out: "public".into(), because: Refusal::Unmarked };
        assert_eq!(
            failure.to_string(),
            "`public` is not empty and was not made by `handbook build` (it has no `.handbook-site` of it); choose \
             another folder with `--out`, or remove this one by hand"
        );
    }

    #[test]
    fn an_io_failure_says_what_was_being_done() {
        let source = io::Error::other("no space left on device");
        let trouble = Trouble::io("write", Utf8Path::new("public/index.html"))(source);
        assert_eq!(
            Failure::<()>::from(trouble).to_string(),
            "could not write `public/index.html`: no space left on device"
        );
    }
}
