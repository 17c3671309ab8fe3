//! The front page.

use crate::content::{Fields, Kind};
use crate::handbook::{Handbook, Ix};
use crate::site::address::{encode, twin_path};
use crate::site::{Rendered, Route, Site, address, entry_page, term_pages};
use crate::theme::Theme;
use crate::theme::view::{HomeView, LinkView, TermsView};

/// How many new and changed entries, and how many wins, the front page shows.
const SHOWN: usize = 6;

/// The front page's route.
pub(super) fn routes(_: &Site) -> Vec<Route> {
    vec![Route::new("index.html", render)]
}

fn render(site: &Site) -> Rendered {
    let introduction = site.handbook.find("index");
    let title = introduction.map_or_else(|| site.handbook.config.title.clone(), |ix| site.handbook.entry(ix).title());
    let mut page = site.page("index.html", title, Vec::new());
    if let Some(ix) = introduction {
        page.description = site.handbook.entry(ix).summary();
        page.twin = encode(&twin_path(&site.handbook.entry(ix).id));
    }
    let view = HomeView {
        html: introduction.map(|ix| entry_page::body(site, ix)).unwrap_or_default(),
        kinds: kinds(site),
        doors: doors(site),
        recent: site.cards_under(site.word("recent"), &recent(&site.handbook, SHOWN), "index.html")?,
        wins: site.cards_under(site.word("latest_wins"), &wins(site), "index.html")?,
    };
    site.render("home.html", page, view)
}

fn kinds(site: &Site) -> Vec<LinkView> {
    let all = Kind::ALL.iter().filter(|kind| **kind != Kind::Page).map(|kind| {
        let count = match kind {
            Kind::Person => site.handbook.people.len(),
            _ => site.handbook.of_kind(*kind).count(),
        };
        LinkView { count, ..site.kind_link(*kind) }
    });
    all.filter(|link| link.count > 0).collect()
}

/// Every group with terms in use, as doors into the handbook.
fn doors(site: &Site) -> Vec<TermsView> {
    let facets = site.handbook.facets.iter();
    let groups = facets.chain([&site.handbook.skills, &site.handbook.teams, &site.handbook.tags]);
    let doors = groups.map(|group| TermsView {
        label: term_pages::group_label(site, group),
        terms: group
            .terms
            .iter()
            .filter(|term| !term.entries.is_empty())
            .map(|term| term_pages::labelled(site, group, term))
            .collect(),
    });
    doors.filter(|door| !door.terms.is_empty()).collect()
}

/// The entries that changed last, latest first. Pages, people and wins have places of their own.
pub(super) fn recent(handbook: &Handbook, count: usize) -> Vec<Ix> {
    let apart = [Kind::Page, Kind::Person, Kind::Win];
    let mut dated: Vec<_> = handbook
        .entries()
        .filter(|(_, entry)| !apart.contains(&entry.kind))
        .filter_map(|(ix, entry)| Some((entry.updated?, ix)))
        .collect();
    dated.sort_by_key(|(date, ix)| (std::cmp::Reverse(*date), *ix));
    dated.into_iter().take(count).map(|(_, ix)| ix).collect()
}

fn wins(site: &Site) -> Vec<Ix> {
    let dated = site
        .handbook
        .of_kind(Kind::Win)
        .filter(|(_, entry)| matches!(&entry.fields, Fields::Win(win) if win.date.is_some()));
    let mut all = super::listings::sorted(site, dated.map(|(ix, _)| ix).collect());
    all.truncate(SHOWN);
    all
}

/// The main navigation: the lists that have something in them.
pub(super) fn navigation(handbook: &Handbook, theme: &Theme) -> Vec<LinkView> {
    let kinds = Kind::ALL.iter().filter(|kind| **kind != Kind::Page);
    let filled = kinds.filter(|kind| match kind {
        Kind::Person => !handbook.people.is_empty(),
        _ => handbook.of_kind(**kind).next().is_some(),
    });
    let link = |kind: &Kind| LinkView {
        label: theme.strings.word(kind.folder()).to_owned(),
        path: address::listing_path(*kind),
        ..LinkView::default()
    };
    filled.map(link).collect()
}
