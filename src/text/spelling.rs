//! One form for everything that is written alike.

use unicode_normalization::UnicodeNormalization;

/// What many hosts and file systems take for the same address.
pub fn canonical(address: &str) -> String {
    if address.is_ascii() {
        return address.to_ascii_lowercase();
    }
    address.nfkc().flat_map(char::to_lowercase).nfc().collect()
}

/// One form for every spelling of a name or term: letter case, Unicode form and white space tell none apart, and a hyphen
/// is the white space of ids.
pub fn spelling(name: &str) -> String {
    canonical(&name.split_whitespace().collect::<Vec<_>>().join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_form_for_every_spelling() {
        assert_eq!(canonical("Prompts/LAUNCH"), "prompts/launch");
        assert_eq!(canonical("caf\u{e9}"), canonical("cafe\u{301}"));
        assert_eq!(canonical("ÉTÉ"), canonical("été"));
    }
}
