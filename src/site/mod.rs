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
mod cards;
mod collection_places;
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
mod schemas;
mod search_files;
mod surroundings;
mod term_pages;
mod theme_assets;
mod title;
mod twins;

pub use address::{entry_path, twin_path};
pub use reserved::{MARK, reserved};

use std::sync::OnceLock;

use rayon::prelude::*;
use serde::Serialize;

use crate::content::ReservedName;
use crate::diagnostics::Diagnostic;
use crate::handbook::Handbook;
use crate::markdown::Highlighter;
use crate::search::Index;
use crate::theme::Theme;
use crate::theme::view::{Framed, LinkView, PageView, SiteView};

/// What a route gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// The file's bytes.
    Bytes(Vec<u8>),
    /// A file below `content/` that is copied as it is.
    Attachment(String),
}

/// The outcome of a route: its content, or the theme's mistake. Boxed, because a diagnostic is large and hardly ever
/// there.
pub type Rendered = Result<Content, Box<Diagnostic>>;

/// How a route makes its content. It captures what tells it from its siblings (a path, an index), and gets the rest.
type Render = Box<dyn Fn(&Site) -> Rendered + Send + Sync>;

/// One file of the site.
pub struct Route {
    /// Its path from the root, with `/` on every system, not percent-encoded: it names a file.
    pub path: String,
    render: Render,
}

impl Route {
    fn new(path: impl Into<String>, render: impl Fn(&Site) -> Rendered + Send + Sync + 'static) -> Self {
        Self { path: path.into(), render: Box::new(render) }
    }
}

impl std::fmt::Debug for Route {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Route").field("path", &self.path).finish_non_exhaustive()
    }
}

/// A family of outputs: files that are alike, with a file of their own here.
struct Family {
    /// The routes that it adds.
    routes: fn(&Site) -> Vec<Route>,
    /// The names that it takes at the top of the site, beside those of entries, of the lists of kinds and of facets.
    names: &'static [ReservedName],
}

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

/// Everything that routes are made from. The private fields, but for `location`, are caches, filled by whichever route
/// asks first.
#[derive(Debug)]
pub struct Site {
    /// The visible entries.
    pub handbook: Handbook,
    /// The look.
    pub theme: Theme,
    /// Where the site will be, without `/` at the end; empty when not known. Only what leaves the site has it (feeds,
    /// the sitemap, canonical links): links within the site are relative, so that a build works at any address.
    pub base_url: String,
    /// The path that the site will be at, with `/` at both ends; empty when not known. For the page of a host that is
    /// shown at any depth.
    location: String,
    highlighter: Highlighter,
    /// See [`search`](Site::search).
    index: OnceLock<Index>,
    /// See [`paging::sorted`].
    title_places: OnceLock<Vec<usize>>,
    cards: cards::Cards,
    context: context_data::Versions,
    slot_options: fill::SlotOptions,
    collection_places: collection_places::CollectionPlaces,
}

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
        theme.set_site(&view(&handbook, &theme, base_url));
        Self {
            base_url: base_url.to_owned(),
            location,
            highlighter: Highlighter::default(),
            index: OnceLock::new(),
            title_places: OnceLock::new(),
            cards: cards::Cards::new(handbook.len()),
            context: context_data::Versions::new(handbook.len()),
            slot_options: fill::SlotOptions::default(),
            collection_places: collection_places::CollectionPlaces::default(),
            handbook,
            theme,
        }
    }

    /// The search index, made when it is first asked for. A build asks before it renders on every thread: making it
    /// uses every thread itself, and one that waited for it could not help.
    pub fn search(&self) -> &Index {
        self.index.get_or_init(|| Index::new(&self.handbook))
    }

    /// A word of the interface.
    fn word(&self, key: &'static str) -> &str {
        self.theme.strings.word(key)
    }

    /// A word of the interface for one of a closed list: `trust` and `high`. Such a list may share a word with another,
    /// which is then another word in some language.
    fn word_of(&self, family: &'static str, own: &'static str) -> &str {
        self.theme.strings.word_of(family, own)
    }

    /// A page's frame. `path` is that of its file; `crumbs` lead to it from the front page, which is added here. The
    /// section of the navigation that it belongs to is the first of them, or the page itself.
    fn page(&self, path: &str, title: String, crumbs: Vec<LinkView>) -> PageView {
        let home =
            LinkView { label: self.word("home").to_owned(), path: "index.html".to_owned(), ..LinkView::default() };
        let mut way = if path == "index.html" { Vec::new() } else { vec![home] };
        way.extend(crumbs);
        let canonical = if self.base_url.is_empty() {
            String::new()
        } else {
            format!("{}/{}", self.base_url, address::encode(path))
        };
        let section = way.get(1).map_or_else(|| address::encode(path), |link| link.path.clone());
        PageView { title, path: address::encode(path), section, crumbs: way, canonical, ..PageView::default() }
    }

    /// Renders a page in its frame. A path that is percent-encoded has as many slashes as its file, so the way to the
    /// root is the same.
    fn render<T: Serialize>(&self, template: &str, page: PageView, inner: T) -> Rendered {
        let root = address::root(&page.path);
        let path = page.path.clone();
        self.render_view(template, &Framed { page, root, inner }, &path)
    }

    /// Renders what has no frame of a page, or one of its own. `path` is for the message when it fails.
    fn render_view<T: Serialize>(&self, template: &str, view: &T, path: &str) -> Rendered {
        self.theme.render(template, view, path).map(|text| Content::Bytes(text.into_bytes()))
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

impl Route {
    /// Makes the content.
    ///
    /// # Errors
    ///
    /// The theme's mistake, where its template cannot be rendered.
    pub fn render(&self, site: &Site) -> Rendered {
        (self.render)(site)
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
