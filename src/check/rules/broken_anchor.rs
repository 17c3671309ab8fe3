//! A link's anchor names no heading.

use crate::check::Scope;
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::handbook::LinkOutcome;
use crate::text::suggest;

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    for (_, link, outcome) in super::links(scope.catalog) {
        let LinkOutcome::Entry { target, anchor: Some(anchor), found: false } = outcome else { continue };
        let target = &scope.catalog.entries[*target];
        let known: Vec<&str> = target.outline.headings.iter().map(|heading| heading.anchor.as_str()).collect();
        let message = format!("`{}` has no heading `#{anchor}`", target.id);
        let problem = Diagnostic::new(Rule::BrokenAnchor, link.span, message);
        problems.push(match known[..] {
            [] => problem.help("the page has no headings; link to it without `#`"),
            _ => problem.maybe_help(suggest::help(anchor, &known)),
        });
    }
}
