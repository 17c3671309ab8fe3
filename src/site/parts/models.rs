//! A model that an entry names.
//!
//! Plain names will do, since a model is often named before somebody writes an entry about it.

use crate::fields::FieldKey;
use crate::site::parts::{InTwin, OnPage, line};
use crate::theme::view::LinkView;

impl OnPage<'_> {
    /// A link to a model's entry, or its plain name.
    pub(in crate::site) fn model(&self, field: FieldKey, name: &str) -> LinkView {
        match self.site.handbook.meaning(self.ix, field, name) {
            Some(ix) => self.site.entry_link(ix),
            None => LinkView { label: name.to_owned(), ..LinkView::default() },
        }
    }
}

impl InTwin<'_> {
    /// A link to the twin of a model's entry, or its plain name.
    pub(in crate::site) fn model(&self, field: FieldKey, name: &str) -> String {
        self.site.handbook.meaning(self.ix, field, name).map_or_else(|| line(name), |ix| self.link(ix))
    }
}
