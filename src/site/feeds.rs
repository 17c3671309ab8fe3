//! Feeds: what is new, and the wins.
//!
//! In the format Atom: a feed and each of its entries have an id that never changes (RFC 4287, 4.2.6) and a time of
//! change (4.2.15). Days have no time, so all of them are midnight in UTC.

use crate::content::{Kind, ReservedName};
use crate::handbook::Ix;
use crate::site::address::{encode, entry_path, root};
use crate::site::cards::last_day;
use crate::site::{Rendered, Route, Site, home, paging};
use crate::theme::view::{FeedEntryView, FeedView};

/// How many entries a feed has: a reader that comes by once a week misses none of a team's.
const ITEMS: usize = 20;

/// The names that it takes.
pub(super) const NAMES: &[ReservedName] =
    &[ReservedName::file("feed.xml", "feed readers"), ReservedName::file("wins/feed.xml", "feed readers")];

/// The feed of new and changed entries, and that of wins.
pub(super) fn routes(_: &Site) -> Vec<Route> {
    vec![
        Route::new("feed.xml", |site| {
            let entries = home::recent(&site.handbook, ITEMS);
            render(site, "feed.xml", "feed_title", "index.html", &entries)
        }),
        Route::new("wins/feed.xml", |site| {
            let wins = site.handbook.of_kind(Kind::Win).map(|(ix, _)| ix).collect();
            let mut wins = paging::sorted(site, wins);
            wins.truncate(ITEMS);
            render(site, "wins/feed.xml", "wins", "wins/index.html", &wins)
        }),
    ]
}

/// Renders a feed. Its day of change is that of its latest entry and not that of the build: a build that changes
/// nothing changes no byte. RFC 4287 demands one, so an empty feed has a day that lies before everything.
fn render(site: &Site, path: &str, title: &'static str, list: &str, entries: &[Ix]) -> Rendered {
    // Without the site's address the links are relative to the feed, which readers resolve.
    let base = if site.base_url.is_empty() { root(path) } else { format!("{}/", site.base_url) };
    let items: Vec<FeedEntryView> = entries.iter().map(|ix| item(site, *ix)).collect();
    let view = FeedView {
        title: format!("{} – {}", site.handbook.config.title, site.word(title)),
        path: path.to_owned(),
        list: list.to_owned(),
        id: identifier(site, path),
        updated: items.iter().map(|item| item.updated.clone()).max().unwrap_or_else(|| "1970-01-01".to_owned()),
        base,
        entries: items,
    };
    site.render_view("feed.xml", &view, path)
}

/// An entry of a feed, with its summary; the text is on its page.
fn item(site: &Site, ix: Ix) -> FeedEntryView {
    let entry = site.handbook.entry(ix);
    let path = encode(&entry_path(&entry.id));
    FeedEntryView {
        id: identifier(site, &path),
        title: entry.title().to_owned(),
        summary: entry.summary(),
        path,
        updated: last_day(entry).map_or_else(|| "1970-01-01".to_owned(), |date| date.to_string()),
        authors: site.handbook.authors(ix).iter().map(|person| site.handbook.people[person.0].name.clone()).collect(),
    }
}

/// The address where there is one, else a name that stays the same wherever the site moves, and that is not that of
/// another handbook, which a reader of feeds would take for the same. So an id changes when a site first gets its
/// address.
fn identifier(site: &Site, path: &str) -> String {
    if site.base_url.is_empty() {
        format!("urn:handbook:{}:{path}", encode(&site.handbook.config.title))
    } else {
        format!("{}/{path}", site.base_url)
    }
}
