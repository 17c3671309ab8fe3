//! A contributor's profile.

use super::shared::{LinkItem, check_links};
use super::{KindFields, given};
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
    const DECISIVE: &'static [&'static str] = &["role", "team"];

    fn texts(&self) -> Vec<&str> {
        given([&self.role]).collect()
    }

    fn check(&self, _entry: &Entry, problems: &mut Problems) {
        check_links(&self.links, problems);
    }
}
