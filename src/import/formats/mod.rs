//! The formats that can be imported: one file each, and its line in the registry.
//!
//! Takes a request, gives drafts to the collector that all formats share. A format never cleans a text, gives out an id
//! or writes an entry. A new one is a file here that ends in an `IMPORTER`, and its line in [`IMPORTERS`]: the command
//! line makes `handbook import NAME` of it.

mod csv;

pub use crate::import::importer::{Importer, Opt};

/// The registry, in the order in which help texts list it.
pub const IMPORTERS: &[Importer] = &[csv::IMPORTER];

impl Importer {
    /// The importer of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        IMPORTERS.iter().find(|importer| importer.name == name)
    }
}
