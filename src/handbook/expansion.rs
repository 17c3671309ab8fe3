//! What a context module comes to with all that it includes.

use crate::content::kinds::ContextModule;
use crate::handbook::Ix;
use crate::handbook::catalog::Catalog;
use crate::handbook::graph::{State, Walk};

/// The most bytes that a module may have with everything it includes.
pub const EXPANSION_LIMIT: usize = 256 * 1024;

/// The most modules that one may be, with everything it includes.
pub const PARTS_LIMIT: usize = 50;

/// The most bytes that all modules together may have with what they include, for each module is published with it: this
/// many, and [`EXPANSION_FACTOR`] times what they have alone.
pub const EXPANSION_OF_ALL: usize = 16 * 1024 * 1024;

/// See [`EXPANSION_OF_ALL`].
pub const EXPANSION_FACTOR: usize = 10;

/// What a module comes to with all that it includes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expansion {
    /// This many bytes.
    Fits(usize),
    /// More bytes than [`EXPANSION_LIMIT`]: the longest way among the modules that are over it together.
    Bytes(Vec<Ix>),
    /// More modules than [`PARTS_LIMIT`]: the longest way among them.
    Parts(Vec<Ix>),
}

impl Catalog {
    /// How a module comes to more than [`EXPANSION_LIMIT`] bytes or [`PARTS_LIMIT`] modules with all that it includes, or
    /// how much it comes to.
    pub fn expansion(&self, module: Ix) -> Expansion {
        let mut walk = Walk::new(self, ContextModule::KEYS.includes);
        let (mut bytes, mut parts, mut longest) = (0, 0, 0);
        let mut came_from = vec![None; self.entries.len()];
        let mut deepest = module;
        let mut next = Some(module);
        while let Some(ix) = next {
            if walk.state(ix) == State::New {
                came_from[ix.0] = walk.path.last().copied();
                walk.enter(ix);
                bytes += self.entry(ix).body.len();
                parts += 1;
                if walk.path.len() > longest {
                    (longest, deepest) = (walk.path.len(), ix);
                }
                if bytes > EXPANSION_LIMIT || parts > PARTS_LIMIT {
                    let mut way: Vec<Ix> = std::iter::successors(Some(deepest), |ix| came_from[ix.0]).collect();
                    way.reverse();
                    return if bytes > EXPANSION_LIMIT { Expansion::Bytes(way) } else { Expansion::Parts(way) };
                }
            }
            next = walk.next(&mut Vec::new());
        }
        Expansion::Fits(bytes)
    }
}
