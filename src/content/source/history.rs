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

/// Gives entries without `updated` the day of their last commit. Nothing happens without git or a repository.
pub fn add_dates(root: &Utf8Path, entries: &mut [Entry]) -> History {
    if entries.iter().all(|entry| entry.updated.is_some()) {
        return History::Whole;
    }
    match git(root, &["rev-parse", "--is-shallow-repository"]).as_deref().map(str::trim) {
        Some("true") => return History::Shallow,
        Some(_) => {}
        None => return History::Whole,
    }
    let format = ["-c", "core.quotepath=off", "log", "--format=%x01%cs", "--name-only", "--relative", "--", FOLDER];
    let log = git(root, &format).unwrap_or_default();
    let days = days(&log);
    for entry in entries.iter_mut().filter(|entry| entry.updated.is_none()) {
        entry.updated = days.get(entry.source.path.as_str()).copied();
    }
    History::Whole
}

/// What git prints; `None` where it cannot.
fn git(root: &Utf8Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").arg("-C").arg(root).args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The newest day of each path: a line `\u{1}2026-05-04` for each commit, newest first, then its paths.
fn days(log: &str) -> HashMap<&str, Date> {
    let mut days = HashMap::new();
    let mut day: Option<Date> = None;
    for line in log.lines().filter(|line| !line.is_empty()) {
        match line.strip_prefix('\u{1}') {
            Some(written) => day = written.parse().ok(),
            None => {
                if let Some(day) = day {
                    days.entry(line).or_insert(day);
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
