//! A context module with all that it includes is too much, or all modules together are.
//!
//! Every module is published with all that it includes, each once, so a chain of a thousand modules would be published
//! as half a million parts. So there is a bound for one module, in bytes and in modules, and one for all of them
//! together, which leaves room for what people do: a base module that hundreds include.
//!
//! The work is bounded as well. A first pass over the graph gives each module an upper bound without any walk; only
//! those that may be over a limit are walked, each module of a walk once.

use std::sync::Arc;

use crate::check::{Scope, ways};
use crate::content::kinds::ContextModule;
use crate::content::{Entry, Kind};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::handbook::{Catalog, EXPANSION_FACTOR, EXPANSION_LIMIT, EXPANSION_OF_ALL, Expansion, Ix, PARTS_LIMIT};
use crate::text::Span;

/// How many modules are followed to all that they include because they may be too much: each is a walk, and nobody
/// mends more at a time.
const WALKS: usize = 2_000;

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    let catalog = scope.catalog;
    let most = most(catalog);
    let mut bytes: Vec<usize> = most.iter().map(|most| most.bytes).collect();
    // `follow` gives each module after those that it includes. That order is what lets a module that includes a
    // reported one be passed over, here, and what makes the sums of `most` complete, below.
    let may_be_too_much = |ix: &Ix| most[ix.0].bytes > EXPANSION_LIMIT || most[ix.0].parts > PARTS_LIMIT;
    let mut told = vec![false; most.len()];
    for ix in catalog.follow(ContextModule::KEYS.includes, |_| {}).into_iter().filter(may_be_too_much).take(WALKS) {
        // What includes a module that is too much is too much itself: only the innermost one is reported, and mending
        // it mends all that stand above it.
        if catalog.targets(ix, ContextModule::KEYS.includes).any(|target| told[target.0]) {
            (told[ix.0], bytes[ix.0]) = (true, 0);
            continue;
        }
        let (has, way) = match catalog.expansion(ix) {
            Expansion::Fits(exactly) => {
                bytes[ix.0] = exactly;
                continue;
            }
            Expansion::Bytes(way) => (format!("more than {} KiB", EXPANSION_LIMIT / 1024), way),
            Expansion::Parts(way) => (format!("more than {PARTS_LIMIT} modules"), way),
        };
        // It is reported by itself, so it does not count in what all of them come to.
        (told[ix.0], bytes[ix.0]) = (true, 0);
        let message = format!("`{}` with its includes has {has}", catalog.entry(ix).id);
        let problem = Diagnostic::new(Rule::ExpansionLimit, includes_span(catalog, ix), message)
            .label(format!("the longest path: {}", ways::path(catalog, &way)));
        problems.push(problem.help("split it into modules that a prompt can pick from"));
    }
    problems.extend(too_much_together(catalog, &bytes));
}

/// The bound on all modules together. `bytes` has for each entry what it comes to with its includes: exactly where it
/// was walked, else at most; 0 where it was reported by itself. One problem about the whole, at the module with the
/// most.
fn too_much_together(catalog: &Catalog, bytes: &[usize]) -> Option<Diagnostic> {
    let is_module = |entry: &&Arc<Entry>| entry.kind == Kind::ContextModule;
    let alone: usize = catalog.entries.iter().filter(is_module).map(|entry| entry.body.len()).sum();
    // Upper bounds double with each level of shared includes, so a deep graph passes 64 bits.
    let together = bytes.iter().fold(0_usize, |sum, bytes| sum.saturating_add(*bytes));
    if together <= EXPANSION_OF_ALL + EXPANSION_FACTOR * alone {
        return None;
    }
    // Of equals the first, so that the report does not depend on the order of a comparison.
    let largest = (0..bytes.len()).map(Ix).max_by_key(|ix| (bytes[ix.0], std::cmp::Reverse(*ix)))?;
    let message = format!(
        "the modules have {} KiB, and {} KiB with what each includes, more than {EXPANSION_FACTOR} times as much and {} KiB",
        alone / 1024,
        together / 1024,
        EXPANSION_OF_ALL / 1024
    );
    let problem = Diagnostic::new(Rule::ExpansionLimit, includes_span(catalog, largest), message)
        .label(format!("this module has the most: {} KiB", bytes[largest.0] / 1024));
    Some(problem.help("let prompts list the modules that they need, and include less"))
}

/// Where a module begins to include, else its title.
fn includes_span(catalog: &Catalog, ix: Ix) -> Span {
    let first =
        catalog.references_of(ix).iter().find(|referred| referred.reference.field == ContextModule::KEYS.includes);
    first.map_or(ways::title_span(catalog.entry(ix)), |referred| referred.reference.span)
}

/// What an entry can come to at most, in bytes of bodies and in modules.
#[derive(Clone, Copy, Default)]
struct Most {
    bytes: usize,
    parts: usize,
}

/// The most that each entry can have with its includes: what two of them share is counted twice. Most entries are
/// within the limits even so, and need no walk of their own. Linear in the number of includes, circles too, which
/// `follow` enters once.
fn most(catalog: &Catalog) -> Vec<Most> {
    let mut most = vec![Most::default(); catalog.entries.len()];
    for ix in catalog.follow(ContextModule::KEYS.includes, |_| {}) {
        if catalog.entry(ix).kind == Kind::ContextModule {
            let own = Most { bytes: catalog.entry(ix).body.len(), parts: 1 };
            most[ix.0] = catalog.targets(ix, ContextModule::KEYS.includes).fold(own, |sum, target| Most {
                bytes: sum.bytes.saturating_add(most[target.0].bytes),
                parts: sum.parts.saturating_add(most[target.0].parts),
            });
        }
    }
    most
}
