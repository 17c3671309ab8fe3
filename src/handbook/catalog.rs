//! Every entry with every reference and link resolved, before any audience filter.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Config;
use crate::content::{Entry, Id, Kind, Reference, Status, canonical, spelling};
use crate::fields::Strength;
use crate::files::AssetFile;
use crate::handbook::Ix;
use crate::handbook::reference::{CANDIDATES_COUNTED, CANDIDATES_SHOWN, Candidates, Outcome, ResolvedReference};
use crate::markdown::{Destination, Link, LinkUse};
use crate::text::{Span, slug};

/// All entries, whoever may see them. For checks only: writers take a [`Handbook`](super::Handbook).
#[derive(Debug)]
pub struct Catalog {
    /// The settings.
    pub config: Arc<Config>,
    /// The entries, by id.
    pub entries: Vec<Arc<Entry>>,
    /// For each entry its references, in the order of its fields.
    pub references: Vec<Vec<ResolvedReference>>,
    /// For each entry where its links lead, in the order of its outline.
    pub links: Vec<Vec<LinkOutcome>>,
    /// For each entry where its images are, in the order of its outline.
    pub images: Vec<Vec<LinkOutcome>>,
    /// Addresses that more than one entry or alias wants.
    pub collisions: Vec<Collision>,
    /// The files beside the entries.
    pub assets: Vec<AssetFile>,
    names: Names,
}

/// Where a link or image leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkOutcome {
    /// An entry's page, and whether the anchor is there.
    Entry {
        /// The entry.
        target: Ix,
        /// The heading.
        anchor: Option<String>,
        /// Whether it is there; true without an anchor.
        found: bool,
    },
    /// The list of all entries of a kind.
    Listing(Kind),
    /// A file beside the entries.
    Asset(usize),
    /// Out of the handbook.
    External(String),
    /// A wikilink that fits more than one entry.
    Ambiguous(Candidates),
    /// Nothing that exists. Has the path below `content/` that was looked for; `None` when it lies outside.
    Broken(Option<String>),
    /// An address that must not be followed; the stream has left it out already.
    Unsafe,
}

/// Two claims to one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collision {
    /// The address, as the second one writes it.
    pub address: String,
    /// The claim that came first.
    pub first: Span,
    /// The claim that came second.
    pub second: Span,
    /// Whether the second claim is an alias.
    pub is_alias: bool,
}

/// What entries can be called.
#[derive(Debug, Default)]
struct Names {
    ids: HashMap<Id, Ix>,
    last_parts: HashMap<String, Vec<Ix>>,
    aliases: HashMap<String, Ix>,
    /// By spelling, the titles of those that fields may name without an id.
    titles: HashMap<String, Vec<Ix>>,
}

impl Catalog {
    /// Resolves every reference and link of the entries.
    pub fn new(config: Arc<Config>, mut entries: Vec<Arc<Entry>>, assets: Vec<AssetFile>) -> Self {
        entries.sort_by(|a, b| a.id.cmp(&b.id));
        let (names, collisions) = Names::of(&entries);
        let mut catalog = Self {
            config,
            entries,
            references: Vec::new(),
            links: Vec::new(),
            images: Vec::new(),
            collisions,
            assets,
            names,
        };
        let assets: HashMap<&str, usize> =
            catalog.assets.iter().enumerate().map(|(at, file)| (file.path.as_str(), at)).collect();
        let resolver = Resolver { catalog: &catalog, assets };
        let references = catalog.entries.par_iter().map(|entry| resolver.references(entry)).collect();
        let links = catalog.entries.par_iter().map(|entry| resolver.links(entry, &entry.outline.links)).collect();
        let images = catalog.entries.par_iter().map(|entry| resolver.links(entry, &entry.outline.images)).collect();
        (catalog.references, catalog.links, catalog.images) = (references, links, images);
        catalog
    }

    /// The entry at a place that this catalog gave out.
    pub fn entry(&self, ix: Ix) -> &Entry {
        &self.entries[ix.0]
    }

    /// The references of an entry, in the order of its fields.
    pub fn references_of(&self, ix: Ix) -> &[ResolvedReference] {
        &self.references[ix.0]
    }

    /// What a reference means that is written in a field for a kind, or for any.
    pub fn resolve(&self, written: &str, kind: Option<Kind>) -> Outcome {
        self.names.resolve(written, kind, &self.entries, &|_| true)
    }
}

/// The id and the aliases of each entry, and what more than one lays claim to.
fn addresses(entries: &[Arc<Entry>]) -> (HashMap<Id, Ix>, HashMap<String, Ix>, Vec<Collision>) {
    let mut ids = HashMap::with_capacity(entries.len());
    let (mut aliases, mut collisions) = (HashMap::new(), Vec::new());
    let mut taken: HashMap<String, Span> = HashMap::with_capacity(entries.len());
    for (at, entry) in entries.iter().enumerate() {
        let second = entry.common.title.as_ref().map_or(Span::file(entry.source.id), |title| title.span);
        if let Some(first) = taken.insert(canonical(entry.id.as_str()), second) {
            collisions.push(Collision { address: entry.id.to_string(), first, second, is_alias: false });
        }
        ids.insert(entry.id.clone(), Ix(at));
    }
    for (at, entry) in entries.iter().enumerate() {
        for alias in &entry.common.aliases {
            let address = alias.trim_end_matches(".html").trim_end_matches(".md").to_owned();
            if let Some(first) = taken.insert(canonical(&address), alias.span) {
                collisions.push(Collision { address, first, second: alias.span, is_alias: true });
            } else {
                aliases.insert(address, Ix(at));
            }
        }
    }
    (ids, aliases, collisions)
}

/// The last part of each id, and by spelling each title that fields may name.
fn short_names(entries: &[Arc<Entry>]) -> (HashMap<String, Vec<Ix>>, HashMap<String, Vec<Ix>>) {
    let mut last_parts: HashMap<String, Vec<Ix>> = HashMap::with_capacity(entries.len());
    let mut titles: HashMap<String, Vec<Ix>> = HashMap::new();
    for (at, entry) in entries.iter().enumerate() {
        last_parts.entry(entry.id.name().to_owned()).or_default().push(Ix(at));
        if entry.kind.spec().is_called {
            titles.entry(spelling(entry.title())).or_default().push(Ix(at));
        }
    }
    (last_parts, titles)
}

impl Names {
    fn of(entries: &[Arc<Entry>]) -> (Self, Vec<Collision>) {
        let ((ids, aliases, collisions), (last_parts, titles)) =
            rayon::join(|| addresses(entries), || short_names(entries));
        (Self { ids, last_parts, aliases, titles }, collisions)
    }

    /// What a reference means among the entries that count.
    fn resolve(
        &self,
        written: &str,
        kind: Option<Kind>,
        entries: &[Arc<Entry>],
        counts: &dyn Fn(Ix) -> bool,
    ) -> Outcome {
        let fits = |ix: Ix| kind.is_none_or(|kind| entries[ix.0].kind == kind) && counts(ix);
        let exact = self.ids.get(&Id::written(written)).copied().filter(|ix| fits(*ix));
        if let Some(ix) = exact {
            return Outcome::Entry(ix);
        }
        let whole = kind.map(|kind| format!("{}/{written}", kind.folder()));
        let in_folder = whole.as_ref().and_then(|id| self.ids.get(&Id::written(id)));
        if let Some(ix) = in_folder.filter(|ix| fits(**ix)) {
            return Outcome::Entry(*ix);
        }
        let mut old = [Some(written), whole.as_deref()].into_iter().flatten().filter_map(|id| self.aliases.get(id));
        if let Some(ix) = old.find(|ix| fits(**ix)) {
            return Outcome::Entry(*ix);
        }
        self.by_end(written, fits, entries)
    }

    /// Entries whose id ends with what was written.
    fn by_end(&self, written: &str, fits: impl Fn(Ix) -> bool, entries: &[Arc<Entry>]) -> Outcome {
        let last = written.rsplit('/').next().unwrap_or(written);
        let end = format!("/{written}");
        let candidates = self.last_parts.get(last).map(Vec::as_slice).unwrap_or_default();
        one_of(candidates.iter().copied().filter(|ix| fits(*ix) && entries[ix.0].id.as_str().ends_with(&end)))
    }

    /// What a plain name means: `Mara Lind` is `people/mara-lind`, and also the profile that has it as its title.
    fn resolve_name(
        &self,
        written: &str,
        kind: Option<Kind>,
        entries: &[Arc<Entry>],
        counts: &dyn Fn(Ix) -> bool,
    ) -> Outcome {
        let direct = self.resolve(written, kind, entries, counts);
        if direct != Outcome::Unknown {
            return direct;
        }
        let spelt = spelling(written);
        let titled = self.titles.get(&spelt).map(Vec::as_slice).unwrap_or_default().iter().copied();
        let titled = one_of(titled.filter(|ix| kind.is_none_or(|kind| entries[ix.0].kind == kind) && counts(*ix)));
        if titled != Outcome::Unknown {
            return titled;
        }
        // Other scripts are not transliterated here: different names can look alike in Latin letters.
        let id = if written.is_ascii() { slug::ascii(written) } else { spelt };
        if id.is_empty() { Outcome::Unknown } else { self.resolve(&id, kind, entries, counts) }
    }
}

fn one_of(found: impl Iterator<Item = Ix>) -> Outcome {
    let mut found = found.take(CANDIDATES_COUNTED);
    let first: Vec<Ix> = found.by_ref().take(CANDIDATES_SHOWN).collect();
    match first[..] {
        [] => Outcome::Unknown,
        [ix] => Outcome::Entry(ix),
        _ => Outcome::Ambiguous(Candidates { count: first.len() + found.count(), first }),
    }
}

struct Resolver<'c> {
    catalog: &'c Catalog,
    assets: HashMap<&'c str, usize>,
}

impl Resolver<'_> {
    fn references(&self, entry: &Entry) -> Vec<ResolvedReference> {
        entry.references.iter().map(|reference| self.resolved(entry, reference.clone())).collect()
    }

    fn resolved(&self, entry: &Entry, reference: Reference) -> ResolvedReference {
        let (names, entries, kind) = (&self.catalog.names, &self.catalog.entries, reference.kind);
        let outcome = match reference.strength {
            Strength::Entry => {
                self.in_sight(entry, true, |counts| names.resolve(&reference.written, kind, entries, counts))
            }
            Strength::Name => {
                match self
                    .in_sight(entry, false, |counts| names.resolve_name(&reference.written, kind, entries, counts))
                {
                    Outcome::Unknown | Outcome::Ambiguous(_) => Outcome::Name,
                    outcome => outcome,
                }
            }
        };
        ResolvedReference { reference, outcome }
    }

    /// What a reference means to an entry: something that its readers can see, if there is any, else something for fewer
    /// readers. So it means the same on every site that shows the entry, whatever that site hides. `to_drafts` says
    /// whether a published entry may mean a draft where nothing else fits.
    fn in_sight(&self, from: &Entry, to_drafts: bool, resolve: impl Fn(&dyn Fn(Ix) -> bool) -> Outcome) -> Outcome {
        let sees = |ix: Ix, audience: usize, drafts: bool| {
            let entry = self.catalog.entry(ix);
            // With a doubt about it no site is made, so it counts as what it may be: all problems are reported at once.
            let is_draft = entry.status() == Some(Status::Draft);
            (entry.audience.0 <= audience || entry.doubt.audience) && (drafts || !is_draft)
        };
        match resolve(&|_| true) {
            Outcome::Unknown => return Outcome::Unknown,
            Outcome::Entry(ix) if sees(ix, from.audience.0, from.is_draft()) => return Outcome::Entry(ix),
            _ => {}
        }
        let drafts = [from.is_draft(), true];
        for drafts in drafts.into_iter().take(1 + usize::from(to_drafts)) {
            for audience in from.audience.0..self.catalog.config.audiences.len() {
                let found = resolve(&|ix| sees(ix, audience, drafts));
                if found != Outcome::Unknown {
                    return found;
                }
            }
        }
        Outcome::Unknown
    }

    fn links(&self, entry: &Entry, links: &[Link]) -> Vec<LinkOutcome> {
        links.iter().map(|link| self.link(entry, link)).collect()
    }

    fn link(&self, entry: &Entry, link: &Link) -> LinkOutcome {
        if link.usage == LinkUse::Wikilink {
            return self.wikilink(entry, &link.destination);
        }
        match Destination::of(&link.destination) {
            Destination::External(address) => LinkOutcome::External(address),
            Destination::Unsafe { .. } => LinkOutcome::Unsafe,
            Destination::Anchor(anchor) => self.own_anchor(entry, anchor),
            Destination::File { path, anchor: None } if path.is_empty() => LinkOutcome::Broken(Some(path)),
            Destination::File { path, anchor } => self.file(entry, &path, anchor),
        }
    }

    fn wikilink(&self, from: &Entry, written: &str) -> LinkOutcome {
        let (written, anchor) = match written.split_once('#') {
            Some((written, anchor)) => (written, Some(anchor.to_owned()).filter(|anchor| !anchor.is_empty())),
            None => (written, None),
        };
        let (names, entries) = (&self.catalog.names, &self.catalog.entries);
        match self.in_sight(from, true, |counts| names.resolve(written.trim(), None, entries, counts)) {
            Outcome::Entry(target) => self.entry(target, anchor),
            Outcome::Ambiguous(found) => LinkOutcome::Ambiguous(found),
            Outcome::Unknown | Outcome::Name => LinkOutcome::Broken(Some(written.trim().to_owned())),
        }
    }

    fn own_anchor(&self, entry: &Entry, anchor: String) -> LinkOutcome {
        match self.catalog.names.ids.get(&entry.id) {
            Some(target) => self.entry(*target, Some(anchor).filter(|anchor| !anchor.is_empty())),
            None => LinkOutcome::Broken(None),
        }
    }

    fn entry(&self, target: Ix, anchor: Option<String>) -> LinkOutcome {
        let outline = &self.catalog.entry(target).outline;
        let found = anchor.as_ref().is_none_or(|anchor| outline.has_anchor(anchor));
        LinkOutcome::Entry { target, anchor, found }
    }

    fn file(&self, entry: &Entry, path: &str, anchor: Option<String>) -> LinkOutcome {
        let Some(path) = join(entry.id.folder(), path) else { return LinkOutcome::Broken(None) };
        if let Some(id) = path.strip_suffix(".md")
            && let Some(target) = self.catalog.names.ids.get(&Id::written(id))
        {
            return self.entry(*target, anchor);
        }
        if let Some(asset) = self.assets.get(path.as_str()) {
            return LinkOutcome::Asset(*asset);
        }
        Kind::of_folder(&path).map_or(LinkOutcome::Broken(Some(path)), LinkOutcome::Listing)
    }
}

/// A relative path from a folder, both below `content/`; `None` when it leads out of it.
fn join(folder: &str, path: &str) -> Option<String> {
    let (base, path) = match path.strip_prefix('/') {
        Some(rest) => ("", rest),
        None => (folder, path),
    };
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_below_content() {
        assert_eq!(join("prompts", "../context/a.md").as_deref(), Some("context/a.md"));
        assert_eq!(join("prompts", "/context/a.md").as_deref(), Some("context/a.md"));
        assert_eq!(join("a/b", "./c//d.md").as_deref(), Some("a/b/c/d.md"));
        assert_eq!(join("prompts", "../../secret.md"), None);
    }
}
