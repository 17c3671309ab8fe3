//! Everything that routes are made from.

use std::sync::{Arc, OnceLock, PoisonError};

use serde::Serialize;

use crate::diagnostics::Diagnostic;
use crate::handbook::Handbook;
use crate::markdown::Highlighter;
use crate::search::Index;
use crate::site::address;
use crate::site::caches::{Cards, CollectionPlaces, SlotOptions, Tops, TwinBodies, Versions};
use crate::site::content::{Content, Rendered};
use crate::theme::Theme;
use crate::theme::view::{Framed, LinkView, PageView, TopView};

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
    pub(super) location: String,
    pub(super) highlighter: Highlighter,
    /// See [`search`](Site::search).
    pub(super) index: OnceLock<Index>,
    /// See [`paging::sorted`](super::paging::sorted).
    pub(super) title_places: OnceLock<Vec<usize>>,
    pub(super) tops: Tops,
    pub(super) twin_bodies: TwinBodies,
    pub(super) cards: Cards,
    pub(super) context: Versions,
    pub(super) slot_options: SlotOptions,
    pub(super) collection_places: CollectionPlaces,
}

impl Site {
    /// The search index, made when it is first asked for. A build asks before it renders on every thread: making it
    /// uses every thread itself, and one that waited for it could not help.
    pub fn search(&self) -> &Index {
        self.index.get_or_init(|| Index::new(&self.handbook))
    }

    /// A word of the interface.
    pub(super) fn word(&self, key: &'static str) -> &str {
        self.theme.strings.word(key)
    }

    /// A word of the interface for one of a closed list: `trust` and `high`. Such a list may share a word with another,
    /// which is then another word in some language.
    pub(super) fn word_of(&self, family: &'static str, own: &'static str) -> &str {
        self.theme.strings.word_of(family, own)
    }

    /// A page's frame. `path` is that of its file; `crumbs` lead to it from the front page, which is added here. The
    /// section of the navigation that it belongs to is the first of them, or the page itself.
    pub(super) fn page(&self, path: &str, title: String, crumbs: Vec<LinkView>) -> PageView {
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
    pub(super) fn render<T: Serialize>(&self, template: &str, page: PageView, inner: T) -> Rendered {
        let root = address::root(&page.path);
        self.render_from(root, template, page, inner)
    }

    /// The same with another way to the root.
    pub(super) fn render_from<T: Serialize>(&self, root: String, template: &str, page: PageView, inner: T) -> Rendered {
        let path = page.path.clone();
        let top = self.top(&root, &page)?;
        self.render_view(template, &Framed { page, root, top: &top, inner }, &path)
    }

    /// The bar at the top of a page. Two threads may make it at once, to the same HTML.
    fn top(&self, root: &str, page: &PageView) -> Result<Arc<str>, Box<Diagnostic>> {
        let (here, section) = (self.tops.in_nav(&page.path), self.tops.in_nav(&page.section));
        let view = TopView { root: root.to_owned(), here, section };
        if let Some(made) = self.tops.made.read().unwrap_or_else(PoisonError::into_inner).get(&view) {
            return Ok(Arc::clone(made));
        }
        let html: Arc<str> = self.theme.render("top.html", &view, &page.path)?.into();
        self.tops.made.write().unwrap_or_else(PoisonError::into_inner).insert(view, Arc::clone(&html));
        Ok(html)
    }

    /// Renders what has no frame of a page, or one of its own. `path` is for the message when it fails.
    pub(super) fn render_view<T: Serialize>(&self, template: &str, view: &T, path: &str) -> Rendered {
        self.theme.render(template, view, path).map(|text| Content::Bytes(text.into_bytes()))
    }
}
