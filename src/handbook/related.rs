//! Entries to read next: what shares context, tags and facets, rare ones counting more.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::content::{Common, ContextItem};
use crate::handbook::Ix;
use crate::handbook::reference::VisibleReference;
use crate::handbook::terms::Group;

/// How many are shown.
const SHOWN: usize = 5;

/// How many candidates one entry looks at. A tag on a tenth of a large handbook says little, and looking through
/// all its entries for each of them would cost the square of their number.
const LOOKED_AT: usize = 600;

type References = [Vec<VisibleReference>];

/// For each entry the nearest others: those it names itself, those that name it, then those that share most. Found when
/// somebody asks: a build asks for each entry, a preview for one.
#[derive(Debug)]
pub(super) struct Related {
    shared: OnceLock<Shared>,
    nearest: Vec<OnceLock<Vec<Ix>>>,
    /// A pool of the tables that no thread uses at the moment: most entries share something with hundreds of others.
    scores: Mutex<Vec<Scores>>,
}

/// What entries can have in common.
#[derive(Clone, Copy)]
pub(super) struct Ties<'h> {
    pub(super) references: &'h References,
    pub(super) tags: &'h Group,
    pub(super) facets: &'h [Group],
}

impl Related {
    /// Of as many entries.
    pub(super) fn new(entries: usize) -> Self {
        let nearest = (0..entries).map(|_| OnceLock::new()).collect();
        Self { shared: OnceLock::new(), nearest, scores: Mutex::default() }
    }

    /// The nearest others of an entry.
    pub(super) fn of(&self, ix: Ix, ties: Ties<'_>) -> &[Ix] {
        self.nearest[ix.0].get_or_init(|| {
            let shared = self.shared.get_or_init(|| Shared::new(self.nearest.len(), ties));
            let free = self.scores.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let mut scores = free.unwrap_or_else(|| Scores::new(self.nearest.len()));
            let nearest = shared.nearest(ix, ties.references, &mut scores);
            self.scores.lock().unwrap_or_else(PoisonError::into_inner).push(scores);
            nearest
        })
    }
}

/// Each thing that entries have in common, with the entries that have it.
#[derive(Debug)]
struct Shared {
    lists: Vec<Vec<Ix>>,
    /// For each entry the places of its lists: tags and facets first, then contexts.
    of_entry: Vec<Vec<usize>>,
    /// For each entry those whose field `related` names it.
    named_by: Vec<Vec<Ix>>,
}

impl Shared {
    fn new(entries: usize, ties: Ties<'_>) -> Self {
        let terms = ties.tags.terms.iter().chain(ties.facets.iter().flat_map(|group| &group.terms));
        let mut lists: Vec<Vec<Ix>> = terms.map(|term| term.entries.clone()).collect();
        let mut users: BTreeMap<Ix, Vec<Ix>> = BTreeMap::new();
        for (at, list) in ties.references.iter().enumerate() {
            for used in list.iter().filter(|own| own.field == ContextItem::KEY) {
                users.entry(used.target).or_default().push(Ix(at));
            }
        }
        lists.extend(users.into_values().map(|mut list| {
            list.dedup();
            list
        }));
        let mut of_entry: Vec<Vec<usize>> = vec![Vec::new(); entries];
        for (place, list) in lists.iter().enumerate() {
            for ix in list {
                of_entry[ix.0].push(place);
            }
        }
        Self { lists, of_entry, named_by: named_by(ties.references) }
    }

    fn nearest(&self, ix: Ix, references: &References, scores: &mut Scores) -> Vec<Ix> {
        let own = references[ix.0].iter().filter(|own| own.field == Common::KEYS.related).map(|own| own.target);
        let mut nearest: Vec<Ix> = Vec::new();
        for other in own.chain(self.named_by[ix.0].iter().copied()).chain(self.ranked(ix, scores)) {
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
        places.sort_by_key(|place| (self.lists[*place].len(), *place));
        let mut left = LOOKED_AT;
        for place in places {
            let list = &self.lists[place];
            if list.len() > left {
                break;
            }
            left -= list.len();
            let weight = weight(list.len(), self.of_entry.len());
            for other in list {
                scores.add(*other, weight);
            }
        }
        let mut ranked = scores.take();
        ranked.retain(|(_, other)| *other != ix);
        let by_rank = |(score, other): &(u32, Ix)| (std::cmp::Reverse(*score), *other);
        // Of hundreds that share something a handful is shown: only those are put in order.
        if ranked.len() > SHOWN {
            ranked.select_nth_unstable_by_key(SHOWN, by_rank);
            ranked.truncate(SHOWN);
        }
        ranked.sort_unstable_by_key(by_rank);
        ranked.into_iter().map(|(_, other)| other).collect()
    }
}

/// Sums by entry, cheap to use again.
#[derive(Debug)]
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
        for related in list.iter().filter(|own| own.field == Common::KEYS.related) {
            named[related.target.0].push(Ix(at));
        }
    }
    named
}
