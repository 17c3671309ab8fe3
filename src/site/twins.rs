//! The Markdown twin of each page: what the page shows, for tools.
//!
//! For each but those of context modules: it has a title of level 1 and nothing else of that level; it shows nothing
//! that the page does not show; and every text of a field is escaped, because a value that is taken for a heading would
//! change who says what to a model. Blocks are put together as text here, so each part ends with the blank line that
//! the next one relies on.

use std::fmt::Write as _;

use crate::content::Entry;
use crate::handbook::Ix;
use crate::markdown;
use crate::site::address::{Half, twin_path};
use crate::site::parts::line;
use crate::site::surroundings::Around;
use crate::site::{Content, Route, Site, kinds};

/// A route for every entry.
pub(super) fn routes(site: &Site) -> Vec<Route> {
    let route = |(ix, entry): (Ix, &Entry)| {
        Route::new(twin_path(&entry.id), move |site: &Site| Ok(Content::Bytes(text(site, ix).into_bytes())))
    };
    site.handbook.entries().map(route).collect()
}

/// The twin: what its kind makes of it, else the page as Markdown. A context module is what it loads, without a title.
fn text(site: &Site, ix: Ix) -> String {
    kinds::own_twin(&site.handbook.entry(ix).fields).map_or_else(|| of_page(site, ix), |make| make(site, ix))
}

/// Title, summary, facts, what the kind has before the body, the body, and what it has after it. The body is without
/// the heading that became the title.
fn of_page(site: &Site, ix: Ix) -> String {
    let entry = site.handbook.entry(ix);
    let mut text = String::with_capacity(entry.body.len() + 512);
    let _ = writeln!(text, "# {}\n", line(entry.title()));
    let summary = entry.summary();
    if !summary.is_empty() {
        let _ = writeln!(text, "> {}\n", line(&summary));
    }
    facts(site, entry, ix, &mut text);
    text.push_str(&kinds::before(site, ix));
    text.push_str(&body(site, ix));
    let after = kinds::after(site, ix);
    if !after.is_empty() {
        // A body ends with its last line; without a body there is a blank line already, and a second one would mean
        // nothing.
        let gap = if text.ends_with("\n\n") { "" } else { "\n" };
        let _ = writeln!(text, "{gap}{}", after.trim_end());
    }
    text
}

/// The body: what the page has left, if it was rendered just before.
fn body(site: &Site, ix: Ix) -> String {
    let entry = site.handbook.entry(ix);
    let anew = || markdown::markdown(entry.body_text(), &entry.outline, &Around::new(site, ix, Half::Twin));
    site.twin_bodies.take(ix).unwrap_or_else(anew)
}

/// Facts that count for a tool: whether it is in force, which version, how old, and by whom. A list right below the
/// summary and before the first heading, with a blank line behind it only where there are any.
fn facts(site: &Site, entry: &Entry, ix: Ix, text: &mut String) {
    let before = text.len();
    let mut fact = |key: &'static str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(text, "- {}: {}", site.word(key), line(value));
        }
    };
    fact("status_fact", entry.status().map_or("", |status| site.word(status.word())));
    fact("version", entry.common.version.as_ref().map_or("", |version| &version.value));
    fact("updated", &entry.updated.map(|date| date.to_string()).unwrap_or_default());
    let authors = site.handbook.authors(ix).iter().map(|person| site.handbook.people[person.0].name.as_str());
    fact("authors", &authors.collect::<Vec<_>>().join(", "));
    if text.len() > before {
        text.push('\n');
    }
}
