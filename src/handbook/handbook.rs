//! What one audience may see: the type that everything published is made from.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use crate::config::{Audience, Config};
use crate::content::{Entry, Id, Kind, canonical};
use crate::fields::FieldKey;
use crate::files::AssetFile;
use crate::handbook::Ix;
use crate::handbook::catalog::{Catalog, LinkOutcome};
use crate::handbook::people::{self, Person, PersonIx};
use crate::handbook::reference::{Outcome, ResolvedReference, VisibleReference};
use crate::handbook::related::{Related, Ties};
use crate::handbook::terms::{self, Group, Term};

/// For whom a handbook is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The narrowest audience that is shown.
    pub audience: Audience,
    /// Whether drafts are shown.
    pub drafts: bool,
}

impl Reading {
    /// Whether it may see an entry.
    pub fn sees(self, entry: &Entry) -> bool {
        entry.audience.is_seen_by(self.audience) && (self.drafts || !entry.is_draft())
    }
}

/// Where a link of a visible entry leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A visible entry, and the heading.
    Entry(Ix, Option<String>),
    /// The list of all entries of a kind.
    Listing(Kind),
    /// A file to copy, by its path below `content/`.
    Asset(String),
    /// Out of the handbook.
    External(String),
}

/// An entry that refers to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Backlink {
    /// Who refers.
    pub from: Ix,
    /// By which field; `None` for a link in the text.
    pub via: Option<FieldKey>,
}

/// The visible entries, and everything that follows from them.
#[derive(Debug)]
pub struct Handbook {
    /// The settings.
    pub config: Arc<Config>,
    /// The narrowest audience that is shown.
    pub audience: Audience,
    entries: Vec<Arc<Entry>>,
    by_id: HashMap<Id, Ix>,
    references: Vec<Vec<VisibleReference>>,
    links: Vec<Vec<Option<Target>>>,
    images: Vec<Vec<Option<Target>>>,
    backlinks: Vec<Vec<Backlink>>,
    related: Related,
    /// The loadable text of each context module, made when it is first asked for.
    pub(super) module_texts: Vec<OnceLock<Box<str>>>,
    /// Everyone who is named, by slug.
    pub people: Vec<Person>,
    /// For each entry whom the names in its fields mean, the authors first.
    named: Vec<Vec<PersonIx>>,
    /// For each entry its authors, each once.
    authors: Vec<Vec<PersonIx>>,
    /// Tags, by name.
    pub tags: Group,
    /// Teams, by name.
    pub teams: Group,
    /// The five skills.
    pub skills: Group,
    /// The config's facets, in its order.
    pub facets: Vec<Group>,
}

impl Handbook {
    /// Keeps what a reading may see, and forgets the rest.
    pub fn new(catalog: Catalog, reading: Reading) -> Self {
        let mut places: Vec<Option<Ix>> = Vec::with_capacity(catalog.entries.len());
        let mut count = 0;
        for entry in &catalog.entries {
            places.push(reading.sees(entry).then_some(Ix(count)));
            count += usize::from(reading.sees(entry));
        }
        let Catalog { config, entries, references, links, images, assets, .. } = catalog;
        let keep = Keep { places: &places, assets: &assets };
        let references = keep.each(references, |list| keep.references(list));
        let links = keep.each(links, |list| list.into_iter().map(|link| keep.link(link)).collect());
        let images = keep.each(images, |list| list.into_iter().map(|link| keep.link(link)).collect());
        let entries = keep.each(entries, |entry| entry);
        let visible = Visible { entries, references, links, images };
        Self::of_visible(config, reading.audience, visible)
    }

    fn of_visible(config: Arc<Config>, audience: Audience, visible: Visible) -> Self {
        let Visible { entries, references, links, images } = visible;
        let by_id = || entries.iter().enumerate().map(|(at, entry)| (entry.id.clone(), Ix(at))).collect();
        let lists = || (by_id(), backlinks(&references, &links), terms::skills(&entries));
        let everyone = || people::of(&entries, &references);
        let groups = || (terms::tags(&entries), terms::teams(&entries), terms::facets(&config, &entries));
        // None needs what another one finds.
        let ((everyone, lists), groups) = rayon::join(|| rayon::join(everyone, lists), groups);
        let people::Everyone { people, named, authors } = everyone;
        let (by_id, backlinks, skills) = lists;
        let (tags, teams, facets) = groups;
        let related = Related::new(entries.len());
        let module_texts = entries.iter().map(|_| OnceLock::new()).collect();
        Self {
            config,
            audience,
            entries,
            by_id,
            references,
            links,
            images,
            backlinks,
            related,
            module_texts,
            people,
            named,
            authors,
            tags,
            teams,
            skills,
            facets,
        }
    }

    /// The entries, by id.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = (Ix, &Entry)> {
        self.entries.iter().enumerate().map(|(at, entry)| (Ix(at), &**entry))
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing is visible.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entry at a place that this handbook gave out.
    pub fn entry(&self, ix: Ix) -> &Entry {
        &self.entries[ix.0]
    }

    /// The entry of an id.
    pub fn find(&self, id: &str) -> Option<Ix> {
        self.by_id.get(&Id::of_path(id)).copied()
    }

    /// The entry that a person means who types an id, with or without the folder of the kind.
    pub fn find_in(&self, kind: Kind, written: &str) -> Option<Ix> {
        let of_kind = |ix: &Ix| self.entry(*ix).kind == kind;
        self.find(written).filter(of_kind).or_else(|| self.find(&kind.spec().id_of(written)))
    }

    /// The entries of a kind, by id.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = (Ix, &Entry)> {
        self.entries().filter(move |(_, entry)| entry.kind == kind)
    }

    /// The visible entries that a field of an entry refers to, in the order of the field.
    pub fn referred(&self, ix: Ix, field: FieldKey) -> impl Iterator<Item = Ix> {
        self.references[ix.0].iter().filter(move |own| own.field == field).map(|own| own.target)
    }

    /// The visible entry that one written reference of a field means.
    pub fn meaning(&self, ix: Ix, field: FieldKey, written: &str) -> Option<Ix> {
        let same = self.references[ix.0].iter().find(|own| own.field == field && *own.written == *written);
        same.map(|own| own.target)
    }

    /// What every visible reference of a field of an entry means, by what was written.
    pub fn meanings(&self, ix: Ix, field: FieldKey) -> HashMap<&str, Ix> {
        let own = self.references[ix.0].iter().rev().filter(|own| own.field == field);
        own.map(|own| (&*own.written, own.target)).collect()
    }

    /// Where the links of an entry's body lead, in order; `None` where there is nothing to see.
    pub fn links(&self, ix: Ix) -> &[Option<Target>] {
        &self.links[ix.0]
    }

    /// Where the images of an entry's body are, in order.
    pub fn images(&self, ix: Ix) -> &[Option<Target>] {
        &self.images[ix.0]
    }

    /// Who refers to an entry, each once for each way.
    pub fn backlinks(&self, ix: Ix) -> &[Backlink] {
        &self.backlinks[ix.0]
    }

    /// Entries to read next, the nearest first.
    pub fn related(&self, ix: Ix) -> &[Ix] {
        let ties = Ties { references: &self.references, tags: &self.tags, facets: &self.facets };
        self.related.of(ix, ties)
    }

    /// Who wrote an entry.
    pub fn authors(&self, ix: Ix) -> &[PersonIx] {
        &self.authors[ix.0]
    }

    /// The person that a name in a field of an entry means.
    pub fn person_named(&self, ix: Ix, name: &str) -> Option<PersonIx> {
        let at = self.entry(ix).names().position(|own| *own.written == *name)?;
        self.named[ix.0].get(at).copied()
    }

    /// Each facet of the config with the terms of it that an entry has.
    pub fn facet_terms(&self, ix: Ix) -> impl Iterator<Item = (&Group, impl Iterator<Item = &Term>)> {
        let has = move |term: &&Term| term.entries.binary_search(&ix).is_ok();
        self.facets.iter().map(move |group| (group, group.terms.iter().filter(has)))
    }

    /// Every asset that a visible entry shows or links to, each once, by path.
    pub fn assets(&self) -> Vec<&str> {
        let targets = self.links.iter().chain(&self.images).flatten().flatten();
        let mut paths: Vec<&str> = targets
            .filter_map(|target| match target {
                Target::Asset(path) => Some(path.as_str()),
                _ => None,
            })
            .collect();
        paths.sort_unstable();
        paths.dedup();
        paths
    }

    /// Old addresses and the entries that they lead to, by address. None is the address of an entry.
    pub fn aliases(&self) -> Vec<(String, Ix)> {
        let mut taken: HashSet<String> = self.entries.iter().map(|e| canonical(e.id.as_str())).collect();
        let mut aliases = Vec::new();
        for (ix, entry) in self.entries() {
            for alias in &entry.common.aliases {
                let address = alias.trim_end_matches(".html").trim_end_matches(".md").to_owned();
                if taken.insert(canonical(&address)) {
                    aliases.push((address, ix));
                }
            }
        }
        aliases.sort();
        aliases
    }
}

/// What is left of a catalog, with places in the handbook.
struct Visible {
    entries: Vec<Arc<Entry>>,
    references: Vec<Vec<VisibleReference>>,
    links: Vec<Vec<Option<Target>>>,
    images: Vec<Vec<Option<Target>>>,
}

/// What is kept, and where it moves to.
struct Keep<'a> {
    places: &'a [Option<Ix>],
    assets: &'a [AssetFile],
}

impl Keep<'_> {
    /// The kept items of a list that runs along the entries.
    fn each<T, U>(&self, items: Vec<T>, map: impl Fn(T) -> U) -> Vec<U> {
        items.into_iter().zip(self.places).filter(|(_, place)| place.is_some()).map(|(item, _)| map(item)).collect()
    }

    fn references(&self, list: Vec<ResolvedReference>) -> Vec<VisibleReference> {
        let mut kept = Vec::with_capacity(list.len());
        for ResolvedReference { reference, outcome } in list {
            if let Outcome::Entry(target) = outcome
                && let Some(target) = self.places[target.0]
            {
                kept.push(VisibleReference { field: reference.field, written: reference.written, target });
            }
        }
        kept
    }

    fn link(&self, link: LinkOutcome) -> Option<Target> {
        match link {
            LinkOutcome::Entry { target, anchor, found } => {
                self.places[target.0].map(|target| Target::Entry(target, anchor.filter(|_| found)))
            }
            LinkOutcome::Listing(kind) => Some(Target::Listing(kind)),
            LinkOutcome::Asset(asset) => {
                let asset = &self.assets[asset];
                asset.refused.is_none().then(|| Target::Asset(asset.path.clone()))
            }
            LinkOutcome::External(address) => Some(Target::External(address)),
            LinkOutcome::Ambiguous(_) | LinkOutcome::Broken(_) | LinkOutcome::Unsafe => None,
        }
    }
}

fn backlinks(references: &[Vec<VisibleReference>], links: &[Vec<Option<Target>>]) -> Vec<Vec<Backlink>> {
    let mut all: Vec<Vec<Backlink>> = vec![Vec::new(); references.len()];
    for (at, (references, links)) in references.iter().zip(links).enumerate() {
        let from = Ix(at);
        for reference in references {
            all[reference.target.0].push(Backlink { from, via: Some(reference.field) });
        }
        for link in links.iter().flatten() {
            if let Target::Entry(target, _) = link
                && *target != from
            {
                all[target.0].push(Backlink { from, via: None });
            }
        }
    }
    for list in &mut all {
        list.sort_unstable();
        list.dedup();
    }
    all
}
