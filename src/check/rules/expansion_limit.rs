//! A context module with all that it includes is too much.

use crate::check::Scope;
use crate::content::Kind;
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::handbook::{EXPANSION_LIMIT, Expansion};

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    let catalog = scope.catalog;
    for (ix, entry) in catalog.entries.iter().enumerate().filter(|(_, entry)| entry.kind == Kind::ContextModule) {
        let Expansion::TooLarge(bytes, path) = catalog.expansion(ix) else { continue };
        let message =
            format!("`{}` with its includes has {} KiB, more than {}", entry.id, bytes / 1024, EXPANSION_LIMIT / 1024);
        let first = catalog.references[ix].iter().find(|referred| referred.reference.field == "includes");
        let span = first.map_or(super::title_span(entry), |referred| referred.reference.span);
        let problem = Diagnostic::new(Rule::ExpansionLimit, span, message)
            .label(format!("the longest path: {}", super::path(catalog, &path)));
        problems.push(problem.help("split it into modules that a prompt can pick from"));
    }
}
