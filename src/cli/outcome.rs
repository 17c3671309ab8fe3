//! How a command ended, and why it could not do its work.

use crate::text::shown;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Clean,
    ContentProblems,
}

/// Why a command could not do its work: something about the call or the machine, in words for the user.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(super) struct Failure {
    pub(super) message: String,
    pub(super) help: Option<String>,
}

impl Failure {
    pub(super) fn new(message: impl AsRef<str>) -> Self {
        Self { message: shown::line(message.as_ref()).into_owned(), help: None }
    }

    /// Several reasons for one failure, a line each.
    pub(super) fn several(what: &str, reasons: impl Iterator<Item = String>) -> Self {
        let lines: Vec<String> = reasons.map(|reason| shown::line(&reason).into_owned()).collect();
        Self { message: format!("{}: {}", shown::line(what), lines.join("\n       ")), help: None }
    }

    pub(super) fn help(mut self, help: impl AsRef<str>) -> Self {
        self.help = Some(shown::line(help.as_ref()).into_owned());
        self
    }
}
