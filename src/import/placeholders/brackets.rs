//! Words between brackets.

/// The most characters of a placeholder's name.
pub(super) const MOST_NAME: usize = 100;

/// The lower-case word of at least two letters in single braces at this position.
pub(super) fn word_in_braces(text: &str, start: usize) -> Option<&str> {
    let label = enclosed(text, start, '}')?;
    let first = label.starts_with(|c: char| c.is_ascii_lowercase());
    let all = label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    let free = is_free(text[..start].chars().next_back()) && !text[start + label.len() + 2..].starts_with('}');
    (first && all && label.len() >= 2 && free).then_some(label)
}

/// The text from a position on, but not more than so many bytes: looking ahead has to end somewhere, or a text
/// of open braces takes for ever.
pub(super) fn window(text: &str, from: usize, most: usize) -> &str {
    let mut end = text.len().min(from + most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[from..end]
}

/// The words between brackets on one line, without brackets inside.
pub(super) fn enclosed(text: &str, start: usize, close: char) -> Option<&str> {
    let inner = window(text, start + 1, MOST_NAME);
    let end = inner.find(['\n', '{', '}', '[', ']', '<', '>'])?;
    (end > 0 && inner[end..].starts_with(close)).then_some(&inner[..end])
}

/// Whether a brace stands where a word could: not behind a letter, a path or an operator.
pub(super) fn is_free(before: Option<char>) -> bool {
    before.is_none_or(|c| c.is_whitespace() || !c.is_ascii() || "(\"':-*>,".contains(c))
}
