//! Foreign text made safe to keep: one-line values, prompts, and values quoted in a message.

use crate::text::hidden::{is_hidden, is_suspect};

/// How many of several things a message lists.
const MOST_LISTED: usize = 5;

/// A value on one line, and what had to go for that.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct OneLine {
    /// The value, without line breaks and without spaces at its ends.
    pub text: String,
    /// The control and hidden characters that were dropped, each once.
    pub dropped: Vec<char>,
}

/// A prompt's text, and what had to go from it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Prompt {
    /// The text with `\n` line ends and no white space behind its last character.
    pub text: String,
    /// The characters that were dropped, each once: control characters, and what stood unseen in a mark of a variable.
    pub dropped: Vec<char>,
    /// The hidden characters that it still has, each once.
    pub hidden: Vec<char>,
}

/// Puts a value on one line: white space becomes single spaces, what cannot be seen is dropped.
pub(super) fn one_line(value: &str) -> OneLine {
    let mut line = OneLine { text: String::with_capacity(value.len()), dropped: Vec::new() };
    let mut rest = value.chars().peekable();
    while let Some(c) = rest.next() {
        if c.is_whitespace() {
            if !line.text.ends_with(' ') {
                line.text.push(' ');
            }
        } else if is_hidden(c) || is_stray_joiner(c, &line.text, rest.peek()) {
            note(&mut line.dropped, c);
        } else {
            line.text.push(c);
        }
    }
    line.text = line.text.trim().to_owned();
    line
}

/// Brings a prompt to `\n` line ends and drops control characters; all else survives exactly.
pub(super) fn prompt(value: &str) -> Prompt {
    let mut prompt = Prompt { text: String::with_capacity(value.len()), dropped: Vec::new(), hidden: Vec::new() };
    let unix = value.replace("\r\n", "\n").replace('\r', "\n");
    for c in unix.chars() {
        if c.is_control() && !matches!(c, '\n' | '\t') {
            note(&mut prompt.dropped, c);
            continue;
        }
        // Between braces it would keep apart what is read as one mark of a variable.
        if is_suspect(c) && prompt.text.ends_with(['{', '}', '\\', '%', '#']) {
            note(&mut prompt.dropped, c);
            continue;
        }
        if is_hidden(c) {
            note(&mut prompt.hidden, c);
        }
        prompt.text.push(c);
    }
    prompt.text.truncate(prompt.text.trim_end().len());
    prompt
}

/// The start of a text, for a message: in backticks, on one line, with nothing that a terminal would obey.
pub(super) fn quoted(text: &str) -> String {
    const MOST: usize = 60;
    let mut shown = String::new();
    for (at, c) in text.chars().enumerate() {
        if at == MOST {
            shown.push('…');
            break;
        }
        match c {
            '\n' => shown.push_str("\\n"),
            '\t' => shown.push_str("\\t"),
            c if is_hidden(c) => shown.extend(c.escape_unicode()),
            c => shown.push(c),
        }
    }
    format!("`{shown}`")
}

/// Several texts for a message: the first five quoted, the rest counted.
pub(super) fn quoted_list<'t>(texts: impl ExactSizeIterator<Item = &'t str>) -> String {
    let all = texts.len();
    and_more(&texts.take(MOST_LISTED).map(quoted).collect::<Vec<_>>(), all)
}

/// Code points for a message, such as `U+200B, U+202E`: the first five, the rest counted.
pub(super) fn code_points(characters: &[char]) -> String {
    let shown = characters.iter().take(MOST_LISTED).map(|c| format!("U+{:04X}", u32::from(*c)));
    and_more(&shown.collect::<Vec<_>>(), characters.len())
}

/// A list of some of so many things.
fn and_more(shown: &[String], all: usize) -> String {
    match all - shown.len() {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// Whether a zero-width joiner or non-joiner stands where no script and no emoji uses one.
fn is_stray_joiner(c: char, before: &str, after: Option<&char>) -> bool {
    let joins = |c: char| !c.is_ascii() && !c.is_whitespace();
    let between = before.chars().next_back().is_some_and(joins) && after.copied().is_some_and(joins);
    matches!(c, '\u{200C}' | '\u{200D}') && !between
}

fn note(seen: &mut Vec<char>, c: char) {
    if !seen.contains(&c) {
        seen.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_visible_line() {
        let line = one_line(" Launch\r\n\te-mail\u{202E} \u{1B}[31m for\u{200B} you\u{A0}");
        assert_eq!(line.text, "Launch e-mail [31m for you");
        assert_eq!(line.dropped, ['\u{202E}', '\u{1B}', '\u{200B}']);
    }

    #[test]
    fn joiners_stay_where_they_are_spelling() {
        assert_eq!(one_line("می\u{200C}خواهم 👩\u{200D}💻").dropped, []);
        assert_eq!(one_line("a\u{200D}b\u{200C}").text, "ab");
    }

    #[test]
    fn a_prompt_keeps_all_but_control_characters() {
        let cleaned = prompt("  one\r\n\ttwo\0\u{7}\rthree\u{200B}\u{85} \n\n");
        assert_eq!(cleaned.text, "  one\n\ttwo\nthree\u{200B}");
        assert_eq!(cleaned.dropped, ['\0', '\u{7}', '\u{85}']);
        assert_eq!(cleaned.hidden, ['\u{200B}']);
    }

    #[test]
    fn nothing_unseen_is_kept_in_a_mark_of_a_variable() {
        let cleaned = prompt("{\u{feff}{a}\u{200d}} \\\u{fe0f}{{b}} 👩\u{200d}💻");
        assert_eq!(cleaned.text, "{{a}} \\{{b}} 👩\u{200d}💻");
    }

    #[test]
    fn a_message_quotes_nothing_that_a_terminal_obeys() {
        assert_eq!(quoted("a\n\t\u{1B}[2J\u{202E}"), "`a\\n\\t\\u{1b}[2J\\u{202e}`");
        assert_eq!(quoted(&"x".repeat(70)), format!("`{}…`", "x".repeat(60)));
        assert_eq!(quoted_list(["a"; 7].into_iter()), "`a`, `a`, `a`, `a`, `a` and 2 more");
    }
}
