//! Texts of content in a terminal or a log, made so that nothing in them steers the terminal or whoever reads the log.
//!
//! A terminal obeys control characters, and a CI service obeys what a program prints: GitHub a line that begins with
//! `::`, and `##[…]` anywhere in a line (`ActionCommand.cs` of its runner); Azure Pipelines `##vso[…]`; `TeamCity`
//! `##teamcity[…]`.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt::Write as _;

use crate::text::hidden::is_hidden;

/// A value within a line: control characters, line breaks and what turns the direction of text are written as escapes,
/// and commands to a CI service are broken by a backslash.
pub fn line(text: &str) -> Cow<'_, str> {
    broken(escaped(text, is_steering))
}

/// A path within a line: as [`line()`], and whatever nobody sees is written as an escape too, because no name of a file
/// needs it and two names must not look alike.
pub fn path(path: &str) -> Cow<'_, str> {
    broken(escaped(path, |c| is_steering(c) || is_hidden(c) || matches!(c, '\u{fe0e}' | '\u{fe0f}')))
}

/// As [`line()`] for text of several lines, which stay lines, with their tabs.
pub fn text(text: &str) -> Cow<'_, str> {
    broken(escaped(text, |c| is_steering(c) && !matches!(c, '\n' | '\t')))
}

/// A whole output: as [`text()`], and no line of it is a command.
pub fn log(output: &str) -> Cow<'_, str> {
    let output = text(output);
    let is_command = |line: &str| line.trim_start().starts_with("::");
    if !output.lines().any(is_command) {
        return output;
    }
    let mut lines = String::with_capacity(output.len() + 1);
    for line in output.split_inclusive('\n') {
        let command = line.trim_start();
        lines.push_str(&line[..line.len() - command.len()]);
        if is_command(command) {
            lines.push('\\');
        }
        lines.push_str(command);
    }
    Cow::Owned(lines)
}

/// Lines of a source, for a printer that has signs for ASCII's control characters and for what turns the direction of
/// text: of the other control characters and separators, and of what nobody sees, U+FFFD stands there.
pub fn source(text: &str) -> Cow<'_, str> {
    let is_replaced = |c: char| !c.is_ascii() && is_hidden(c);
    if text.contains(is_replaced) {
        broken(Cow::Owned(text.replace(is_replaced, "\u{fffd}")))
    } else {
        broken(Cow::Borrowed(text))
    }
}

/// A document in JSON with escapes for what a terminal or a CI service would obey, which only its strings can hold: it
/// says the same.
pub fn json(document: &str) -> String {
    let brackets: HashSet<usize> = command_brackets(document).collect();
    let mut text = String::with_capacity(document.len());
    for (at, c) in document.char_indices() {
        if is_steering(c) && c != '\n' || brackets.contains(&at) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(text, "\\u{unit:04x}");
            }
        } else {
            text.push(c);
        }
    }
    text
}

/// Whether a character does something to a terminal or a log instead of being seen: control characters, separators of
/// lines and paragraphs, what turns the direction of text, and blanks without width.
pub fn is_steering(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}')
}

/// The bracket of each command to a CI service that can stand anywhere in a line.
pub fn command_brackets(text: &str) -> impl Iterator<Item = usize> {
    let is_after_signs = |at: usize| text[..at].trim_end_matches(|c: char| c.is_ascii_alphanumeric()).ends_with("##");
    text.match_indices('[').map(|(at, _)| at).filter(move |at| is_after_signs(*at))
}

fn escaped(text: &str, is_escaped: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_escaped(c) { shown.extend(c.escape_default()) } else { shown.push(c) }
    }
    Cow::Owned(shown)
}

fn broken(text: Cow<'_, str>) -> Cow<'_, str> {
    let mut shown = String::new();
    let mut start = 0;
    for bracket in command_brackets(&text) {
        shown.push_str(&text[start..bracket]);
        shown.push('\\');
        start = bracket;
    }
    if start == 0 {
        return text;
    }
    shown.push_str(&text[start..]);
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stays_on_its_line_and_steers_nothing() {
        assert_eq!(line("a\n::stop-commands::x"), r"a\n::stop-commands::x");
        assert_eq!(line("\u{1b}[2J\u{9b}2J\u{7f}\r\t"), r"\u{1b}[2J\u{9b}2J\u{7f}\r\t");
        assert_eq!(line("a\u{202e}b\u{2066}c\u{2028}d\u{85}e"), r"a\u{202e}b\u{2066}c\u{2028}d\u{85}e");
        assert_eq!(line("Größe 👩\u{200d}💻 \\n שלום\u{200f}"), "Größe 👩\u{200d}💻 \\n שלום\u{200f}");
    }

    #[test]
    fn what_nobody_sees_is_seen_in_paths_and_sources() {
        assert_eq!(
            path("a\u{200b}\u{e0041}\u{ad}\u{fe0f}\u{3164}ü.md"),
            r"a\u{200b}\u{e0041}\u{ad}\u{fe0f}\u{3164}ü.md"
        );
        assert_eq!(source("a\u{200b}\t\u{e0041}❤\u{fe0f}\u{1b}\n"), "a\u{fffd}\t\u{fffd}❤\u{fe0f}\u{1b}\n");
    }

    #[test]
    fn commands_are_broken_wherever_they_stand() {
        assert_eq!(
            text("a ##[stop-commands]x\n\t##vso[task.x]y ###[z"),
            "a ##\\[stop-commands]x\n\t##vso\\[task.x]y ###\\[z"
        );
        assert_eq!(text("## [a](b) # ##a b[c]"), "## [a](b) # ##a b[c]");
        assert_eq!(log("a::b\n::error::x\n \u{2003}::warning::y\n"), "a::b\n\\::error::x\n \u{2003}\\::warning::y\n");
        assert_eq!(log("plain\n"), "plain\n");
    }
}
