//! What templates see: plain data, one struct a template or part of one.
//!
//! Paths are from the site's root and percent-encoded; a template puts `root` before them. Fields named `html`
//! are finished HTML and are printed with `| safe`; everything else is text.

use serde::Serialize;

/// The whole site: `site` in every template.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SiteView {
    /// What the handbook is called.
    pub title: String,
    /// The language of its texts.
    pub language: String,
    /// How that language is written: `ltr` or `rtl`.
    pub direction: &'static str,
    /// Where the site will be, without `/` at the end; empty when not known.
    pub base_url: String,
    /// The style sheet of every page.
    pub style: String,
    /// The style sheet that the front page has besides.
    pub home_style: String,
    /// The script of a page with a form that fills a text; empty when the theme has none.
    pub bench_script: String,
    /// The script that answers queries, loaded when search is opened.
    pub search_script: String,
    /// The script that runs before anything is shown; empty when the theme has none.
    pub boot: String,
    /// The script that runs when the page is read; empty when the theme has none.
    pub script: String,
    /// The main navigation.
    pub nav: Vec<LinkView>,
    /// Whether search engines should stay away, because the site is not for everyone.
    pub private: bool,
}

/// A link with its text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LinkView {
    /// What it says.
    pub label: String,
    /// Where it leads: a path from the root, or an address of another site when `external`.
    pub path: String,
    /// Whether it leads out of the handbook.
    pub external: bool,
    /// How many things are there; 0 where that is not said.
    pub count: usize,
}

/// What every page has: `page`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PageView {
    /// Its title.
    pub title: String,
    /// The anchor of its title, for links to it; empty where the title is no heading of the body.
    pub title_anchor: String,
    /// One sentence about it; may be empty.
    pub description: String,
    /// Its path from the root.
    pub path: String,
    /// The section of the navigation it belongs to, as the path of that link.
    pub section: String,
    /// The way from the root, without the page itself.
    pub crumbs: Vec<LinkView>,
    /// Its Markdown twin; empty when it has none.
    pub twin: String,
    /// Its full address; empty when the site's is not known.
    pub canonical: String,
}

/// A page around anything.
#[derive(Debug, Clone, Serialize)]
pub struct Framed<'a, T> {
    /// The page.
    pub page: PageView,
    /// What leads from the page to the root: empty, `../` or more of it.
    pub root: String,
    /// The bar above it, finished.
    pub top: &'a str,
    /// The page's own data.
    #[serde(flatten)]
    pub inner: T,
}

/// The bar at the top, `top.html`. Of the page it sees no more than this, because all pages of which this is alike have
/// one and the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct TopView {
    /// What leads from the page to the root.
    pub root: String,
    /// The link of the navigation that leads to the page itself, as its path; empty where none does.
    pub here: String,
    /// The link of the navigation that leads to the page's section, as its path; empty where none does.
    pub section: String,
}

/// A day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DayView {
    /// For machines: `2026-11-20`. Empty for no day.
    pub iso: String,
    /// As people of the handbook's language write it.
    pub text: String,
}

/// A term or person with a page of its own, or a plain word when `path` is empty.
pub type TermView = LinkView;

/// A list of terms under a name.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TermsView {
    /// The name, e.g. `Tasks`.
    pub label: String,
    /// The page with all of them; may be empty.
    pub path: String,
    /// The terms.
    pub terms: Vec<TermView>,
}

/// A row of a list of entries.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CardView {
    /// The entry's page.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Its summary; may be empty.
    pub summary: String,
    /// Its kind as a word for classes, e.g. `context-module`.
    pub kind: String,
    /// Its kind as people read it.
    pub kind_label: String,
    /// Its status as a word for classes; may be empty.
    pub status: String,
    /// Its status as people read it.
    pub status_label: String,
    /// The team; may be empty.
    pub team: String,
    /// The day of its last change; that of a win is the day it happened.
    pub day: DayView,
}

/// A list of entries under a heading.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CardsView {
    /// The heading.
    pub label: String,
    /// The rows, finished.
    pub html: String,
    /// How many more there are than rows.
    pub more: usize,
    /// The list that has them all; empty when there is none.
    pub path: String,
}

/// A heading for the table of contents.
#[derive(Debug, Clone, Default, Serialize)]
pub struct HeadingView {
    /// Level on the page, from 2.
    pub level: u8,
    /// Its text.
    pub text: String,
    /// Its anchor.
    pub anchor: String,
}

/// A name and a value, for facts about an entry.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FactView {
    /// What it is, as a word for classes, e.g. `review_by`.
    pub key: String,
    /// What it is.
    pub label: String,
    /// What it says; empty when `links` says it.
    pub text: String,
    /// Links, where it is made of them.
    pub links: Vec<LinkView>,
    /// The day, when the value is one.
    pub day: DayView,
}

/// An entry's page: what every kind has, and what its kind adds.
#[derive(Debug, Clone, Default, Serialize)]
pub struct EntryView<O> {
    /// The kind as a word, e.g. `prompt`.
    pub kind: String,
    /// The kind as people read it.
    pub kind_label: String,
    /// Status as a word; may be empty.
    pub status: String,
    /// Status as people read it.
    pub status_label: String,
    /// What to use instead, for a deprecated entry.
    pub replacement: Option<LinkView>,
    /// The facts by which one decides whether to trust it, for the top of the page.
    pub trust: Vec<FactView>,
    /// The other facts.
    pub facts: Vec<FactView>,
    /// Facets, skills and tags.
    pub terms: Vec<TermsView>,
    /// The body.
    pub html: String,
    /// Headings, for the table of contents.
    pub headings: Vec<HeadingView>,
    /// Entries that refer to this one, by how.
    pub backlinks: Vec<CardsView>,
    /// Entries to read next.
    pub related: Option<CardsView>,
    /// Its place in each collection that has it.
    pub ways: Vec<CollectionPlaceView>,
    /// Where it can be edited; empty when not known.
    pub edit_url: String,
    /// What the kind adds: the view that its file in `site/kinds/` declares.
    pub own: O,
}

/// An entry's place in a collection.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CollectionPlaceView {
    /// The collection.
    pub collection: LinkView,
    /// The place, from 1.
    pub place: usize,
    /// How many places there are.
    pub places: usize,
    /// The entry before.
    pub previous: Option<LinkView>,
    /// The entry after.
    pub next: Option<LinkView>,
}

/// Context that goes along.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ContextView {
    /// The module; absent for a slot without a default.
    pub module: Option<LinkView>,
    /// The module's id; empty without one.
    pub id: String,
    /// The module's Markdown twin; empty without one.
    pub twin: String,
    /// The module's version; may be empty.
    pub version: String,
    /// The slot's name; may be empty.
    pub slot: String,
    /// The slot's name as people read it; may be empty.
    pub slot_label: String,
    /// Slot: the `option` elements of every module that can fill it, finished.
    pub options: String,
    /// Whether it always goes along.
    pub required: bool,
    /// Whether it stands before the text, because the text has no place for it.
    pub stands_before: bool,
}

/// A heading with texts.
#[derive(Debug, Clone, Default, Serialize)]
pub struct NoteView {
    /// What it is, as a word for classes, e.g. `before`.
    pub key: String,
    /// The heading.
    pub label: String,
    /// The texts: one is a paragraph, more are a list.
    pub texts: Vec<String>,
}

/// A page that lists entries.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ListView {
    /// Facets that entries of the list have, as lists of their own.
    pub facets: Vec<TermsView>,
    /// The rows, finished.
    pub html: String,
    /// How many entries there are on all its pages.
    pub total: usize,
    /// This page's number, from 1.
    pub number: usize,
    /// How many pages there are.
    pub pages: usize,
    /// The page before; empty on the first.
    pub previous: String,
    /// The page after; empty on the last.
    pub next: String,
    /// What the list is of, for a class: a kind or a group.
    pub of: String,
    /// Whether all its entries are of one kind.
    pub of_kind: bool,
}

/// A person in a list of people.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PersonView {
    /// The person's page.
    pub link: LinkView,
    /// What they do; may be empty.
    pub role: String,
    /// Their team; may be empty.
    pub team: String,
    /// What they shared last.
    pub shared: Option<LinkView>,
    /// When.
    pub day: DayView,
}

/// A page that lists people.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PeopleView {
    /// The people.
    pub people: Vec<PersonView>,
}

/// A page that lists terms.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TermListView {
    /// The terms.
    pub terms: Vec<TermView>,
    /// The group, for a class.
    pub of: String,
}

/// A kind and where its list is.
#[derive(Debug, Clone, Default, Serialize)]
pub struct KindView {
    /// The kind as a word, e.g. `context-module`.
    pub key: String,
    /// Its name.
    pub label: String,
    /// Its list.
    pub path: String,
    /// How many entries it has.
    pub count: usize,
}

/// The front page.
#[derive(Debug, Clone, Default, Serialize)]
pub struct HomeView {
    /// The introduction, from `index.md`; may be empty.
    pub html: String,
    /// Kinds with how many entries each has.
    pub kinds: Vec<KindView>,
    /// What readers want to do, as doors: the facets `tasks` and `channels`.
    pub doors: Vec<TermsView>,
    /// The other closed groups of terms: roles, skills, facets of the handbook's own.
    pub groups: Vec<TermsView>,
    /// The pages of the open groups: teams and tags.
    pub indexes: Vec<LinkView>,
    /// The latest wins.
    pub wins: Option<CardsView>,
    /// New entries.
    pub recent: Option<CardsView>,
    /// Entries that were improved last.
    pub improved: Option<CardsView>,
    /// Those who shared something last.
    pub people: Vec<PersonView>,
}

/// The search page.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SearchView {
    /// Everything by kind, for readers without script.
    pub lists: Vec<CardsView>,
}

/// A redirect.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RedirectView {
    /// Where to, relative to the page.
    pub target: String,
}

/// A feed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FeedView {
    /// What the feed is of.
    pub title: String,
    /// Its own path.
    pub path: String,
    /// The list it belongs to.
    pub list: String,
    /// What comes before every path: the site's address and `/`, or the way to the root.
    pub base: String,
    /// An identifier that never changes.
    pub id: String,
    /// The day of the latest change.
    pub updated: String,
    /// The entries, latest first.
    pub entries: Vec<FeedEntryView>,
}

/// An entry of a feed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FeedEntryView {
    /// An identifier that never changes.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its summary.
    pub summary: String,
    /// Its page.
    pub path: String,
    /// The day of its last change.
    pub updated: String,
    /// Who wrote it.
    pub authors: Vec<String>,
}
