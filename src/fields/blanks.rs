//! Blanks that no notation takes for one: word processors and web pages leave them where a person sees a space.

use std::ops::Range;

use super::syntax::Syntax;
use crate::diagnostics::{Diagnostic, Rule};
use crate::text::{Source, Span};

/// Whether a character looks like a space and is none to TOML and YAML.
pub(super) fn is_odd(c: char) -> bool {
    c.is_whitespace() && !matches!(c, ' ' | '\t' | '\r' | '\n')
}

/// Tells of such blanks in a range of a source, from the first to the last; `None` where there is none.
pub(super) fn told(source: &Source, range: &Range<usize>, rule: Rule) -> Option<Diagnostic> {
    let text = source.slice(range.clone());
    let (first, c) = text.char_indices().find(|(_, c)| is_odd(*c))?;
    let (last, _) = text.char_indices().rfind(|(_, c)| is_odd(*c))?;
    let end = last + text[last..].chars().next().map_or(0, char::len_utf8);
    let span = Span::new(source.id, range.start + first..range.start + end);
    let name = if matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}') { "a non-breaking space" } else { "a special space" };
    let message = format!("{name} (U+{:04X}) stands where an ordinary one belongs", u32::from(c));
    // One alone before a key is no step to the right.
    let leads = source.text[..range.start + first].ends_with('\n')
        && !source.text[range.start + first + c.len_utf8()..].starts_with(char::is_whitespace);
    let kept = &text[first + if leads { c.len_utf8() } else { 0 }..end];
    let replacement: String = kept.chars().map(|c| if is_odd(c) { ' ' } else { c }).collect();
    let help = if leads { "take it away" } else { "write an ordinary space in its place" };
    Some(Diagnostic::new(rule, span, message).help(help).fix(replacement))
}

/// The part of a line in which every blank belongs to the notation and not to a text, as far as an odd one in it goes.
pub(super) fn outside_texts(line: &str, syntax: Syntax) -> Option<Range<usize>> {
    let mut quote = None;
    let mut found: Option<Range<usize>> = None;
    let is_before_value = |at: usize| line[..at].trim_end().ends_with([':', '-', ',', '[', '{', '=']);
    let is_before_sign = |at: usize| line[at..].trim_start().starts_with([':', '=']);
    for (at, c) in line.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            None if matches!(c, '"' | '\'') && (syntax == Syntax::Toml || is_before_value(at)) => quote = Some(c),
            None if c == '#' => break,
            None if is_odd(c) => {
                let is_at_edge = line[..at].trim().is_empty() || line[at..].trim().is_empty();
                if syntax == Syntax::Toml || is_at_edge || is_before_value(at) || is_before_sign(at) {
                    let start = found.map_or(at, |found| found.start);
                    found = Some(start..at + c.len_utf8());
                }
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_in_a_text_is_its_own() {
        let odd = |line, syntax| outside_texts(line, syntax).map(|range| range.len());
        for (line, length) in [
            ("title:\u{a0}A", Some(2)),
            ("title\u{a0}:\u{a0}A", Some(5)),
            ("\u{a0}\u{a0}- launch", Some(4)),
            ("-\u{3000}launch", Some(3)),
            ("title: A\u{a0}B", None),
            ("title: \"\u{a0}B\"", None),
            ("title: It's\u{a0}B # \u{a0}", None),
        ] {
            assert_eq!(odd(line, Syntax::Yaml), length, "{line:?}");
        }
        for (line, length) in [
            ("title\u{a0}= \"A\"", Some(2)),
            ("tags = [\"a\",\u{a0}\"b\"]\u{a0}", Some(8)),
            ("title = \"A\u{a0}B\" # \u{a0}", None),
        ] {
            assert_eq!(odd(line, Syntax::Toml), length, "{line:?}");
        }
    }
}
