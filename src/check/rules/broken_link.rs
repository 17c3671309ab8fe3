//! A link leads to a file of the handbook that is not there.

use crate::check::Scope;
use crate::content::{Entry, Kind};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::handbook::{Catalog, LinkOutcome};
use crate::markdown::{Link, LinkUse};
use crate::text::suggest;

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    let mut left = super::SUGGESTIONS;
    for (entry, link, outcome) in super::links(scope.catalog) {
        let LinkOutcome::Broken(path) = outcome else { continue };
        if link.usage == LinkUse::Image {
            continue;
        }
        problems.push(problem(scope.catalog, entry, link, path.as_deref(), left > 0));
        left = left.saturating_sub(1);
    }
}

fn problem(catalog: &Catalog, entry: &Entry, link: &Link, path: Option<&str>, suggests: bool) -> Diagnostic {
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
        return Diagnostic::new(Rule::BrokenLink, link.span, message).help(in_its_place(catalog, entry));
    }
    if link.usage == LinkUse::Wikilink {
        let ids = catalog.entries.iter().map(|entry| entry.id.as_str());
        let near = suggests.then(|| suggest::nearest(path, ids)).flatten();
        let problem = Diagnostic::new(Rule::BrokenLink, link.span, format!("there is no entry `{path}`"));
        let problem = problem.help("write its path below `content/` without `.md`: `[[prompts/launch-email]]`");
        return problem.maybe_help(near.map(|id| format!("did you mean `[[{id}]]`?")));
    }
    let problem = Diagnostic::new(Rule::BrokenLink, link.span, format!("there is no file `content/{path}`"))
        .help("a path begins in the folder of the file that it is written in");
    let address = web_address(&link.destination).map(|address| format!("did you mean `{address}`?"));
    problem.maybe_help(address.or_else(|| suggests.then(|| help(catalog, entry, path)).flatten()))
}

/// What can be written for the handbook as a whole.
fn in_its_place(catalog: &Catalog, entry: &Entry) -> String {
    let list = format!("the list of all prompts is `{}`", relative(entry, "prompts/"));
    let front = catalog.entries.binary_search_by(|other| other.id.as_str().cmp("index"));
    front.map_or(list.clone(), |_| format!("the front page is `{}`, {list}", relative(entry, "index.md")))
}

/// The endings of hosts that people write most often without `https://`; no file of a handbook has them.
const HOSTS: [&str; 14] = ["app", "at", "biz", "ch", "com", "de", "dev", "edu", "eu", "info", "io", "net", "org", "uk"];

/// The address of a site or a mailbox that was written without its beginning.
fn web_address(written: &str) -> Option<String> {
    let host = written.split(['/', '?', '#']).next().unwrap_or(written);
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

fn help(catalog: &Catalog, entry: &Entry, path: &str) -> Option<String> {
    if let Some((folder, "index.html" | "index.md")) = path.rsplit_once('/')
        && Kind::ALL.iter().any(|kind| *kind != Kind::Page && kind.folder() == folder)
    {
        return Some(format!("link to the folder, which is the list: `{}`", relative(entry, &format!("{folder}/"))));
    }
    let id = path.strip_suffix(".html").unwrap_or(path);
    if let Some(found) = catalog.entries.iter().find(|other| other.id.as_str() == id) {
        return Some(format!("link to the Markdown file: `{}`", relative(entry, &format!("{}.md", found.id))));
    }
    let files = catalog
        .entries
        .iter()
        .map(|other| format!("{}.md", other.id))
        .chain(catalog.assets.iter().map(|a| a.path.clone()));
    let files: Vec<String> = files.collect();
    let near = suggest::nearest(path, files.iter().map(String::as_str))?;
    Some(format!("did you mean `{}`?", relative(entry, near)))
}

/// The way from an entry's folder to a path below `content/`.
pub(super) fn relative(entry: &Entry, path: &str) -> String {
    let from: Vec<&str> = entry.id.folder().split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = path.split('/').collect();
    let shared = from.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let up = "../".repeat(from.len() - shared);
    let way = format!("{up}{}", to[shared..].join("/"));
    if way.is_empty() { "./".to_owned() } else { way }
}
