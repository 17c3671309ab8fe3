//! Walks along the references of one field, from entry to entry.

use crate::fields::FieldKey;
use crate::handbook::Ix;
use crate::handbook::catalog::Catalog;
use crate::handbook::reference::Outcome;

impl Catalog {
    /// Follows a field of all entries, each once: `circle` gets every way that leads back, with the entry where it
    /// begins again at its end. Gives the entries, each after those that it leads to.
    pub fn follow(&self, field: FieldKey, mut circle: impl FnMut(&[Ix])) -> Vec<Ix> {
        let mut walk = Walk::new(self, field);
        let mut done = Vec::with_capacity(self.entries.len());
        for start in (0..self.entries.len()).map(Ix) {
            if walk.state(start) == State::New {
                walk.enter(start);
            }
            while let Some(next) = walk.next(&mut done) {
                match walk.state(next) {
                    State::New => walk.enter(next),
                    State::OnPath(at) => circle(&[&walk.path[at..], &[next]].concat()),
                    State::Done => {}
                }
            }
        }
        done
    }

    /// The entries that a field of an entry refers to.
    pub fn targets(&self, ix: Ix, field: FieldKey) -> impl Iterator<Item = Ix> {
        self.references_of(ix).iter().filter(move |own| own.reference.field == field).filter_map(|own| {
            match own.outcome {
                Outcome::Entry(target) => Some(target),
                _ => None,
            }
        })
    }
}

/// How far a walk has come with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Not at all.
    New,
    /// Where it stands on the way from the start.
    OnPath(usize),
    /// It and all that it leads to was seen.
    Done,
}

/// A walk along a field: depth first without recursion, because a chain may be as long as the handbook.
pub(super) struct Walk<'c> {
    catalog: &'c Catalog,
    field: FieldKey,
    /// From the start to where it stands.
    pub(super) path: Vec<Ix>,
    /// For each entry of the path where it leads to: what is left, the first one last.
    ways: Vec<Vec<Ix>>,
    states: Vec<State>,
}

impl<'c> Walk<'c> {
    /// A walk that has not begun.
    pub(super) fn new(catalog: &'c Catalog, field: FieldKey) -> Self {
        let states = vec![State::New; catalog.entries.len()];
        Self { catalog, field, path: Vec::new(), ways: Vec::new(), states }
    }

    /// How far it has come with an entry.
    pub(super) fn state(&self, ix: Ix) -> State {
        self.states[ix.0]
    }

    /// Goes to an entry that was not seen yet.
    pub(super) fn enter(&mut self, ix: Ix) {
        self.states[ix.0] = State::OnPath(self.path.len());
        self.path.push(ix);
        let mut ways: Vec<Ix> = self.catalog.targets(ix, self.field).collect();
        ways.reverse();
        self.ways.push(ways);
    }

    /// Where to go next, back where a way ends; `None` when all is seen. Adds the entries that it comes back from.
    pub(super) fn next(&mut self, done: &mut Vec<Ix>) -> Option<Ix> {
        while let Some(ways) = self.ways.last_mut() {
            if let Some(next) = ways.pop() {
                return Some(next);
            }
            self.ways.pop();
            if let Some(ix) = self.path.pop() {
                self.states[ix.0] = State::Done;
                done.push(ix);
            }
        }
        None
    }
}
