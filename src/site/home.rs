//! The front page.
//!
//! Everything on it is a view of something that has a page of its own; the lists are beginnings. An entry `index` gives
//! it a title and an introduction, and has no other page.

use jiff::civil::Date;

use crate::content::{Entry, Kind};
use crate::handbook::{Group, Handbook, Ix};
use crate::site::{Rendered, Route, Site, address, entry_page, links, paging, people};
use crate::theme::Theme;
use crate::theme::view::{HomeView, KindView, LinkView, TermsView};

/// How many entries each list of the front page shows.
const SHOWN: usize = 6;

/// How many wins it shows: a week's.
const WINS: usize = 4;

/// The facets that say what a reader wants to do; they stand above the other groups.
const DOORS: [&str; 2] = ["tasks", "channels"];

/// The front page's route.
pub(super) fn routes(_: &Site) -> Vec<Route> {
    vec![Route::new("index.html", render)]
}

/// Renders the front page. Without an introduction it is called as the handbook is.
fn render(site: &Site) -> Rendered {
    let introduction = site.handbook.find("index");
    let title = introduction
        .map_or_else(|| site.handbook.config.title.clone(), |ix| site.handbook.entry(ix).title().to_owned());
    let mut page = site.page("index.html", title, Vec::new());
    if let Some(ix) = introduction {
        entry_page::describe(&mut page, site.handbook.entry(ix));
    }
    let (new, improved) = (new(&site.handbook), improved(&site.handbook));
    let view = HomeView {
        html: introduction.map(|ix| entry_page::body(site, ix)).unwrap_or_default(),
        kinds: kinds(site),
        doors: groups(site, |name| DOORS.contains(&name)),
        groups: groups(site, |name| !DOORS.contains(&name)),
        indexes: indexes(site),
        wins: site.cards_under(site.word("latest_wins"), &wins(site), "index.html")?,
        recent: site.short_cards_under(site.word("new"), &new, SHOWN, "index.html")?,
        improved: site.short_cards_under(site.word("improved"), &improved, SHOWN, "index.html")?,
        people: people::latest(site),
    };
    site.render("home.html", page, view)
}

/// The kinds that have entries, each with the number of rows in its list.
fn kinds(site: &Site) -> Vec<KindView> {
    let all = Kind::listed().map(|kind| {
        let LinkView { label, path, .. } = site.kind_link(kind);
        KindView { key: kind.word().to_owned(), label, path, count: count(&site.handbook, kind) }
    });
    all.filter(|kind| kind.count > 0).collect()
}

/// How many rows the list of a kind has. That of people has everyone who is named, with a profile or without one.
fn count(handbook: &Handbook, kind: Kind) -> usize {
    if kind == Kind::Person { handbook.people.len() } else { handbook.of_kind(kind).count() }
}

/// The groups of some names, with the terms that are in use. Facets have every term of the config, used or not, and
/// skills all five: a term without entries would lead to an empty list.
fn groups(site: &Site, is_wanted: impl Fn(&str) -> bool) -> Vec<TermsView> {
    let groups = site.handbook.facets.iter().chain([&site.handbook.skills]);
    let views = groups.filter(|group| is_wanted(&group.name)).map(|group| TermsView {
        label: links::group_label(site, group),
        path: links::index_path(group),
        terms: group
            .terms
            .iter()
            .filter(|term| !term.entries.is_empty())
            .map(|term| links::labelled(site, group, term))
            .collect(),
    });
    views.filter(|view| !view.terms.is_empty()).collect()
}

/// The groups that are too large or too loose for the front page.
fn indexes(site: &Site) -> Vec<LinkView> {
    let groups = [&site.handbook.teams, &site.handbook.tags].into_iter().filter(|group| !group.terms.is_empty());
    let link = |group: &Group| LinkView {
        label: links::group_label(site, group),
        path: links::index_path(group),
        count: group.terms.len(),
        ..LinkView::default()
    };
    groups.map(link).collect()
}

/// The entries that changed last, latest first.
pub(super) fn recent(handbook: &Handbook, count: usize) -> Vec<Ix> {
    latest(handbook, count, |entry| entry.updated)
}

/// The entries that were written last, by `created`.
fn new(handbook: &Handbook) -> Vec<Ix> {
    latest(handbook, SHOWN, |entry| entry.common.created.as_ref().map(|created| created.value))
}

/// The entries that were changed last, some time after they were written, and are not among the new ones.
fn improved(handbook: &Handbook) -> Vec<Ix> {
    let fresh = new(handbook);
    // Twice as many, because each of the new ones may be among them.
    let mut changed = latest(handbook, 2 * SHOWN, |entry| {
        let created = entry.common.created.as_ref().map(|created| created.value);
        entry.updated.filter(|updated| created != Some(*updated))
    });
    changed.retain(|ix| !fresh.contains(ix));
    changed.truncate(SHOWN);
    changed
}

/// The entries with the latest days, of one day in the order of ids: days are all that is known, and the order must not
/// depend on anything else. Wins have a list of their own beside these.
fn latest(handbook: &Handbook, count: usize, day: impl Fn(&Entry) -> Option<Date>) -> Vec<Ix> {
    let is_news = |kind: Kind| kind.spec().is_shared && kind != Kind::Win;
    let entries = handbook.entries().filter(|(_, entry)| is_news(entry.kind));
    let mut dated: Vec<_> = entries.filter_map(|(ix, entry)| Some((day(entry)?, ix))).collect();
    dated.sort_by_key(|(date, ix)| (std::cmp::Reverse(*date), *ix));
    dated.into_iter().take(count).map(|(_, ix)| ix).collect()
}

/// The latest wins; one without a day cannot be the latest.
fn wins(site: &Site) -> Vec<Ix> {
    let dated = site.handbook.of_kind(Kind::Win).filter(|(_, entry)| entry.fields.day().is_some());
    let mut all = paging::sorted(site, dated.map(|(ix, _)| ix).collect());
    all.truncate(WINS);
    all
}

/// How many folders of ordinary pages the main navigation names, in the order of ids.
const FOLDERS: usize = 3;

/// The main navigation: the lists that have something in them, and folders of ordinary pages that have a page `index`.
pub(super) fn navigation(handbook: &Handbook, theme: &Theme) -> Vec<LinkView> {
    let filled = Kind::listed().filter(|kind| count(handbook, *kind) > 0);
    let link = |kind: Kind| LinkView {
        label: theme.strings.word(kind.folder()).to_owned(),
        path: address::listing_path(kind),
        ..LinkView::default()
    };
    let pages = handbook.of_kind(Kind::Page).map(|(_, entry)| entry);
    let is_first = |folder: &str| !folder.is_empty() && !folder.contains('/');
    let folders = pages.filter(|entry| entry.id.name() == "index" && is_first(entry.id.folder()));
    filled.map(link).chain(folders.take(FOLDERS).map(links::link_to)).collect()
}
