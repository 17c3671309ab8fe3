//! Text that a notation takes for a comment.
//!
//! In YAML a text without quotes ends before a blank and `#`. Who writes `title: Issue #4` loses the half of it without a
//! word, and who writes `tags: #launch` all of it.

use super::shape::Shape;
use super::syntax::quoted;
use super::tree::{Comment, Data, Node};
use super::words::Single;
use crate::diagnostics::{Diagnostic, Rule, Severity};
use crate::text::Span;

/// Tells that what stands behind a value was meant as a part of it, where it may have been.
pub(super) fn told(value: &Node<'_>, shape: &Shape, single: Single) -> Option<Diagnostic> {
    let comment = value.comment.as_ref()?;
    // Who comments on a value leaves a blank behind the sign; what follows a sentence may be one more all the same.
    let is_meant = comment.text[1..].starts_with(|c: char| !c.is_whitespace() && c != '#');
    let severity = match &value.data {
        Data::Nothing if is_meant => Severity::Error,
        Data::Bare(_) if is_meant && takes_any_text(shape) => Severity::Warning,
        Data::Bare(text) if matches!(shape, Shape::Text | Shape::Long) && text.contains(' ') => Severity::Hint,
        _ => return None,
    };
    let (span, message) = match value.as_text() {
        Some(text) => {
            let message = format!("the text ends at `{text}`: `#` behind a blank begins a comment");
            (Span { end: comment.span.end, ..value.span }, message)
        }
        None => (comment.span, "there is no value: `#` behind a blank begins a comment".to_owned()),
    };
    let problem = Diagnostic { severity, ..Diagnostic::new(Rule::InvalidValue, span, message) };
    if severity == Severity::Hint {
        return Some(problem.help("text with ` #` in it stands in quotes, and a comment best on a line of its own"));
    }
    Some(mended(problem, value.as_text(), comment, shape, single))
}

/// Whether any text may stand there, so that nobody but its writer knows where it ends.
fn takes_any_text(shape: &Shape) -> bool {
    match shape {
        Shape::Text | Shape::Long | Shape::Scalar | Shape::Address | Shape::Reference(_) => true,
        Shape::List(item) => takes_any_text(item),
        Shape::Either(shapes) => shapes.iter().any(takes_any_text),
        _ => false,
    }
}

/// The problem with its mending, where quotes or brackets make a value of all that was written.
fn mended(
    problem: Diagnostic,
    before: Option<&str>,
    comment: &Comment<'_>,
    shape: &Shape,
    single: Single,
) -> Diagnostic {
    let whole = [before.unwrap_or_default(), comment.gap.as_ref(), comment.text.as_ref()].concat();
    match shape {
        Shape::List(_) if single == Single::Words => {
            let words = before.into_iter().chain([comment.text.as_ref()]).flat_map(|text| single.items(text));
            let words: Vec<String> = words.map(quoted).collect();
            problem.help("a list stands in brackets, each text in quotes").fix(format!("[{}]", words.join(", ")))
        }
        _ if takes_any_text(shape) => {
            problem.help("text with ` #` in it stands in quotes").fix(quoted(whole.trim_start()))
        }
        _ => problem.help("write the value before the comment"),
    }
}
