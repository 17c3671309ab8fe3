//! Names as they are compared: one form for every way in which people write them.

use unicode_normalization::UnicodeNormalization;

/// A text without case, accents, spaces and punctuation, so that “Date created” is `datecreated`.
pub(super) fn folded(text: &str) -> String {
    words(text).concat()
}

/// The words of a text without case, accents and punctuation; those of `dateCreated` are two.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_small = false;
    for c in text.nfkd().filter(|c| !is_accent(*c)).nfc() {
        if matches!(c, '\'' | '’') {
            continue;
        }
        if !c.is_alphanumeric() || was_small && c.is_uppercase() {
            words.push(String::new());
        }
        was_small = c.is_lowercase();
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            push_plain(word, c);
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Accents of the Latin, Greek and Cyrillic scripts; in others such marks tell words apart.
const fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{fe0e}' | '\u{fe0f}')
}

/// Letters that have no accent to lose and are written without one all the same.
fn push_plain(word: &mut String, c: char) {
    match c {
        'ł' | 'Ł' => word.push('l'),
        'ø' | 'Ø' => word.push('o'),
        'đ' | 'Đ' => word.push('d'),
        'ı' => word.push('i'),
        'ß' | 'ẞ' => word.push_str("ss"),
        c => word.extend(c.to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_signs_tell_no_names_apart() {
        assert_eq!(folded("Date created"), "datecreated");
        assert_eq!(folded("Niveau d’accès"), "niveaudacces");
        assert_eq!(folded("Poziom dostępu, ŁÓDŹ"), "poziomdostepulodz");
        assert_eq!(folded("ダイヤ が"), "ダイヤが");
        assert_eq!(words("dateCreated_at TLP:RED"), ["date", "created", "at", "tlp", "red"]);
    }
}
