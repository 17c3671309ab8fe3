//! Entries to read next: what shares context, tags and facets, rare ones counting more.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::content::Entry;
use crate::handbook::Ix;
use crate::handbook::terms::Group;

/// How many are shown.
const SHOWN: usize = 5;

/// How many candidates one entry looks at. A tag on a tenth of a large handbook says little, and looking through
/// all its entries for each of them would cost the square of their number.
const LOOKED_AT: usize = 600;

type References = [Vec<(&'static str, String, Ix)>];

/// For each entry the nearest others: those it names itself, those that name it, then those that share most.
pub(super) fn of(entries: &[Entry], references: &References, tags: &Group, facets: &[Group]) -> Vec<Vec<Ix>> {
    let shared = Shared::new(entries, references, tags, facets);
    let named_by = named_by(references);
    (0..entries.len()).into_par_iter().map(|at| shared.nearest(Ix(at), references, &named_by[at])).collect()
}

/// What entries can have in common: each thing with the entries that have it.
struct Shared<'h> {
    lists: Vec<&'h [Ix]>,
    contexts: Vec<Vec<Ix>>,
    /// For each entry the places of its lists, and of its contexts behind them.
    of_entry: Vec<Vec<usize>>,
    count: usize,
}

impl<'h> Shared<'h> {
    fn new(entries: &[Entry], references: &References, tags: &'h Group, facets: &'h [Group]) -> Self {
        let mut of_entry: Vec<Vec<usize>> = vec![Vec::new(); entries.len()];
        let mut lists: Vec<&[Ix]> = Vec::new();
        for term in tags.terms.iter().chain(facets.iter().flat_map(|group| &group.terms)) {
            for ix in &term.entries {
                of_entry[ix.0].push(lists.len());
            }
            lists.push(&term.entries);
        }
        let mut users: HashMap<Ix, Vec<Ix>> = HashMap::new();
        for (at, list) in references.iter().enumerate() {
            for (_, _, target) in list.iter().filter(|(field, ..)| *field == "context") {
                users.entry(*target).or_default().push(Ix(at));
            }
        }
        let mut modules: Vec<(Ix, Vec<Ix>)> = users.into_iter().collect();
        modules.sort_unstable();
        let mut contexts = Vec::with_capacity(modules.len());
        for (_, mut list) in modules {
            list.dedup();
            for ix in &list {
                of_entry[ix.0].push(lists.len() + contexts.len());
            }
            contexts.push(list);
        }
        Self { lists, contexts, of_entry, count: entries.len() }
    }

    fn list(&self, place: usize) -> &[Ix] {
        self.lists.get(place).copied().unwrap_or_else(|| &self.contexts[place - self.lists.len()])
    }

    fn nearest(&self, ix: Ix, references: &References, named_by: &[Ix]) -> Vec<Ix> {
        let own = references[ix.0].iter().filter(|(field, ..)| *field == "related").map(|(_, _, target)| *target);
        let mut nearest: Vec<Ix> = Vec::new();
        for other in own.chain(named_by.iter().copied()).chain(self.ranked(ix)) {
            if other != ix && !nearest.contains(&other) {
                nearest.push(other);
            }
            if nearest.len() == SHOWN {
                break;
            }
        }
        nearest
    }

    /// Those that share something, most first; of equals the one whose id comes first.
    fn ranked(&self, ix: Ix) -> Vec<Ix> {
        let mut places = self.of_entry[ix.0].clone();
        places.sort_by_key(|place| (self.list(*place).len(), *place));
        let mut scores: HashMap<Ix, u32> = HashMap::new();
        let mut left = LOOKED_AT;
        for place in places {
            let list = self.list(place);
            if list.len() > left {
                break;
            }
            left -= list.len();
            let weight = weight(list.len(), self.count);
            for other in list {
                *scores.entry(*other).or_default() += weight;
            }
        }
        let mut ranked: Vec<(u32, Ix)> =
            scores.into_iter().filter(|(other, _)| *other != ix).map(|(other, score)| (score, other)).collect();
        ranked.sort_unstable_by_key(|(score, other)| (std::cmp::Reverse(*score), *other));
        ranked.truncate(SHOWN);
        ranked.into_iter().map(|(_, other)| other).collect()
    }
}

/// How much it says to share something that `have` of `all` entries have: a whole number, so that sums are exact.
fn weight(have: usize, all: usize) -> u32 {
    (all.max(1) / have.max(1)).ilog2().saturating_add(1)
}

fn named_by(references: &References) -> Vec<Vec<Ix>> {
    let mut named: Vec<Vec<Ix>> = vec![Vec::new(); references.len()];
    for (at, list) in references.iter().enumerate() {
        for (_, _, target) in list.iter().filter(|(field, ..)| *field == "related") {
            named[target.0].push(Ix(at));
        }
    }
    named
}
