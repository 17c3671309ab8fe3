//! Where the front matter ends and the body begins.

use std::cell::OnceCell;
use std::ops::Range;

use memchr::memchr;

use super::lookalike::{Frame, Lookalike, lookalike};
use super::syntax::Syntax;
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::text::{Source, Span};

/// The byte ranges of a file's two parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// The notation of the front matter; that of the house style when there is none.
    pub syntax: Syntax,
    /// What stands between the fences; `None` when the file has no front matter.
    pub front: Option<Range<usize>>,
    /// Everything after the closing fence, or the whole file.
    pub body: Range<usize>,
    /// Whether its fences are as they should be.
    pub fences: Fences,
}

/// How the fences of a file's front matter are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fences {
    /// As they should be, or absent.
    Sound,
    /// Not as they should be; what stands between them is known all the same.
    Flawed,
    /// So that nobody knows what else belongs between them.
    Open,
}

impl Parts {
    /// A file of which nothing could be read.
    pub fn unread(source: &Source) -> Self {
        let end = source.text.len();
        Self { syntax: Syntax::Toml, front: None, body: end..end, fences: Fences::Open }
    }

    /// A file that is nothing but keys in the house style, from a byte on.
    pub fn all(source: &Source, start: usize) -> Self {
        let end = source.text.len();
        Self { syntax: Syntax::Toml, front: Some(start..end), body: end..end, fences: Fences::Sound }
    }
}

/// The most bytes that front matter may have.
pub const FRONT_MATTER_LIMIT: usize = 64 * 1024;

/// Splits a file at its `+++` or `---` lines; problems say when one is missing or the part is too large. `is_key` tells
/// the keys that an entry can have, by which front matter is known that is not written as it should be.
pub fn split(source: &Source, is_key: &dyn Fn(&str) -> bool, problems: &mut Problems) -> Parts {
    let text = source.text.as_str();
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    // Hardly any file needs it.
    let found = OnceCell::new();
    let found = || found.get_or_init(|| lookalike(&text[start..], is_key)).as_ref();
    let Some(Opening { syntax, fence, front }) = opening(text, start, found) else {
        return match found() {
            Some(found) => of_lookalike(source, start, found, problems),
            None => Parts { syntax: Syntax::Toml, front: None, body: start..text.len(), fences: Fences::Sound },
        };
    };
    let Some((end, body)) = closing_fence(text, front, syntax) else {
        let of_keys = found().filter(|_| syntax == Syntax::Yaml).map_or(0, |found| start + found.keys.end);
        let end = likely_end(text, front, syntax).max(text[..of_keys].trim_end().len());
        problems.push(unclosed(source, syntax, fence, end));
        let read = text.floor_char_boundary(end.min(front + FRONT_MATTER_LIMIT));
        return Parts { syntax, front: Some(front..read), body: end..text.len(), fences: Fences::Open };
    };
    if end - front > FRONT_MATTER_LIMIT {
        problems.push(too_large(source, front, end));
        return Parts { syntax, front: Some(front..front), body: body..text.len(), fences: Fences::Open };
    }
    Parts { syntax, front: Some(front..end), body: body..text.len(), fences: Fences::Sound }
}

/// How front matter begins that is written as it should be.
struct Opening {
    syntax: Syntax,
    /// The bytes of the fence.
    fence: Range<usize>,
    /// Where the line after it begins.
    front: usize,
}

fn opening<'l>(text: &str, start: usize, found: impl Fn() -> Option<&'l Lookalike>) -> Option<Opening> {
    for syntax in [Syntax::Toml, Syntax::Yaml] {
        if let Some(front) = after_fence_line(text, start, syntax) {
            let fence = start..start + syntax.fence().len();
            let is_fence =
                |found: &Lookalike| found.frame == Frame::Fence && start + found.opening.start == fence.start;
            let is_front = syntax == Syntax::Toml || is_yaml(text, front) || found().is_some_and(is_fence);
            return is_front.then_some(Opening { syntax, fence, front });
        }
    }
    None
}

/// What is known of front matter that is not written as it should be. It holds the entry back, and is never its text.
fn of_lookalike(source: &Source, start: usize, found: &Lookalike, problems: &mut Problems) -> Parts {
    let text = source.text.as_str();
    let place = |range: &Range<usize>| start + range.start..start + range.end;
    let (opening, keys) = (place(&found.opening), place(&found.keys));
    problems.push(misplaced(source, &opening, found));
    let whole = Parts { syntax: found.syntax, front: None, body: start..text.len(), fences: Fences::Open };
    if matches!(found.frame, Frame::Code | Frame::Json) {
        return whole;
    }
    let end = found.end.map_or(keys.end, |end| start + end);
    if found.end.is_none() && found.frame == Frame::Fence {
        problems.push(unclosed(source, found.syntax, opening, keys.end));
    }
    let fences = if found.end.is_some() { Fences::Flawed } else { Fences::Open };
    if keys.len() > FRONT_MATTER_LIMIT {
        problems.push(too_large(source, keys.start, keys.end));
        return Parts { front: Some(keys.start..keys.start), body: end..text.len(), ..whole };
    }
    Parts { front: Some(keys), body: end..text.len(), fences, ..whole }
}

/// What is wrong with front matter that was known by its keys.
fn misplaced(source: &Source, opening: &Range<usize>, found: &Lookalike) -> Diagnostic {
    let right = found.syntax.fence();
    let line = source.slice(opening.clone());
    let first = format!("make `{right}` the first line of the file");
    let both = format!("put a line `{right}` before them, the first of the file, and another behind them");
    let (message, help) = match found.frame {
        Frame::Fence if line == right => {
            (format!("nothing may stand before the first `{right}`, not even a space or an empty line"), first)
        }
        Frame::Fence => (format!("front matter begins with a line `{right}`, not with `{line}`"), first),
        Frame::Bare if found.end.is_some() => {
            (format!("the front matter has no `{right}` before its first line"), first)
        }
        Frame::Bare => (format!("the fields of the entry do not stand between two lines `{right}`"), both),
        Frame::Code => {
            let help = format!("put them between two lines `{right}` at the top of the file instead");
            ("the fields of the entry stand in a block of code".to_owned(), help)
        }
        Frame::Json => ("the fields of the entry are written as JSON, and no `---` before it".to_owned(), both),
    };
    Diagnostic::new(Rule::FrontMatterSyntax, Span::new(source.id, opening.clone()), message).help(help)
}

/// Where the line after a fence line begins, if a fence line begins at `at`.
fn after_fence_line(text: &str, at: usize, syntax: Syntax) -> Option<usize> {
    after_line_of(text, at, syntax.fence())
}

/// The same for the three dots that end a document of YAML (YAML 1.2.2, 9.1.2), as some tools write them.
fn after_dots(text: &str, at: usize, syntax: Syntax) -> Option<usize> {
    if syntax == Syntax::Yaml { after_line_of(text, at, "...") } else { None }
}

/// Where the line after one begins that is nothing but a mark.
fn after_line_of(text: &str, at: usize, mark: &str) -> Option<usize> {
    let rest = text[at..].strip_prefix(mark)?;
    let length = rest.find('\n').unwrap_or(rest.len());
    let end = at + mark.len() + length;
    rest[..length].trim_end().is_empty().then(|| (end + 1).min(text.len()))
}

/// Whether what follows a line of hyphens at the top of a file is YAML: such a line may also be a break in the text.
fn is_yaml(text: &str, front: usize) -> bool {
    let end = closing_fence(text, front, Syntax::Yaml).map(|(end, _)| end);
    let lines = text[front..end.unwrap_or(text.len())].lines().take(if end.is_some() { usize::MAX } else { 1 });
    let mut said = lines.map(str::trim_end).filter(|line| !line.is_empty() && !line.starts_with('#')).peekable();
    match said.peek() {
        // Nothing between two fences, as some editors leave it.
        None => end.is_some(),
        Some(_) => said.any(|line| yaml_key(line).is_some()),
    }
}

/// The key of a line of YAML: a word or several before a colon, and behind it a blank or nothing.
fn yaml_key(line: &str) -> Option<&str> {
    let (key, value) = line.split_once(':')?;
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '"' | '\'' | ' ' | '.');
    let is_key = !key.trim().is_empty() && key.len() <= 60 && key.chars().all(is_word) && !key.starts_with("- ");
    (is_key && (value.is_empty() || value.starts_with([' ', '\t']))).then_some(key)
}

/// The start of the closing fence's line and the start of the line after it.
fn closing_fence(text: &str, from: usize, syntax: Syntax) -> Option<(usize, usize)> {
    let mut line = from;
    while line < text.len() {
        if let Some(body) = after_fence_line(text, line, syntax).or_else(|| after_dots(text, line, syntax)) {
            return Some((line, body));
        }
        line += memchr(b'\n', &text.as_bytes()[line..])? + 1;
    }
    None
}

/// Where front matter that is not closed seems to end: at the first line that cannot belong to it.
fn likely_end(text: &str, front: usize, syntax: Syntax) -> usize {
    let mut at = front;
    let mut in_text = false;
    for line in text[front..].split_inclusive('\n') {
        let belongs = match syntax {
            Syntax::Toml => in_text || may_be_toml(line.trim()),
            Syntax::Yaml => may_be_yaml(line),
        };
        if !belongs {
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

/// An empty line ends it: what is not closed is more likely text behind it than a key.
fn may_be_yaml(line: &str) -> bool {
    let line = line.trim_end();
    yaml_key(line).is_some() || line.starts_with([' ', '\t', '-', ']', '}']) && !line.trim().is_empty()
}

fn unclosed(source: &Source, syntax: Syntax, opening: Range<usize>, end: usize) -> Diagnostic {
    let fence = syntax.fence();
    Diagnostic::new(
        Rule::FrontMatterSyntax,
        Span::new(source.id, opening),
        format!("front matter has no closing `{fence}` line"),
    )
    .label("opened here")
    .place(Span::new(source.id, end..end), "it seems to end here")
    .help(format!("put a line with nothing but `{fence}` after the last key"))
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
        let parts = split(&source, &|key| key == "title", &mut problems);
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
            split(&source, &|key| key == "title", &mut problems);
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
            let front = split(&source, &|_| false, &mut Problems::default()).front.expect("front matter");
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
