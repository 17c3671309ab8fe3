//! Why a table cannot be imported.

use thiserror::Error as ThisError;

use crate::import::{self, field};

/// The most values that a row may have. Work and memory are the product of columns and rows, and no table of prompts is so
/// wide.
pub(super) const COLUMNS_LIMIT: usize = 1_000;

/// What is wrong with a table or with what was said of it.
#[derive(Debug, PartialEq, Eq, ThisError)]
pub(super) enum Error {
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
        COLUMNS_LIMIT
    )]
    TooWide {
        /// The row; the header is row 1.
        row: usize,
        /// How many values it has.
        values: usize,
    },
    /// `--map` is not made of pairs.
    #[error("`--map` cannot be read: {0}")]
    Map(String),
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
    /// What is wrong whatever the format.
    #[error(transparent)]
    Any(#[from] import::Error),
}

/// The half sentence that offers a correction.
fn did_you_mean(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |name| format!("; did you mean `{name}`"))
}
