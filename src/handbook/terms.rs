//! Terms that group entries: tags, teams, skills and the config's facets.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::config::Config;
use crate::content::{Entry, Skill, page_name, spelling, with_digest};
use crate::handbook::Ix;

/// A list of terms with their entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The folder of its pages, e.g. `tags`.
    pub name: String,
    /// Its terms, in the order of the site.
    pub terms: Vec<Term>,
    /// Where each term stands, by the form in which spellings are compared.
    places: HashMap<String, usize>,
}

/// A term and what it is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// As people read it.
    pub label: String,
    /// The page's name, unique in its group.
    pub slug: String,
    /// The entries that have it, by id.
    pub entries: Vec<Ix>,
}

impl Group {
    /// The term that a written word means.
    pub fn term(&self, written: &str) -> Option<&Term> {
        self.places.get(&spelling(written)).map(|place| &self.terms[*place])
    }

    fn new(name: &str, terms: impl IntoIterator<Item = (String, Vec<Ix>)>) -> Self {
        let mut taken = HashSet::new();
        let terms: Vec<Term> =
            terms.into_iter().map(|(label, entries)| Term { slug: slug(&label, &mut taken), label, entries }).collect();
        // Of terms that are compared alike the first counts, so it is put in last.
        let places = terms.iter().enumerate().rev().map(|(at, term)| (spelling(&term.label), at)).collect();
        Self { name: name.to_owned(), terms, places }
    }
}

/// The page's name of a term. Only a closed list can have two spellings of one term, and it is the list of the config.
fn slug(label: &str, taken: &mut HashSet<String>) -> String {
    let mut slug = page_name(label, "term");
    if !taken.insert(slug.clone()) {
        slug = with_digest(&slug, label);
    }
    slug
}

pub(super) fn tags(entries: &[Arc<Entry>]) -> Group {
    open_list("tags", entries, |entry| entry.common.tags.iter().map(|tag| tag.value.as_str()).collect())
}

pub(super) fn teams(entries: &[Arc<Entry>]) -> Group {
    open_list("teams", entries, |entry| entry.common.team.iter().map(|team| team.value.as_str()).collect())
}

/// An open list: spellings that differ only in case or white space are one term, under that which most entries use.
fn open_list<'e>(name: &str, entries: &'e [Arc<Entry>], words: impl Fn(&'e Entry) -> Vec<&'e str>) -> Group {
    // Words are few and met again and again as they were written before: each is spelt once.
    let mut written: HashMap<&str, Vec<Ix>> = HashMap::new();
    for (at, entry) in entries.iter().enumerate() {
        for word in words(entry) {
            written.entry(word.trim()).or_default().push(Ix(at));
        }
    }
    let mut terms: BTreeMap<String, Vec<(&str, Vec<Ix>)>> = BTreeMap::new();
    #[expect(clippy::iter_over_hash_type, reason = "the spellings of each term are sorted below")]
    for (word, list) in written {
        terms.entry(spelling(word)).or_default().push((word, list));
    }
    Group::new(
        name,
        terms.into_values().map(|mut spellings| {
            // The one that most use, of equals the first.
            spellings.sort_unstable_by(|(a, of_a), (b, of_b)| of_b.len().cmp(&of_a.len()).then(a.cmp(b)));
            let label = spellings.first().map_or("", |(word, _)| *word).to_owned();
            let mut list: Vec<Ix> = spellings.into_iter().flat_map(|(_, list)| list).collect();
            list.sort_unstable();
            list.dedup();
            (label, list)
        }),
    )
}

pub(super) fn skills(entries: &[Arc<Entry>]) -> Group {
    let with = |skill: Skill| {
        let has = |entry: &Entry| entry.common.skills.iter().any(|written| written.value == skill);
        entries.iter().enumerate().filter(|(_, entry)| has(entry)).map(|(at, _)| Ix(at)).collect()
    };
    Group::new("skills", Skill::ALL.iter().map(|skill| (skill.word().to_owned(), with(*skill))))
}

/// The config's facets, with the terms that some entry has.
pub(super) fn facets(config: &Config, entries: &[Arc<Entry>]) -> Vec<Group> {
    let mut groups = Vec::with_capacity(config.facets.len());
    for (at, facet) in config.facets.iter().enumerate() {
        let mut lists: Vec<Vec<Ix>> = vec![Vec::new(); facet.terms.len()];
        for (ix, entry) in entries.iter().enumerate() {
            for term in entry.facets.get(at).map(|terms| terms.0.as_slice()).unwrap_or_default() {
                lists[*term].push(Ix(ix));
            }
        }
        // A term that only hidden entries have would give them away.
        let used = facet.terms.iter().cloned().zip(lists).filter(|(_, list)| !list.is_empty());
        groups.push(Group::new(&facet.name, used));
    }
    groups
}
