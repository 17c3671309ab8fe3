//! Everyone who is named: the list, and a page for those without a profile.

use jiff::civil::Date;

use crate::content::{Fields, Kind};
use crate::handbook::{Ix, PersonIx};
use crate::site::address::{listing_path, page_path};
use crate::site::cards::last_day;
use crate::site::parts::person_lists;
use crate::site::{Rendered, Route, Site, kinds};
use crate::theme::view::{EntryView, PeopleView, PersonView};

/// The list of people, and a page for each without a profile: a profile is an entry and has its page as such.
pub(super) fn routes(site: &Site) -> Vec<Route> {
    let mut routes = vec![Route::new(listing_path(Kind::Person), index)];
    for (at, person) in site.handbook.people.iter().enumerate().filter(|(_, person)| person.profile.is_none()) {
        routes.push(Route::new(page_path(&person.address()), move |site| render(site, PersonIx(at))));
    }
    routes
}

/// The list of everyone who is named, by name; of two people of one name by address.
fn index(site: &Site) -> Rendered {
    let page = site.page(&listing_path(Kind::Person), site.word("people").to_owned(), Vec::new());
    // Everyone whom a visible entry names, with a profile or without one.
    let mut people: Vec<PersonView> =
        (0..site.handbook.people.len()).map(|at| view(site, PersonIx(at), last_shared(site, PersonIx(at)))).collect();
    people.sort_by_cached_key(|person| (crate::content::canonical(&person.link.label), person.link.path.clone()));
    site.render("people.html", page, PeopleView { people })
}

/// How many people the front page names.
const SHOWN: usize = 6;

/// Those who shared something last, the latest first: whom to ask. Whoever has shared nothing with a day is not among
/// them.
pub(super) fn latest(site: &Site) -> Vec<PersonView> {
    let everyone = (0..site.handbook.people.len()).map(PersonIx);
    let mut dated: Vec<(PersonIx, Shared)> =
        everyone.filter_map(|person| Some((person, last_shared(site, person)?))).collect();
    dated.sort_by_key(|(person, shared)| (std::cmp::Reverse(shared.day), *person));
    dated.truncate(SHOWN);
    dated.into_iter().map(|(person, shared)| view(site, person, Some(shared))).collect()
}

/// What somebody shared last.
struct Shared {
    day: Date,
    entry: Ix,
}

/// The entry by somebody, or the win of theirs, that is the latest. A profile and a page are not for others to use.
fn last_shared(site: &Site, person: PersonIx) -> Option<Shared> {
    let someone = &site.handbook.people[person.0];
    let dated = someone.wrote.iter().chain(&someone.won).filter_map(|ix| {
        let entry = site.handbook.entry(*ix);
        let day = last_day(entry).filter(|_| entry.kind.spec().is_shared)?;
        Some(Shared { day, entry: *ix })
    });
    dated.max_by_key(|shared| (shared.day, std::cmp::Reverse(shared.entry)))
}

/// A person in a list. Role and team come from the profile, where there is one that may be seen.
fn view(site: &Site, person: PersonIx, shared: Option<Shared>) -> PersonView {
    let profile = site.handbook.people[person.0].profile.map(|ix| site.handbook.entry(ix));
    let role = profile.and_then(|entry| match &entry.fields {
        Fields::Person(fields) => fields.role.as_ref().map(|role| role.value.clone()),
        _ => None,
    });
    let team = profile.and_then(|entry| entry.common.team.as_ref()).map(|team| team.value.clone());
    PersonView {
        link: site.person_link(person),
        role: role.unwrap_or_default(),
        team: team.unwrap_or_default(),
        day: site.maybe_day(shared.as_ref().map(|shared| shared.day)),
        shared: shared.map(|shared| site.entry_link(shared.entry)),
    }
}

/// The page of somebody without a profile, in the template of profiles: with what they shared, and nothing else.
fn render(site: &Site, person: PersonIx) -> Rendered {
    let someone = &site.handbook.people[person.0];
    let path = page_path(&someone.address());
    let page = site.page(&path, someone.name.clone(), vec![site.kind_link(Kind::Person)]);
    let own = kinds::PersonView { person: person_lists(site, person, &path)?, ..kinds::PersonView::default() };
    let kind_label = site.word("person").to_owned();
    let view = EntryView { kind: "person".to_owned(), kind_label, own, ..EntryView::default() };
    site.render("person.html", page, view)
}
