//! The day of an entry's last change, from the history of its file where the entry does not say it itself.

use std::sync::Arc;

use jiff::civil::Date;

use crate::content::Entry;
use crate::history::History;

/// The paths of the entries that do not say when they were changed.
pub fn undated(entries: &[Arc<Entry>]) -> Vec<String> {
    let undated = entries.iter().filter(|entry| entry.common.updated.is_none());
    undated.map(|entry| entry.source.path.to_string()).collect()
}

/// Gives those entries the day of their last commit, unless it is still to come, and none where nothing is known. One that
/// has it from an earlier time is not copied.
pub fn date(entries: &mut [Arc<Entry>], history: Option<&History>, today: Date) {
    for entry in entries.iter_mut().filter(|entry| entry.common.updated.is_none()) {
        let past = history.and_then(|history| history.of(entry.source.path.as_str()));
        let updated = past.and_then(|past| past.changed.until(today));
        if entry.updated != updated {
            Arc::make_mut(entry).updated = updated;
        }
    }
}
