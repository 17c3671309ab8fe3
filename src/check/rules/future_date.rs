//! A day that tells what happened is still to come.

use jiff::civil::Date;

use crate::check::Scope;
use crate::content::Entry;
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::fields::{Due, ValueRef, walk};
use crate::text::Span;

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    // The clock is that of the world: where the author lives it may be tomorrow already.
    let latest = scope.today.tomorrow().unwrap_or(scope.today);
    for entry in &scope.catalog.entries {
        let due = entry.due.as_ref().filter(|_| entry.is_to_come);
        problems.extend(due.map(|due| to_come(entry, due)));
        // What another tool plans has no day on which it happened.
        let is_plan = |span: Span| due.is_some_and(|due| due.day.span == span);
        let dates = past_dates(entry).into_iter().filter(|(_, date, span)| *date > latest && !is_plan(*span));
        for (field, date, span) in dates {
            let message = format!("`{field}` is {date}, which is still to come");
            problems.push(
                Diagnostic::new(Rule::FutureDate, span, message)
                    .label("in the future")
                    .help(format!("write the day on which it happened; today is {}", scope.today)),
            );
        }
    }
}

/// The problem of an entry that another tool would not show yet.
fn to_come(entry: &Entry, due: &Due) -> Diagnostic {
    let message = format!("`{}` is still to come, so the entry is kept back until {}", due.key, due.day.value);
    let now = entry.syntax.line("created", "…");
    Diagnostic::new(Rule::ForeignKey, due.day.span, message).help(format!("to show it now, write `{now}` in its place"))
}

/// The dates of an entry that tell when something happened, by field.
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
