//! Which characters would be marks where they stand, so that text reads as itself, and only those are escaped.
//!
//! Two layers. Inside of a line, a character is escaped by what stands right beside it, in [`text`]. At its beginning,
//! a line as a whole may begin a block, which [`guard`] prevents once the line is written. Both err on the side of an
//! escape: a backslash before ASCII punctuation always reads as that character (2.4), so one too many costs a reader a
//! glance, and one too few changes what is said.

use std::borrow::Cow;
use std::fmt::Write as _;

/// What stands around a text on its line.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Around {
    /// The character before it, none at a line's start.
    pub(super) before: Option<char>,
    /// The character after it, none at a line's end.
    pub(super) after: Option<char>,
    /// Whether the block begins with it.
    pub(super) begins: bool,
    /// Whether it stands in the brackets of a link or image.
    pub(super) bracketed: bool,
    /// Whether it stands in a table.
    pub(super) in_row: bool,
    /// The characters that it cannot begin with, because of the reference to a footnote right before it.
    pub(super) barred: &'static str,
    /// Which of its ends must not count as letters for the marks beside them. They are written as entities, because a
    /// backslash before a letter is a backslash.
    pub(super) encode: Ends,
}

/// The first and the last character of a text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Ends {
    pub(super) first: bool,
    pub(super) last: bool,
}

/// Writes a text so that it reads as itself. An end that is encoded is cut off first, so that what is left sees the
/// entity beside it and not the letter.
pub(super) fn text(out: &mut String, text: &str, around: Around) {
    let mut inner = text;
    let mut around = around;
    let mut chars = text.chars();
    if let Some(first) = chars.next().filter(|c| around.encode.first || around.barred.contains(*c)) {
        entity(out, first);
        inner = chars.as_str();
        around.before = Some(';');
        around.begins = false;
    }
    let last = inner.chars().next_back().filter(|_| around.encode.last);
    if let Some(last) = last {
        inner = &inner[..inner.len() - last.len_utf8()];
        around.after = Some('&');
    }
    escaped(out, inner, around);
    if let Some(last) = last {
        entity(out, last);
    }
}

/// A character by its number (2.5), which no parser takes for a mark.
fn entity(out: &mut String, c: char) {
    let _ = write!(out, "&#{};", u32::from(c));
}

/// Writes a text in pieces, each up to a character that may be a mark: most texts have none. It goes by bytes, which is
/// safe because every special one is ASCII, and no byte of a longer character is.
fn escaped(out: &mut String, text: &str, around: Around) {
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate().filter(|(_, byte)| is_special(*byte)) {
        let before = text[..at].chars().next_back().or(around.before);
        let rest = &text[at + 1..];
        let after = rest.chars().next().or(around.after);
        let c = char::from(byte);
        if matches!(c, '\n' | '\r' | '\t') {
            // A line end in a text was written as an entity, and shows as a space.
            out.extend([&text[done..at], " "]);
            done = at + 1;
        } else if is_mark(c, before, after, around, rest) || at == 0 && around.begins && begins_bracket(text) {
            out.extend([&text[done..at], "\\"]);
            done = at;
        }
    }
    out.push_str(&text[done..]);
}

/// A filter before the costlier question: a character with an arm in [`is_mark`] must stand here too, or the arm is
/// never reached. Those that only mean something at a line's beginning are left to [`guard`].
fn is_special(byte: u8) -> bool {
    SPECIAL[usize::from(byte)]
}

/// A table, since each byte of each twin is looked up.
const SPECIAL: [bool; 256] = {
    let marks = b"\\`*_~<[]!&|\n\r\t";
    let (mut table, mut at) = ([false; 256], 0);
    while at < marks.len() {
        table[marks[at] as usize] = true;
        at += 1;
    }
    table
};

/// Whether a character could be read as a mark between these. `before` and `after` are the text's own where it has
/// them, else what stands around it.
fn is_mark(c: char, before: Option<char>, after: Option<char>, around: Around, rest: &str) -> bool {
    let spaced = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        '\\' => after.is_none_or(|c| c.is_ascii_punctuation() || c == '\n'),
        // Always: a run of any length may find its like anywhere below, up to the end of the block (6.1).
        '`' => true,
        '*' => !(spaced(before) && spaced(after)),
        '_' => !(spaced(before) && spaced(after) || word(before) && word(after)),
        // One that can only open does nothing, because every one that could close it is escaped.
        '~' => after == Some('~') || !spaced(before),
        '<' => after.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
        '[' => around.bracketed || matches!(after, Some('[' | '^')),
        // A bracket that nothing follows could be a reference by its label alone (6.3); but a definition of that label
        // is written nowhere, since [`begins_bracket`] sees to it.
        ']' => around.bracketed || matches!(after, Some('[' | '(')),
        '!' => after == Some('['),
        '&' => begins_entity(rest),
        '|' => around.in_row,
        _ => false,
    }
}

/// Whether a block that begins so could be a definition, a note or a check box instead of a text: `[label]: address`
/// (4.7), `[^1]: text`, `[x] text`. A label may go on over lines and pieces, so one that is not closed in the text
/// counts too.
fn begins_bracket(text: &str) -> bool {
    let mut inside = text.chars().skip(1);
    let is_box =
        inside.next().is_some_and(|c| c.is_whitespace() || matches!(c, 'x' | 'X')) && inside.next() == Some(']');
    // A bracket before these is escaped, and does not end what the first one began.
    let after = text.find(']').map(|at| text[at + 1..].chars().next());
    let is_definition = after.is_none_or(|after| matches!(after, None | Some(':' | '(' | '[')));
    text.starts_with('[') && (text[1..].starts_with('!') || is_box || is_definition)
}

/// Whether an `&` before this begins an entity: a name or a number up to a `;`. Whether there is an entity of that name
/// is not asked; the list of HTML is long, and an escape is right in any case.
pub(super) fn begins_entity(rest: &str) -> bool {
    let name = rest.strip_prefix('#').unwrap_or(rest);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    end > 0 && name[end..].starts_with(';')
}

/// A line of text that does not begin a block. It is asked of the line as it is written: with escapes and marks of its
/// own it may begin with another character than the text did.
pub(super) fn guard(line: &str) -> Cow<'_, str> {
    match block_mark(line) {
        Some(at) => Cow::Owned(format!("{}\\{}", &line[..at], &line[at..])),
        None => Cow::Borrowed(line),
    }
}

/// The byte that makes a block of a line that begins so, which is where the backslash goes. What can interrupt a
/// paragraph counts, and what can turn the line above into something else: a row of `=` or `-` makes a heading of it
/// (4.3), a row of `|` and `-` the head of a table (GFM, 4.10), a `:` the term of a definition. Backticks, `~~~` and
/// `<` are escaped in the line already.
fn block_mark(line: &str) -> Option<usize> {
    let first = line.chars().next()?;
    let rest = &line[first.len_utf8()..];
    let only = |of: &str| line.chars().all(|c| of.contains(c));
    let begins = match first {
        '>' | ':' => true,
        '#' => ends_word(line.trim_start_matches('#')),
        '+' => ends_word(rest),
        '-' => ends_word(rest) || only("|:- ") || only("- "),
        '*' => ends_word(rest) || only("* "),
        '_' => only("_ "),
        '=' => only("= "),
        '|' => only("|:- "),
        '0'..='9' => return number_mark(line),
        _ => false,
    };
    begins.then_some(0)
}

/// The mark after the number that would begin a list. The mark is escaped and not the number: a backslash before a
/// digit is a backslash.
fn number_mark(line: &str) -> Option<usize> {
    let after = line.trim_start_matches(|c: char| c.is_ascii_digit());
    (after.starts_with(['.', ')']) && ends_word(&after[1..])).then_some(line.len() - after.len())
}

/// Whether a mark is followed by a blank or the end of the line, without which it begins no block (4.2, 5.2).
fn ends_word(rest: &str) -> bool {
    rest.chars().next().is_none_or(char::is_whitespace)
}

/// A heading's text whose end is not taken for a row of closing marks (4.2), which would be dropped.
pub(super) fn guard_end(line: &str) -> String {
    let kept = line.trim_end_matches('#');
    if kept.len() < line.len() && (kept.is_empty() || kept.ends_with(char::is_whitespace)) {
        return format!("{kept}\\{}", &line[kept.len()..]);
    }
    line.to_owned()
}

/// What a character is to a mark beside it (6.2): white space, punctuation, or anything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Space,
    Letter,
    Punctuation,
    /// A character whose class only a table of Unicode knows. Counted as whatever makes a mark fail, so that it is
    /// encoded.
    Unsure,
}

/// The class of a character; a line's edge is a space.
pub(super) fn class(c: Option<char>) -> Class {
    match c {
        None => Class::Space,
        Some(c) if c.is_whitespace() => Class::Space,
        Some(c) if c.is_alphanumeric() => Class::Letter,
        Some(c) if c.is_ascii_punctuation() || is_symbol(c) => Class::Punctuation,
        Some(_) => Class::Unsure,
    }
}

/// Blocks of Unicode with nothing but punctuation and symbols beside the letters: quotes, dashes, arrows, emoji. It
/// spares those from being encoded beside a mark, where they are common; a block left out costs an entity and breaks
/// nothing.
fn is_symbol(c: char) -> bool {
    matches!(c, '\u{a1}'..='\u{bf}' | '\u{d7}' | '\u{f7}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}'
        | '\u{20a0}'..='\u{20c0}' | '\u{2190}'..='\u{23ff}' | '\u{2500}'..='\u{27bf}' | '\u{3001}'..='\u{3003}'
        | '\u{3008}'..='\u{3011}' | '\u{1f300}'..='\u{1faff}')
}

/// The closing part of a link or image: `](address)`. Its title is left out: a page shows it only to who points at it.
/// Percent signs and no angle brackets for what would end the address (6.3: blanks, controls, brackets that do not
/// pair): an address in angle brackets is read by fewer tools.
pub(super) fn destination(href: &str) -> String {
    let mut out = String::from("](");
    for c in href.chars() {
        match c {
            ' ' | '(' | ')' | '<' | '>' | '`' => percent(&mut out, c),
            c if c.is_control() => percent(&mut out, c),
            '\\' => out.push_str("\\\\"),
            c => out.push(c),
        }
    }
    without_entities(&out) + ")"
}

/// A character in percent-encoding, byte by byte of its UTF-8 (RFC 3986, section 2.1).
fn percent(out: &mut String, c: char) {
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        let _ = write!(out, "%{byte:02X}");
    }
}

/// A text in which no `&` begins an entity, for places in which entities are read and marks are not: addresses and info
/// strings.
pub(super) fn without_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if c == '&' && begins_entity(&text[at + 1..]) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A text as a code span (6.1). Its backticks are one more than the longest run in it. One blank is taken off each end
/// by the reader where both have one, so a text that begins and ends so gets one more, and one that begins or ends with
/// a backtick gets a pair, or its own would be part of the fence.
pub(super) fn code(text: &str, in_row: bool) -> String {
    let ticks = "`".repeat(longest_run(text, '`') + 1);
    let spaced = text.starts_with(' ') && text.ends_with(' ') && !text.trim_matches(' ').is_empty();
    let pad = if spaced || text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    let text = if in_row { text.replace('|', "\\|") } else { text.to_owned() };
    format!("{ticks}{pad}{text}{pad}{ticks}")
}

/// The length of the longest run of a character, in characters.
pub(super) fn longest_run(text: &str, of: char) -> usize {
    let mut longest = 0;
    let mut run = 0;
    for c in text.chars() {
        run = if c == of { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}
