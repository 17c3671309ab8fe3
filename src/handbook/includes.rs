//! What a context module brings along.

use crate::content::{Fields, Kind};
use crate::handbook::catalog::{Catalog, Outcome};

/// The most bytes that a module may have with everything it includes.
pub const EXPANSION_LIMIT: usize = 256 * 1024;

/// What following the includes of a module comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expansion {
    /// Within bounds.
    Fine,
    /// They lead back: the entries on the circle, the first one again at the end.
    Cycle(Vec<usize>),
    /// Too much: the bytes, and the deepest path.
    TooLarge(usize, Vec<usize>),
}

impl Catalog {
    /// Follows the includes of an entry.
    pub fn expansion(&self, ix: usize) -> Expansion {
        let mut walk =
            Walk { catalog: self, path: vec![ix], seen: vec![false; self.entries.len()], bytes: 0, deepest: vec![ix] };
        walk.visit(ix)
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

    /// The named list that a variable's `options_from` means: the module's id and the list's values.
    pub fn options(&self, written: &str) -> Option<Vec<&str>> {
        let (module, list) = written.rsplit_once('/')?;
        let Outcome::Entry(ix) = self.resolve(module, Some(Kind::ContextModule)) else { return None };
        let Fields::ContextModule(fields) = &self.entries[ix].fields else { return None };
        fields.list(list).map(|values| values.iter().map(|value| value.value.as_str()).collect())
    }
}

struct Walk<'c> {
    catalog: &'c Catalog,
    path: Vec<usize>,
    seen: Vec<bool>,
    bytes: usize,
    deepest: Vec<usize>,
}

impl Walk<'_> {
    /// Depth first without recursion: a chain may be as long as the handbook.
    fn visit(&mut self, start: usize) -> Expansion {
        let mut stack: Vec<(usize, Vec<usize>)> = vec![(start, self.next_of(start))];
        self.enter(start);
        while let Some((_, todo)) = stack.last_mut() {
            let Some(next) = todo.pop() else {
                stack.pop();
                self.path.pop();
                continue;
            };
            if let Some(at) = self.path.iter().position(|on_path| *on_path == next) {
                let mut circle = self.path[at..].to_vec();
                circle.push(next);
                return Expansion::Cycle(circle);
            }
            if self.seen[next] {
                continue;
            }
            self.path.push(next);
            self.enter(next);
            stack.push((next, self.next_of(next)));
        }
        if self.bytes > EXPANSION_LIMIT {
            return Expansion::TooLarge(self.bytes, std::mem::take(&mut self.deepest));
        }
        Expansion::Fine
    }

    fn enter(&mut self, ix: usize) {
        self.seen[ix] = true;
        self.bytes += self.catalog.entries[ix].body.len();
        if self.path.len() > self.deepest.len() {
            self.deepest.clone_from(&self.path);
        }
    }

    /// The includes of a module, the first one last, as a stack wants them.
    fn next_of(&self, ix: usize) -> Vec<usize> {
        let mut next: Vec<usize> = self.catalog.targets(ix, "includes").collect();
        next.reverse();
        next
    }
}
