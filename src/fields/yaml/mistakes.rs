//! Mistakes of YAML, in words for people who do not write it every day.

use std::ops::Range;

use granit_parser::{ErrorKind, ScanError};

use super::super::guard::Doubt;
use super::super::parsed::Mistake;
use crate::diagnostics::{Diagnostic, Rule};
use crate::text::{Source, Span};

/// The error of a parse as a mistake: the parser stops at the first.
pub(super) fn of(source: &Source, range: &Range<usize>, text: &str, error: &ScanError) -> Mistake {
    let at = error.marker().byte_offset().unwrap_or_default().min(text.len());
    let line = Line::at(text, text.floor_char_boundary(at), error.kind());
    // The parser stops where it cannot go on, which may be lines behind the mistake.
    let line = earlier(text, line.start).map_or(line, |start| Line::at(text, start, error.kind()));
    of_line(source, range, text, &line, &error.info())
}

/// The mistake that there is no key where one should be.
pub(super) fn no_key(source: &Source, range: &Range<usize>, text: &str, at: usize) -> Mistake {
    of_line(
        source,
        range,
        text,
        &Line::at(text, at, &ErrorKind::ExpectedBlockMappingKey),
        "a key and a colon belong here",
    )
}

fn of_line(source: &Source, range: &Range<usize>, text: &str, line: &Line<'_>, info: &str) -> Mistake {
    let (message, help) = line.words(info);
    let is_too_deep = matches!(line.kind, ErrorKind::RecursionLimitExceeded);
    let rule = if is_too_deep { Rule::TooLarge } else { Rule::FrontMatterSyntax };
    let shown = line.shown();
    let span = Span::new(source.id, range.start + shown.start..range.start + shown.end);
    let lost = line.lost(text);
    Mistake {
        problem: Diagnostic::new(rule, span, message).help(help),
        lines: Some(range.start + lost.start..range.start + lost.end),
        value: line
            .value()
            .filter(|_| !is_too_deep && !line.is_displaced())
            .map(|value| range.start + value.start..range.start + value.end),
        doubt: Doubt::default(),
    }
}

/// The beginning of the first line up to one that cannot be right: its bracket or quote is not closed before the next key, or
/// it has no key at all.
fn earlier(text: &str, last: usize) -> Option<usize> {
    let mut at = 0;
    let mut lines = text.split_inclusive('\n').peekable();
    // Lines of a text block may say anything.
    let mut block: Option<usize> = None;
    if let Some(first) = first_too_far(text) {
        return Some(first);
    }
    while let Some(line) = lines.next().filter(|_| at <= last) {
        let (start, depth) = (at, depth(line));
        at += line.len();
        let content = line.trim();
        if content.is_empty() || content.starts_with('#') || block.is_some_and(|block| depth > block) {
            continue;
        }
        block = content.ends_with(['|', '>', '-', '+']).then_some(depth).filter(|_| opens_block(content));
        let goes_on =
            lines.peek().is_some_and(|next| next.trim().is_empty() || self::depth(next) > depth || closes(next));
        let is_key_glued =
            glued(content).is_some() && (depth == 0 || lines.peek().is_some_and(|next| self::depth(next) > depth));
        if !goes_on && is_open(content) || depth == 0 && is_stray(content) || is_key_glued {
            return Some(start);
        }
    }
    None
}

/// The beginning of the first line, where it stands further to the right than a key below it.
fn first_too_far(text: &str) -> Option<usize> {
    let mut at = 0;
    let mut lines = text.split_inclusive('\n').map(|line| {
        at += line.len();
        (at - line.len(), line)
    });
    let is_said = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let (first, line) = lines.find(|(_, line)| is_said(line)).filter(|(_, line)| depth(line) > 0)?;
    let is_key = |line: &str| depth(line) == 0 && line.starts_with(|c: char| c.is_alphabetic()) && line.contains(':');
    (line.contains(':') && lines.any(|(_, line)| is_key(line))).then_some(first)
}

fn depth(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Whether a line ends with the sign of a text block.
fn opens_block(content: &str) -> bool {
    let sign = content.rsplit([' ', ':']).next().unwrap_or_default();
    sign.starts_with(['|', '>']) && sign.len() <= 3
}

fn closes(line: &str) -> bool {
    line.trim_start().starts_with([']', '}', ','])
}

/// Whether the value of a line begins with a bracket or quote that the line does not close.
fn is_open(content: &str) -> bool {
    let value = content.split_once(": ").map_or("", |(_, value)| value.trim());
    match value.chars().next() {
        Some('[') => value.matches('[').count() > value.matches(']').count(),
        Some('{') => value.matches('{').count() > value.matches('}').count(),
        Some(quote @ ('"' | '\'')) => !value[1..].contains(quote),
        _ => false,
    }
}

/// Whether a line at the edge is neither a key nor a part of a list.
fn is_stray(content: &str) -> bool {
    !content.contains(':') && !content.starts_with(['-', ']', '}', ',', '"', '\'', '[', '{', '?', '.'])
}

/// The key of a line without a blank behind its colon.
fn glued(content: &str) -> Option<&str> {
    let (key, value) = content.trim_start_matches("- ").split_once(':')?;
    let is_key = key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    (is_key && !value.starts_with([' ', '\t', '/']) && !value.is_empty() && !value.contains(": ")).then_some(key)
}

/// The line that a mistake stands on.
struct Line<'t> {
    /// Where the line begins.
    start: usize,
    /// The line without its end.
    text: &'t str,
    kind: &'t ErrorKind,
}

impl<'t> Line<'t> {
    /// The line of a place; of one that is empty the last before it that is not, since the parser looks ahead.
    fn at(text: &'t str, at: usize, kind: &'t ErrorKind) -> Self {
        let before = text[..at].trim_end_matches([' ', '\n', '\r']);
        let is_behind =
            text[before.len()..at].contains('\n') && text[at..].lines().next().is_none_or(|l| l.trim().is_empty());
        let at = if is_behind || at == text.len() { before.len() } else { at };
        let start = text[..at].rfind('\n').map_or(0, |nl| nl + 1);
        let end = text[start..].find('\n').map_or(text.len(), |nl| start + nl);
        Self { start, text: text[start..end].trim_end(), kind }
    }

    /// The bytes of the value after the first colon of the line, where there is one.
    fn value(&self) -> Option<Range<usize>> {
        let colon = self.text.find(": ").or_else(|| self.text.find(':'))?;
        let value = self.text[colon + 1..].trim_start();
        let start = self.start + self.text.len() - value.len();
        (!value.is_empty()).then(|| start..self.start + self.text.len())
    }

    /// The place that a reader looks for.
    fn shown(&self) -> Range<usize> {
        if let Some(tab) = self.tab() {
            return tab;
        }
        let content = self.start + self.text.len() - self.text.trim_start().len();
        self.value().unwrap_or(content..self.start + self.text.len())
    }

    /// A tab among the blanks that the line begins with.
    fn tab(&self) -> Option<Range<usize>> {
        let blanks = self.text.len() - self.text.trim_start().len();
        let tab = self.text[..blanks].find('\t')?;
        Some(self.start + tab..self.start + tab + 1)
    }

    /// What has to be left out: the line and those below it that stand further to the right.
    fn lost(&self, text: &str) -> Range<usize> {
        let depth = |line: &str| line.len() - line.trim_start().len();
        let own = depth(self.text);
        let mut end = self.start;
        for (nth, line) in text[self.start..].split_inclusive('\n').enumerate() {
            let belongs = line.trim().is_empty()
                || depth(line) > own
                || line.trim_start().starts_with("- ") && depth(line) == own;
            if nth > 0 && !belongs {
                break;
            }
            end += line.len();
        }
        self.start..end
    }

    fn words(&self, info: &str) -> (String, String) {
        let (message, help) = self.known().unwrap_or_else(|| {
            if info.starts_with("mapping values are not allowed") && self.text.starts_with(' ') {
                let message = "this goes on with the text of the line above, and has a colon in it";
                return (message.to_owned(), "text with a colon stands in quotes, all of it".to_owned());
            }
            let help = "text with `: `, `#`, quotes or brackets in it stands in quotes: \
                        `handbook explain front-matter-syntax`";
            (format!("this is not valid YAML: {info}"), help.to_owned())
        });
        (message, help)
    }

    /// Whether the line stands in no column in which one of its sort could.
    fn is_displaced(&self) -> bool {
        let kinds = matches!(self.kind, ErrorKind::ExpectedBlockSequenceEntry | ErrorKind::ExpectedBlockMappingKey);
        kinds && self.text.starts_with(' ')
    }

    fn known(&self) -> Option<(String, String)> {
        let words = |message: &str, help: &str| Some((message.to_owned(), help.to_owned()));
        if self.tab().is_some() || matches!(self.kind, ErrorKind::TabNotAllowed | ErrorKind::TabInBlockIndentation) {
            return words("a tab stands where blanks belong", "begin the line with blanks, two for each step");
        }
        if let Some(key) = glued(self.text.trim_start()) {
            let message = format!("no blank stands behind the colon of `{key}`");
            return Some((message, format!("write a blank between them: `{key}: …`")));
        }
        let value = self.value().map(|range| &self.text[range.start - self.start..range.end - self.start]);
        let key = self.text.split(':').next().unwrap_or_default().trim();
        if value.is_none() && !self.text.contains(':') && self.text.contains('=') {
            return words("an equals sign stands where a colon belongs", "write `key: value`");
        }
        if matches!(self.kind, ErrorKind::RecursionLimitExceeded) {
            return words("lists are nested too deep", "a list in a list is the most that any field takes");
        }
        if matches!(self.kind, ErrorKind::DirectiveDisallowed) {
            return words(
                "directives are not read here",
                "take the line away, or put text that begins with `%` in quotes",
            );
        }
        if self.text.trim_start().starts_with("- ") && !self.text.contains(':') {
            return words(
                "an item of a list stands where a key belongs",
                "the hyphens of a list stand right below one another, below a key that says nothing else",
            );
        }
        let Some(value) = value else {
            return words("the line has no colon", "write `key: value`, or `#` before a comment");
        };
        if self.is_displaced() {
            return words(
                "the line stands in another column than those that it belongs to",
                "the keys of one part stand right below one another",
            );
        }
        of_value(key, value)
    }
}

/// What is wrong with a value that stands on the line of its key.
fn of_value(key: &str, value: &str) -> Option<(String, String)> {
    let words = |message: String, help: &str| Some((message, help.to_owned()));
    let first = value.chars().next().unwrap_or_default();
    match first {
        '"' | '\'' if value.len() > 1 && value[1..].contains(first) => words(
            format!("there is more behind the text of `{key}`"),
            "text with quotes in it stands in other quotes: `'The \"best\" one'`",
        ),
        '"' | '\'' => words(format!("the text of `{key}` has no end"), "repeat its first quote at its end"),
        '[' | '{' => words(
            format!("the value of `{key}` is no list that can be read"),
            "a list stands in brackets with commas; text with brackets stands in quotes",
        ),
        '`' => words("text that begins with a backtick stands in quotes".to_owned(), "put quotes around it"),
        '@' | '%' | '*' | '&' | '!' | '|' | '>' => {
            words(format!("text that begins with `{first}` stands in quotes"), "put quotes around it")
        }
        _ if value.contains(": ") || value.ends_with(':') => {
            words(format!("the text of `{key}` has a colon in it"), "text with a colon stands in quotes")
        }
        _ => None,
    }
}
