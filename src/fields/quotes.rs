//! Quotes of a language around a text, where a notation has straight ones or none.

use super::shape::Shape;
use super::syntax::quoted;
use super::tree::{Data, Node};
use crate::diagnostics::{Diagnostic, Rule, Severity};

/// The quotes of all languages, straight ones too.
pub(super) const QUOTES: [char; 10] = ['"', '\'', '“', '”', '„', '‘', '’', '‚', '«', '»'];

/// A text without the quotes of any language around it: one at each end.
pub(super) fn without_quotes(written: &str) -> &str {
    let inner = written.strip_prefix(QUOTES).unwrap_or(written);
    let closes = inner.len() < written.len() || inner.ends_with(['”', '“', '»', '"']);
    if closes { inner.strip_suffix(QUOTES).unwrap_or(inner) } else { inner }
}

/// Tells that the quotes around a word without straight ones are a part of its text.
pub(super) fn told(value: &Node<'_>, shape: &Shape) -> Option<Diagnostic> {
    let Data::Bare(text) = &value.data else { return None };
    let inner = text.strip_prefix(QUOTES)?.strip_suffix(QUOTES)?;
    // An apostrophe is one of them too.
    let is_around =
        !text.starts_with('’') && !inner.trim().is_empty() && !inner.contains(['"', '“', '”', '„', '«', '»']);
    if !is_around || !shape.is_text() || matches!(shape, Shape::Term(_)) {
        return None;
    }
    let (first, last) = (text.chars().next()?, text.chars().last()?);
    let message = format!("the quotes `{first}…{last}` are read as a part of the text");
    let problem =
        Diagnostic { severity: Severity::Warning, ..Diagnostic::new(Rule::InvalidValue, value.span, message) };
    Some(problem.help("text stands in straight quotes, or without any").fix(quoted(inner)))
}
