//! The page of an entry while its view is made.

use std::ops::Deref;

use crate::content::Entry;
use crate::handbook::Ix;
use crate::site::Site;
use crate::text::Spanned;

/// An entry, and the path of the site that its page is at. Parts take it by reference and give views: plain data, or
/// finished HTML where the name of a field says so.
#[derive(Clone, Copy)]
pub(in crate::site) struct OnPage<'s> {
    pub(in crate::site) site: &'s Site,
    pub(in crate::site) ix: Ix,
    pub(in crate::site) path: &'s str,
}

impl<'s> OnPage<'s> {
    /// The entry itself.
    pub(in crate::site) fn entry(&self) -> &'s Entry {
        self.site.handbook.entry(self.ix)
    }
}

/// A text as it was written; empty where there is none, which is how templates test for it. Not escaped: templates do
/// that.
pub(in crate::site) fn text<T: Deref<Target = str>>(written: Option<&Spanned<T>>) -> String {
    written.map(|text| text.value.to_string()).unwrap_or_default()
}
