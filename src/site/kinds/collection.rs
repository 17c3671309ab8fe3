//! A collection: the entries of its path, in order.
//!
//! Its order is a path to be read, so nothing here sorts. Where an entry of it stands is shown on the entry's own page,
//! by [`collection_places`](super::super::collection_places).

use serde::Serialize;

use super::Presented;
use crate::content::kinds::Collection;
use crate::diagnostics::Diagnostic;
use crate::site::parts::{InTwin, OnPage};
use crate::theme::view::CardsView;

/// What the template of a collection sees as `own`.
#[derive(Serialize)]
pub(super) struct View {
    /// Its entries.
    entries: Option<CardsView>,
}

impl Presented for Collection {
    type View = View;

    fn view(&self, page: &OnPage<'_>) -> Result<View, Box<Diagnostic>> {
        Ok(View { entries: page.entries(Self::KEYS.entries, "in_this_collection")? })
    }

    fn after(&self, twin: &mut InTwin<'_>) {
        twin.entries(Self::KEYS.entries, "in_this_collection");
    }
}
