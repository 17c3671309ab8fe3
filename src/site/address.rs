//! Paths of the site: flat files, and addresses relative to the page, so that one build works on any host, below any
//! path and from a folder.
//!
//! There are two forms of every path: that of the file, for routes and reserved names, and the encoded one for links.
//! Functions called `…_path` give the first; whoever puts one into a page encodes it, once.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::content::{Id, Kind};
use crate::handbook::{Handbook, Target};

/// What cannot stand in a path of an address as it is: the path percent-encode set of the WHATWG URL Standard, and with
/// it `%`, `:`, `\`, `|` and brackets. A colon in the first part would make a scheme of it (RFC 3986, section 4.2).
/// Characters beyond ASCII are encoded too.
const ENCODED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b':')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A path as it stands in a link. Twice encoded is another path: `%` is encoded itself.
pub(super) fn encode(path: &str) -> String {
    // By way of `Cow`: nearly all are encoded already, and then are copied whole instead of piece by piece.
    Cow::from(utf8_percent_encode(path, ENCODED)).into_owned()
}

/// What leads from a page to the root: `../` for each folder that it lies in. Empty on a page at the root.
pub(super) fn root(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

/// The path of a site's address, with `/` at both ends; empty where there is no address. `base_url` has none at its
/// end.
pub(super) fn path_of(base_url: &str) -> String {
    let Some((_, rest)) = base_url.split_once("://") else { return String::new() };
    let path = rest.find('/').map_or("", |at| &rest[at..]);
    format!("{path}/")
}

/// The page of an entry, from the root. A file with an ending and no folder with an `index.html`, so that links work
/// from `file://`, where no server looks for an index.
pub fn entry_path(id: &Id) -> String {
    page_path(id.as_str())
}

/// The page of an address without its ending, from the root.
pub(super) fn page_path(address: &str) -> String {
    format!("{address}.html")
}

/// The Markdown twin of an entry, from the root.
pub fn twin_path(id: &Id) -> String {
    format!("{id}.md")
}

/// The first page of the list of a kind; the front page for what has none.
pub(super) fn listing_path(kind: Kind) -> String {
    if kind.is_listed() { format!("{}/index.html", kind.folder()) } else { "index.html".to_owned() }
}

/// A page of a list, by its first page and its number from 1. The first keeps its plain address when the list grows.
pub(super) fn numbered(first: &str, number: usize) -> String {
    if number == 1 {
        return first.to_owned();
    }
    match first.strip_suffix("/index.html") {
        Some(folder) => format!("{folder}/page-{number}.html"),
        // No term's own name has a dot.
        None => format!("{}.{number}.html", first.trim_end_matches(".html")),
    }
}

/// Which of an entry's two files links lead to: from a page to pages, from a twin to twins, so that a tool that reads
/// twins never has to leave them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    Page,
    Twin,
}

/// The address of a link's target, for a page whose way to the root is `root`.
pub(super) fn href(handbook: &Handbook, target: &Target, root: &str, half: Half) -> String {
    match target {
        Target::Entry(ix, anchor) => {
            let id = &handbook.entry(*ix).id;
            let path = if half == Half::Page { entry_path(id) } else { twin_path(id) };
            let anchor = anchor.as_ref().map(|anchor| format!("#{}", encode(anchor))).unwrap_or_default();
            format!("{root}{}{anchor}", encode(&path))
        }
        Target::Listing(kind) => format!("{root}{}", encode(&listing_path(*kind))),
        Target::Asset(path) => format!("{root}{}", encode(path)),
        Target::External(address) => address.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_ways_back() {
        assert_eq!(encode("prompts/a b#ü.html"), "prompts/a%20b%23%C3%BC.html");
        assert_eq!(encode("note:x.svg"), "note%3Ax.svg");
        assert_eq!(root("index.html"), "");
        assert_eq!(root("context/personas/cfo.html"), "../../");
        assert_eq!(numbered("prompts/index.html", 1), "prompts/index.html");
        assert_eq!(numbered("prompts/index.html", 3), "prompts/page-3.html");
        assert_eq!(numbered("tags/launch.html", 2), "tags/launch.2.html");
    }
}
