//! Words as they stand in a line.

/// A text on one line: white space of any kind and length is one blank.
pub fn one_line(text: &str) -> String {
    // Most are written so, and are asked for again and again.
    let is_blank = |byte: &u8| byte.is_ascii_whitespace();
    let ends = [text.bytes().next(), text.bytes().next_back()];
    let has_gap = || text.as_bytes().windows(2).any(|two| two.iter().all(is_blank));
    let is_one = text.bytes().all(|b| matches!(b, b' '..=b'~')) && !ends.iter().flatten().any(is_blank) && !has_gap();
    if is_one {
        return text.to_owned();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text with a capital letter in front.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A text that begins in lower case, to go on with a sentence.
pub fn uncapitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_letter_changes() {
        assert_eq!(capitalised("élan Vital"), "Élan Vital");
        assert_eq!(uncapitalised("Élan Vital"), "élan Vital");
        assert_eq!((capitalised(""), uncapitalised("")), (String::new(), String::new()));
    }

    #[test]
    fn white_space_is_one_blank() {
        assert_eq!(one_line("\n a\r\n\tb\u{a0} c "), "a b c");
    }
}
