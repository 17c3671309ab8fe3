//! A day that tells what happened is still to come.

use jiff::civil::Date;

use crate::check::Scope;
use crate::content::{Entry, Fields};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::text::Spanned;

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    // The clock is that of the world: where the author lives it may be tomorrow already.
    let latest = scope.today.tomorrow().unwrap_or(scope.today);
    for entry in &scope.catalog.entries {
        for (field, date) in past_dates(entry).into_iter().filter(|(_, date)| date.value > latest) {
            let message = format!("`{field}` is {}, which is still to come", date.value);
            problems.push(
                Diagnostic::new(Rule::FutureDate, date.span, message)
                    .label("in the future")
                    .help(format!("write the day on which it happened; today is {}", scope.today)),
            );
        }
    }
}

/// The dates of an entry that tell when something happened.
fn past_dates(entry: &Entry) -> Vec<(&'static str, &Spanned<Date>)> {
    let mut dates: Vec<_> = entry.common.created.iter().map(|date| ("created", date)).collect();
    dates.extend(entry.common.updated.iter().map(|date| ("updated", date)));
    match &entry.fields {
        Fields::Prompt(prompt) => {
            let tested = prompt.works_with.iter().filter_map(|test| test.tested_on.as_ref());
            dates.extend(tested.map(|date| ("tested_on", date)));
        }
        Fields::Win(win) => dates.extend(win.date.iter().map(|date| ("date", date))),
        Fields::Model(model) => dates.extend(model.checked_on.iter().map(|date| ("checked_on", date))),
        _ => {}
    }
    dates
}
