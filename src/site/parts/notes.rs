//! Texts under headings of their own.

use std::ops::Deref;

use crate::site::parts::OnPage;
use crate::text::Spanned;
use crate::theme::view::NoteView;

impl OnPage<'_> {
    /// Notes of one text each, those that are there.
    pub(in crate::site) fn notes<T: Deref<Target = str>, const N: usize>(
        &self,
        texts: [(&'static str, Option<&Spanned<T>>); N],
    ) -> Vec<NoteView> {
        let note = |(key, text): (&'static str, Option<&Spanned<T>>)| self.note(key, [text?.value.to_string()]);
        texts.into_iter().filter_map(note).collect()
    }

    /// A note of some texts; `None` where there are none.
    pub(in crate::site) fn note(&self, key: &'static str, texts: impl IntoIterator<Item = String>) -> Option<NoteView> {
        let texts: Vec<String> = texts.into_iter().collect();
        let view = || NoteView { key: key.to_owned(), label: self.site.word(key).to_owned(), texts: texts.clone() };
        (!texts.is_empty()).then(view)
    }
}
