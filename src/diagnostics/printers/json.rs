//! Problems as one JSON document, for programs.

use serde::Serialize;

use crate::diagnostics::Diagnostic;
use crate::diagnostics::printer::{Printer, Reader, View};
use crate::text::{Span, shown};

/// Its line in the registry.
pub(super) const PRINTER: Printer =
    Printer { name: "json", what: "One JSON document, for programs", reader: Reader::Program, write: print };

#[derive(Serialize)]
struct Report<'a> {
    /// Raised when a field changes its meaning or goes away.
    version: u32,
    problems: Vec<Problem<'a>>,
}

#[derive(Serialize)]
struct Problem<'a> {
    rule: &'a str,
    severity: &'a str,
    message: &'a str,
    #[serde(flatten)]
    place: Place,
    #[serde(skip_serializing_if = "str::is_empty")]
    label: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    places: Vec<Labelled<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Fix<'a>>,
}

#[derive(Serialize)]
struct Place {
    path: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    /// Bytes from the start of the file.
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct Labelled<'a> {
    #[serde(flatten)]
    place: Place,
    label: &'a str,
}

#[derive(Serialize)]
struct Fix<'a> {
    #[serde(flatten)]
    place: Place,
    replacement: &'a str,
}

/// The document, indented.
fn print(problems: &[Diagnostic], view: View<'_>) -> String {
    let report = Report { version: 1, problems: problems.iter().map(|p| problem(p, view)).collect() };
    let text = serde_json::to_string_pretty(&report).expect("strings and numbers always serialize");
    shown::json(&text) + "\n"
}

fn problem<'a>(problem: &'a Diagnostic, view: View<'_>) -> Problem<'a> {
    Problem {
        rule: problem.rule.name(),
        severity: problem.severity.word(),
        message: &problem.message,
        place: place(problem.span, view),
        label: &problem.label,
        places: problem.places.iter().map(|l| Labelled { place: place(l.span, view), label: &l.text }).collect(),
        help: problem.help.as_deref(),
        fix: problem.fix.as_ref().map(|f| Fix { place: place(f.span, view), replacement: &f.replacement }),
    }
}

fn place(span: Span, view: View<'_>) -> Place {
    let source = view.sources.get(span.source);
    let (start, end) = (source.position(span.start as usize), source.position(span.end as usize));
    Place {
        path: view.path(&source.path),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        start: span.start,
        end: span.end,
    }
}
