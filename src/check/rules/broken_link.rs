//! A link leads to a file of the handbook that is not there.
//!
//! Images are left to `missing_image`, whose help is another. A link counts as broken where neither an entry, a list
//! nor an attachment is at its path; what the stream has left out as unsafe is reported where it was read.

use std::cell::OnceCell;

use crate::check::{Scope, ways};
use crate::content::{Entry, Kind};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::handbook::{Catalog, LinkOutcome};
use crate::markdown::{Link, LinkUse};
use crate::text::suggest::Known;

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    let targets = Targets { catalog: scope.catalog, ids: OnceCell::new(), files: OnceCell::new() };
    let mut left = ways::SUGGESTIONS;
    for (entry, link, outcome) in ways::links(scope.catalog) {
        let LinkOutcome::Broken(path) = outcome else { continue };
        if link.usage == LinkUse::Image {
            continue;
        }
        problems.push(problem(&targets, entry, link, path.as_deref(), left > 0));
        // Counted by links and not by suggestions: it is the search that costs, found or not.
        left = left.saturating_sub(1);
    }
}

/// What a link can lead to. The names are prepared for the first link that leads nowhere: most handbooks have none, and
/// preparing sorts all ids.
struct Targets<'c> {
    catalog: &'c Catalog,
    ids: OnceCell<Known<&'c str>>,
    files: OnceCell<Known<String>>,
}

impl<'c> Targets<'c> {
    fn ids(&self) -> &Known<&'c str> {
        self.ids.get_or_init(|| Known::new(self.catalog.entries.iter().map(|entry| entry.id.as_str())))
    }

    /// Paths below `content/`.
    ///
    /// Entries come before attachments: of two names equally near the first in this order is suggested.
    fn files(&self) -> &Known<String> {
        let entries = self.catalog.entries.iter().map(|entry| format!("{}.md", entry.id));
        let assets = self.catalog.assets.iter().map(|asset| asset.path.clone());
        self.files.get_or_init(|| Known::new(entries.chain(assets)))
    }
}

/// From the least that is known of the link to the most, each case with a help of its own: it leads out of `content/`,
/// it is empty, it is `content/` itself or a query alone, it is a wikilink, or it is a path.
fn problem(targets: &Targets<'_>, entry: &Entry, link: &Link, path: Option<&str>, suggests: bool) -> Diagnostic {
    let Some(path) = path else {
        let problem = Diagnostic::new(
            Rule::BrokenLink,
            link.span,
            format!("the link `{}` leads out of the handbook", link.destination),
        );
        return problem.help("files outside `content/` are not published; link to their web address instead");
    };
    if link.destination.trim().is_empty() {
        let problem = Diagnostic::new(Rule::BrokenLink, link.span, "the link leads nowhere");
        return problem.help("write the address between its brackets");
    }
    if path.is_empty() {
        let message = format!("the link `{}` names no file", link.destination);
        return Diagnostic::new(Rule::BrokenLink, link.span, message).help(in_its_place(targets.catalog, entry));
    }
    if link.usage == LinkUse::Wikilink {
        let near = suggests.then(|| targets.ids().nearest(path)).flatten();
        let problem = Diagnostic::new(Rule::BrokenLink, link.span, format!("there is no entry `{path}`"));
        let problem = problem.help("write its path below `content/` without `.md`: `[[prompts/launch-email]]`");
        return problem.maybe_help(near.map(|id| format!("did you mean `[[{id}]]`?")));
    }
    let problem = Diagnostic::new(Rule::BrokenLink, link.span, format!("there is no file `content/{path}`"))
        .help("a path begins in the folder of the file that it is written in");
    let address = web_address(&link.destination).map(|address| format!("did you mean `{address}`?"));
    problem.maybe_help(address.or_else(|| suggests.then(|| help(targets, entry, path)).flatten()))
}

/// What can be written for the handbook as a whole, where a link has no path: the list of prompts, and the front page
/// where an entry is it.
fn in_its_place(catalog: &Catalog, entry: &Entry) -> String {
    let list = format!("the list of all prompts is `{}`", relative(entry, &Kind::Prompt.spec().id_of("")));
    // Entries are sorted by id, so a look-up needs no map.
    let front = catalog.entries.binary_search_by(|other| other.id.as_str().cmp("index"));
    front.map_or(list.clone(), |_| format!("the front page is `{}`, {list}", relative(entry, "index.md")))
}

/// The endings of hosts that people write most often without `https://`; no file of a handbook has them.
const HOSTS: [&str; 14] = ["app", "at", "biz", "ch", "com", "de", "dev", "edu", "eu", "info", "io", "net", "org", "uk"];

/// The address of a site or a mailbox that was written without its beginning: without a scheme it is a relative path
/// (RFC 3986, section 4.2), and a browser would look for it beside the page.
fn web_address(written: &str) -> Option<String> {
    let host = written.split(['/', '?', '#']).next().unwrap_or(written);
    // `..` and `./` are steps of a path, and no host has an empty label.
    if host.split('.').any(str::is_empty) {
        return None;
    }
    let (name, ending) = host.rsplit_once('.')?;
    let is_host = HOSTS.contains(&ending.to_ascii_lowercase().as_str());
    if is_host && name.contains('@') {
        return Some(format!("mailto:{written}"));
    }
    (is_host || name.to_ascii_lowercase().starts_with("www.")).then(|| format!("https://{written}"))
}

/// What was probably meant by a path, likeliest first: the page of a list, which has no file in `content/`; an entry by
/// the address of its page; an entry without its ending; the file with the nearest name.
fn help(targets: &Targets<'_>, entry: &Entry, path: &str) -> Option<String> {
    if let Some((folder, "index.html" | "index.md")) = path.rsplit_once('/')
        && Kind::of_folder(folder).is_some()
    {
        return Some(format!("link to the folder, which is the list: `{}`", relative(entry, &format!("{folder}/"))));
    }
    let id = path.strip_suffix(".html").unwrap_or(path);
    if targets.catalog.entries.binary_search_by(|other| other.id.as_str().cmp(id)).is_ok() {
        return Some(format!("link to the Markdown file: `{}`", relative(entry, &format!("{id}.md"))));
    }
    let near = targets.files().nearest(path)?;
    Some(format!("did you mean `{}`?", relative(entry, near)))
}

/// The way from an entry's folder to a path below `content/`, as it can be written in a link: `../` for each folder
/// that the two do not share. The last part of `path` is a file, or empty where the path is that of a folder.
pub(super) fn relative(entry: &Entry, path: &str) -> String {
    let from: Vec<&str> = entry.id.folder().split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = path.split('/').collect();
    // Without the last part: a file called as the folder of the entry is no folder of it.
    let shared = from.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let up = "../".repeat(from.len() - shared);
    let way = format!("{up}{}", to[shared..].join("/"));
    // An empty address would be the page itself (RFC 3986, section 4.4), not its folder.
    if way.is_empty() { "./".to_owned() } else { way }
}
