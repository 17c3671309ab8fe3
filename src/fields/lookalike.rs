//! Lines that look like front matter and do not stand where front matter does. Taken for text they would be printed, and
//! an entry that says for whom it is would be for everybody.
//!
//! What tells them from prose is always a key that an entry can have: how the lines around them are written varies with
//! the editor, the tool and the person.

use std::ops::Range;

use memchr::memmem;

use super::guard::means_guarded;
use super::syntax::Syntax;
use crate::text::hidden;

/// Front matter that is not written as it should be, as places in the text that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookalike {
    /// What stands around its keys.
    pub frame: Frame,
    /// The notation of its keys.
    pub syntax: Syntax,
    /// The line to show: that which opens it, else its first key.
    pub opening: Range<usize>,
    /// Whether something stands before the opening.
    pub is_late: bool,
    /// The lines of its keys.
    pub keys: Range<usize>,
    /// Where it ends, with the line that closes it; `None` where nothing does.
    pub end: Option<usize>,
}

/// What stands around keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame {
    /// A line that is, or was meant as, a fence.
    Fence,
    /// The fence of a block of code.
    Code,
    /// The braces of JSON.
    Json,
    /// Nothing at all before them.
    Bare,
}

impl Frame {
    fn is_closed_by(self, line: &str) -> bool {
        match self {
            Self::Code => code_fence(line).is_some(),
            Self::Json => line == "}",
            Self::Fence | Self::Bare => is_rule(line) || line == "...",
        }
    }
}

/// What a text begins with.
struct Start {
    frame: Frame,
    opening: Range<usize>,
    /// Where the line after the opening begins.
    keys: usize,
    is_late: bool,
    has_heading: bool,
}

/// A line with its place.
struct Line<'t> {
    at: usize,
    /// Without the white space around it, nor what nobody sees.
    text: &'t str,
    place: Range<usize>,
    next: usize,
}

impl<'t> Line<'t> {
    /// The line without an indentation of at most so many bytes; a space before one that has more.
    fn below(&self, margin: usize) -> &'t str {
        if self.place.start - self.at <= margin { self.text } else { " " }
    }

    /// Whether it is indented by so little that it is no code (CommonMark, 4.4).
    fn is_at_margin(&self) -> bool {
        self.place.start - self.at <= 3
    }
}

/// How many lines may stand before an opening, blank ones and comments not counted.
const MOST_HEADINGS: usize = 3;

/// Finds front matter at the beginning of a text that is not read as such. `is_key` tells the keys that an entry can
/// have, as they are written; those that say who may see it count in any letters.
pub fn lookalike(text: &str, is_key: &dyn Fn(&str) -> bool) -> Option<Lookalike> {
    let start = start(text)?;
    let run = Run::of(text, &start, is_key);
    if !run.is_meant(&start, text) {
        return None;
    }
    let Start { frame, opening, keys, is_late, .. } = start;
    Some(Lookalike { frame, syntax: run.syntax, opening, is_late, keys: keys..run.end, end: run.close })
}

/// Front matter between two fences in the middle of a text that says who may see the entry: as a place, that of its first
/// fence. Files that were put together have it, and blocks of code may have it.
pub fn fenced_guard(text: &str) -> Option<Range<usize>> {
    let fences = [Syntax::Toml.fence(), Syntax::Yaml.fence()];
    if !fences.iter().any(|fence| memmem::find(text.as_bytes(), fence.as_bytes()).is_some()) {
        return None;
    }
    let (mut code, mut at): (Option<(char, usize)>, usize) = (None, 0);
    while let Some(line) = line(text, at) {
        at = line.next;
        if let Some((mark, length)) = code {
            if closes_code(&line, mark, length) {
                code = None;
            }
            continue;
        }
        code = opens_code(&line);
        if fences.contains(&line.text)
            && let Some(end) = guarded_until(text, at, line.text)
        {
            return Some(line.place).filter(|_| end > at);
        }
    }
    None
}

/// The mark of a fence of code, and how many of it. Behind backticks stand no further ones (CommonMark, 4.5), else they
/// are code within a line.
fn opens_code(line: &Line<'_>) -> Option<(char, usize)> {
    let mark = code_fence(line.text).filter(|_| line.is_at_margin())?;
    let length = line.text.chars().take_while(|c| *c == mark).count();
    (mark != '`' || !line.text[length..].contains('`')).then_some((mark, length))
}

/// Whether a line ends code: as many marks as began it or more, and nothing else.
fn closes_code(line: &Line<'_>, mark: char, length: usize) -> bool {
    line.is_at_margin() && line.text.len() >= length && line.text.chars().all(|c| c == mark)
}

/// Where the next fence stands if there are nothing but keys before it, and one of them says who may see the entry.
fn guarded_until(text: &str, from: usize, fence: &str) -> Option<usize> {
    // A section of notes between two rules may say `Status: done`: it begins with an empty line, or a capital.
    let is_small = |key: &str| key.starts_with(char::is_lowercase);
    let (mut at, mut is_guarded) = (from, false);
    while let Some(line) = line(text, at).filter(|line| line.at > from || !line.text.is_empty()) {
        if line.text == fence {
            return is_guarded.then_some(line.at);
        }
        if !line.text.is_empty() && !is_continuation(line.below(0)) {
            let key = loose_key(line.text)?;
            is_guarded |= is_small(&key) && is_guard(&key);
        }
        at = line.next;
    }
    None
}

/// Skips what may stand above front matter, up to what opens it or the first line of something else.
fn start(text: &str) -> Option<Start> {
    let (mut at, mut headings, mut is_late) = (0, 0, false);
    let mut fence: Option<Range<usize>> = None;
    while let Some(line) = line(text, at) {
        let found =
            |frame, opening, keys, is_late| Some(Start { frame, opening, keys, is_late, has_heading: headings > 0 });
        if line.text.is_empty() {
            is_late |= fence.is_none() && line.at < line.next;
        } else if line.text.starts_with("<!--") {
            is_late = true;
            let end = text[line.at..].find("-->")? + line.at + "-->".len();
            at = text[end..].find('\n').map_or(text.len(), |nl| end + nl + 1);
            continue;
        } else if is_rule(line.text) || line.text.starts_with("%YAML") {
            fence = Some(line.place);
        } else if code_fence(line.text).is_some() {
            return found(Frame::Code, line.place, line.next, is_late);
        } else if is_json(line.text) && fence.is_none() {
            let keys = if line.text == "{" { line.next } else { line.at };
            return found(Frame::Json, line.place, keys, is_late);
        } else if line.text.starts_with('#') && headings < MOST_HEADINGS {
            headings += usize::from(fence.is_none());
            is_late |= fence.is_none();
        } else {
            let is_indented = fence.is_none() && line.place.start > line.at;
            return match fence {
                Some(fence) => found(Frame::Fence, fence, line.at, is_late),
                None => found(Frame::Bare, line.place, line.at, is_late || is_indented),
            };
        }
        at = line.next;
    }
    let has_heading = headings > 0;
    fence.map(|opening| Start { frame: Frame::Fence, opening, keys: text.len(), is_late, has_heading })
}

/// Lines of keys.
struct Run {
    syntax: Syntax,
    /// How many of the keys an entry can have.
    known: usize,
    /// The same, in whatever letters.
    likely: usize,
    is_guarded: bool,
    /// Where the lines end.
    end: usize,
    /// Where the line after what closes them begins.
    close: Option<usize>,
}

impl Run {
    fn of(text: &str, start: &Start, is_key: &dyn Fn(&str) -> bool) -> Self {
        let mut run =
            Self { syntax: Syntax::Yaml, known: 0, likely: 0, is_guarded: false, end: start.keys, close: None };
        let mut at = start.keys;
        let mut is_first = true;
        // Of a file whose every line is indented the keys are, too.
        let margin = line(text, at).map_or(0, |line| line.place.start - line.at);
        while let Some(line) = line(text, at) {
            if start.frame.is_closed_by(line.text) {
                run.close = Some(line.next);
                break;
            }
            let is_blank = line.text.is_empty() || start.frame == Frame::Code && is_rule(line.text);
            if is_blank && start.frame == Frame::Bare {
                break;
            }
            if !is_blank && !is_continuation(line.below(margin)) {
                let Some(key) = loose_key(line.text) else { break };
                if std::mem::take(&mut is_first) && separator(line.text) == Some('=') {
                    run.syntax = Syntax::Toml;
                }
                run.is_guarded |= is_guard(&key);
                run.known += usize::from(is_key(&key) || is_guard(&key));
                run.likely += usize::from(is_key(&key.to_lowercase()) || is_guard(&key));
            } else if !is_blank {
                // A flow mapping has its keys on one line, and a block in another notation behind a mark.
                run.is_guarded |= words_before_separators(line.text).any(|key| is_guard(&key));
            }
            at = line.next;
            // A heading of the text looks like a comment: behind the last key it is none of the keys.
            if !is_blank && !line.text.starts_with('#') {
                run.end = at;
            }
        }
        run
    }

    /// Whether these lines are no prose. The less there is around them, the more they must say.
    fn is_meant(&self, start: &Start, text: &str) -> bool {
        let is_plus = |place: Range<usize>| text.get(place).is_some_and(|line| line.trim().starts_with('+'));
        let closes_toml = self.close.is_some_and(|close| is_plus(self.end..close));
        match start.frame {
            // A rule of plus signs is nothing else in Markdown.
            Frame::Fence if is_plus(start.opening.clone()) => true,
            Frame::Fence => self.is_guarded || self.known >= 1 && (self.close.is_some() || self.known >= 2),
            // A page on the notation itself shows it below a heading.
            Frame::Code => self.is_guarded && self.likely >= 2 && !start.has_heading,
            Frame::Json => self.is_guarded || self.likely >= 2,
            // Lines such as `Status: accepted` open many pages; keys are written in small letters, or several together.
            Frame::Bare if start.has_heading => false,
            Frame::Bare => {
                let first = text[start.keys..].trim_start();
                let is_small = first.starts_with(|c: char| c.is_lowercase() || matches!(c, '"' | '\''));
                closes_toml && self.known >= 1 || self.is_guarded && (is_small || self.likely >= 2)
            }
        }
    }
}

fn line(text: &str, at: usize) -> Option<Line<'_>> {
    if at >= text.len() {
        return None;
    }
    let end = text[at..].find('\n').map_or(text.len(), |nl| at + nl);
    let unseen = |c: char| c.is_whitespace() || hidden::is_hidden(c);
    let whole = &text[at..end];
    let trimmed = whole.trim_matches(unseen);
    let start = at + whole.len() - whole.trim_start_matches(unseen).len();
    Some(Line { at, text: trimmed, place: start..start + trimmed.len(), next: (end + 1).min(text.len()) })
}

/// The characters that people and editors make fences of: a word processor joins two or three hyphens to a dash.
const MARKS: [char; 9] = ['-', '+', '—', '–', '―', '−', '=', '*', '_'];

/// Whether a line is, or was meant as, a fence: nothing but one of its marks, or three of them and a word behind.
fn is_rule(line: &str) -> bool {
    // A text editor that knows no front matter escapes it when it writes Markdown.
    let line = line.strip_prefix('\\').unwrap_or(line);
    if matches!(line, "- - -" | "* * *" | "_ _ _") {
        return true;
    }
    let Some(mark) = line.chars().next().filter(|mark| MARKS.contains(mark)) else {
        return line.len() >= 2 && line.chars().all(|c| c == ';');
    };
    let rest = line.trim_start_matches(mark);
    let count = line[..line.len() - rest.len()].chars().count();
    let is_long_dash = !mark.is_ascii();
    let is_named = matches!(mark, '-' | '+') && count == 3 && rest.len() <= 20 && !rest.contains([':', '|', '-']);
    (rest.is_empty() && (count >= 2 || is_long_dash)) || (is_named && !rest.is_empty())
}

/// Whether a line opens an object of JSON; two braces are a blank of many template languages.
fn is_json(line: &str) -> bool {
    line.strip_prefix('{').is_some_and(|rest| rest.is_empty() || rest.trim_start().starts_with('"'))
}

fn code_fence(line: &str) -> Option<char> {
    ['`', '~'].into_iter().find(|mark| line.chars().take_while(|c| c == mark).count() >= 3)
}

/// Whether a line goes on with what the one before it began, or only holds the place of something.
fn is_continuation(line: &str) -> bool {
    line.starts_with([' ', '#', ']', '}', '[', '{', ',', ':']) || line.starts_with("- ")
}

/// The character behind a line's key.
fn separator(line: &str) -> Option<char> {
    line.chars().find(|c| matches!(c, '=' | ':' | '：' | '＝'))
}

/// The key that a line begins with, without the marks that the notations allow before it.
fn loose_key(line: &str) -> Option<String> {
    let key = match line.strip_prefix("? ") {
        Some(key) => key.trim_end_matches(':'),
        None => line.split_once(['=', ':', '：', '＝'])?.0,
    };
    let key = key.trim().trim_start_matches(['{', '-', ' ', '\t']);
    // `&name` and `!tag`.
    let key =
        if key.starts_with(['&', '!']) { key.split_once(char::is_whitespace).map_or(key, |(_, key)| key) } else { key };
    let key: String = key.trim().chars().filter(|c| !matches!(c, '"' | '\'') && !hidden::is_hidden(*c)).collect();
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    (!key.is_empty() && key.len() <= 60 && key.chars().all(is_word)).then_some(key)
}

/// The words of a line that stand before a colon or an equals sign.
fn words_before_separators(line: &str) -> impl Iterator<Item = String> {
    let parts = line.split([':', '=', '：', '＝']);
    let word = |part: &str| {
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let part = part.trim_end().trim_end_matches(['"', '\'']);
        part.rsplit(|c| !is_word(c)).next().unwrap_or_default().to_owned()
    };
    let count = line.matches([':', '=', '：', '＝']).count();
    parts.take(count).map(word)
}

fn is_guard(key: &str) -> bool {
    means_guarded(key).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<Lookalike> {
        lookalike(text, &|key| matches!(key, "title" | "audience" | "status" | "tags"))
    }

    #[test]
    fn keys_are_known_whatever_stands_around_them() {
        let fences = [
            "---",
            "----",
            "--",
            "—",
            "———",
            "***",
            "___",
            "===",
            "+++",
            "++",
            ";;;",
            "--- # meta",
            "---yaml",
            "+++ toml",
        ];
        for fence in fences {
            for (before, space) in
                [("", ""), ("\n\n", ""), ("<!-- a\ncomment -->\n", ""), ("# Head\n\n", ""), ("", "  ")]
            {
                for keys in ["title: Z\nstatus: draft", "title = \"Z\"\naudience = \"x\"", "{title: Z, status: draft}"]
                {
                    let keys = keys.replace('\n', &format!("\n{space}"));
                    let text = format!("{before}{space}{fence}\n{space}{keys}\n{space}{fence}\nText.\n");
                    let found = found(&text).unwrap_or_else(|| panic!("{text}"));
                    assert_eq!(text[found.opening.clone()], *fence, "{text}");
                    assert_eq!(text[found.keys.clone()].trim(), keys.trim(), "{text}");
                    assert_eq!(&text[found.end.expect("an end")..], "Text.\n", "{text}");
                    assert_eq!(found.syntax == Syntax::Toml, keys.contains(" = "), "{text}");
                }
            }
        }
    }

    #[test]
    fn so_are_keys_without_all_of_a_frame() {
        for (text, frame) in [
            ("status: draft\n---\ntext", Frame::Bare),
            ("Title: Z\nStatus: draft\n\ntext", Frame::Bare),
            ("audience=\"restricted\"\nstatus=\"draft\"\n+++\ntext", Frame::Bare),
            ("tags = [\"a\"]\n+++\ntext", Frame::Bare),
            ("{\n  \"title\": \"Z\",\n  \"draft\": true\n}\n\ntext", Frame::Json),
            ("{ \"title\": \"Z\", \"draft\": true }\ntext", Frame::Json),
            ("```yaml\n---\ntitle: Z\nstatus: draft\n---\n```\ntext", Frame::Code),
            ("---\n# note\ntitle: Z\nstatus: draft\n\ntext", Frame::Fence),
            ("---\n\n\ntitle: Z\nstatus: draft\n", Frame::Fence),
            ("%YAML 1.2\n---\nstatus: draft\n---\n", Frame::Fence),
            ("---\n\n---\nstatus: draft\n---\n", Frame::Fence),
            ("---\n? status\n: draft\n---\n", Frame::Fence),
            ("---\n&a status: draft\n---\n", Frame::Fence),
            ("---\n!!str status: draft\n---\n", Frame::Fence),
            ("---\n\tstatus: draft\n---\n", Frame::Fence),
            ("---\n- status: draft\n---\n", Frame::Fence),
            ("---\nstatus:\u{a0}draft\n---\n", Frame::Fence),
            ("---\nstatus：draft\n---\n", Frame::Fence),
            ("\n---\n\"status\": draft\n---\n", Frame::Fence),
            ("---\u{200b}\nstatus: draft\n---\u{200b}\n", Frame::Fence),
            ("---\ntags:\n  - a\n- b\n# c\n\ndraft: true\nsummary: x\n---", Frame::Fence),
        ] {
            assert_eq!(found(text).map(|found| found.frame), Some(frame), "{text}");
        }
    }

    #[test]
    fn the_length_of_a_value_hides_no_key() {
        let text = format!("\n---\ntitle: Z\nx: \"{}\"\nstatus: draft\n---\n", "a".repeat(70_000));
        assert!(found(&text).is_some());
    }

    #[test]
    fn breaks_headings_and_prose_are_none() {
        for text in [
            "",
            "---\n\nSome prose: with a colon.\n\n---\n",
            "---\n\nTitle: a line of prose.\n\n---\n",
            "title: a heading\n---\ntext",
            "Title = a line of prose\n\nand another\n+++\n",
            "---\nfoo: bar\n---\n",
            "# Decision\n\nStatus: accepted\nDate: 2026-05-04\n",
            "Status: accepted\n\n# Decision\n",
            "Status of the work: see below.\n",
            "# The settings\n\n```yaml\ntitle: Z\nstatus: draft\n```\n",
            "```yaml\nname: ci\non: push\n```\n",
            "```\n+++\ntitle = \"x\"\n+++\n```",
            "{{ page.title }}\n\nstatus: draft\n",
            "| a | b |\n|---|---|\n| status: x | y |\n",
            "- status: fine\n- audience: all\n\nA list.",
            "**Status:** draft\n",
            "Heading\n=======\n\nstatus\n",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn in_a_text_only_fences_around_a_guard_are_found() {
        for (text, place) in [
            ("Text.\n\n---\nstatus: draft\ntitle: x\n---\nMore.\n", Some(7..10)),
            ("Text.\n\n+++\naudience = \"team\"\n+++\n", Some(7..10)),
            ("```\n---\nstatus: draft\n---\n```\n", None),
            ("~~~\n```\n~~~\n---\nprivate: true\n---\n", Some(12..15)),
            ("Notes.\n\n---\n\nStatus: done\n\n---\nMore.\n", None),
            ("---\nStatus: done\n---\n", None),
            ("---\ntitle: x\n---\n", None),
            ("````md\n```\n````\n---\nstatus: draft\n---\n", Some(16..19)),
            ("````md\n```\n---\nstatus: draft\n---\n```\n````\n", None),
            ("``` inline ``` is code\n\n---\nstatus: draft\n---\n", Some(24..27)),
            ("---\nstatus: done and more\nSome text.\n---\n", None),
            ("---\nstatus: draft\n", None),
        ] {
            assert_eq!(fenced_guard(text), place, "{text}");
        }
    }
}
