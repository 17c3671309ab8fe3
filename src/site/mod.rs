//! A handbook as a table of routes.
//!
//! Takes a [`Handbook`] and a [`Theme`], gives [`Routes`]: a path for each file of the site, and for each path a
//! pure function that makes its bytes. Nothing is rendered until it is asked for, so a build renders every route
//! and a preview only the one that is looked at. It never touches a file: an attachment is a route that names the
//! file to copy. Start reading at [`Routes::of`]; each family of outputs is a file of its own.
//!
//! Three things follow from a route being a pure function of the [`Site`]. Routes may be rendered in any order and on
//! any thread, so what pages share is made once behind a [`OnceLock`], never passed from one page to the next. The
//! table is known before a page is, so a family says which files it has from the handbook alone. And the same handbook
//! gives the same bytes: no route reads the clock, the disk or an unordered map.

mod address;
mod attachments;
mod caches;
mod cards;
mod collection_places;
mod content;
mod context_data;
mod days;
mod entry_page;
mod facts;
mod feeds;
mod fill;
#[cfg(test)]
mod fixture;
pub mod headers;
mod home;
mod index_files;
mod kinds;
mod links;
mod listings;
mod paging;
mod parts;
mod people;
mod prompt_block;
mod redirects;
mod reserved;
mod route;
mod schemas;
mod search_files;
// A file is named after its main type.
#[allow(clippy::module_inception)]
mod site;
mod surroundings;
mod term_pages;
mod theme_assets;
mod title;
mod twins;

pub use address::{entry_path, twin_path};
pub use content::{Content, Rendered};
pub use reserved::{MARK, reserved};
pub use route::Route;
pub use site::Site;

use std::sync::OnceLock;

use rayon::prelude::*;

use crate::handbook::Handbook;
use crate::markdown::Highlighter;
use crate::site::caches::{Cards, CollectionPlaces, SlotOptions, Tops, TwinBodies, Versions};
use crate::site::route::Family;
use crate::theme::Theme;
use crate::theme::view::SiteView;

/// The registry: a line for each family, in any order. No two make the same path: every way in which they could is a
/// problem that `check` reports.
const FAMILIES: &[Family] = &[
    Family { routes: home::routes, names: &[] },
    Family { routes: entry_page::routes, names: &[] },
    Family { routes: twins::routes, names: &[] },
    Family { routes: listings::routes, names: &[] },
    Family { routes: term_pages::routes, names: term_pages::NAMES },
    Family { routes: people::routes, names: &[] },
    Family { routes: redirects::routes, names: &[] },
    Family { routes: feeds::routes, names: feeds::NAMES },
    Family { routes: search_files::routes, names: search_files::NAMES },
    Family { routes: index_files::routes, names: index_files::NAMES },
    Family { routes: theme_assets::routes, names: theme_assets::NAMES },
    Family { routes: context_data::routes, names: context_data::NAMES },
    Family { routes: attachments::routes, names: &[] },
    Family { routes: schemas::routes, names: schemas::NAMES },
];

impl Site {
    /// A site of a handbook for an address, which may be empty.
    pub fn new(handbook: Handbook, theme: Theme, base_url: &str) -> Self {
        Self::at(handbook, theme, base_url, address::path_of(base_url))
    }

    /// The same for a server that has it at the root of some address.
    pub fn at_root(handbook: Handbook, theme: Theme) -> Self {
        Self::at(handbook, theme, "", "/".to_owned())
    }

    /// The theme gets what every template sees as `site` once: it is the same on all pages.
    fn at(handbook: Handbook, mut theme: Theme, base_url: &str, location: String) -> Self {
        let view = view(&handbook, &theme, base_url);
        theme.set_site(&view);
        Self {
            base_url: base_url.to_owned(),
            location,
            highlighter: Highlighter::default(),
            index: OnceLock::new(),
            title_places: OnceLock::new(),
            tops: Tops::new(&view.nav),
            twin_bodies: TwinBodies::new(handbook.len()),
            cards: Cards::new(handbook.len()),
            context: Versions::new(handbook.len()),
            slot_options: SlotOptions::default(),
            collection_places: CollectionPlaces::default(),
            handbook,
            theme,
        }
    }
}

/// What every template sees as `site`.
fn view(handbook: &Handbook, theme: &Theme, base_url: &str) -> SiteView {
    SiteView {
        title: handbook.config.title.clone(),
        language: handbook.config.language.clone(),
        direction: direction(&handbook.config.language),
        base_url: base_url.to_owned(),
        style: theme.asset("site.css").unwrap_or_default().to_owned(),
        home_style: theme.asset("home.css").unwrap_or_default().to_owned(),
        bench_script: theme.asset("bench.js").unwrap_or_default().to_owned(),
        search_script: theme.asset("search.js").unwrap_or_default().to_owned(),
        boot: theme.asset("boot.js").unwrap_or_default().to_owned(),
        script: theme.asset("site.js").unwrap_or_default().to_owned(),
        nav: home::navigation(handbook, theme),
        private: index_files::is_private(handbook),
    }
}

/// Languages that are written from right to left, by their first subtag (BCP 47). `iw` is the old code of Hebrew.
const RIGHT_TO_LEFT: [&str; 12] = ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "ug", "ur", "yi"];

/// How a language is written, for the attribute `dir`. A script that is named, as in `az-Arab`, decides: in BCP 47 it
/// is the subtag of four letters.
fn direction(language: &str) -> &'static str {
    let language = language.to_ascii_lowercase();
    let mut parts = language.split('-');
    let first = parts.next().unwrap_or_default();
    let script = parts.find(|part| part.len() == 4 && part.bytes().all(|b| b.is_ascii_lowercase()));
    let is_rtl = script.map_or(RIGHT_TO_LEFT.contains(&first), |script| ["arab", "hebr", "thaa"].contains(&script));
    if is_rtl { "rtl" } else { "ltr" }
}

/// The table: every file of a site, by path.
#[derive(Debug)]
pub struct Routes {
    /// Sorted by path, for the look-up and so that every listing of a site is in the same order.
    list: Vec<Route>,
}

impl Routes {
    /// The routes of a site. Nothing is rendered for it.
    pub fn of(site: &Site) -> Self {
        let mut list: Vec<Route> = FAMILIES.par_iter().flat_map_iter(|family| (family.routes)(site)).collect();
        // Nothing is dropped: publishing refuses a path that occurs twice, which is better than a page that is lost.
        list.sort_by(|a, b| a.path.cmp(&b.path));
        Self { list }
    }

    /// The paths, sorted.
    pub fn paths(&self) -> impl ExactSizeIterator<Item = &str> {
        self.list.iter().map(|route| route.path.as_str())
    }

    /// The routes, by path.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Route> {
        self.list.iter()
    }

    /// Makes the content of a path; `None` when the site has no such file.
    pub fn render(&self, site: &Site, path: &str) -> Option<Rendered> {
        let at = self.list.binary_search_by(|route| route.path.as_str().cmp(path)).ok()?;
        Some(self.list[at].render(site))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::content::{Reserved, reserved_path};

    /// An entry of each kind, with everything that gets pages of its own.
    const ENTRIES: [(&str, &str); 4] = [
        ("index", "+++\ntitle = \"Front\"\n+++\n"),
        (
            "prompts/p",
            "+++\ntitle = \"P\"\naliases = [\"old/p\"]\ntags = [\"t\"]\nteam = \"u\"\nroles = [\"r\"]\n+++\n```prompt\nx\n```\n",
        ),
        ("context/c", "+++\ntitle = \"C\"\nskills = [\"model-literacy\"]\nauthors = [\"Jo Park\"]\n+++\nText.\n"),
        ("wins/w", "+++\ntitle = \"W\"\ndate = 2026-05-04\n+++\n"),
    ];

    /// What a family makes, beside the files of entries, stands below names that it declares, or is of a kind's list or
    /// of a facet. And what it declares it makes.
    #[test]
    fn every_family_declares_the_names_that_it_takes() {
        let site = fixture::site_at("https://x.example", "[facets]\nroles = [\"r\"]\n", &ENTRIES);
        let of_entries = site.handbook.entries().filter(|(_, entry)| entry.id.as_str() != "index");
        let mut of_content: HashSet<String> =
            of_entries.flat_map(|(_, entry)| [entry_path(&entry.id), twin_path(&entry.id)]).collect();
        of_content.extend(["index.md", "old/p.html", "people/jo-park.html"].map(str::to_owned));
        let without_names = Reserved::new([], &site.handbook.config);
        let mut count = 0;
        for family in FAMILIES {
            let own: Vec<String> = (family.routes)(&site).into_iter().map(|route| route.path).collect();
            for path in own.iter().filter(|path| !of_content.contains(*path)) {
                let is_declared = family.names.iter().any(|name| name.covers(path));
                assert!(is_declared || reserved_path(path, &without_names).is_some(), "`{path}` is not declared");
                assert!(reserved_path(path, &reserved(&site.handbook.config)).is_some(), "content can take `{path}`");
                count += 1;
            }
            for name in family.names {
                assert!(own.iter().any(|path| name.covers(path)), "{name:?} is declared and not made");
            }
        }
        assert!(count > 20, "{count}");
    }
}
