//! Lists of entries, on pages that a browser and a person can take.
//!
//! A page has a fixed number of rows. What is on which page shifts when an entry is added, so nothing but the list
//! itself leads to any page but the first.

use std::cmp::Reverse;

use rayon::prelude::*;

use crate::content::{Kind, canonical};
use crate::handbook::{Handbook, Ix, Term};
use crate::site::address::{encode, numbered};
use crate::site::title::Title;
use crate::site::{Rendered, Route, Site, links};
use crate::theme::view::{LinkView, ListView, TermsView};

/// How many rows a page of a list has: a list that one can look through, and little HTML.
const ROWS: usize = 100;

/// What a paged list is of.
#[derive(Clone)]
pub(super) struct List {
    /// What it is called.
    pub(super) title: Title,
    /// Its first page.
    pub(super) first: String,
    /// A kind or group, for a class of the style sheet.
    pub(super) of: String,
    /// The way to it from the front page, which is not in it.
    pub(super) up: Vec<LinkView>,
    /// The kind that it is of, whose facets it then shows.
    pub(super) kind: Option<Kind>,
}

/// The pages of a list; an empty list has one page that says so. The rows of each are decided here: all pages of a list
/// must be cut from one order.
pub(super) fn paged(list: &List, entries: &[Ix]) -> Vec<Route> {
    let pages = entries.len().div_ceil(ROWS).max(1);
    let total = entries.len();
    (1..=pages)
        .map(|number| {
            let rows: Vec<Ix> = entries.iter().skip((number - 1) * ROWS).take(ROWS).copied().collect();
            let list = list.clone();
            let path = numbered(&list.first, number);
            Route::new(path.clone(), move |site: &Site| render(site, &list, &path, &rows, [number, pages, total]))
        })
        .collect()
}

/// Renders a page of a list. Numbers of pages count from 1.
fn render(site: &Site, list: &List, path: &str, rows: &[Ix], [number, pages, total]: [usize; 3]) -> Rendered {
    let page = site.page(path, list.title.text(site), list.up.clone());
    let other =
        |wanted: usize, exists: bool| if exists { encode(&numbered(&list.first, wanted)) } else { String::new() };
    let view = ListView {
        facets: list.kind.map(|kind| facets(site, kind)).unwrap_or_default(),
        html: site.cards(rows.iter().copied(), path)?,
        total,
        number,
        pages,
        previous: other(number.wrapping_sub(1), number > 1),
        next: other(number + 1, number < pages),
        of: list.of.clone(),
        of_kind: list.kind.is_some(),
    };
    site.render("list.html", page, view)
}

/// The facets' terms that entries of a kind have, as links to their lists, which have entries of other kinds too.
fn facets(site: &Site, kind: Kind) -> Vec<TermsView> {
    let views = site.handbook.facets.iter().map(|group| {
        let has = |term: &&Term| term.entries.iter().any(|ix| site.handbook.entry(*ix).kind == kind);
        let terms = group.terms.iter().filter(has);
        TermsView {
            label: links::group_label(site, group),
            path: links::index_path(group),
            terms: terms.map(|term| links::labelled(site, group, term)).collect(),
        }
    });
    views.filter(|view| !view.terms.is_empty()).collect()
}

/// The order of lists: what has a day of its own, as wins have, by that, latest first; then everything else by title.
/// Ids decide between equals.
pub(super) fn sorted(site: &Site, mut entries: Vec<Ix>) -> Vec<Ix> {
    let places = site.title_places.get_or_init(|| title_places(&site.handbook));
    entries.sort_by_key(|ix| (Reverse(site.handbook.entry(*ix).fields.day()), places[ix.0]));
    entries
}

/// For each entry its place among all when they are sorted by title: an entry stands in many lists, and to compare titles
/// takes longer than to compare places.
fn title_places(handbook: &Handbook) -> Vec<usize> {
    let mut titles: Vec<(String, Ix)> = handbook.entries().map(|(ix, entry)| (canonical(entry.title()), ix)).collect();
    titles.par_sort_unstable();
    let mut places = vec![0; titles.len()];
    for (place, (_, ix)) in titles.into_iter().enumerate() {
        places[ix.0] = place;
    }
    places
}
