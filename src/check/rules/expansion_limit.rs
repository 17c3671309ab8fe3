//! A context module with all that it includes is too much.

use crate::check::Scope;
use crate::content::Kind;
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::handbook::{Catalog, EXPANSION_LIMIT};

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    let catalog = scope.catalog;
    let most = most(catalog);
    for (ix, entry) in catalog.entries.iter().enumerate().filter(|(ix, _)| most[*ix] > EXPANSION_LIMIT) {
        let Some(path) = catalog.too_large(ix) else { continue };
        let message = format!("`{}` with its includes has more than {} KiB", entry.id, EXPANSION_LIMIT / 1024);
        let first = catalog.references[ix].iter().find(|referred| referred.reference.field == "includes");
        let span = first.map_or(super::title_span(entry), |referred| referred.reference.span);
        let problem = Diagnostic::new(Rule::ExpansionLimit, span, message)
            .label(format!("the longest path: {}", super::path(catalog, &path)));
        problems.push(problem.help("split it into modules that a prompt can pick from"));
    }
}

/// The most bytes that each entry can have with its includes: what two of them share is counted twice. Most entries
/// are within the limit even so, and need no walk of their own.
fn most(catalog: &Catalog) -> Vec<usize> {
    let mut most = vec![0; catalog.entries.len()];
    for ix in catalog.follow("includes", |_| {}) {
        if catalog.entries[ix].kind == Kind::ContextModule {
            let own = catalog.entries[ix].body.len();
            most[ix] = catalog.targets(ix, "includes").fold(own, |sum, target| sum.saturating_add(most[target]));
        }
    }
    most
}
