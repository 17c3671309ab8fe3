//! The styles in which other tools write placeholders, and how far each is trusted.

use crate::import::placeholders::brackets::{MOST_NAME, enclosed, is_free, window, word_in_braces};
use crate::import::placeholders::surroundings::Surroundings;

/// The most bytes of a default; what is longer is no default but an open brace.
const MOST_DEFAULT: usize = 8000;

/// What begins at a position of the text.
#[derive(Debug)]
pub(super) enum Reading<'t> {
    /// A placeholder.
    Placeholder(Mark<'t>),
    /// Syntax of a programming or template language, up to this position.
    Odd(usize),
    /// Text that may be a blank, up to this position.
    Perhaps(usize),
    /// Nothing of interest.
    Text,
}

/// A placeholder in the text.
#[derive(Debug)]
pub(super) struct Mark<'t> {
    /// The placeholder as it is written.
    pub original: &'t str,
    /// The position behind it.
    pub end: usize,
    /// Its words.
    pub label: &'t str,
    /// The value it has when none is given.
    pub default: Option<&'t str>,
    /// A value that shows what is meant.
    pub example: Option<&'t str>,
}

/// Reads what begins at a `$`, `{`, `[` or `<`.
pub(super) fn read<'t>(text: &'t str, start: usize, around: &Surroundings<'_>) -> Reading<'t> {
    let rest = &text[start..];
    let before = text[..start].chars().next_back();
    let reading = if rest.starts_with("${") {
        dollar(text, start)
    } else if rest.starts_with("{{") {
        double(text, start, before, around)
    } else if rest.starts_with('{') {
        single(text, start, before, around)
    } else if rest.starts_with('[') {
        square(text, start, before, around)
    } else if rest.starts_with('<') {
        angle(text, start, before, around)
    } else {
        Reading::Text
    };
    match reading {
        // A backslash would make the variable literal text, and says that the author wanted just that. A brace
        // in front is part of the value's surroundings only where the style has its own sign.
        Reading::Placeholder(mark) if before == Some('\\') || before == Some('{') && is_nested(text, start) => {
            Reading::Odd(mark.end)
        }
        other => other,
    }
}

/// Whether the brace before a position belongs to it, as in `{{{name}}}` and `${${name}}`, or would not be read as
/// a brace of its own, as in `\{${name}`.
fn is_nested(text: &str, start: usize) -> bool {
    let before = &text[..start];
    !text[start..].starts_with('$') || ["${", "{{", "\\{"].iter().any(|bound| before.ends_with(bound))
}

/// `${name}`, `${name:default}`, `${input:name}` and `${input:name:example}`.
fn dollar(text: &str, start: usize) -> Reading<'_> {
    let inner = start + 2;
    let length = text[inner..].find(|c| !is_name_character(c)).unwrap_or(text.len() - inner);
    let label = text[inner..inner + length].trim();
    let stop = inner + length;
    if !is_name(label) {
        return odd(text, inner, "}");
    }
    match text[stop..].chars().next() {
        Some('}') => Reading::Placeholder(mark(text, start, stop + 1, label)),
        Some(':') => with_default(text, start, stop + 1, label),
        _ => odd(text, inner, "}"),
    }
}

/// The part of `${name:default}` behind the colon.
fn with_default<'t>(text: &'t str, start: usize, from: usize, label: &'t str) -> Reading<'t> {
    let Some(end) = closing_brace(text, from).filter(|end| !is_shell(label, &text[from..*end])) else {
        return odd(text, from, "}");
    };
    let value = text[from..end].trim();
    let plain = mark(text, start, end + 1, label);
    Reading::Placeholder(if label == "input" && is_input(value) {
        let (label, example) = value.split_once(':').unwrap_or((value, ""));
        Mark { label, example: some(example), ..plain }
    } else {
        Mark { default: some(value), ..plain }
    })
}

/// `{{name}}`, with or without spaces inside.
fn double<'t>(text: &'t str, start: usize, before: Option<char>, around: &Surroundings<'_>) -> Reading<'t> {
    let inner = start + 2;
    let length = text[inner..].find(|c| !is_name_character(c)).unwrap_or(text.len() - inner);
    let label = text[inner..inner + length].trim();
    let closed = text[inner + length..].starts_with("}}");
    let section = label == "else" && around.has_sections;
    if closed && is_name(label) && before != Some('$') && !section && !is_demonstration(label) {
        Reading::Placeholder(mark(text, start, inner + length + 2, label))
    } else {
        odd(text, inner, "}}")
    }
}

/// `{TWO_WORDS}` and, where the text has shown that it means blanks, `{word}`.
fn single<'t>(text: &'t str, start: usize, before: Option<char>, around: &Surroundings<'_>) -> Reading<'t> {
    let Some(label) = enclosed(text, start, '}').filter(|_| around.is_prose(start)) else { return Reading::Text };
    let end = start + label.len() + 2;
    if !is_free(before) || text[end..].starts_with(['{', '(', '[', '=']) {
        Reading::Text
    } else if is_shouted(label) {
        Reading::Placeholder(mark(text, start, end, label))
    } else if word_in_braces(text, start).is_none() {
        Reading::Text
    } else if around.braces_are_blanks {
        Reading::Placeholder(mark(text, start, end, label))
    } else {
        Reading::Perhaps(end)
    }
}

/// `[TWO WORDS]`, `[your …]`, `[insert …]`, but no link, image, task box or index.
fn square<'t>(text: &'t str, start: usize, before: Option<char>, around: &Surroundings<'_>) -> Reading<'t> {
    let Some(label) = enclosed(text, start, ']').filter(|_| around.is_prose(start)) else { return Reading::Text };
    let end = start + label.len() + 2;
    let after = &text[end..];
    let indexed = before.is_some_and(|c| c.is_ascii_alphanumeric() || "!])".contains(c));
    if indexed || after.starts_with(['(', '[']) || is_definition(after) {
        Reading::Text
    } else if is_plain(label) {
        Reading::Placeholder(mark(text, start, end, label))
    } else if is_likely(label) {
        Reading::Perhaps(end)
    } else {
        Reading::Text
    }
}

/// `<TWO_WORDS>` and `<your …>`, but no tag and no type parameter.
fn angle<'t>(text: &'t str, start: usize, before: Option<char>, around: &Surroundings<'_>) -> Reading<'t> {
    let Some(label) = enclosed(text, start, '>').filter(|_| around.is_prose(start)) else { return Reading::Text };
    let end = start + label.len() + 2;
    let in_code = before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '<') || text[end..].starts_with('>');
    if !in_code && is_plain(label) && !around.closes_tag(label) {
        Reading::Placeholder(mark(text, start, end, label))
    } else {
        Reading::Text
    }
}

fn mark<'t>(text: &'t str, start: usize, end: usize, label: &'t str) -> Mark<'t> {
    Mark { original: &text[start..end], end, label, default: None, example: None }
}

/// Foreign syntax up to its closing sign, if that is near.
fn odd<'t>(text: &'t str, from: usize, close: &str) -> Reading<'t> {
    let line = window(text, from, MOST_NAME);
    let line = line.split('\n').next().unwrap_or(line);
    line.find(close).map_or(Reading::Text, |at| Reading::Odd(from + at + close.len()))
}

/// The brace that ends a default; braces inside come in pairs, and none of them starts a placeholder.
fn closing_brace(text: &str, from: usize) -> Option<usize> {
    let window = window(text, from, MOST_DEFAULT);
    let mut depth = 0_usize;
    for (at, c) in window.char_indices() {
        match c {
            '{' if window[at..].starts_with("{{") || window[..at].ends_with('$') => return None,
            '{' => depth += 1,
            '}' if depth == 0 => return Some(from + at),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

fn some(value: &str) -> Option<&str> {
    (!value.is_empty()).then_some(value)
}

/// Characters of a name; signs between letters are looked at by [`is_name`].
fn is_name_character(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | ' ' | '-' | '/' | '&' | '\'' | '’')
}

/// Whether words in braces are a name: words, spaces and hyphens; other signs only between the letters of a phrase.
fn is_name(label: &str) -> bool {
    let fits = label.chars().count() <= MOST_NAME && label.chars().any(char::is_alphabetic);
    let phrase = label.contains(' ');
    fits && !label.contains(" - ")
        && label.char_indices().all(|(at, c)| {
            let letters = label[..at].ends_with(char::is_alphabetic)
                && label[at + c.len_utf8()..].starts_with(char::is_alphabetic);
            !matches!(c, '/' | '&' | '\'' | '’') || phrase && letters
        })
}

/// Whether `${NAME:-value}` is a shell's, where the sign behind the colon says what to do.
fn is_shell(label: &str, value: &str) -> bool {
    let constant = label.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
    constant && value.starts_with(['-', '=', '?', '+'])
}

/// Whether what follows `input:` is a name, with or without an example.
fn is_input(value: &str) -> bool {
    let name = value.split(':').next().unwrap_or_default();
    let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
    name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.bytes().all(word)
}

/// Whether a phrase shows how something will be marked, as in “when I use {{code here}}”.
fn is_demonstration(label: &str) -> bool {
    let mut words = label.split(' ');
    let asks = words.next().is_some_and(|word| VERBS.contains(&word.to_lowercase().as_str()));
    !asks && words.next_back().is_some_and(|word| matches!(word, "here" | "this"))
}

/// Words that ask the reader for something at the start of a blank.
const VERBS: [&str; 6] = ["insert", "your", "enter", "paste", "add", "fill"];
/// First words of markers that are no blanks: `[END OF TEXT]`.
const MARKERS: [&str; 14] = [
    "BEGIN",
    "END",
    "START",
    "STOP",
    "NO",
    "NOT",
    "NOTE",
    "WARNING",
    "IMPORTANT",
    "STEP",
    "SECTION",
    "SYSTEM",
    "DO",
    "IF",
];
/// Single words that, in capitals, are blanks wherever they are found; none is an HTML tag or a part of a song.
const BLANKS: [&str; 18] = [
    "NAME", "COMPANY", "BRAND", "PRODUCT", "TOPIC", "AUDIENCE", "INDUSTRY", "CITY", "COUNTRY", "LANGUAGE", "TONE",
    "GOAL", "ROLE", "DATE", "URL", "LOCATION", "CUSTOMER", "KEYWORD",
];

/// Whether words in brackets can be nothing but a blank.
fn is_plain(label: &str) -> bool {
    is_shouted(label) || asks(label)
}

/// Whether words are two or more in capitals, or one that is known.
fn is_shouted(label: &str) -> bool {
    let words: Vec<&str> = label.split([' ', '_']).collect();
    let capitals = label
        .chars()
        .all(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, ' ' | '_' | '&' | '/' | '\'' | '’'));
    let lettered =
        words.iter().all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) || *word == "&");
    let long = words.iter().any(|word| word.chars().filter(|c| c.is_uppercase()).count() >= 3);
    match words.as_slice() {
        [word] => BLANKS.contains(word),
        [first, ..] => capitals && lettered && long && !MARKERS.contains(first),
        [] => false,
    }
}

/// Whether a phrase asks the reader for something: `[your field]`, `[Insert the date]`.
fn asks(label: &str) -> bool {
    const MOST_WORDS: usize = 6;
    let mut words = label.split(' ');
    let verb = words.next().is_some_and(|word| VERBS[..4].contains(&word.to_lowercase().as_str()));
    let rest: Vec<&str> = words.collect();
    let named = rest.iter().any(|word| word.chars().filter(|c| c.is_alphabetic()).count() >= 2);
    let clean = label.chars().all(|c| c.is_alphanumeric() || " _-/&'’,.".contains(c));
    verb && named && clean && rest.len() < MOST_WORDS
}

/// Whether words in square brackets may be a blank: a few words and nothing else.
fn is_likely(label: &str) -> bool {
    const MOST_WORDS: usize = 4;
    let letters = label.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '_' | '/' | '-'));
    letters && label.chars().count() >= 3 && label.split(' ').count() <= MOST_WORDS && !label.starts_with(' ')
}

/// Whether `]` is followed by a link's address, so that the brackets define a reference.
fn is_definition(after: &str) -> bool {
    after.strip_prefix(':').is_some_and(|rest| {
        let address = rest.trim_start_matches(' ');
        ["http", "<", "/", "./", "#", "mailto:"].iter().any(|start| address.starts_with(start))
    })
}
