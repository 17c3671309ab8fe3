//! A day that tells what happened is still to come.
//!
//! Which days those are, the declaration of each field says (`past`), so that a new field of a kind is checked without
//! a line here. A day to come would head every list of what is new until it is there.

use crate::check::Scope;
use crate::content::PastDate;
use crate::diagnostics::{Diagnostic, Problems, Rule};

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    // The day of a run is in UTC: east of Greenwich it may be tomorrow already. No zone is more than a day ahead.
    let latest = scope.today.tomorrow().unwrap_or(scope.today);
    for entry in &scope.catalog.entries {
        for PastDate { key: field, day: date, span } in entry.past_dates.iter().filter(|date| date.day > latest) {
            let message = format!("`{field}` is {date}, which is still to come");
            problems.push(
                Diagnostic::new(Rule::FutureDate, *span, message)
                    .label("in the future")
                    .help(format!("write the day on which it happened; today is {}", scope.today)),
            );
        }
    }
}
