//! The template engine's errors as problems of the theme's files.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Error, ErrorKind, ReportError};

use crate::diagnostics::{Diagnostic, Rule};
use crate::text::words::uncapitalised;
use crate::text::{Source, Span, suggest};

/// The files of both themes by the name that templates know them by.
type Templates = BTreeMap<String, Arc<Source>>;

/// Every problem that an error of reading the templates stands for: the engine joins what it finds into one text.
pub(super) fn all(error: &Error, templates: &Templates) -> Vec<Diagnostic> {
    let ErrorKind::Msg(text) = error.kind() else { return vec![diagnostic(error, templates, None)] };
    let found: Vec<Diagnostic> = text.split("\n\n").filter_map(|report| reported(report, templates)).collect();
    if found.is_empty() { vec![diagnostic(error, templates, None)] } else { found }
}

/// One report of a joined text: the message, then `--> file:line:column`, then the line with carets below it.
fn reported(report: &str, templates: &Templates) -> Option<Diagnostic> {
    let lines: Vec<&str> = report.lines().collect();
    let message = lines.first()?.strip_prefix("error: ")?;
    let mut place = lines.get(1)?.trim_start().strip_prefix("--> ")?.rsplitn(3, ':');
    let (column, line, name) =
        (place.next()?.parse::<usize>().ok()?, place.next()?.parse::<usize>().ok()?, place.next()?);
    if let Some(problem) = missing_block(message, name, templates) {
        return Some(problem);
    }
    let source = templates.get(name)?;
    let line_start: usize = source.text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let width = lines.get(4)?.matches('^').count();
    let bytes = |chars: usize| source.text[line_start..].chars().take(chars).map(char::len_utf8).sum::<usize>();
    let before = column.saturating_sub(1);
    let span = Span::new(source.id, line_start + bytes(before)..line_start + bytes(before + width));
    Some(Diagnostic::new(Rule::ThemeError, span, format!("theme: {}", uncapitalised(message))).help(UNTIL_THEN))
}

/// A built-in template fills a block that the user's template above it does not have: that one is what to mend.
fn missing_block(message: &str, name: &str, templates: &Templates) -> Option<Diagnostic> {
    let block = message.strip_prefix("Block `")?.split('`').next()?;
    let mut child = templates.get(name).filter(|_| name.starts_with("default/"))?;
    loop {
        let parent = child.text.split_once("{% extends \"")?.1.split('"').next()?;
        if let Some(own) = templates.get(parent) {
            let message = format!("theme: `{parent}` has no block `{block}`, which other templates fill");
            let help =
                format!("add `{{% block {block} %}}{{% endblock %}}` to it, or let it extend `default/{parent}`");
            return Some(Diagnostic::new(Rule::ThemeError, Span::file(own.id), message).help(help));
        }
        child = templates.get(&format!("default/{parent}"))?;
    }
}

/// What becomes of a theme that cannot be read.
const UNTIL_THEN: &str = "until this is mended nothing is built, and a preview has the built-in templates";

/// The problem that an error is. `page` names the page that was being made, if one was.
pub(super) fn diagnostic(error: &Error, sources: &Templates, page: Option<&str>) -> Diagnostic {
    let (message, span) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => located(report, sources),
        ErrorKind::MissingParent { current, parent } => {
            let message = format!("there is no template `{parent}`");
            (message, sources.get(current).map_or(Span::default(), |source| quoted(source, parent)))
        }
        ErrorKind::CircularExtend { inheritance_chain, .. } => {
            let last = inheritance_chain.last().map_or("", String::as_str);
            let message = format!("`{last}` extends itself; the built-in template is `default/{last}`");
            (message, sources.get(last).map_or(Span::default(), |source| quoted(source, last)))
        }
        other => (plain(other, error), Span::default()),
    };
    let (message, known) = message.split_once(". Available").unwrap_or((&message, ""));
    let problem = Diagnostic::new(Rule::ThemeError, span, format!("theme: {message}"));
    match (page, near(message, known)) {
        (Some(page), Some(near)) => problem.help(format!("found while making `{page}`; {near}")),
        (Some(page), None) => problem.help(format!("found while making `{page}`")),
        (None, _) => problem.help(UNTIL_THEN),
    }
}

/// The name that was meant by the one in the message, from the engine's list of known ones: ` fields: a, b`.
fn near(message: &str, known: &str) -> Option<String> {
    let (_, known) = known.split_once(": ")?;
    let known: Vec<&str> = known.split(", ").collect();
    suggest::help(message.split('`').nth(1)?, &known)
}

/// The first place of a name in quotes.
fn quoted(source: &Source, name: &str) -> Span {
    let quoted = format!("\"{name}\"");
    let at = source.text.find(&quoted);
    at.map_or(Span::file(source.id), |at| Span::new(source.id, at..at + quoted.len()))
}

fn located(report: &ReportError, sources: &Templates) -> (String, Span) {
    let message = uncapitalised(report.message().trim_end_matches('.'));
    let source = sources.get(report.filename()).or_else(|| sources.get(&format!("default/{}", report.filename())));
    match source {
        Some(source) => {
            let end = source.text.floor_char_boundary(report.span().range.end.min(source.text.len()));
            let start = source.text.floor_char_boundary(report.span().range.start.min(end));
            (message, Span::new(source.id, start..end))
        }
        None => (format!("{message} (in `{}`)", report.filename()), Span::default()),
    }
}

fn plain(kind: &ErrorKind, error: &Error) -> String {
    match kind {
        ErrorKind::Msg(message) => uncapitalised(message),
        _ => uncapitalised(&error.to_string()),
    }
}
