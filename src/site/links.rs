//! Links as templates get them: to entries, people, kinds, terms and the world outside.
//!
//! A view's path is from the root and encoded, and the template puts the way to the root before it; an address of
//! another site is whole, and says so by `external`. A link that leads nowhere has no path, and templates write its
//! label alone.

use crate::content::{Entry, Kind, Skill};
use crate::handbook::{Group, Ix, PersonIx, Term};
use crate::markdown::Destination;
use crate::site::Site;
use crate::site::address::{encode, entry_path, listing_path, page_path};
use crate::site::title::Title;
use crate::text::words::capitalised;
use crate::theme::view::LinkView;

impl Site {
    /// A link to an entry's page.
    pub(super) fn entry_link(&self, ix: Ix) -> LinkView {
        link_to(self.handbook.entry(ix))
    }

    /// A link to a person's page: the profile, or the page that is made for a name. Both lie in one folder.
    pub(super) fn person_link(&self, person: PersonIx) -> LinkView {
        let person = &self.handbook.people[person.0];
        LinkView { label: person.name.clone(), path: encode(&page_path(&person.address())), ..LinkView::default() }
    }

    /// The person that a name in an entry means, or the plain name. It depends on the entry: a name first means
    /// somebody whom the entry's readers may see.
    pub(super) fn person(&self, ix: Ix, name: &str) -> LinkView {
        match self.handbook.person_named(ix, name) {
            Some(person) => self.person_link(person),
            None => LinkView { label: name.to_owned(), ..LinkView::default() },
        }
    }

    /// A link to the list of a kind.
    pub(super) fn kind_link(&self, kind: Kind) -> LinkView {
        LinkView { label: self.word(kind.folder()).to_owned(), path: listing_path(kind), ..LinkView::default() }
    }

    /// The entry's place in the site: the list of its kind; for an ordinary page the pages `index` of its folders, the
    /// outermost first. A folder without such a page is passed over, since there is nothing to link to.
    pub(super) fn crumbs(&self, entry: &Entry) -> Vec<LinkView> {
        if entry.kind.is_listed() {
            return vec![self.kind_link(entry.kind)];
        }
        let folder = entry.id.folder();
        let ends = folder.match_indices('/').map(|(end, _)| end).chain([folder.len()]);
        let indexes = ends.filter_map(|end| self.handbook.find(&format!("{}/index", &folder[..end])));
        let above = indexes.map(|ix| self.handbook.entry(ix)).filter(|index| index.id != entry.id);
        above.map(link_to).collect()
    }
}

/// A link to an entry's page.
pub(super) fn link_to(entry: &Entry) -> LinkView {
    LinkView { label: entry.title().to_owned(), path: encode(&entry_path(&entry.id)), ..LinkView::default() }
}

/// A link out of the handbook; text only when the address must not be followed. Fields come past the stream of
/// Markdown, so they are judged here, by the same rule.
pub(super) fn web_link(address: &str, label: Option<&str>) -> LinkView {
    let label = label.unwrap_or(address).to_owned();
    match Destination::of(address) {
        Destination::External(path) => LinkView { label, path, external: true, count: 0 },
        _ => LinkView { label, ..LinkView::default() },
    }
}

/// A link to a term's page, or the word alone when no page has it.
pub(super) fn term_link(group: &Group, written: &str) -> LinkView {
    match group.term(written) {
        Some(term) => to_term(group, term),
        None => LinkView { label: written.to_owned(), ..LinkView::default() },
    }
}

/// A link to a term's list, with its words in the interface's language.
pub(super) fn labelled(site: &Site, group: &Group, term: &Term) -> LinkView {
    LinkView { label: term_title(group, term).text(site), ..to_term(group, term) }
}

/// A link to a term's list.
pub(super) fn to_term(group: &Group, term: &Term) -> LinkView {
    LinkView {
        label: term.label.clone(),
        path: encode(&term_path(group, term)),
        external: false,
        count: term.entries.len(),
    }
}

/// The groups that every handbook has. A facet that the config adds is called as the team calls it: a word of the
/// interface for it could be that of something else.
const GROUPS: [&str; 6] = ["roles", "tasks", "channels", "skills", "tags", "teams"];

/// A group as people read it: the interface's word, else its name.
pub(super) fn group_label(site: &Site, group: &Group) -> String {
    if let Some(key) = GROUPS.into_iter().find(|key| *key == group.name) {
        return site.word(key).to_owned();
    }
    capitalised(&group.name.replace('_', " "))
}

/// The first page of a group.
pub(super) fn index_path(group: &Group) -> String {
    format!("{}/index.html", group.name)
}

/// The first page of a term's list.
pub(super) fn term_path(group: &Group, term: &Term) -> String {
    format!("{}/{}.html", group.name, term.slug)
}

/// Skills have words in the interface's language; every other term is the team's own.
pub(super) fn term_title(group: &Group, term: &Term) -> Title {
    let skill = Skill::of_word(&term.label).filter(|_| group.name == "skills");
    skill.map_or_else(|| Title::Text(term.label.clone()), |skill| Title::Word(skill.word()))
}
