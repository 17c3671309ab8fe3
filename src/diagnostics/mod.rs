//! Problems in content, and how they are shown.
//!
//! Takes what the other floors find, gives sorted [`Diagnostic`]s and text for a terminal, a CI service or a
//! program. Never stops at the first problem and never fails. Start reading at [`Diagnostic`]; [`Rule`] has
//! the name and the manual page of every check, and each of the [`printers`] is a file of its own.

mod diagnostic;
mod printer;
pub mod printers;
mod problems;
mod rule;
mod severities;
mod severity;
mod withheld;

pub use diagnostic::{Diagnostic, Fix, Label};
pub use problems::Problems;
pub use rule::{RULES, Rule};
pub use severities::Severities;
pub use severity::Severity;
pub use withheld::Withheld;

use std::collections::BTreeSet;

use crate::text::Sources;

/// A sentence that counts: `2 errors and 1 warning in 3 files`.
pub fn count(problems: &[Diagnostic], sources: &Sources) -> String {
    let of = |severity| problems.iter().filter(|p| p.severity == severity).count();
    let parts: Vec<String> = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Hint, "hint")]
        .into_iter()
        .filter(|(severity, _)| of(*severity) > 0)
        .map(|(severity, word)| plural(of(severity), word))
        .collect();
    let files: BTreeSet<_> = problems.iter().map(|p| &sources.get(p.span.source).path).collect();
    if parts.is_empty() {
        return "no problems".to_owned();
    }
    format!("{} in {}", parts.join(", "), plural(files.len(), "file"))
}

fn plural(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}
