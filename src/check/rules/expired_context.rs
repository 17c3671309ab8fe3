//! A context module past its date.
//!
//! The last day still counts: `valid_until` is the day through which the text holds. A deprecated module is left alone,
//! because whoever reads it is sent to another one anyway.

use crate::check::Scope;
use crate::content::{Fields, Status};
use crate::diagnostics::{Diagnostic, Problems, Rule};

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    for entry in scope.catalog.entries.iter().filter(|entry| entry.status() != Some(Status::Deprecated)) {
        let Fields::ContextModule(module) = &entry.fields else { continue };
        let Some(until) = module.valid_until.as_ref().filter(|until| until.value < scope.today) else { continue };
        let owner = entry.common.owner.as_ref().map_or("its owner", |owner| &owner.value);
        let problem =
            Diagnostic::new(Rule::ExpiredContext, until.span, format!("the context was valid until {}", until.value));
        problems.push(problem.label("in the past").help(format!("ask {owner} to read it again and set a new date")));
    }
}
