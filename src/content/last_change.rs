//! The day of an entry's last change, from the history of its file where the entry does not say it itself.

use jiff::civil::Date;

use crate::content::Entry;
use crate::history::History;

/// The paths of the entries that do not say when they were changed.
pub fn undated(entries: &[Entry]) -> Vec<String> {
    let undated = entries.iter().filter(|entry| entry.updated.is_none());
    undated.map(|entry| entry.source.path.to_string()).collect()
}

/// Gives those entries the day of their last commit, unless it is still to come.
pub fn date(entries: &mut [Entry], history: &History, today: Date) {
    for entry in entries.iter_mut().filter(|entry| entry.updated.is_none()) {
        let past = history.of(entry.source.path.as_str());
        entry.updated = past.and_then(|past| past.changed.until(today));
    }
}
