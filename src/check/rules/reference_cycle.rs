//! Includes or replacements that lead back to where they began.
//!
//! With a circle of includes a module would contain itself, and with one of replacements a reader would never arrive.
//! Other references may lead in circles: related entries usually do.

use crate::check::{Scope, ways};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::fields::FieldKey;
use crate::handbook::{Catalog, Ix, Outcome, ResolvedReference};
use crate::text::Span;

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    for field in ways::CIRCULAR {
        scope.catalog.follow(field, |circle| problems.push(problem(scope.catalog, circle, field)));
    }
}

fn problem(catalog: &Catalog, circle: &[Ix], field: FieldKey) -> Diagnostic {
    // A circle ends with the entry that it began with, so it has two items at least, of an entry that names itself too.
    let from = circle[circle.len() - 2];
    let to = circle[circle.len() - 1];
    let message = format!("`{field}` leads back: {}", ways::path(catalog, circle));
    let mut problem =
        Diagnostic::new(Rule::ReferenceCycle, place(catalog, from, to, field), message).label("this closes the circle");
    // All steps but the last, which is the problem's own place; of a long circle the first few.
    for step in circle.windows(2).take(circle.len() - 2).take(8) {
        problem = problem.place(place(catalog, step[0], step[1], field), "by way of this");
    }
    problem.help("take one of the steps away")
}

/// Where one entry names the other in a field; the title where nothing does, which `follow` rules out.
fn place(catalog: &Catalog, from: Ix, to: Ix, field: FieldKey) -> Span {
    let names =
        |referred: &&ResolvedReference| referred.reference.field == field && referred.outcome == Outcome::Entry(to);
    catalog.references_of(from).iter().find(names).map_or(ways::title_span(catalog.entry(from)), |r| r.reference.span)
}
