//! Includes or replacements that lead back to where they began.

use std::collections::HashSet;

use crate::check::Scope;
use crate::content::Kind;
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::handbook::{Catalog, Expansion, Outcome};
use crate::text::Span;

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    let catalog = scope.catalog;
    let mut reported: HashSet<Vec<usize>> = HashSet::new();
    for (ix, entry) in catalog.entries.iter().enumerate() {
        if entry.kind == Kind::ContextModule
            && let Expansion::Cycle(circle) = catalog.expansion(ix)
        {
            report(catalog, &circle, "includes", &mut reported, problems);
        }
        if let Some(circle) = replacements(catalog, ix) {
            report(catalog, &circle, "replaced_by", &mut reported, problems);
        }
    }
}

/// Each circle once, whichever of its entries it was found from.
fn report(
    catalog: &Catalog,
    circle: &[usize],
    field: &'static str,
    reported: &mut HashSet<Vec<usize>>,
    problems: &mut Problems,
) {
    let mut members = circle.to_vec();
    members.sort_unstable();
    members.dedup();
    if !reported.insert(members) {
        return;
    }
    let from = circle[circle.len() - 2];
    let to = circle[circle.len() - 1];
    let message = format!("`{field}` leads back: {}", super::path(catalog, circle));
    let mut problem =
        Diagnostic::new(Rule::ReferenceCycle, place(catalog, from, to, field), message).label("this closes the circle");
    for step in circle.windows(2).take(circle.len() - 2).take(8) {
        problem = problem.place(place(catalog, step[0], step[1], field), "by way of this");
    }
    problems.push(problem.help("take one of the steps away"));
}

fn place(catalog: &Catalog, from: usize, to: usize, field: &'static str) -> Span {
    let names = |referred: &&crate::handbook::Referred| {
        referred.reference.field == field && referred.outcome == Outcome::Entry(to)
    };
    catalog.references[from].iter().find(names).map_or(super::title_span(&catalog.entries[from]), |r| r.reference.span)
}

fn replacements(catalog: &Catalog, start: usize) -> Option<Vec<usize>> {
    let mut path = vec![start];
    loop {
        let next = catalog.targets(*path.last()?, "replaced_by").next()?;
        if let Some(at) = path.iter().position(|ix| *ix == next) {
            let mut circle = path.split_off(at);
            circle.push(next);
            return Some(circle);
        }
        path.push(next);
    }
}
