//! Characters that a person does not see and a model reads.
//!
//! They can carry instructions past a reader, so they are warned about and stripped from what is published.

use std::borrow::Cow;

/// Whether a character is invisible and has no place in plain prose: tag characters, zero-width spaces, fillers and
/// blanks that are no spaces, bidirectional overrides and isolates, selectors of ideographs, marks of musical notes,
/// interlinear marks, stray byte-order marks, control characters, and code points that Unicode keeps from being
/// characters, which XML cannot hold.
///
/// Joiners, directional marks and the selectors of emoji are invisible too, but emoji and many scripts are spelt with
/// them: whether one is hidden depends on what stands around it, which only [`find`] and [`strip`] see. Line feed and
/// tab stay.
pub fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0d}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}' | '\u{fdd0}'..='\u{fdef}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
        || u32::from(c) & 0xfffe == 0xfffe
}

/// The text without hidden characters; borrowed when there are none.
pub fn strip(text: &str) -> Cow<'_, str> {
    if find(text).is_none() {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut before = None;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if !is_hidden_between(before, c, rest.peek().copied()) {
            kept.push(c);
            before = Some(c);
        }
    }
    Cow::Owned(kept)
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
    let mut before = None;
    text.char_indices().find(|&(at, c)| {
        let last = before.replace(c);
        let after = || text[at + c.len_utf8()..].chars().next();
        is_suspect(c) && is_hidden_between(last, c, after()) && !(c == '\r' && after() == Some('\n'))
    })
}

/// Whether a character may be hidden, if what stands around it does not speak for it.
fn is_suspect(c: char) -> bool {
    is_hidden(c) || is_mark(c) || is_selector(c)
}

/// Whether a character is hidden, given what is shown before it and stands behind it.
fn is_hidden_between(before: Option<char>, c: char, after: Option<char>) -> bool {
    if is_selector(c) {
        // A selector shows a sign as text or in colour: one for each.
        let is_keycap = after == Some('\u{20e3}') && before.is_none_or(|b| matches!(b, '0'..='9' | '#' | '*'));
        return !is_keycap && !before.is_some_and(is_sign);
    }
    if is_mark(c) {
        // A second one changes nothing that is seen, and between letters of Latin script a joiner changes nothing.
        let is_used = || before.is_some_and(joins) || after.is_some_and(|c| joins(c) && !is_selector(c));
        return before.is_some_and(is_mark) || is_joiner(c) && !is_used();
    }
    is_hidden(c)
}

/// The zero-width joiner and non-joiner, and the left-to-right and right-to-left marks.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{200c}'..='\u{200f}')
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// The selectors that show a sign as text or as an emoji.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe0e}' | '\u{fe0f}')
}

/// Whether a character can have a joiner beside it: an emoji, or a letter that is not of Latin script.
fn joins(c: char) -> bool {
    let is_latin = matches!(c, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
    let is_space_or_dash = matches!(c, '\u{2000}'..='\u{206f}' | '\u{3000}');
    !is_latin && !is_space_or_dash && !is_hidden(c)
}

/// Whether a character is one of those that exist as text and as an emoji.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2190}'..='\u{2bff}'
        | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}' | '\u{1f000}'..='\u{1faff}')
        && !is_hidden(c)
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

    #[test]
    fn selectors_fillers_and_blanks_cannot_carry_anything() {
        for c in "\u{e0100}\u{e01ef}\u{fe00}\u{fe0d}\u{61c}\u{34f}\u{115f}\u{1160}\u{3164}\u{ffa0}\u{2800}\u{17b4}\u{17b5}\u{180b}\u{180d}\u{180f}\u{1d173}\u{1d17a}\u{e0080}\u{e0fff}".chars() {
            assert_eq!(strip(&format!("a{c}b")), "ab", "{c:?}");
            assert_eq!(strip(&format!("字{c}字")), "字字", "{c:?}");
        }
        assert_eq!(strip("😀\u{fe0f}\u{fe0e}\u{fe0f}!\u{fe0f}a\u{fe0e}"), "😀\u{fe0f}!a");
    }

    #[test]
    fn joiners_stay_where_a_script_or_an_emoji_needs_them() {
        for text in [
            "می\u{200c}خواهم",
            "PDF\u{200c}ها",
            "क्\u{200d}ष",
            "ه\u{200d} (ق)",
            "❤\u{fe0f}\u{200d}🔥",
            "🏳\u{fe0f}\u{200d}⚧\u{fe0f}",
            "👩🏽\u{200d}💻",
            "1\u{fe0f}\u{20e3} #\u{fe0f}\u{20e3} ☎\u{fe0e} ©\u{fe0f}",
            "C++\u{200e} עברית",
        ] {
            assert_eq!(strip(text), text);
        }
        assert_eq!(strip("a\u{200d}b \u{200c} é\u{200d}é\u{200d}"), "ab  éé");
        assert_eq!(strip("ن\u{200c}\u{200d}\u{200c}\u{200b}\u{200c}ن"), "ن\u{200c}ن");
        assert_eq!(strip("a \u{200d}\u{fe0f} b"), "a  b");
        assert_eq!(strip("ن\u{200e}\u{200f}\u{200e}"), "ن\u{200e}");
    }
}
