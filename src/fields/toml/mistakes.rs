//! Mistakes of TOML, in words for people who do not write it every day.

use std::ops::Range;

use toml::de::Error;

use super::super::guard::Doubt;
use super::super::parsed::Mistake;
use super::super::quotes::QUOTES;
use super::super::syntax::quoted;
use crate::diagnostics::{Diagnostic, Rule};
use crate::text::{Source, Span};

/// The errors of a parse as mistakes. What a parser says after its first error on a line is an echo of that one, so one
/// is reported a line; and a list that is never closed turns every line after it into an echo.
pub(super) fn of(source: &Source, range: &Range<usize>, errors: &[Error]) -> Vec<Mistake> {
    let mut places = places(source, range, errors);
    if let Some(at) = places.iter().position(|place| place.error.starts_with("unexpected `=` in array")) {
        places.truncate(at + 1);
        places.retain(|place| !place.is_echo_of_open_list());
    }
    places.dedup_by_key(|place| place.line.start);
    let mut mistakes: Vec<Mistake> = Vec::with_capacity(places.len());
    let mut lost = 0;
    for (nth, place) in places.iter().enumerate() {
        // What stands in lines that are left out anyway is an echo of the mistake for which they are.
        if place.range.start < lost {
            continue;
        }
        let second = places.get(nth + 1).filter(|next| place.goes_on_in(next));
        let lines = place.lost(source, range).map(|lines| lines.start..second.map_or(lines.end, |next| next.line.end));
        lost = lines.as_ref().map_or(lost, |lines| lines.end.max(lost));
        let is_value = second.is_none() && !place.error.starts_with("duplicate key");
        let problem = place.problem(source);
        let problem = if second.is_some() { problem.help(SEVERAL_LINES) } else { problem };
        // Lines that are left out are looked at where they are; what the parser has left out itself only here.
        let doubt = if lines.is_some() { Doubt::default() } else { place.doubt() };
        mistakes.push(Mistake { problem, lines, value: place.value().filter(|_| is_value), doubt });
    }
    mistakes
}

/// Where the errors are, in the order of the text. A line may have as many as it has characters, so that each is looked for
/// once.
fn places<'s>(source: &'s Source, front: &Range<usize>, errors: &'s [Error]) -> Vec<Place<'s>> {
    let range = |error: &Error| {
        let span = error.span().unwrap_or(0..0);
        let end = source.text.floor_char_boundary((front.start + span.end).min(front.end));
        source.text.floor_char_boundary(front.start + span.start).min(end)..end
    };
    let mut ranges: Vec<(Range<usize>, &Error)> = errors.iter().map(|error| (range(error), error)).collect();
    ranges.sort_by_key(|(range, _)| range.start);
    let mut line = 0..0;
    let mut places = Vec::with_capacity(ranges.len());
    for (nth, (range, error)) in ranges.into_iter().enumerate() {
        if nth == 0 || range.start > line.end {
            // Front matter without its first line may begin within a line, behind a mark of the byte order.
            let start = source.text[..range.start].rfind('\n').map_or(0, |nl| nl + 1).max(front.start);
            line = start..source.text[start..].find('\n').map_or(source.text.len(), |nl| start + nl);
        }
        places.push(Place {
            error: error.message(),
            text: &source.text[line.clone()],
            code: &source.text[range.clone()],
            line: line.clone(),
            range,
        });
    }
    places
}

const BACKSLASH: (&str, &str) =
    ("a backslash has a meaning of its own here", "write two of them, or put the text in single quotes: `'C:\\new'`");

/// What the parser says of texts, and what that means.
const OF_TEXT: &[(&str, &str, &str)] = &[
    ("too few unicode value digits", BACKSLASH.0, BACKSLASH.1),
    ("missing opening quote", "text without a quote at its start", "put `\"` before it"),
    (
        "invalid basic string",
        "text without a quote at its end",
        "put `\"` after it; text of several lines stands between `\"\"\"` and `\"\"\"`",
    ),
    (
        "invalid literal string",
        "text without a quote at its end",
        "put `'` after it; text of several lines stands between `'''` and `'''`",
    ),
    ("invalid multi-line", "the text that begins here has no end", "repeat the three quotes after its last line"),
    ("missing escaped value", BACKSLASH.0, BACKSLASH.1),
];

/// What to do about a text that goes on in the next line.
const SEVERAL_LINES: &str = "put it on one line; text of several lines stands between `\"\"\"` and `\"\"\"`";

/// Where the parser stopped, and what it said.
struct Place<'s> {
    /// Its own words.
    error: &'s str,
    /// Bytes of the source.
    range: Range<usize>,
    /// The line that it begins on.
    line: Range<usize>,
    /// That line's text.
    text: &'s str,
    /// The text of `range`.
    code: &'s str,
}

/// Words for a mistake: what is wrong, and what to do.
type Words = (String, String);

impl<'s> Place<'s> {
    fn problem(&self, source: &Source) -> Diagnostic {
        let (message, help) = self.words();
        let rule = if self.error.contains("recurs") { Rule::TooLarge } else { Rule::FrontMatterSyntax };
        let problem = Diagnostic::new(rule, Span::new(source.id, self.shown(source)), message).help(help);
        if self.is_bare_text() { problem.fix(quoted(self.code.trim_matches(QUOTES))) } else { problem }
    }

    /// Whether this is a text without an end and the next line is the rest of it.
    fn goes_on_in(&self, next: &Self) -> bool {
        let is_open =
            ["invalid basic string", "invalid literal string"].iter().any(|open| self.error.starts_with(open));
        is_open && next.line.start == self.line.end + 1 && !next.text.contains('=')
    }

    /// What has to be left out to read what else there is; nothing where the parser has left it out itself.
    fn lost(&self, source: &Source, front: &Range<usize>) -> Option<Range<usize>> {
        if self.error.starts_with("duplicate key") {
            return None;
        }
        if self.error.starts_with("unexpected `=` in array") {
            return Some(self.open_list(source, front)..self.line.start);
        }
        if self.error.starts_with("unclosed array,") || self.error.starts_with("invalid multi-line") {
            return Some(self.open_list(source, front)..front.end);
        }
        let end = (self.line.end + 1).min(front.end);
        if !self.text.trim_start().starts_with('[') {
            return Some(self.line.start..end.max(self.range.end.min(front.end)));
        }
        // Without its heading the keys below it would be those of another table.
        let next = source.text[end..front.end].split_inclusive('\n').scan(end, |at, line| {
            let start = *at;
            *at += line.len();
            Some((start, line))
        });
        let heading = next.into_iter().find(|(_, line)| line.trim_start().starts_with('['));
        Some(self.line.start..heading.map_or(front.end, |(start, _)| start))
    }

    /// Where the line begins that opens the list or text that this place is in.
    fn open_list(&self, source: &Source, front: &Range<usize>) -> usize {
        let shown = self.shown(source).start.min(self.line.start);
        let before = &source.text[front.start..shown];
        let mut at = shown;
        for line in before.split_inclusive('\n').rev() {
            at -= line.len();
            if line.contains('=') {
                return at;
            }
        }
        front.start
    }

    /// The bytes of the value of a line `key = value`, without a comment behind it.
    fn value(&self) -> Option<Range<usize>> {
        let after = self.text.split_once('=')?.1;
        let value = after.trim_start();
        let start = self.line.start + self.text.len() - value.len();
        // In a text that lacks its second quote nobody knows where a comment begins.
        let is_quoted = value.starts_with(['"', '\'']);
        let length = value.find(" #").filter(|_| !is_quoted).unwrap_or(value.len());
        let length = value[..length].trim_end().len();
        (length > 0).then(|| start..start + length)
    }

    /// What a line that was left out may have said. One whose value goes on in the next lines may have said anything.
    fn doubt(&self) -> Doubt {
        let value = self.text.split_once('=').map_or("", |(_, value)| value.trim());
        let is_open = |(opening, closing)| value.starts_with(opening) && !value.contains(closing);
        let goes_on = [('{', '}'), ('[', ']')].into_iter().any(is_open);
        let is_block = ["\"\"\"", "'''"].iter().any(|mark| value.matches(mark).count() == 1);
        if goes_on || is_block { Doubt::ALL } else { Doubt::of_lost(self.text) }
    }

    /// Errors before the `=` that shows that a list is open: they stand where a line begins.
    fn is_echo_of_open_list(&self) -> bool {
        let at_line_start = self.before().trim().is_empty();
        at_line_start && !self.error.starts_with("unexpected `=` in array")
    }

    /// The place that a reader looks for.
    fn shown(&self, source: &Source) -> Range<usize> {
        let Range { start, end } = self.range;
        let line = self.line.start;
        if self.error.starts_with("unexpected `=` in array") {
            return line..line + self.before().trim_end().len();
        }
        if self.error.starts_with("invalid unquoted key") {
            return line..line + self.text.split('=').next().unwrap_or_default().trim_end().len();
        }
        if self.error.starts_with("invalid multi-line") {
            let mark = if self.error.contains("literal") { "'''" } else { "\"\"\"" };
            return source.text[..start].rfind(mark).map_or(start..end, |at| at..at + mark.len());
        }
        if self.error.starts_with("missing escaped value") && self.before().ends_with('\\') {
            return start - 1..end;
        }
        if self.is_number() || self.colon_key().is_some() {
            let value = self.text.trim_end();
            let key_end = value.find([':', '=']).map_or(0, |at| at + 1);
            let begin = value.len() - value[key_end..].trim_start().len();
            return if self.is_number() { line + begin..line + value.len() } else { line..line + key_end };
        }
        start..end
    }

    fn words(&self) -> Words {
        self.words_of_line().or_else(|| self.words_of_text()).or_else(|| self.words_of_list()).unwrap_or_else(|| {
            let help = "text needs quotes, lists need brackets, dates stand without quotes: \
                        `handbook explain front-matter-syntax`";
            words(&format!("this is not valid TOML: {}", self.error.replace('\n', ", ")), help)
        })
    }

    /// Mistakes that the whole line shows: another format than TOML, or no format at all.
    fn words_of_line(&self) -> Option<Words> {
        if let Some(key) = self.colon_key() {
            let help = format!("write `{key} = …`, with text in quotes and lists in brackets");
            return Some(("a colon stands where an equals sign belongs".to_owned(), help));
        }
        if self.text.trim_start().starts_with("//") {
            return Some(words("a comment does not begin with `//` here", "write `#` in its place"));
        }
        if self.text.trim_start().starts_with("- ") {
            return Some(words(
                "a list is not written with hyphens here",
                "write it in brackets: `tags = [\"launch\", \"email\"]`",
            ));
        }
        let key = self.text.split('=').next().unwrap_or_default().trim();
        match self.error.split(", expected").next().unwrap_or_default() {
            "duplicate key" if self.text.trim_start().starts_with('[') => Some(words(
                &format!("`{}` stands here for the second time", self.text.trim()),
                "put both parts together",
            )),
            "duplicate key" => Some(words(&format!("`{}` is written twice", self.code), "keep one of the two")),
            "key with no value" if self.text.contains('=') => {
                Some(words(&format!("`{key}` is not a key"), "a key has no spaces: letters, digits, `-` and `_`"))
            }
            "key with no value" => Some(words("the line has no `=`", "write `key = value`, or `#` before a comment")),
            "unquoted keys cannot be empty" => Some(words("there is no key before `=`", "write `key = value`")),
            "invalid unquoted key" => {
                Some(words(&format!("`{key}` is not a key"), "a key has letters from `a` to `z`, digits, `-` and `_`"))
            }
            "string values must be quoted" if self.code.is_empty() => {
                Some(words(&format!("`{key}` has no value"), "write one after `=`, or take the line away"))
            }
            _ => None,
        }
    }

    fn words_of_text(&self) -> Option<Words> {
        let error = self.error;
        if error.starts_with("invalid date") || error.starts_with("invalid time") {
            let written = if self.code.is_empty() { self.text[self.value_start()..].trim() } else { self.code };
            let message = format!("`{written}` is not a date");
            return Some(words(&message, "a date is written year, month, day, with two digits each: `2026-05-04`"));
        }
        if self.is_number() {
            let message = format!("`{}` is neither a date nor a number", self.text[self.value_start()..].trim());
            return Some(words(&message, "a date is written year, month, day: `2026-05-04`; a number has digits only"));
        }
        if self.is_bare_text() {
            return Some(words("text without quotes", "text stands in straight quotes"));
        }
        if self.is_bare_word() {
            return Some(words("text without quotes", "text stands in straight quotes"));
        }
        if self.is_bare_truth() {
            let message = format!("`{}` has no quotes", self.code);
            return Some(words(&message, "write `true` or `false`, or put text in quotes"));
        }
        if error.starts_with("string values must be quoted") {
            let rest = self.text[self.value_start()..].trim().trim_end_matches(',');
            let items: Vec<String> = rest.split(',').map(|item| format!("\"{}\"", item.trim())).collect();
            let help = format!("text stands in quotes: `\"{rest}\"`; a list in brackets: `[{}]`", items.join(", "));
            return Some(words("text without quotes", &help));
        }
        let found = OF_TEXT.iter().find(|(start, ..)| error.starts_with(start));
        found.map(|(_, message, help)| words(message, help))
    }

    fn words_of_list(&self) -> Option<Words> {
        if self.error.starts_with("unexpected key or value") {
            let help = if self.text.matches('"').count() > 2 {
                "text with quotes in it stands in single quotes: `'The \"best\" one'`"
            } else if self.text.matches('\'').count() > 2 {
                "text with an apostrophe in it stands in double quotes: `\"It's ours\"`"
            } else {
                "a list stands in brackets, and each key on a line of its own"
            };
            return Some(words("there is more on the line after the value", help));
        }
        let told = [
            ("unexpected `=` in array", "the list above is not closed", "put `]` after its last item"),
            ("unclosed array,", "the list is not closed", "put `]` after its last item"),
            (
                "missing comma between array",
                "a comma is missing before this",
                "put a comma between the items of a list",
            ),
            ("missing comma between key", "a comma is missing before this", "put a comma between the keys in braces"),
            ("extra comma", "a comma too many", "take it away"),
            ("extra `=`", "an equals sign too many", "write one `=`"),
            ("unclosed inline table", "the braces are not closed", "put `}` after the last value"),
            ("unclosed table", "the heading is not closed", "put `]` at its end"),
            ("unclosed array table", "the heading is not closed", "put `]]` at its end"),
            ("cannot recurse", "lists are nested too deep", "a list in a list is the most that any field takes"),
        ];
        let found = told.iter().find(|(start, ..)| self.error.starts_with(start));
        found.map(|(_, message, help)| words(message, help))
    }

    /// The line up to the place.
    fn before(&self) -> &'s str {
        &self.text[..self.range.start - self.line.start]
    }

    /// Where the value begins on the line.
    fn value_start(&self) -> usize {
        self.text.find('=').map_or(0, |at| at + 1)
    }

    /// The key of a line that is written `key: value`.
    fn colon_key(&self) -> Option<&'s str> {
        let (key, _) = self.text.split_once([':', '=']).filter(|(key, _)| self.text[key.len()..].starts_with(':'))?;
        let is_key = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
        (!key.trim().is_empty() && key.chars().all(is_key)).then_some(key.trim())
    }

    /// One text without quotes, which quotes would mend.
    fn is_bare_text(&self) -> bool {
        let after = self.text.get(self.range.end - self.line.start..).unwrap_or_default();
        let alone = || !after.trim_start().starts_with(',');
        let in_list = self.before().contains('[');
        let unquoted = self.error.starts_with("string values must be quoted") && !self.code.is_empty();
        unquoted && !self.is_bare_truth() && (in_list || alone())
    }

    /// A word that the parser took for the beginning of a number or of true or false: `in-review`, `team`, `finance`.
    fn is_bare_word(&self) -> bool {
        let is_guess =
            ["invalid float", "invalid boolean", "invalid integer"].iter().any(|guess| self.error.starts_with(guess));
        let value = self.text[self.value_start()..].trim_start().trim_start_matches('[');
        is_guess && value.starts_with(char::is_alphabetic) && !self.is_bare_truth()
    }

    /// True or false in other words.
    fn is_bare_truth(&self) -> bool {
        let words = ["yes", "no", "on", "off", "true", "false"];
        words.iter().any(|word| self.code.eq_ignore_ascii_case(word))
    }

    /// Digits with dots, slashes or hyphens, nothing else: a date or number in another spelling.
    fn is_number(&self) -> bool {
        let value = self.text[self.value_start()..].trim();
        value.starts_with(|c: char| c.is_ascii_digit())
            && value.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '/' | '-' | ',' | ' '))
    }
}

fn words(message: &str, help: &str) -> Words {
    (message.to_owned(), help.to_owned())
}
