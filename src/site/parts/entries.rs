//! The entries that a field names, under a heading.

use crate::content::Kind;
use crate::diagnostics::Diagnostic;
use crate::fields::FieldKey;
use crate::handbook::Ix;
use crate::site::parts::{InTwin, OnPage};
use crate::theme::view::CardsView;

impl OnPage<'_> {
    /// Rows for the entries that a field names. People have no rows: their lists are of another sort.
    pub(in crate::site) fn entries(
        &self,
        field: FieldKey,
        key: &'static str,
    ) -> Result<Option<CardsView>, Box<Diagnostic>> {
        // Which entries a field names was resolved for this audience: there is no row for what it may not see.
        let handbook = &self.site.handbook;
        let named = handbook.referred(self.ix, field);
        let entries: Vec<Ix> = named.filter(|ix| handbook.entry(*ix).kind != Kind::Person).collect();
        self.site.cards_under(self.site.word(key), &entries, self.path)
    }
}

impl InTwin<'_> {
    /// Links to the entries that a field names.
    pub(in crate::site) fn entries(&mut self, field: FieldKey, key: &'static str) {
        let links: Vec<String> = self.site.handbook.referred(self.ix, field).map(|ix| self.link(ix)).collect();
        self.items(key, links);
    }
}
