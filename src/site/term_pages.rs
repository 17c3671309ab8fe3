//! Facets, skills, tags and teams: a page for each group, and a list for each of its terms.

use crate::content::ReservedName;
use crate::handbook::{Group, Ix, Term};
use crate::site::links::{group_label, index_path, labelled, term_path, term_title};
use crate::site::paging::{List, paged, sorted};
use crate::site::{Route, Site};
use crate::theme::view::{LinkView, TermListView};

/// The names that it takes.
pub(super) const NAMES: &[ReservedName] = &[
    ReservedName::folder("skills", "the pages of the five skills, and skills for AI tools"),
    ReservedName::folder("tags", "the pages of tags"),
    ReservedName::folder("teams", "the pages of teams"),
];

/// The pages of every group that is used.
pub(super) fn routes(site: &Site) -> Vec<Route> {
    // A group that nobody uses has no pages at all, and nothing links to its index.
    let groups = [&site.handbook.tags, &site.handbook.teams, &site.handbook.skills];
    let used = |group: &&Group| group.terms.iter().any(|term| !term.entries.is_empty());
    groups.into_iter().chain(&site.handbook.facets).filter(used).flat_map(|group| of_group(site, group)).collect()
}

/// The index of a group, and the pages of each of its terms. A term without entries has a page too: it is listed by the
/// index, as something that the team has a word for.
fn of_group(site: &Site, group: &Group) -> Vec<Route> {
    let label = group_label(site, group);
    let up = LinkView { label: label.clone(), path: index_path(group), ..LinkView::default() };
    let mut routes = vec![index(site, group, label)];
    for term in &group.terms {
        let list = List {
            title: term_title(group, term),
            first: term_path(group, term),
            of: group.name.clone(),
            up: vec![up.clone()],
            kind: None,
        };
        routes.extend(paged(&list, &by_kind(site, term)));
    }
    routes
}

/// The entries of a term, kind by kind, each in the order of its list: the second sort is stable.
fn by_kind(site: &Site, term: &Term) -> Vec<Ix> {
    let mut entries = sorted(site, term.entries.clone());
    entries.sort_by_key(|ix| site.handbook.entry(*ix).kind);
    entries
}

/// The page that lists the terms of a group. Terms are turned into links once, when the route is made.
fn index(site: &Site, group: &Group, label: String) -> Route {
    let path = index_path(group);
    let terms: Vec<LinkView> = group.terms.iter().map(|term| labelled(site, group, term)).collect();
    let of = group.name.clone();
    Route::new(path.clone(), move |site| {
        let page = site.page(&path, label.clone(), Vec::new());
        site.render("terms.html", page, TermListView { terms: terms.clone(), of: of.clone() })
    })
}
