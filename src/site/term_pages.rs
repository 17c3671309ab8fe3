//! Facets, skills, tags and teams: a page for each group, and a list for each of its terms.

use crate::content::Skill;
use crate::handbook::{Group, Ix, Term};
use crate::site::address::encode;
use crate::site::listings::{List, Title, paged, sorted};
use crate::site::{Route, Site};
use crate::text::words::capitalised;
use crate::theme::view::{LinkView, TermListView};

/// The pages of every group that is used.
pub(super) fn routes(site: &Site) -> Vec<Route> {
    let groups = [&site.handbook.tags, &site.handbook.teams, &site.handbook.skills];
    let used = |group: &&Group| group.terms.iter().any(|term| !term.entries.is_empty());
    groups.into_iter().chain(&site.handbook.facets).filter(used).flat_map(|group| of_group(site, group)).collect()
}

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

/// The entries of a term, kind by kind, each in the order of its list.
fn by_kind(site: &Site, term: &Term) -> Vec<Ix> {
    let mut entries = sorted(site, term.entries.clone());
    entries.sort_by_key(|ix| site.handbook.entry(*ix).kind);
    entries
}

fn index(site: &Site, group: &Group, label: String) -> Route {
    let path = index_path(group);
    let terms: Vec<LinkView> = group.terms.iter().map(|term| labelled(site, group, term)).collect();
    let of = group.name.clone();
    Route::new(path.clone(), move |site| {
        let page = site.page(&path, label.clone(), Vec::new());
        site.render("terms.html", page, TermListView { terms: terms.clone(), of: of.clone() })
    })
}

/// A link to a term's list, with its words in the interface's language.
pub(super) fn labelled(site: &Site, group: &Group, term: &Term) -> LinkView {
    LinkView { label: term_label(site, group, term), ..link(group, term) }
}

/// A link to a term's list.
pub(super) fn link(group: &Group, term: &Term) -> LinkView {
    LinkView {
        label: term.label.clone(),
        path: encode(&term_path(group, term)),
        external: false,
        count: term.entries.len(),
    }
}

/// The groups that every handbook has. A facet that the config adds is called as the team calls it.
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

fn term_path(group: &Group, term: &Term) -> String {
    format!("{}/{}.html", group.name, term.slug)
}

fn term_label(site: &Site, group: &Group, term: &Term) -> String {
    term_title(group, term).text(site)
}

/// Skills have words in the interface's language; every other term is the team's own.
fn term_title(group: &Group, term: &Term) -> Title {
    let skill = Skill::of_word(&term.label).filter(|_| group.name == "skills");
    skill.map_or_else(|| Title::Text(term.label.clone()), |skill| Title::Word(skill.word()))
}
