//! A person: where to find them, and what they shared.

use serde::Serialize;

use super::Presented;
use crate::content::kinds::Person;
use crate::diagnostics::Diagnostic;
use crate::handbook::PersonIx;
use crate::site::parts::{InTwin, OnPage, person_lists, web_links};
use crate::theme::view::{CardsView, LinkView};

/// What the template of a person sees as `own`, whether the person has a profile or is only named: both pages look
/// alike, so [`people`](crate::site::people) fills the same struct.
#[derive(Default, Serialize)]
pub(in crate::site) struct PersonView {
    /// Links out of the handbook.
    pub(in crate::site) links: Vec<LinkView>,
    /// What they wrote, own and won.
    pub(in crate::site) person: Vec<CardsView>,
}

impl Presented for Person {
    type View = PersonView;

    fn view(&self, page: &OnPage<'_>) -> Result<PersonView, Box<Diagnostic>> {
        // By the profile and not by the name: two people may have one name.
        let people = &page.site.handbook.people;
        let person = people.iter().position(|person| person.profile == Some(page.ix)).map(PersonIx);
        let lists = person.map(|person| person_lists(page.site, person, page.path)).transpose()?;
        Ok(PersonView { links: web_links(&self.links), person: lists.unwrap_or_default() })
    }

    fn before(&self, twin: &mut InTwin<'_>) {
        twin.fact("role", self.role.as_ref());
    }

    fn after(&self, twin: &mut InTwin<'_>) {
        twin.web_links(&self.links);
    }
}
