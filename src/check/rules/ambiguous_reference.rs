//! A short reference fits more than one entry.

use crate::check::Scope;
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::handbook::{CANDIDATES_COUNTED, Candidates, Catalog, LinkOutcome, Outcome};
use crate::text::{Span, suggest};

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    for referred in scope.catalog.references.iter().flatten() {
        if let Outcome::Ambiguous(found) = &referred.outcome {
            problems.push(problem(scope.catalog, referred.reference.span, &referred.reference.written, found));
        }
    }
    for (_, link, outcome) in super::links(scope.catalog) {
        if let LinkOutcome::Ambiguous(found) = outcome {
            problems.push(problem(scope.catalog, link.span, &link.destination, found));
        }
    }
}

fn problem(catalog: &Catalog, span: Span, written: &str, found: &Candidates) -> Diagnostic {
    let ids: Vec<&str> = found.first.iter().map(|ix| catalog.entry(*ix).id.as_str()).collect();
    let or_more = if found.count == CANDIDATES_COUNTED { " or more" } else { "" };
    Diagnostic::new(Rule::AmbiguousReference, span, format!("`{written}` fits {}{or_more} entries", found.count))
        .help(format!("write one of {}", suggest::list(&ids)))
}
