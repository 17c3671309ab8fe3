//! Two entries, an alias, an attachment, or a page that the site makes itself want the same address.
//!
//! An address is compared in its canonical form: the file systems of Windows and macOS do not tell letter case apart,
//! nor those of macOS Unicode forms. Two files that differ in nothing else are one file there, and one of them would be
//! lost.
//!
//! This is for a message at the right place. A path that two routes want in the very same letters is refused once more
//! by [`publish`](crate::publish), which knows nothing of entries.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::check::{Scope, ways};
use crate::content::{Entry, Kind, OWN_ENDINGS, canonical, page_name};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::fields::Strength;
use crate::handbook::{Catalog, Ix, LinkOutcome, Outcome, ResolvedReference};
use crate::text::Span;

/// The alias is the one to go: it is an old address, while a file has its address by its name.
const ALIAS_HELP: &str = "drop the alias, or name another address";

/// For how many aliases of a handbook it is reported that their address is taken: a file may have a hundred, and nobody
/// mends more at a time.
const ALIASES_TOLD: usize = 200;

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    let (aliases, files): (Vec<_>, Vec<_>) = scope.catalog.collisions.iter().partition(|collision| collision.is_alias);
    // The rest is one problem, at the first place that is not named.
    if let Some(rest) = aliases.get(ALIASES_TOLD) {
        let message = format!("{} more aliases want addresses that are taken", aliases.len() - ALIASES_TOLD);
        problems.push(Diagnostic::new(Rule::DuplicateAddress, rest.second, message).help(ALIAS_HELP));
    }
    for collision in files.into_iter().chain(aliases.into_iter().take(ALIASES_TOLD)) {
        let message = format!("the address `{}` is taken", collision.address);
        let help = if collision.is_alias { ALIAS_HELP } else { "rename one of the two files" };
        problems.push(
            Diagnostic::new(Rule::DuplicateAddress, collision.second, message)
                .label("letter case and Unicode form do not tell addresses apart")
                .place(collision.first, "by this")
                .help(help),
        );
    }
    people(scope.catalog, problems);
    let published = published(scope.catalog);
    own_files(scope.catalog, &published, problems);
    below_files(scope.catalog, &published, problems);
}

/// An attachment that some entry shows. One that nobody shows has no route, and so wants no address.
struct Published<'c> {
    /// As its file is written, with the letter case that messages show.
    path: &'c str,
    /// Where it is shown first.
    at: Span,
}

/// The attachments that a site can have, by their addresses as hosts compare them. Those that could not be read whole
/// or are refused get no route; both are reported elsewhere. Two of one address are the matter of `unsafe_attachment`.
fn published(catalog: &Catalog) -> BTreeMap<String, Published<'_>> {
    let mut published = BTreeMap::new();
    for (_, link, outcome) in ways::links(catalog) {
        let LinkOutcome::Asset(asset) = outcome else { continue };
        let asset = &catalog.assets[*asset];
        if asset.intact && asset.refused.is_none() {
            published.entry(canonical(&asset.path)).or_insert(Published { path: &asset.path, at: link.span });
        }
    }
    published
}

/// Attachments with the name of one of an entry's own files: `prompts/mail.json` beside `prompts/mail.md`. It counts
/// for every ending in [`OWN_ENDINGS`], also of files that no family makes so far: an address that was given to an
/// attachment could not be had back.
fn own_files(catalog: &Catalog, published: &BTreeMap<String, Published<'_>>, problems: &mut Problems) {
    let stem = |address: &str| OWN_ENDINGS.iter().find_map(|ending| Some(address.strip_suffix(ending)?.to_owned()));
    let stems: Vec<(String, &Published<'_>)> =
        published.iter().filter_map(|(address, file)| Some((stem(address)?, file))).collect();
    // Most handbooks have no such attachment, and canonical ids of all entries cost an allocation each.
    if stems.is_empty() {
        return;
    }
    let entries: HashMap<String, &Entry> =
        catalog.entries.iter().map(|entry| (canonical(entry.id.as_str()), &**entry)).collect();
    for (stem, file) in stems {
        let Some(entry) = entries.get(&stem) else { continue };
        let message = format!("the address `{}` is for a file of `{}`", file.path, entry.id);
        problems.push(
            Diagnostic::new(Rule::DuplicateAddress, file.at, message)
                .label("an entry's data and pack have its name and such an ending")
                .place(ways::title_span(entry), "by this")
                .help("rename the attachment"),
        );
    }
}

/// Whatever would lie in a folder that is an attachment's file: no file system has both under one name. Pages and twins
/// need no such check, because no folder may have a name that ends like theirs.
fn below_files(catalog: &Catalog, published: &BTreeMap<String, Published<'_>>, problems: &mut Problems) {
    if published.is_empty() {
        return;
    }
    let above = |path: &str| {
        let path = canonical(path);
        // Each folder above the path, the outermost first; the path itself is no folder of its own.
        let file = path.match_indices('/').find_map(|(end, _)| published.get(&path[..end]));
        file.map(|file| (file.path, file.at))
    };
    // A file in the way is reported for the first entry or attachment below it: whoever renames it mends the others. An
    // alias is reported each time, because it is mended in another line.
    let mut told = HashSet::new();
    for entry in &catalog.entries {
        if let Some(file) = above(entry.id.as_str()).filter(|(path, _)| told.insert(*path)) {
            let at = ways::title_span(entry);
            problems.push(below(entry.id.as_str(), at, file).help("rename the folder or the attachment"));
        }
        for alias in &entry.common.aliases {
            if let Some(file) = above(alias) {
                problems.push(below(alias, alias.span, file).help(ALIAS_HELP));
            }
        }
    }
    for file in published.values() {
        if let Some(other) = above(file.path).filter(|(path, _)| told.insert(*path)) {
            problems.push(below(file.path, file.at, other).help("rename the folder or the file"));
        }
    }
}

fn below(address: &str, at: Span, (file, shown): (&str, Span)) -> Diagnostic {
    let message = format!("the address `{address}` lies below `{file}`, which is a file");
    Diagnostic::new(Rule::DuplicateAddress, at, message)
        .label("no system has a folder and a file of one name")
        .place(shown, "the file is shown here")
}

/// Aliases that are the pages of people without a profile. On some site they are, whoever else has one: a profile may
/// be for fewer readers than the entry that names the person, and then the name gets a page there that a check with the
/// profile in sight would not expect. An alias of the profile itself is fine, since it leads to the same person.
fn people(catalog: &Catalog, problems: &mut Problems) {
    let aliases = catalog.entries.iter().enumerate().flat_map(|(at, entry)| {
        entry
            .common
            .aliases
            .iter()
            .map(move |alias| (at, alias, alias.trim_end_matches(".html").trim_end_matches(".md")))
    });
    // The map of all names is only made where an alias lies in that folder at all.
    let people = Kind::Person.spec();
    let is_there = |address: &str| people.within(address) != address;
    let mut aliases = aliases.filter(|(_, _, address)| is_there(&canonical(address))).peekable();
    if aliases.peek().is_none() {
        return;
    }
    let named = named(catalog);
    for (at, alias, address) in aliases {
        let others = named.get(&canonical(address)).into_iter().flatten();
        if let Some(first) = others.into_iter().find(|referred| referred.outcome != Outcome::Entry(Ix(at))) {
            let message = format!("the address `{address}` is that of a person");
            let problem = Diagnostic::new(Rule::DuplicateAddress, alias.span, message);
            problems.push(problem.place(first.reference.span, "who is named here").help(ALIAS_HELP));
        }
    }
}

/// The fields that name people, by the path of the page that each name gets on a site without a profile for it. Keys
/// are canonical, because page names are.
fn named(catalog: &Catalog) -> HashMap<String, Vec<&ResolvedReference>> {
    let mut named: HashMap<String, Vec<&ResolvedReference>> = HashMap::new();
    let is_person = |referred: &&ResolvedReference| {
        referred.reference.kind == Some(Kind::Person) && referred.reference.strength == Strength::Name
    };
    for referred in catalog.references.iter().flatten().filter(is_person) {
        let name = &*referred.reference.written;
        let page = page_name(Kind::Person.spec().within(name), Kind::Person.word());
        named.entry(Kind::Person.spec().id_of(&page)).or_default().push(referred);
    }
    named
}
