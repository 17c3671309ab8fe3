//! A link's anchor names no heading.

use crate::check::Scope;
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::handbook::LinkOutcome;
use crate::text::suggest;

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    for (_, link, outcome) in super::links(scope.catalog) {
        let LinkOutcome::Entry { target, anchor: Some(anchor), found: false } = outcome else { continue };
        let target = &scope.catalog.entries[*target];
        let known: Vec<String> = target.outline.headings.iter().map(|heading| format!("#{}", heading.anchor)).collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let message = format!("`{}` has no heading `#{anchor}`", target.id);
        let problem = Diagnostic::new(Rule::BrokenAnchor, link.span, message);
        problems.push(match known[..] {
            [] => problem.help("the page has no headings; link to it without `#`"),
            _ => problem
                .help("an anchor is the heading in lower case, without punctuation, with hyphens for spaces")
                .maybe_help(suggest::help(&format!("#{anchor}"), &known)),
        });
    }
}
