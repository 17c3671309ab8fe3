//! Entries to read next: what shares context, tags and facets, rare ones counting more.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::content::Entry;
use crate::handbook::Ix;
use crate::handbook::reference::VisibleReference;
use crate::handbook::terms::Group;

/// How many are shown.
const SHOWN: usize = 5;

/// How many candidates one entry looks at. A tag on a tenth of a large handbook says little, and looking through
/// all its entries for each of them would cost the square of their number.
const LOOKED_AT: usize = 600;

type References = [Vec<VisibleReference>];

/// For each entry the nearest others: those it names itself, those that name it, then those that share most.
pub(super) fn of(entries: &[Arc<Entry>], references: &References, tags: &Group, facets: &[Group]) -> Vec<Vec<Ix>> {
    let shared = Shared::new(entries, references, tags, facets);
    let named_by = named_by(references);
    let all = (0..entries.len()).into_par_iter();
    // One table of scores for each thread: most entries share something with hundreds of others.
    all.map_init(|| Scores::new(entries.len()), |scores, at| shared.nearest(Ix(at), references, &named_by[at], scores))
        .collect()
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
    fn new(entries: &[Arc<Entry>], references: &References, tags: &'h Group, facets: &'h [Group]) -> Self {
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
            for used in list.iter().filter(|own| own.field == "context") {
                users.entry(used.target).or_default().push(Ix(at));
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

    fn nearest(&self, ix: Ix, references: &References, named_by: &[Ix], scores: &mut Scores) -> Vec<Ix> {
        let own = references[ix.0].iter().filter(|own| own.field == "related").map(|own| own.target);
        let mut nearest: Vec<Ix> = Vec::new();
        for other in own.chain(named_by.iter().copied()).chain(self.ranked(ix, scores)) {
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
    fn ranked(&self, ix: Ix, scores: &mut Scores) -> Vec<Ix> {
        let mut places = self.of_entry[ix.0].clone();
        places.sort_by_key(|place| (self.list(*place).len(), *place));
        let mut left = LOOKED_AT;
        for place in places {
            let list = self.list(place);
            if list.len() > left {
                break;
            }
            left -= list.len();
            let weight = weight(list.len(), self.count);
            for other in list {
                scores.add(*other, weight);
            }
        }
        let mut ranked = scores.take();
        ranked.retain(|(_, other)| *other != ix);
        ranked.sort_unstable_by_key(|(score, other)| (std::cmp::Reverse(*score), *other));
        ranked.truncate(SHOWN);
        ranked.into_iter().map(|(_, other)| other).collect()
    }
}

/// Sums by entry, cheap to use again.
struct Scores {
    sums: Vec<u32>,
    touched: Vec<Ix>,
}

impl Scores {
    fn new(entries: usize) -> Self {
        Self { sums: vec![0; entries], touched: Vec::new() }
    }

    fn add(&mut self, ix: Ix, weight: u32) {
        let sum = &mut self.sums[ix.0];
        if *sum == 0 {
            self.touched.push(ix);
        }
        *sum += weight;
    }

    /// The sums so far; leaves none.
    fn take(&mut self) -> Vec<(u32, Ix)> {
        let sums = &mut self.sums;
        self.touched.drain(..).map(|ix| (std::mem::take(&mut sums[ix.0]), ix)).collect()
    }
}

/// How much it says to share something that `have` of `all` entries have: a whole number, so that sums are exact.
fn weight(have: usize, all: usize) -> u32 {
    (all.max(1) / have.max(1)).ilog2().saturating_add(1)
}

fn named_by(references: &References) -> Vec<Vec<Ix>> {
    let mut named: Vec<Vec<Ix>> = vec![Vec::new(); references.len()];
    for (at, list) in references.iter().enumerate() {
        for related in list.iter().filter(|own| own.field == "related") {
            named[related.target.0].push(Ix(at));
        }
    }
    named
}
