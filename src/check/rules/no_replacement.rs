//! A deprecated entry that names no replacement.
//!
//! Silent where a replacement is named that does not exist: then the reference is the mistake.

use crate::check::Scope;
use crate::content::{Common, Status};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::fields::quoted;

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    for entry in scope.catalog.entries.iter().filter(|entry| entry.common.replaced_by.is_none()) {
        let Some(status) = entry.common.status.as_ref().filter(|status| status.value == Status::Deprecated) else {
            continue;
        };
        let problem =
            Diagnostic::new(Rule::NoReplacement, status.span, "the entry is deprecated and names no replacement");
        let line = entry.syntax.line(Common::KEYS.replaced_by.as_str(), &quoted("…"));
        problems.push(problem.help(format!("add `{line}` so that readers know where to go")));
    }
}
