//! What git knows of a handbook's files, as data.
//!
//! Takes a handbook's folder and the paths of files in it, gives the [`Past`] of each, or a [`Note`] for the user why
//! there is none. Git runs nothing that the content configures, and within limits of time, output and memory. It never
//! changes anything, neither the repository nor an entry: what a day means to one is decided above. Start reading at
//! [`Memory::ask`].

mod git;
mod limits;

use std::collections::HashMap;
use std::time::Instant;

use camino::Utf8Path;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use self::git::Repository;

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

/// A cache of what git said last, so that it need not go through all commits again while there are no others.
#[derive(Debug, Default)]
pub struct Memory {
    /// The repository when it was asked, and the files that it was asked of: nothing else changes what git says.
    asked: (Option<Repository>, Vec<String>),
    history: History,
    /// Why that gave nothing.
    trouble: Option<Note>,
    /// Why it is not asked any more: it did not answer when it was, and the next time it would not either.
    given_up: Option<Note>,
    /// What the user was told last.
    told: Option<Note>,
}

/// What git said of the files that it was asked about.
#[derive(Debug, Default)]
pub struct History {
    /// By path below the handbook's root.
    files: HashMap<String, Past>,
}

/// What git knows of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Past {
    /// Its last change.
    pub changed: Change,
}

/// An answer of git.
#[derive(Debug)]
pub struct Answer<'m> {
    /// What it knows; `None` where it was not asked or cannot say.
    pub history: Option<&'m History>,
    /// Why it cannot say, where the user was not told so last.
    pub note: Option<Note>,
}

/// A commit that changed a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The day that its author's calendar had.
    day: Date,
    /// The same moment in UTC, as every day of a run is.
    utc: Date,
}

impl Change {
    /// The day, unless it is still to come. An author east of Greenwich may be a day ahead of UTC.
    pub fn until(self, today: Date) -> Option<Date> {
        (self.utc <= today).then(|| self.day.min(today))
    }
}

impl Memory {
    /// What git knows of some files, by their paths below the handbook's root. Nobody is asked about none.
    pub fn ask(&mut self, root: &Utf8Path, paths: Vec<String>) -> Answer<'_> {
        if paths.is_empty() {
            return Answer { history: None, note: None };
        }
        let trouble = self.look(root, paths).err();
        let is_news = trouble != self.told;
        self.told.clone_from(&trouble);
        Answer { history: trouble.is_none().then_some(&self.history), note: trouble.filter(|_| is_news) }
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
            self.history = History { files: pasts(&log.unwrap_or_default()) };
            self.asked = question;
        }
        self.trouble.clone().map_or(Ok(()), Err)
    }
}

impl History {
    /// What is known of a file, by its path below the handbook's root.
    pub fn of(&self, path: &str) -> Option<&Past> {
        self.files.get(path)
    }
}

/// The past of each path: a line `\u{1}2026-05-04 1777888999` for each commit, newest first, then its paths.
fn pasts(log: &str) -> HashMap<String, Past> {
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
    changes.into_iter().filter_map(|(path, change)| Some((path, Past { changed: change? }))).collect()
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
        let pasts = pasts(log);
        assert_eq!(pasts["content/a.md"].changed.day, day("2026-05-04"));
        assert_eq!(pasts["content/ü b.md"].changed.day, day("2026-05-04"));
        assert_eq!(pasts["content/c.md"].changed.day, day("2026-01-02"));
    }

    #[test]
    fn what_cannot_be_read_does_not_uncover_what_is_older() {
        let pasts = pasts("\u{1}+99999-01-01 99999999999999\n\na.md\n\u{1}2026-01-02 1767312000\n\na.md\nb.md\n");
        assert_eq!(pasts.keys().collect::<Vec<_>>(), ["b.md"]);
    }

    #[test]
    fn a_day_to_come_is_no_day_and_a_morning_in_the_east_is_today() {
        let east = Change { day: day("2026-05-05"), utc: day("2026-05-04") };
        assert_eq!(east.until(day("2026-05-03")), None);
        assert_eq!(east.until(day("2026-05-04")), Some(day("2026-05-04")));
        assert_eq!(east.until(day("2026-05-05")), Some(day("2026-05-05")));
    }
}
