//! Problems in content, and how they are shown.
//!
//! Takes what the other floors find, gives sorted [`Diagnostic`]s and text for a terminal, a CI service or a
//! program. Never stops at the first problem and never fails. Start reading at [`Diagnostic`]; [`Rule`] has
//! the name and the manual page of every check, and each printer is a file of its own.

mod github;
mod json;
mod problems;
mod rule;
mod terminal;
mod withheld;

pub use problems::{Diagnostic, Fix, Label, Problems, Severities, Severity};
pub use rule::{RULES, Rule};
pub use withheld::Withheld;

use camino::Utf8Path;

use crate::text::Sources;

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Source lines with labels, coloured.
    Styled,
    /// Source lines with labels, without colour.
    Plain,
    /// One JSON document.
    Json,
    /// Workflow commands that a code host turns into annotations.
    Github,
}

/// What a printer needs beside the problems.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The files that spans point into.
    pub sources: &'a Sources,
    /// Put before every path, so that it opens from where the command was run; empty when run at the root.
    pub prefix: &'a Utf8Path,
}

impl View<'_> {
    /// The path itself, which a program opens; a name may hold anything, line breaks too.
    fn path(&self, relative: &Utf8Path) -> String {
        self.prefix.join(relative).into_string().replace('\\', "/")
    }
}

/// The whole report in one format, ending with a line feed unless it is empty.
pub fn print(problems: &[Diagnostic], format: Format, view: View<'_>) -> String {
    match format {
        Format::Styled => terminal::styled(problems, view),
        Format::Plain => terminal::plain(problems, view),
        Format::Json => json::print(problems, view),
        Format::Github => github::print(problems, view),
    }
}

/// A sentence that counts: `2 errors and 1 warning in 3 files`.
pub fn count(problems: &[Diagnostic], sources: &Sources) -> String {
    let of = |severity| problems.iter().filter(|p| p.severity == severity).count();
    let parts: Vec<String> = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Hint, "hint")]
        .into_iter()
        .filter(|(severity, _)| of(*severity) > 0)
        .map(|(severity, word)| plural(of(severity), word))
        .collect();
    let files: std::collections::BTreeSet<_> = problems.iter().map(|p| &sources.get(p.span.source).path).collect();
    if parts.is_empty() {
        return "no problems".to_owned();
    }
    format!("{} in {}", parts.join(", "), plural(files.len(), "file"))
}

fn plural(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}
