//! A hand-made path through entries.

use super::{KindFields, Reference};
use crate::content::{Entry, limits};
use crate::diagnostics::Problems;
use crate::front_matter::{List, record};

record! {
    /// The fields that a collection adds.
    pub struct Collection ("a table", "a list of tables") {
        /// Ids of its entries, in the order of the path.
        entries: List<String>,
    }
}

impl KindFields for Collection {
    fn references(&self) -> Vec<Reference> {
        self.entries.iter().map(|id| Reference::any("entries", id)).collect()
    }

    fn check(&self, _entry: &Entry, problems: &mut Problems) {
        limits::list("entries", &self.entries, problems);
    }
}
