//! A win: how it was and is, and what made it work.

use serde::Serialize;

use super::Presented;
use crate::content::kinds::Win;
use crate::diagnostics::Diagnostic;
use crate::site::parts::{InTwin, OnPage, line};
use crate::theme::view::{CardsView, NoteView};

/// What the template of a win sees as `own`.
#[derive(Serialize)]
pub(super) struct View {
    /// How it was, how it is, and how to try it.
    notes: Vec<NoteView>,
    /// What made it work.
    entries: Option<CardsView>,
}

impl Presented for Win {
    type View = View;

    fn view(&self, page: &OnPage<'_>) -> Result<View, Box<Diagnostic>> {
        // In the order of the story: how it was, how it is, what to do.
        let notes =
            [("before", self.before.as_ref()), ("after", self.after.as_ref()), ("try_it", self.try_it.as_ref())];
        Ok(View { notes: page.notes(notes), entries: page.entries(Self::KEYS.entries, "made_possible_by")? })
    }

    // As a list of facts right below those of every twin: without a heading they go on in the same list.
    fn before(&self, twin: &mut InTwin<'_>) {
        if let Some(date) = &self.date {
            twin.written_fact("date", &date.value.to_string());
        }
        if !self.who.is_empty() {
            let names: Vec<String> = self.who.iter().map(|name| line(&twin.site.person(twin.ix, name).label)).collect();
            twin.written_fact("who", &names.join(", "));
        }
        twin.fact("before", self.before.as_ref());
        twin.fact("after", self.after.as_ref());
        twin.fact("try_it", self.try_it.as_ref());
    }

    fn after(&self, twin: &mut InTwin<'_>) {
        twin.entries(Self::KEYS.entries, "made_possible_by");
    }
}
