//! Everyone who is named: the list, and a page for those without a profile.

use crate::diagnostics::Diagnostic;
use crate::handbook::{Ix, PersonIx};
use crate::site::{Rendered, Route, Site};
use crate::theme::view::{CardsView, EntryView, OwnView, TermListView};

/// The list of people, and a page for each without a profile.
pub(super) fn routes(site: &Site) -> Vec<Route> {
    let mut routes = vec![Route::new("people/index.html", index)];
    for (at, person) in site.handbook.people.iter().enumerate().filter(|(_, person)| person.profile.is_none()) {
        routes.push(Route::new(format!("people/{}.html", person.slug), move |site| render(site, PersonIx(at))));
    }
    routes
}

fn index(site: &Site) -> Rendered {
    let page = site.page("people/index.html", site.word("people").to_owned(), Vec::new());
    let mut terms = Vec::with_capacity(site.handbook.people.len());
    for (at, person) in site.handbook.people.iter().enumerate() {
        let mut link = site.person_link(PersonIx(at));
        link.count = person.wrote.len();
        terms.push(link);
    }
    terms.sort_by_cached_key(|link| (crate::content::canonical(&link.label), link.path.clone()));
    site.render("terms.html", page, TermListView { terms, of: "people".to_owned() })
}

fn render(site: &Site, person: PersonIx) -> Rendered {
    let someone = &site.handbook.people[person.0];
    let path = format!("people/{}.html", someone.slug);
    let page = site.page(&path, someone.name.clone(), vec![site.kind_link(crate::content::Kind::Person)]);
    let own = OwnView { person: lists(site, person, &path)?, ..OwnView::default() };
    let kind_label = site.word("person").to_owned();
    let view = EntryView { kind: "person".to_owned(), kind_label, own, ..EntryView::default() };
    site.render("person.html", page, view)
}

/// What someone wrote, answers for and won with.
pub(super) fn lists(site: &Site, person: PersonIx, path: &str) -> Result<Vec<CardsView>, Box<Diagnostic>> {
    let someone = &site.handbook.people[person.0];
    let owns: Vec<Ix> = someone.owns.iter().copied().filter(|ix| !someone.wrote.contains(ix)).collect();
    let mut lists = Vec::new();
    for (key, entries) in [("wrote", &someone.wrote), ("owns", &owns), ("won", &someone.won)] {
        lists.extend(site.cards_under(site.word(key), &super::listings::sorted(site, entries.clone()), path)?);
    }
    Ok(lists)
}
