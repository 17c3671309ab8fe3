//! A review that is due.
//!
//! The day itself is still in time. A deprecated entry needs no review: it is kept for those who still have it.

use crate::check::Scope;
use crate::content::Status;
use crate::diagnostics::{Diagnostic, Problems, Rule};

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    for entry in scope.catalog.entries.iter().filter(|entry| entry.status() != Some(Status::Deprecated)) {
        let Some(due) = entry.common.review_by.as_ref().filter(|due| due.value < scope.today) else { continue };
        let owner = entry.common.owner.as_ref().map_or("its owner", |owner| &owner.value);
        let problem = Diagnostic::new(Rule::OverdueReview, due.span, format!("the review was due by {}", due.value));
        problems.push(
            problem
                .label("in the past")
                .help(format!("ask {owner} to read it again, then set `updated` and a new `review_by`")),
        );
    }
}
