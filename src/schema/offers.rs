//! What one handbook offers to those who fill in its fields: its terms, its audiences, and what its entries are called.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{Config, FACETS, Facet};
use crate::content::{Entry, Fields};
use crate::fields::Strength;
use crate::handbook::Catalog;

/// What can stand in fields that name something.
#[derive(Debug, Clone, Default)]
pub struct Offers {
    /// The facets with their terms, where those are known.
    pub facets: Vec<(String, Option<Vec<String>>)>,
    /// The audiences, widest first; any text where there are none.
    pub audiences: Vec<String>,
    /// The audience of an entry that names none.
    pub audience: Option<String>,
    entries: BTreeMap<&'static str, Ids>,
    lists: Ids,
    names: BTreeMap<&'static str, BTreeSet<String>>,
}

/// What entries can be called.
#[derive(Debug, Clone, Default)]
pub struct Ids {
    /// Ways to call them that each means one, in the form that the guides use.
    pub offered: BTreeSet<String>,
    /// All other ways to call them, an old address among them.
    pub taken: BTreeSet<String>,
}

impl Offers {
    /// What every handbook offers: the three facets, with terms that nobody knows.
    pub fn general() -> Self {
        Self::of_facets(FACETS.map(str::to_owned))
    }

    /// The same with facets of some names.
    pub fn of_facets(names: impl IntoIterator<Item = String>) -> Self {
        Self { facets: names.into_iter().map(|name| (name, None)).collect(), ..Self::default() }
    }

    /// What a handbook offers to those who write it, whoever may see it.
    pub fn of(catalog: &Catalog) -> Self {
        let mut offers = Self::of_config(&catalog.config);
        for entry in &catalog.entries {
            offers.add(entry);
        }
        offers
    }

    fn of_config(config: &Config) -> Self {
        let terms = |facet: &Facet| config.knows_facets.then(|| facet.terms.clone());
        Self {
            facets: config.facets.iter().map(|facet| (facet.name.clone(), terms(facet))).collect(),
            audiences: config.audiences.clone(),
            audience: config.audience.map(|audience| config.audiences[audience.0].clone()),
            ..Self::default()
        }
    }

    fn add(&mut self, entry: &Entry) {
        let folder = entry.kind.folder();
        let id = entry.id.as_str();
        if entry.kind.is_listed() {
            self.entries.entry(folder).or_default().add(entry, short(id, folder));
        }
        self.entries.entry(ANY).or_default().add(entry, id);
        if let Fields::ContextModule(module) = &entry.fields {
            for (list, _) in &module.values.0 {
                self.lists.add_list(entry, &list.value);
            }
        }
        for reference in &entry.references {
            if let (Some(kind), Strength::Name) = (reference.kind, reference.strength) {
                self.names.entry(kind.folder()).or_default().insert(reference.written.to_string());
            }
        }
    }

    /// What the entries of a folder, or all of them, can be called; `None` where there are none, or nobody knows.
    pub fn ids(&self, folder: Option<&str>) -> Option<&Ids> {
        self.entries.get(folder.unwrap_or(ANY))
    }

    /// The same for the lists of values in context modules.
    pub fn lists(&self) -> Option<&Ids> {
        Some(&self.lists).filter(|lists| !lists.offered.is_empty())
    }

    /// Good names for a field that takes any, of a folder: its entries, and whoever is named without one.
    pub fn names(&self, folder: &str) -> BTreeSet<&str> {
        let ids = self.entries.get(folder);
        let is_id = |name: &str| ids.is_some_and(|ids| ids.taken.contains(name) || ids.offered.contains(name));
        let named = self.names.get(folder).into_iter().flatten().map(String::as_str);
        let offered = ids.into_iter().flat_map(|ids| &ids.offered).map(String::as_str);
        offered.chain(named.filter(|name| !is_id(name))).collect()
    }
}

/// Stands for every folder.
const ANY: &str = "";

/// An id without the folder that it may drop.
fn short<'i>(id: &'i str, folder: &str) -> &'i str {
    id.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')).unwrap_or(id)
}

/// An id and every end of it that begins a name: `a/b/c`, `b/c`, `c`.
fn ends(id: &str) -> impl Iterator<Item = &str> {
    std::iter::once(id).chain(id.match_indices('/').map(|(at, _)| &id[at + 1..]))
}

impl Ids {
    fn add(&mut self, entry: &Entry, offered: &str) {
        let aliases = entry.common.aliases.iter().map(|alias| alias.trim_end_matches(".html").trim_end_matches(".md"));
        let old = aliases.flat_map(|alias| [alias, short(alias, entry.kind.folder())]);
        self.taken.extend(ends(entry.id.as_str()).chain(old).map(str::to_owned));
        self.offered.insert(offered.to_owned());
    }

    fn add_list(&mut self, module: &Entry, list: &str) {
        let id = module.id.as_str();
        self.taken.extend(ends(id).map(|end| format!("{end}/{list}")));
        self.offered.insert(format!("{}/{list}", short(id, module.kind.folder())));
    }

    /// The ways to call them that are not offered.
    pub fn others(&self) -> impl Iterator<Item = &str> {
        self.taken.iter().filter(|name| !self.offered.contains(*name)).map(String::as_str)
    }
}
