//! What a context module brings along.

use crate::content::Fields;
use crate::handbook::catalog::{Catalog, Outcome, Referred};

/// The most bytes that a module may have with everything it includes.
pub const EXPANSION_LIMIT: usize = 256 * 1024;

/// The most modules that one may be, with everything it includes.
pub const PARTS_LIMIT: usize = 50;

/// The most bytes that all modules together may have with what they include, for each module is published with it: this
/// many, and [`EXPANSION_FACTOR`] times what they have alone.
pub const EXPANSION_OF_ALL: usize = 16 * 1024 * 1024;

/// See [`EXPANSION_OF_ALL`].
pub const EXPANSION_FACTOR: usize = 10;

impl Catalog {
    /// Follows a field of all entries, each once: `circle` gets every way that leads back, with the entry where it
    /// begins again at its end. Gives the entries, each after those that it leads to.
    pub fn follow(&self, field: &'static str, mut circle: impl FnMut(&[usize])) -> Vec<usize> {
        let mut walk = Walk { catalog: self, field, ways: Vec::new(), path: Vec::new() };
        let mut states = vec![State::New; self.entries.len()];
        let mut done = Vec::with_capacity(self.entries.len());
        for start in 0..self.entries.len() {
            if states[start] == State::New {
                walk.enter(start, &mut states);
            }
            while let Some(next) = walk.next(&mut states, &mut done) {
                match states[next] {
                    State::New => walk.enter(next, &mut states),
                    State::OnPath(at) => circle(&[&walk.path[at..], &[next]].concat()),
                    State::Done => {}
                }
            }
        }
        done
    }

    /// How a module comes to more than [`EXPANSION_LIMIT`] bytes or [`PARTS_LIMIT`] modules with all that it includes, or
    /// how much it comes to.
    pub fn expansion(&self, module: usize) -> Expansion {
        let mut walk = Walk { catalog: self, field: "includes", ways: Vec::new(), path: Vec::new() };
        let mut states = vec![State::New; self.entries.len()];
        let (mut bytes, mut parts, mut longest) = (0, 0, 0);
        let mut came_from = vec![None; self.entries.len()];
        let mut deepest = module;
        let mut next = Some(module);
        while let Some(ix) = next {
            if states[ix] == State::New {
                came_from[ix] = walk.path.last().copied();
                walk.enter(ix, &mut states);
                bytes += self.entries[ix].body.len();
                parts += 1;
                if walk.path.len() > longest {
                    (longest, deepest) = (walk.path.len(), ix);
                }
                if bytes > EXPANSION_LIMIT || parts > PARTS_LIMIT {
                    let mut way: Vec<usize> = std::iter::successors(Some(deepest), |ix| came_from[*ix]).collect();
                    way.reverse();
                    return if bytes > EXPANSION_LIMIT { Expansion::Bytes(way) } else { Expansion::Parts(way) };
                }
            }
            next = walk.next(&mut states, &mut Vec::new());
        }
        Expansion::Fits(bytes)
    }

    /// The entries that a field of an entry refers to.
    pub fn targets(&self, ix: usize, field: &'static str) -> impl Iterator<Item = usize> {
        self.references[ix].iter().filter(move |referred| referred.reference.field == field).filter_map(|referred| {
            match referred.outcome {
                Outcome::Entry(target) => Some(target),
                _ => None,
            }
        })
    }

    /// The module that the `options_from` of a variable of an entry means, which is the same one on every site, and the
    /// name of the list in it; `None` where there is no such module.
    pub fn options_module<'w>(&self, entry: usize, written: &'w str) -> Option<(usize, &'w str)> {
        let (module, list) = written.rsplit_once('/')?;
        let means =
            |referred: &&Referred| referred.reference.field == "options_from" && referred.reference.written == module;
        match self.references[entry].iter().find(means)?.outcome {
            Outcome::Entry(ix) => Some((ix, list)),
            _ => None,
        }
    }

    /// The values of the list that the `options_from` of a variable of an entry means; `None` where there is none.
    pub fn options(&self, entry: usize, written: &str) -> Option<Vec<&str>> {
        let (ix, list) = self.options_module(entry, written)?;
        let Fields::ContextModule(fields) = &self.entries[ix].fields else { return None };
        fields.list(list).map(|values| values.iter().map(|value| value.value.as_str()).collect())
    }
}

/// What a module comes to with all that it includes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expansion {
    /// This many bytes.
    Fits(usize),
    /// More bytes than [`EXPANSION_LIMIT`]: the longest way among the modules that are over it together.
    Bytes(Vec<usize>),
    /// More modules than [`PARTS_LIMIT`]: the longest way among them.
    Parts(Vec<usize>),
}

/// How far a walk has come with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    /// Where it stands on the way from the start.
    OnPath(usize),
    Done,
}

/// A walk along a field: depth first without recursion, because a chain may be as long as the handbook.
struct Walk<'c> {
    catalog: &'c Catalog,
    field: &'static str,
    path: Vec<usize>,
    /// For each entry of the path where it leads to: what is left, the first one last.
    ways: Vec<Vec<usize>>,
}

impl Walk<'_> {
    fn enter(&mut self, ix: usize, states: &mut [State]) {
        states[ix] = State::OnPath(self.path.len());
        self.path.push(ix);
        let mut ways: Vec<usize> = self.catalog.targets(ix, self.field).collect();
        ways.reverse();
        self.ways.push(ways);
    }

    /// Where to go next, back where a way ends; `None` when all is seen.
    fn next(&mut self, states: &mut [State], done: &mut Vec<usize>) -> Option<usize> {
        while let Some(ways) = self.ways.last_mut() {
            if let Some(next) = ways.pop() {
                return Some(next);
            }
            self.ways.pop();
            if let Some(ix) = self.path.pop() {
                states[ix] = State::Done;
                done.push(ix);
            }
        }
        None
    }
}
