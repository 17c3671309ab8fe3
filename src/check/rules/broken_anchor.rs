//! A link's anchor names no heading.
//!
//! Only of links to entries: an anchor of an attachment or of another site is the business of what lies there. A link
//! to the page's own top has no anchor and is always found.

use std::collections::HashMap;

use crate::check::{Scope, ways};
use crate::content::Entry;
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::handbook::{Ix, LinkOutcome};
use crate::text::suggest::Known;

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    // The headings of a page are prepared for comparison once, when the first link misses one.
    let mut known: HashMap<Ix, Known<String>> = HashMap::new();
    // Each wrong anchor of a page is looked for once, however many links have it.
    let mut suggestions: HashMap<(Ix, &str), Option<String>> = HashMap::new();
    for (_, link, outcome) in ways::links(scope.catalog) {
        let LinkOutcome::Entry { target: ix, anchor: Some(anchor), found: false } = outcome else { continue };
        let target = scope.catalog.entry(*ix);
        let message = format!("`{}` has no heading `#{anchor}`", target.id);
        // The help names headings of the target, which the readers of this entry may not be allowed to see: `quotes`
        // lets a report for them leave the sentence out.
        let problem = Diagnostic::new(Rule::BrokenAnchor, link.span, message).quotes(target.source.id);
        if target.outline.headings.is_empty() {
            problems.push(problem.help("the page has no headings; link to it without `#`"));
            continue;
        }
        let key = (*ix, anchor.as_str());
        // Beyond the bound a wrong anchor has the general help alone.
        if suggestions.len() < ways::SUGGESTIONS {
            suggestions
                .entry(key)
                .or_insert_with(|| known.entry(*ix).or_insert_with(|| anchors(target)).help(&format!("#{anchor}")));
        }
        let problem =
            problem.help("an anchor is the heading in lower case, without punctuation, with hyphens for spaces");
        problems.push(problem.maybe_help(suggestions.get(&key).cloned().flatten()));
    }
}

/// The anchors of a page with their `#`, as they are written in a link, so that a suggestion can be copied whole.
fn anchors(target: &Entry) -> Known<String> {
    Known::new(target.outline.headings.iter().map(|heading| format!("#{}", heading.anchor)))
}
