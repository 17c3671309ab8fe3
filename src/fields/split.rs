//! Where the front matter ends and the body begins.

use std::ops::Range;

use super::syntax::Syntax;
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::text::{Source, Span, hidden};

/// The byte ranges of a file's two parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// The notation of the front matter; that of the house style when there is none.
    pub syntax: Syntax,
    /// The TOML between the fences; `None` when the file has none.
    pub front: Option<Range<usize>>,
    /// Everything after the closing fence, or the whole file.
    pub body: Range<usize>,
}

/// The most that front matter may have.
pub const FRONT_MATTER_LIMIT: usize = 64 * 1024;

/// Splits a file at its `+++` lines; problems say when the closing one is missing or the part is too large.
pub fn split(source: &Source, problems: &mut Problems) -> Parts {
    let text = source.text.as_str();
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let Some(front) = after_fence_line(text, start).or_else(|| after_flawed_fence(source, start, problems)) else {
        return Parts { syntax: Syntax::Toml, front: None, body: start..text.len() };
    };
    let Some((end, body)) = closing_fence(text, front) else {
        let end = likely_end(text, front);
        problems.push(unclosed(source, start..front, end));
        let read = text.floor_char_boundary(end.min(front + FRONT_MATTER_LIMIT));
        return Parts { syntax: Syntax::Toml, front: Some(front..read), body: end..text.len() };
    };
    if end - front > FRONT_MATTER_LIMIT {
        problems.push(too_large(source, front, end));
        return Parts { syntax: Syntax::Toml, front: Some(front..front), body: body..text.len() };
    }
    Parts { syntax: Syntax::Toml, front: Some(front..end), body: body..text.len() }
}

/// Where the line after a fence line begins, if a fence line begins at `at`.
fn after_fence_line(text: &str, at: usize) -> Option<usize> {
    let line_end = text[at..].find('\n').map_or(text.len(), |nl| at + nl);
    (text[at..line_end].trim_end() == "+++").then(|| (line_end + 1).min(text.len()))
}

/// Where the line after the first one with something on it begins, if that was meant to open the front matter. Taken for
/// text, its keys would be printed, and an entry that says for whom it is would be for everybody.
fn after_flawed_fence(source: &Source, start: usize, problems: &mut Problems) -> Option<usize> {
    let unseen = |c: char| c.is_whitespace() || hidden::is_hidden(c);
    let text = source.text.as_str();
    let at = text.len() - text[start..].trim_start_matches(unseen).len();
    let line = text[at..].lines().next()?.trim_end_matches(unseen);
    if line.len() < 2 || line.bytes().any(|b| b != b'+') {
        return None;
    }
    let message = if line == "+++" {
        "nothing may stand before the first `+++`, not even a space or an empty line".to_owned()
    } else {
        format!("front matter begins with a line `+++`, not with `{line}`")
    };
    let problem = Diagnostic::new(Rule::FrontMatterSyntax, Span::new(source.id, at..at + line.len()), message);
    problems.push(problem.help("make `+++` the first line of the file"));
    Some(text[at..].find('\n').map_or(text.len(), |nl| at + nl + 1))
}

/// The start of the closing fence's line and the start of the line after it.
fn closing_fence(text: &str, from: usize) -> Option<(usize, usize)> {
    let mut line = from;
    while line < text.len() {
        if let Some(body) = after_fence_line(text, line) {
            return Some((line, body));
        }
        line += text[line..].find('\n')? + 1;
    }
    None
}

/// Where front matter that is not closed seems to end: at the first line that cannot be TOML.
fn likely_end(text: &str, front: usize) -> usize {
    let mut at = front;
    let mut in_text = false;
    for line in text[front..].split_inclusive('\n') {
        if !in_text && !may_be_toml(line.trim()) {
            break;
        }
        in_text ^= line.matches("\"\"\"").count() % 2 == 1;
        at += line.len();
    }
    front + text[front..at].trim_end().len()
}

fn may_be_toml(line: &str) -> bool {
    let is_comment = line.starts_with('#') && !line.starts_with("##");
    let has_key = line.contains('=') && !line.starts_with(['+', '`']);
    let bracket = |c| matches!(c, '[' | ']' | '{' | '}' | '"' | '\'');
    let in_list = line.starts_with(bracket) && (line.ends_with(bracket) || line.ends_with(','));
    line.is_empty() || is_comment || has_key || in_list
}

/// `opening` ends behind the line that was meant as a fence.
fn unclosed(source: &Source, opening: Range<usize>, end: usize) -> Diagnostic {
    let text = source.slice(opening.clone());
    let fence = text.find('+').unwrap_or(0)..text.rfind('+').map_or(0, |at| at + 1);
    let place = Span::new(source.id, opening.start + fence.start..opening.start + fence.end);
    Diagnostic::new(Rule::FrontMatterSyntax, place, "front matter has no closing `+++` line")
        .label("opened here")
        .place(Span::new(source.id, end..end), "it seems to end here")
        .help("put a line with nothing but `+++` after the last key")
}

fn too_large(source: &Source, front: usize, end: usize) -> Diagnostic {
    let message = format!(
        "front matter is {} KiB, more than the {} KiB that are read",
        (end - front) / 1024,
        FRONT_MATTER_LIMIT / 1024
    );
    Diagnostic::new(Rule::TooLarge, Span::new(source.id, front..front), message)
        .help("move long texts into the body, or into a file beside the entry")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Severities;
    use crate::text::{SourceId, Sources};

    fn parts(text: &str) -> (Option<String>, String, usize) {
        let source = Source::new(SourceId(0), "a.md", text);
        let mut problems = Problems::default();
        let parts = split(&source, &mut problems);
        let front = parts.front.map(|range| source.slice(range).to_owned());
        (front, source.slice(parts.body).to_owned(), problems.len())
    }

    #[test]
    fn splits_at_the_fence_lines() {
        assert_eq!(parts("+++\na = 1\n+++\nbody\n"), (Some("a = 1\n".into()), "body\n".into(), 0));
        assert_eq!(parts("\u{feff}+++\r\na = 1\r\n+++ \r\nbody"), (Some("a = 1\r\n".into()), "body".into(), 0));
        assert_eq!(parts("no front matter\n+++\n"), (None, "no front matter\n+++\n".into(), 0));
        assert_eq!(parts("+++\na = 1\n"), (Some("a = 1".into()), "\n".into(), 1));
        assert_eq!(parts("+++\n+++"), (Some(String::new()), String::new(), 0));
        assert_eq!(parts("+ + +\n"), (None, "+ + +\n".into(), 0));
        for start in ["\n+++\n", " +++\n", "\u{feff}\r\n\u{200b}\n+++ \r\n", "++++\n", "++\n"] {
            assert_eq!(parts(&format!("{start}a = 1\n+++\nbody")), (Some("a = 1\n".into()), "body".into(), 1));
        }
    }

    #[test]
    fn the_place_of_an_opening_is_the_line_itself() {
        for (text, place) in
            [("++", 0..2), ("+++", 0..3), ("\n\u{200b}\n +++ \r\na = 1", 6..9), ("\u{feff}++++\na", 3..7)]
        {
            let mut sources = Sources::default();
            let source = sources.add("a.md", text);
            let mut problems = Problems::default();
            split(&source, &mut problems);
            let report = problems.report(&Severities::default(), &sources);
            let last = report.iter().find(|problem| problem.message.contains("no closing")).expect("it has no end");
            assert_eq!(last.span.range(), place, "{text:?}");
        }
    }

    #[test]
    fn what_is_read_of_a_large_part_ends_between_two_characters() {
        for shift in 0..12 {
            let text = format!("+++\n{}{}", " ".repeat(shift), "a = \"ü字\"\n".repeat(9_000));
            let source = Source::new(SourceId(0), "a.md", text.as_str());
            let front = split(&source, &mut Problems::default()).front.expect("front matter");
            assert!(text.get(front.clone()).is_some() && front.len() <= FRONT_MATTER_LIMIT, "{front:?}");
        }
    }

    #[test]
    fn an_end_that_is_missing_is_guessed() {
        for (front, body) in [
            ("a = 1\n\n[[steps]]\nb = [\n  \"x\",\n]", "\n\nSome prose.\n"),
            ("a = \"\"\"\nprose\n\"\"\"\n# a comment", "\n## When to use\n"),
            ("a = 1", "\n\n```prompt\nb = 2\n```\n"),
            ("a = 1", "\n[link](b.md) and text\n"),
        ] {
            let text = format!("+++\n{front}{body}");
            assert_eq!(parts(&text), (Some(front.to_owned()), body.to_owned(), 1), "{text}");
        }
    }
}
