//! Words as they stand in a line.

/// A text on one line: white space of any kind and length is one blank.
pub fn one_line(text: &str) -> String {
    if is_one_line(text) {
        return text.to_owned();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text is ASCII on one line already, as most are.
fn is_one_line(text: &str) -> bool {
    let mut was_blank = true;
    let is_kept = |byte: u8| {
        let is_blank = byte == b' ';
        let is_second = std::mem::replace(&mut was_blank, is_blank) && is_blank;
        !is_second && matches!(byte, b' '..=b'~')
    };
    text.bytes().all(is_kept) && !text.ends_with(' ')
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
