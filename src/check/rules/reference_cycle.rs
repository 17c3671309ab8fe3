//! Includes or replacements that lead back to where they began.

use crate::check::Scope;
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::handbook::{Catalog, Ix, Outcome, ResolvedReference};
use crate::text::Span;

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    for field in ["includes", "replaced_by"] {
        scope.catalog.follow(field, |circle| problems.push(problem(scope.catalog, circle, field)));
    }
}

fn problem(catalog: &Catalog, circle: &[Ix], field: &'static str) -> Diagnostic {
    let from = circle[circle.len() - 2];
    let to = circle[circle.len() - 1];
    let message = format!("`{field}` leads back: {}", super::path(catalog, circle));
    let mut problem =
        Diagnostic::new(Rule::ReferenceCycle, place(catalog, from, to, field), message).label("this closes the circle");
    for step in circle.windows(2).take(circle.len() - 2).take(8) {
        problem = problem.place(place(catalog, step[0], step[1], field), "by way of this");
    }
    problem.help("take one of the steps away")
}

fn place(catalog: &Catalog, from: Ix, to: Ix, field: &'static str) -> Span {
    let names =
        |referred: &&ResolvedReference| referred.reference.field == field && referred.outcome == Outcome::Entry(to);
    catalog.references_of(from).iter().find(names).map_or(super::title_span(catalog.entry(from)), |r| r.reference.span)
}
