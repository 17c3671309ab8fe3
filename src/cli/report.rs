//! Printing problems for the commands that find some.

use std::fmt::Write as _;
use std::io::IsTerminal;

use camino::Utf8Path;
use clap::ValueEnum;

use crate::cli::workspace::prefix;
use crate::diagnostics::{self, Diagnostic, Severity, View};
use crate::text::Sources;

/// How problems are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Source lines with labels, for people
    Terminal,
    /// One JSON document, for programs
    Json,
    /// Annotations of a change on a code host, for CI
    Github,
}

impl Format {
    /// The problems as text. `colour` is for whom it is written.
    pub(super) fn text(self, problems: &[Diagnostic], root: &Utf8Path, sources: &Sources, colour: Colour) -> String {
        let prefix = prefix(root);
        let view = View { sources, prefix: &prefix };
        let format = match (self, colour) {
            (Self::Terminal, Colour::Always) => diagnostics::Format::Styled,
            (Self::Terminal, Colour::Never) => diagnostics::Format::Plain,
            (Self::Json, _) => diagnostics::Format::Json,
            (Self::Github, _) => diagnostics::Format::Github,
        };
        diagnostics::print(problems, format, view)
    }
}

/// Whether text goes to somebody who sees colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Colour {
    Always,
    Never,
}

impl Colour {
    /// For a stream; the usual variables can turn it off or on.
    pub(super) fn of(stream: &impl IsTerminal) -> Self {
        let forced = std::env::var_os("CLICOLOR_FORCE").is_some_and(|value| value != "0");
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        if (stream.is_terminal() || forced) && !refused { Self::Always } else { Self::Never }
    }
}

/// Whether any problem is an error.
pub(super) fn has_errors(problems: &[Diagnostic]) -> bool {
    problems.iter().any(|problem| problem.severity == Severity::Error)
}

/// How many entries, in words.
pub(super) fn entries(count: usize) -> String {
    if count == 1 { "1 entry".to_owned() } else { format!("{count} entries") }
}

/// The closing line of a report; it names the first of the worst problems.
pub(super) fn closing(problems: &[Diagnostic], sources: &Sources) -> String {
    let mut line = diagnostics::count(problems, sources);
    if let Some(first) = problems.iter().min_by_key(|problem| problem.severity) {
        let _ = write!(line, "; `handbook explain {}` says more", first.rule.name());
    }
    line.push('\n');
    line
}
