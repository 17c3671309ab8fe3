//! Fields in one notation between the fences of the other.

use std::ops::Range;

use super::split::{Fences, Parts};
use super::syntax::Syntax;
use crate::diagnostics::{Diagnostic, Rule};
use crate::text::{Source, Span};

/// Tells that all fields of a front matter are written in the other notation than its fences say.
pub(super) fn told(source: &Source, parts: &Parts) -> Option<Diagnostic> {
    let front = parts.front.clone().filter(|_| parts.fences == Fences::Sound)?;
    let (own, other) = (parts.syntax, parts.syntax.other());
    let opening = fence_before(source, front.start, own)?;
    let closing = front.end..front.end + own.fence().len();
    let text = source.slice(front.clone());
    if !is_written(text, other) || source.text.get(closing.clone()) != Some(own.fence()) {
        return None;
    }
    let message = format!("these are {} fields between lines `{}`", other.name(), own.fence());
    let problem = Diagnostic::new(Rule::FrontMatterSyntax, Span::new(source.id, opening), message)
        .label("they begin here")
        .place(Span::new(source.id, closing), "and end here");
    Some(problem.help(format!("change both lines to `{}`", other.fence())))
}

/// The fence on the line before a byte.
fn fence_before(source: &Source, front: usize, syntax: Syntax) -> Option<Range<usize>> {
    let line = source.text[..front].strip_suffix('\n')?;
    let start = line.rfind('\n').map_or(0, |at| at + 1);
    let start = start + line[start..].find(syntax.fence())?;
    Some(start..start + syntax.fence().len())
}

/// Whether every line with a key has that of a notation, and there is one.
fn is_written(text: &str, syntax: Syntax) -> bool {
    let mut signs = text.lines().filter_map(sign).peekable();
    signs.peek().is_some() && signs.all(|sign| sign == syntax)
}

/// The notation by the sign behind the key of a line, where it begins with a key.
fn sign(line: &str) -> Option<Syntax> {
    let line = line.trim_start_matches([' ', '\t', '-']);
    let after = match line.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"')?.1,
        None => line.trim_start_matches(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-')),
    };
    match after.trim_start().chars().next().filter(|_| after.len() < line.len())? {
        '=' => Some(Syntax::Toml),
        ':' => Some(Syntax::Yaml),
        _ => None,
    }
}
