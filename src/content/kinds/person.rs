//! A contributor's profile.

use super::KindFields;
use super::shared::{LinkItem, check_links};
use crate::content::Entry;
use crate::diagnostics::Problems;
use crate::front_matter::{Field, List, record};

record! {
    /// The fields that a person adds; the team is a common field.
    pub struct Person ("a table", "a list of tables") {
        /// What they do.
        role: Field<String>,
        /// Where to find them.
        links: List<LinkItem>,
    }
}

impl KindFields for Person {
    fn check(&self, _entry: &Entry, problems: &mut Problems) {
        check_links(&self.links, problems);
    }
}
