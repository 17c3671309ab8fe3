//! Workflow commands, which the code host shows as annotations of a change.

use std::fmt::Write as _;

use crate::diagnostics::printer::{Printer, Reader, View};
use crate::diagnostics::{Diagnostic, Severity};
use crate::text::shown;

/// Its line in the registry.
pub(super) const PRINTER: Printer = Printer {
    name: "github",
    what: "Annotations of a change on a code host, for CI",
    reader: Reader::Program,
    write: print,
};

/// One command a line.
fn print(problems: &[Diagnostic], view: View<'_>) -> String {
    let mut text = String::new();
    for problem in problems {
        let source = view.sources.get(problem.span.source);
        let start = source.position(problem.span.start as usize);
        let end = source.position(problem.span.end as usize);
        let command = match problem.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "notice",
        };
        let mut message = problem.message.clone();
        for line in [&problem.label].into_iter().chain(&problem.help).filter(|line| !line.is_empty()) {
            message.push('\n');
            message.push_str(line);
        }
        let place = format!("line={},col={},endLine={},endColumn={}", start.line, start.column, end.line, end.column);
        let _ = writeln!(
            text,
            "::{command} file={},{place},title={}::{}",
            shown::path(&property(&view.path(&source.path))),
            property(problem.rule.name()),
            data(&message)
        );
    }
    text
}

/// The escaping of a command's message, as the runner undoes it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The escaping of a command's property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
