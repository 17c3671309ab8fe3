//! A short reference fits more than one entry.
//!
//! Which of several is meant is never guessed: the reference would change its meaning with the next entry of that name.
//! The help names the first candidates only; a handbook may have a thousand entries with one last name.

use crate::check::{Scope, ways};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::handbook::{CANDIDATES_COUNTED, Candidates, Catalog, LinkOutcome, Outcome};
use crate::text::{Span, suggest};

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    for referred in scope.catalog.references.iter().flatten() {
        if let Outcome::Ambiguous(found) = &referred.outcome {
            problems.push(problem(scope.catalog, referred.reference.span, &referred.reference.written, found));
        }
    }
    for (_, link, outcome) in ways::links(scope.catalog) {
        if let LinkOutcome::Ambiguous(found) = outcome {
            problems.push(problem(scope.catalog, link.span, &link.destination, found));
        }
    }
}

fn problem(catalog: &Catalog, span: Span, written: &str, found: &Candidates) -> Diagnostic {
    let ids: Vec<&str> = found.first.iter().map(|ix| catalog.entry(*ix).id.as_str()).collect();
    // The search for candidates stops at that count, so a count that reaches it is a lower bound.
    let or_more = if found.count == CANDIDATES_COUNTED { " or more" } else { "" };
    Diagnostic::new(Rule::AmbiguousReference, span, format!("`{written}` fits {}{or_more} entries", found.count))
        .help(format!("write one of {}", suggest::list(&ids)))
}
