//! The template engine's errors as problems of the theme's files.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Error, ErrorKind, ReportError};

use crate::diagnostics::{Diagnostic, Rule};
use crate::text::{Source, Span};

/// The problem that an error is. `page` names the page that was being made, if one was.
pub(super) fn diagnostic(error: &Error, sources: &BTreeMap<String, Arc<Source>>, page: Option<&str>) -> Diagnostic {
    let (message, span) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => located(report, sources),
        other => (plain(other, error), Span::default()),
    };
    let problem = Diagnostic::new(Rule::ThemeError, span, format!("theme: {message}"));
    match page {
        Some(page) => problem.help(format!("found while making `{page}`")),
        None => problem.help("the built-in template is used until this is mended"),
    }
}

fn located(report: &ReportError, sources: &BTreeMap<String, Arc<Source>>) -> (String, Span) {
    let message = lower_first(report.message().trim_end_matches('.'));
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
        ErrorKind::Msg(message) => lower_first(message),
        _ => lower_first(&error.to_string()),
    }
}

fn lower_first(message: &str) -> String {
    let mut chars = message.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
