//! The day of an entry's last change, as git knows it, for entries that do not say it themselves.

use std::collections::HashMap;
use std::process::Command;

use camino::Utf8Path;
use jiff::civil::Date;

use super::FOLDER;
use crate::content::Entry;

/// What the history can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum History {
    /// Every entry has its day, or the handbook is not in a repository.
    Whole,
    /// The clone has only its last commits: their day would stand on every entry, so none was taken.
    Shallow,
}

/// What git said last, so that it need not go through all commits again while there are no others.
#[derive(Debug, Default)]
pub struct Memory {
    /// The newest commit when it was asked, and whether the clone was shallow then: nothing else changes what git says.
    state: String,
    days: HashMap<String, Date>,
}

impl Memory {
    /// Gives entries without `updated` the day of their last commit. Nothing happens without git or a repository.
    pub fn add_dates(&mut self, root: &Utf8Path, entries: &mut [Entry]) -> History {
        if entries.iter().all(|entry| entry.updated.is_some()) {
            return History::Whole;
        }
        // Without any commit this has no answer, and no entry has a day.
        let Some(state) = git(root, &["rev-parse", "--is-shallow-repository", "HEAD"]) else { return History::Whole };
        if state.starts_with("true") {
            return History::Shallow;
        }
        if state != self.state {
            self.days = ask(root);
            self.state = state;
        }
        for entry in entries.iter_mut().filter(|entry| entry.updated.is_none()) {
            entry.updated = self.days.get(entry.source.path.as_str()).copied();
        }
        History::Whole
    }
}

/// The day of the last commit of every file that is or was in the handbook.
fn ask(root: &Utf8Path) -> HashMap<String, Date> {
    let log = ["-c", "core.quotepath=off", "log", "--format=%x01%cs", "--name-only", "--relative", "--", FOLDER];
    days(&git(root, &log).unwrap_or_default())
}

/// What git prints; `None` where it cannot.
fn git(root: &Utf8Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").arg("-C").arg(root).args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The newest day of each path: a line `\u{1}2026-05-04` for each commit, newest first, then its paths.
fn days(log: &str) -> HashMap<String, Date> {
    let mut days = HashMap::new();
    let mut day: Option<Date> = None;
    for line in log.lines().filter(|line| !line.is_empty()) {
        match line.strip_prefix('\u{1}') {
            Some(written) => day = written.parse().ok(),
            None => {
                if let Some(day) = day
                    && !days.contains_key(line)
                {
                    days.insert(line.to_owned(), day);
                }
            }
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_commit_counts() {
        let log = "\u{1}2026-05-04\n\ncontent/a.md\ncontent/ü b.md\n\u{1}2026-01-02\n\ncontent/a.md\ncontent/c.md\n";
        let days = days(log);
        assert_eq!(days["content/a.md"].to_string(), "2026-05-04");
        assert_eq!(days["content/ü b.md"].to_string(), "2026-05-04");
        assert_eq!(days["content/c.md"].to_string(), "2026-01-02");
    }
}
