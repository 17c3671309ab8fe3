//! The day of an entry's last change, as git knows it, for entries that do not say it themselves.

mod git;
mod limits;

use std::collections::HashMap;
use std::time::Instant;

use camino::Utf8Path;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use self::git::Repository;
use crate::content::Entry;

/// Why entries show no day though the handbook lies in a repository, in a sentence for the user.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Note {
    /// The clone has only its last commits: their day would stand on every entry.
    #[error("the clone is shallow, so entries without `updated` show no day")]
    Shallow,
    /// Git refused, failed or took too long; the reason in its words or ours.
    #[error("git does not tell when entries changed, so those without `updated` show no day: {0}")]
    Silent(String),
}

/// What git said last, so that it need not go through all commits again while there are no others.
#[derive(Debug, Default)]
pub struct Memory {
    /// The repository when it was asked, and the files that it was asked of: nothing else changes what git says.
    asked: (Option<Repository>, Vec<String>),
    changes: HashMap<String, Change>,
    /// Why that gave nothing.
    trouble: Option<Note>,
    /// Why it is not asked any more: it did not answer when it was, and the next time it would not either.
    given_up: Option<Note>,
    /// What the user was told last.
    told: Option<Note>,
}

/// The last change of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Change {
    /// The day that its author's calendar had.
    day: Date,
    /// The same moment in UTC, as every day of a run is.
    utc: Date,
}

impl Change {
    /// The day, unless it is still to come. An author east of Greenwich may be a day ahead of UTC.
    fn until(self, today: Date) -> Option<Date> {
        (self.utc <= today).then(|| self.day.min(today))
    }
}

impl Memory {
    /// Gives entries without `updated` the day of their last commit, and says why it could not, once for each reason.
    /// Nothing happens without a repository or a commit.
    pub fn add_dates(&mut self, root: &Utf8Path, today: Date, entries: &mut [Entry]) -> Option<Note> {
        let undated = entries.iter().filter(|entry| entry.updated.is_none());
        let paths: Vec<String> = undated.map(|entry| entry.source.path.to_string()).collect();
        if paths.is_empty() {
            return None;
        }
        let note = self.look(root, paths).err();
        for entry in entries.iter_mut().filter(|entry| entry.updated.is_none() && note.is_none()) {
            let change = self.changes.get(entry.source.path.as_str());
            entry.updated = change.and_then(|change| change.until(today));
        }
        if note == self.told {
            return None;
        }
        self.told.clone_from(&note);
        note
    }

    /// Asks for the changes of some files, unless the repository and they are as they were.
    fn look(&mut self, root: &Utf8Path, paths: Vec<String>) -> Result<(), Note> {
        if let Some(note) = &self.given_up {
            return Err(note.clone());
        }
        let start = Instant::now();
        let found = git::find(root).map_err(Note::Silent);
        if start.elapsed() >= git::PATIENCE {
            self.given_up = found.as_ref().err().cloned();
        }
        let found = found?;
        if found.as_ref().is_some_and(|found| found.is_shallow) {
            return Err(Note::Shallow);
        }
        let question = (found, paths);
        if question != self.asked {
            let log = question.0.as_ref().map_or(Ok(String::new()), |found| git::log(found, &question.1));
            self.trouble = log.as_ref().err().cloned().map(Note::Silent);
            self.changes = changes(&log.unwrap_or_default());
            self.asked = question;
        }
        self.trouble.clone().map_or(Ok(()), Err)
    }
}

/// The newest change of each path: a line `\u{1}2026-05-04 1777888999` for each commit, newest first, then its paths.
fn changes(log: &str) -> HashMap<String, Change> {
    let mut changes = HashMap::new();
    let mut change: Option<Change> = None;
    for line in log.lines().filter(|line| !line.is_empty()) {
        match line.strip_prefix('\u{1}') {
            Some(written) => change = change_of(written),
            None if changes.contains_key(line) => {}
            None => {
                changes.insert(line.to_owned(), change);
            }
        }
    }
    // A commit without a day that can be read has none to give, and the ones before it are not the last.
    changes.into_iter().filter_map(|(path, change)| Some((path, change?))).collect()
}

fn change_of(written: &str) -> Option<Change> {
    let (day, seconds) = written.split_once(' ')?;
    let moment = Timestamp::from_second(seconds.parse().ok()?).ok()?;
    Some(Change { day: day.parse().ok()?, utc: TimeZone::UTC.to_datetime(moment).date() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(of: &str) -> Date {
        of.parse().expect("a day")
    }

    #[test]
    fn the_newest_commit_counts() {
        let log = "\u{1}2026-05-04 1777888999\n\ncontent/a.md\ncontent/ü b.md\n\
                   \u{1}2026-01-02 1767312000\n\ncontent/a.md\ncontent/c.md\n";
        let changes = changes(log);
        assert_eq!(changes["content/a.md"].day, day("2026-05-04"));
        assert_eq!(changes["content/ü b.md"].day, day("2026-05-04"));
        assert_eq!(changes["content/c.md"].day, day("2026-01-02"));
    }

    #[test]
    fn what_cannot_be_read_does_not_uncover_what_is_older() {
        let changes = changes("\u{1}+99999-01-01 99999999999999\n\na.md\n\u{1}2026-01-02 1767312000\n\na.md\nb.md\n");
        assert_eq!(changes.keys().collect::<Vec<_>>(), ["b.md"]);
    }

    #[test]
    fn a_day_to_come_is_no_day_and_a_morning_in_the_east_is_today() {
        let east = Change { day: day("2026-05-05"), utc: day("2026-05-04") };
        assert_eq!(east.until(day("2026-05-03")), None);
        assert_eq!(east.until(day("2026-05-04")), Some(day("2026-05-04")));
        assert_eq!(east.until(day("2026-05-05")), Some(day("2026-05-05")));
    }
}
