//! Prompts of other tools become entries of a handbook.
//!
//! Takes the bytes of one foreign file and what the command line said about it ([`Request`]), gives the
//! finished Markdown files and a [`Report`] that names every row of the input exactly once ([`Import`]).
//! It never writes a file and never loses a row in silence: a row is imported, with each change in a
//! sentence, or it is skipped with the reason.
//!
//! Start reading at [`csv::import`]. A format reads its input into drafts, one for each prompt; what
//! happens to a draft is the same for all formats and lies in `collect`: the text is cleaned (`clean`), its
//! placeholders become variables ([`placeholders`]), a summary is found (`summary`), an id is given out
//! (`ids`), who may see it is settled (`limits`), and the entry is written (`entry`). So a new format is one file here and one `mod` line below.

pub mod csv;
pub mod field;
pub mod placeholders;

mod bounds;
mod clean;
mod collect;
mod columns;
mod entry;
mod ids;
mod limits;
mod report;
mod summary;

use std::collections::HashMap;

use jiff::civil::Date;
use thiserror::Error as ThisError;

use crate::config::Config;

pub use report::{Column, Outcome, Report, Row};

/// What is to be imported, and where it goes.
pub struct Request<'a> {
    /// The file's bytes: UTF-8, with or without a byte order mark.
    pub text: &'a [u8],
    /// Field and column, as in `--map title=act`; may be empty, then the columns are guessed.
    pub map: &'a [(String, String)],
    /// The folder of the new entries below `content/`, such as `prompts/imported`.
    pub into: &'a str,
    /// Whether the handbook has an entry with this id; the answer should ignore case, since file systems do.
    pub taken: &'a dyn Fn(&str) -> bool,
    /// The prompts that the handbook has in this folder, word for word, each with the id of its entry.
    pub prompts: &'a HashMap<String, String>,
    /// The settings of the handbook: its facets have terms of their own.
    pub config: &'a Config,
    /// The day of the run: what is to be published later is a draft.
    pub today: Date,
}

/// The entries that an import makes, and the account of how it made them.
#[derive(Debug)]
pub struct Import {
    /// One file for each imported row, in the order of the rows.
    pub files: Vec<File>,
    /// What became of every row.
    pub report: Report,
}

/// One new entry.
#[derive(Debug, PartialEq, Eq)]
pub struct File {
    /// The entry's id, such as `prompts/imported/linux-terminal`; the file is the id with `.md`.
    pub id: String,
    /// The whole Markdown file, front matter and body.
    pub text: String,
    /// The row it came from, as a spreadsheet counts: the header is row 1.
    pub row: usize,
}

/// Why nothing could be imported.
#[derive(Debug, PartialEq, Eq, ThisError)]
pub enum Error {
    /// There is not even a header.
    #[error("the file is empty; its first row must name the columns")]
    Empty,
    /// A byte that is no part of a UTF-8 character.
    #[error(
        "the file is not UTF-8: row {row} has the byte 0x{value:02X} at offset {byte}; \
         save it as “CSV UTF-8” and import it again"
    )]
    NotUtf8 {
        /// Offset of the byte from the start of the file, the first byte being 0.
        byte: usize,
        /// The row that holds it.
        row: usize,
        /// The byte itself.
        value: u8,
    },
    /// A byte order mark of UTF-16, which spreadsheets call “Unicode text”.
    #[error("the file is UTF-16; save it as “CSV UTF-8” and import it again")]
    Utf16,
    /// A quoted value that runs to the end of the file, and so swallows the rows behind it.
    #[error("a quotation mark in row {row} is opened and never closed, so the rows behind it cannot be told apart")]
    OpenQuote {
        /// The row in which the quote is opened.
        row: usize,
    },
    /// A row of more values than any table of prompts has.
    #[error(
        "row {row} has {values} values, more than the {} that are read; keep the columns that matter",
        csv::COLUMNS_LIMIT
    )]
    TooWide {
        /// The row; the header is row 1.
        row: usize,
        /// How many values it has.
        values: usize,
    },
    /// `--map` names a field that prompts do not have.
    #[error("unknown field `{field}` in `--map`{}; the fields are {}", did_you_mean(nearest.as_deref()), field::names())]
    UnknownField {
        /// The name as it was given.
        field: String,
        /// The field that is spelt most like it.
        nearest: Option<String>,
    },
    /// `--map` names a column that the file does not have.
    #[error("unknown column `{column}` in `--map`{}; the columns are {columns}", did_you_mean(nearest.as_deref()))]
    UnknownColumn {
        /// The name as it was given.
        column: String,
        /// The column that is spelt most like it.
        nearest: Option<String>,
        /// All columns of the file, for the message.
        columns: String,
    },
    /// `--map` gives one field two columns.
    #[error("`--map` names the field `{field}` twice")]
    FieldTwice {
        /// The field.
        field: &'static str,
    },
    /// Neither the map nor the header says where the prompts are.
    #[error("no column holds the prompt; say which one does with `--map prompt=COLUMN`; the columns are {columns}")]
    NoPrompt {
        /// All columns of the file, for the message.
        columns: String,
    },
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

/// A config for tests, with a facet whose terms are not slugs.
#[cfg(test)]
fn test_config() -> Config {
    let text = "title = \"T\"\n\n[facets]\nroles = [\"Content Lead\", \"designer\"]\n";
    let source = crate::text::Sources::default().add("handbook.toml", text);
    let mut problems = crate::diagnostics::Problems::default();
    let config = Config::read(&source, &mut problems);
    assert!(problems.is_empty());
    config
}

/// The half sentence that offers a correction.
fn did_you_mean(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |name| format!("; did you mean `{name}`"))
}
