//! A day that tells what happened is still to come.
//!
//! Which days those are, the declaration of each field says (`past`), so that a new field of a kind is checked without
//! a line here. A day to come would head every list of what is new until it is there.

use crate::check::Scope;
use crate::content::{Common, Entry, PastDate};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::fields::Due;
use crate::text::Span;

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    // The day of a run is in UTC: east of Greenwich it may be tomorrow already. No zone is more than a day ahead.
    let latest = scope.today.tomorrow().unwrap_or(scope.today);
    for entry in &scope.catalog.entries {
        let due = entry.due.as_ref().filter(|_| entry.is_to_come);
        problems.extend(due.map(|due| to_come(entry, due)));
        // What another tool plans has no day on which it happened.
        let is_plan = |span: Span| due.is_some_and(|due| due.day.span == span);
        let dates = entry.past_dates.iter().filter(|date| date.day > latest && !is_plan(date.span));
        for PastDate { key: field, day: date, span } in dates {
            let message = format!("`{field}` is {date}, which is still to come");
            problems.push(
                Diagnostic::new(Rule::FutureDate, *span, message)
                    .label("in the future")
                    .help(format!("write the day on which it happened; today is {}", scope.today)),
            );
        }
    }
}

/// The problem of an entry that another tool would not show yet.
fn to_come(entry: &Entry, due: &Due) -> Diagnostic {
    let message = format!("`{}` is still to come, so the entry is kept back until {}", due.key, due.day.value);
    let now = entry.syntax.line(Common::KEYS.created.as_str(), "…");
    Diagnostic::new(Rule::ForeignKey, due.day.span, message).help(format!("to show it now, write `{now}` in its place"))
}
