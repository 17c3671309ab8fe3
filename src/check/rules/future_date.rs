//! A day that tells what happened is still to come.
//!
//! Which days those are, the declaration of each field says (`past`), so that a new field of a kind is checked without
//! a line here. A day to come would head every list of what is new until it is there.

use jiff::civil::Date;

use crate::check::Scope;
use crate::content::Entry;
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::fields::{ValueRef, walk};
use crate::text::Span;

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    // The day of a run is in UTC: east of Greenwich it may be tomorrow already. No zone is more than a day ahead.
    let latest = scope.today.tomorrow().unwrap_or(scope.today);
    for entry in &scope.catalog.entries {
        for (field, date, span) in past_dates(entry).into_iter().filter(|(_, date, _)| *date > latest) {
            let message = format!("`{field}` is {date}, which is still to come");
            problems.push(
                Diagnostic::new(Rule::FutureDate, span, message)
                    .label("in the future")
                    .help(format!("write the day on which it happened; today is {}", scope.today)),
            );
        }
    }
}

/// The dates of an entry that tell when something happened, by field, also of fields within tables and lists. The key
/// is the innermost: of a test it is `tested_on`.
fn past_dates(entry: &Entry) -> Vec<(&'static str, Date, Span)> {
    let mut dates = Vec::new();
    for record in entry.records() {
        walk(record, &mut |leaf| {
            if let (true, ValueRef::Day(day)) = (leaf.field.is_past, leaf.value) {
                dates.push((leaf.field.key, day, leaf.span));
            }
        });
    }
    dates
}
