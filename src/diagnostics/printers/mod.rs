//! How a report is written: one file a printer, and a line of each in the registry.
//!
//! Takes sorted problems and the sources they point into, gives text. A printer never judges: what is reported, how
//! severe it is and who may read it was decided before. A new one is a file here that ends in a `PRINTER`, and its
//! line in [`PRINTERS`]: the command line takes the values of `--format` from there, help texts with them.

mod github;
mod json;
mod terminal;

pub use crate::diagnostics::printer::{Colour, Printer, Reader, View};

/// The registry, in the order in which help texts list it.
pub const PRINTERS: &[Printer] = &[terminal::PRINTER, json::PRINTER, github::PRINTER];

/// The one that a command uses when nothing else was asked for.
pub const DEFAULT: &Printer = &PRINTERS[0];

impl Printer {
    /// The printer of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        PRINTERS.iter().find(|printer| printer.name == name)
    }
}
