//! Other tools' files to entries of a handbook.
//!
//! Takes what was read of a foreign format and what the handbook has already ([`Request`]), gives the finished Markdown
//! files and a [`Report`] that names every part of the input exactly once ([`Import`]). It never opens or writes a
//! file, asks the time or prints, and never loses a part in silence: each is imported, with every change in a sentence,
//! or skipped with the reason.
//!
//! Start reading at [`formats`]. A format reads its input into drafts, one for each prompt, and that is all that it
//! does: what happens to a draft is the same for all formats and lies in `collect`. What it gives becomes
//! values of fields, each by the shape that the table of fields names (`given`): the text is cleaned (`clean`), its
//! placeholders become variables ([`placeholders`]), a summary is found (`summary`), an id is given out (`ids`), who
//! may see it is settled (`limits`), and the entry is
//! written (`entry`), with the writer of all front matter. So a new format is one file in `formats/`,
//! with its `mod` line and its line in [`IMPORTERS`](formats::IMPORTERS).

mod bounds;
mod clean;
mod collect;
mod draft;
mod entry;
mod error;
pub mod field;
#[cfg(test)]
mod fixture;
mod folded;
pub mod formats;
mod given;
mod ids;
mod importer;
mod limits;
mod origin;
pub mod placeholders;
mod report;
mod summary;

pub use error::Error;
pub use origin::Origin;
pub use report::{Item, Outcome, Report};

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use crate::config::Config;
use crate::content::Reserved;

/// What is to be imported, and where it goes.
pub struct Request<'a> {
    /// The bytes of the foreign file.
    pub input: &'a [u8],
    /// What was said of the format's own options, by their names; one that is absent was not given.
    pub options: &'a BTreeMap<&'static str, String>,
    /// The folder of the new entries below `content/`, such as `prompts/imported`.
    pub into: &'a str,
    /// Whether the handbook has an entry with this id; the answer should ignore case, since file systems do.
    pub taken: &'a dyn Fn(&str) -> bool,
    /// The prompts that the handbook has in this folder, word for word, each with the id of its entry.
    pub prompts: &'a HashMap<String, String>,
    /// The names that no content of the handbook can take.
    pub reserved: &'a Reserved,
    /// The settings of the handbook: its facets have terms of their own.
    pub config: &'a Config,
    /// The day of the run: what is to be published later is a draft.
    pub today: Date,
}

/// The entries that an import makes, and the account of how it made them.
#[derive(Debug)]
pub struct Import {
    /// One file for each imported part, in the order of the input.
    pub files: Vec<File>,
    /// What became of every part.
    pub report: Report,
}

/// One new entry.
#[derive(Debug, PartialEq, Eq)]
pub struct File {
    /// The entry's id, such as `prompts/imported/linux-terminal`; the file is the id with `.md`.
    pub id: String,
    /// The whole Markdown file, front matter and body.
    pub text: String,
    /// The part of the input that it came from.
    pub origin: Origin,
}
