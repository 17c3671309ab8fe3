//! A format that can be imported, and its options.

use crate::import::{Import, Request};

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
    pub(super) read: fn(&Request<'_>) -> Result<Import, Vec<String>>,
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
    /// Makes entries of an input.
    ///
    /// # Errors
    ///
    /// Everything that keeps the whole input from being imported, all at once, each a sentence.
    pub fn import(&self, request: &Request<'_>) -> Result<Import, Vec<String>> {
        (self.read)(request)
    }
}
