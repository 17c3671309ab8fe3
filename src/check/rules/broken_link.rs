//! A link leads to a file of the handbook that is not there.

use std::cell::OnceCell;

use crate::check::Scope;
use crate::content::{Entry, Kind};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::handbook::{Catalog, LinkOutcome};
use crate::markdown::{Link, LinkUse};
use crate::text::suggest::Known;

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    let targets = Targets { catalog: scope.catalog, ids: OnceCell::new(), files: OnceCell::new() };
    let mut left = super::SUGGESTIONS;
    for (entry, link, outcome) in super::links(scope.catalog) {
        let LinkOutcome::Broken(path) = outcome else { continue };
        if link.usage == LinkUse::Image {
            continue;
        }
        problems.push(problem(&targets, entry, link, path.as_deref(), left > 0));
        left = left.saturating_sub(1);
    }
}

/// What a link can lead to. The names are made ready for the first link that leads nowhere.
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
    fn files(&self) -> &Known<String> {
        let entries = self.catalog.entries.iter().map(|entry| format!("{}.md", entry.id));
        let assets = self.catalog.assets.iter().map(|asset| asset.path.clone());
        self.files.get_or_init(|| Known::new(entries.chain(assets)))
    }
}

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

/// The way from an entry's folder to a path below `content/`.
pub(super) fn relative(entry: &Entry, path: &str) -> String {
    let from: Vec<&str> = entry.id.folder().split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = path.split('/').collect();
    let shared = from.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let up = "../".repeat(from.len() - shared);
    let way = format!("{up}{}", to[shared..].join("/"));
    if way.is_empty() { "./".to_owned() } else { way }
}
