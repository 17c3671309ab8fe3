//! Entries that another tool would show from a day on.

use std::sync::Arc;

use jiff::civil::Date;

use crate::content::Entry;

/// Says of each entry whether its day is still to come. One of which that has not changed is not copied.
pub fn settle(entries: &mut [Arc<Entry>], today: Date) {
    for entry in entries {
        let is_to_come = entry.due.as_ref().is_some_and(|due| due.day.value > today);
        if entry.is_to_come != is_to_come {
            Arc::make_mut(entry).is_to_come = is_to_come;
        }
    }
}
