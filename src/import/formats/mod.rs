//! The formats that can be imported: one file each, and its line in the registry.
//!
//! Takes a request, gives drafts to the collector that all formats share. A format never cleans a text, gives out an id
//! or writes an entry. A new one is a file here that ends in an `IMPORTER`, and its line in [`IMPORTERS`]: the command
//! line makes `handbook import NAME` of it.

mod csv;

use crate::import::{Import, Request};

/// The registry, in the order in which help texts list it.
pub const IMPORTERS: &[Importer] = &[csv::IMPORTER];

/// A format that can be imported.
#[derive(Debug)]
pub struct Importer {
    /// Its name, which is what follows `handbook import`.
    pub name: &'static str,
    /// What it is: a line of help.
    pub what: &'static str,
    /// What can be said of an input of this format alone.
    pub options: &'static [Opt],
    /// What to do with a file that is too large to be read.
    pub smaller: &'static str,
    read: fn(&Request<'_>) -> Result<Import, Vec<String>>,
}

/// An option of a format, with one value.
#[derive(Debug)]
pub struct Opt {
    /// Its name, without the hyphens.
    pub name: &'static str,
    /// What its value is, for help texts: `FIELD=COLUMN,…`.
    pub value: &'static str,
    /// What it does: a line of help.
    pub what: &'static str,
    /// Whether a value can be understood at all, and why not, before anything is read.
    pub check: fn(&str) -> Result<(), String>,
}

impl Importer {
    /// The importer of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        IMPORTERS.iter().find(|importer| importer.name == name)
    }

    /// Makes entries of an input.
    ///
    /// # Errors
    ///
    /// Everything that keeps the whole input from being imported, all at once, each a sentence.
    pub fn import(&self, request: &Request<'_>) -> Result<Import, Vec<String>> {
        (self.read)(request)
    }
}
