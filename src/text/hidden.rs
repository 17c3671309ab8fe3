//! Characters that a person does not see and a model reads.
//!
//! They can carry instructions past a reader, so they are warned about and stripped from what is published.

use std::borrow::Cow;

/// Whether a character is invisible and has no place in plain prose: tag characters, zero-width spaces,
/// bidirectional overrides and isolates, interlinear marks, stray byte-order marks, control characters, and code
/// points that Unicode keeps from being characters, which XML cannot hold.
///
/// The zero-width joiner and non-joiner and the left-to-right and right-to-left marks stay: emoji and many
/// scripts are spelt with them. Line feed and tab stay.
pub fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{fdd0}'..='\u{fdef}' | '\u{e0000}'..='\u{e007f}')
        || u32::from(c) & 0xfffe == 0xfffe
}

/// The text without hidden characters; borrowed when there are none.
pub fn strip(text: &str) -> Cow<'_, str> {
    if find(text).is_none() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|c| !is_hidden(*c)).collect())
}

/// The byte and the character of the first hidden one. A carriage return before a line feed is a line end, not hidden.
pub fn find(text: &str) -> Option<(usize, char)> {
    // Nearly all text is free of them. Counting in every byte without a way out in between is what a processor
    // does many bytes at a time.
    let suspects =
        |bytes: &[u8]| bytes.iter().map(|b| u32::from(!matches!(b, 0x20..0x7f | b'\n' | b'\t'))).sum::<u32>();
    if text.as_bytes().chunks(256).all(|bytes| suspects(bytes) == 0) {
        return None;
    }
    text.char_indices().find(|&(at, c)| is_hidden(c) && !(c == '\r' && text[at + 1..].starts_with('\n')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strips_what_cannot_be_seen() {
        assert_eq!(strip("a\u{200b}b\u{e0041}c"), "abc");
        assert_eq!(strip("می\u{200c}خواهم 👩\u{200d}💻"), "می\u{200c}خواهم 👩\u{200d}💻");
        assert_eq!(strip("a\u{ffff}\u{1fffe}\u{fdd0}b\u{fffd}"), "ab\u{fffd}");
        assert!(find("a\r\nb").is_none());
    }
}
