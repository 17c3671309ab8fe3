//! One form for everything that is written alike.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

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
    let mut words = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !words.is_empty() {
            words.push('-');
        }
        words.push_str(word);
    }
    canonical(&words)
}

/// Stands for a letter that may look like any other one.
pub const ANY: char = '\u{fffd}';

/// How a name looks to somebody who reads Latin letters: in lower case, without accents, a letter of another script as
/// the one that it is taken for, or as [`ANY`] where that is not known.
pub fn look(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    let letters = name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    letters.map(|c| if c.is_ascii() || !c.is_alphabetic() { c } else { latin(c).unwrap_or(ANY) }).collect()
}

/// Whether the look of a name has a word in it, where most letters of the word can be told.
pub fn looks_like(look: &str, word: &str) -> bool {
    if look.contains(word) {
        return true;
    }
    let (look, word): (Vec<char>, Vec<char>) = (look.chars().collect(), word.chars().collect());
    let is_like = |part: &[char]| {
        let told = part.iter().zip(&word).filter(|(a, b)| a == b).count();
        let open = part.iter().filter(|c| **c == ANY).count();
        told + open == word.len() && told > open
    };
    look.contains(&ANY) && look.windows(word.len()).any(is_like)
}

/// The Latin letter that a letter is taken for, of those that are drawn alike in common fonts (`confusables.txt` of
/// Unicode, by hand: Cyrillic, Greek and Armenian letters, and Latin ones with a stroke or hook or as small capitals).
#[rustfmt::skip]
fn latin(c: char) -> Option<char> {
    Some(match c {
        'а' | 'α' | 'ɑ' | 'ᴀ' => 'a',
        'в' | 'β' | 'ь' | 'ƀ' | 'ɓ' | 'ʙ' => 'b',
        'с' | 'ϲ' | 'ƈ' | 'ᴄ' => 'c',
        'ԁ' | 'đ' | 'ɖ' | 'ɗ' | 'ð' | 'ᴅ' => 'd',
        'е' | 'є' | 'ε' | 'ҽ' | 'ɛ' | 'ǝ' | 'ə' | 'ᴇ' => 'e',
        'ƒ' | 'ք' | 'ғ' | 'ꜰ' => 'f',
        'ɡ' | 'ց' | 'ɠ' | 'ǥ' | 'ɢ' => 'g',
        'һ' | 'հ' | 'н' | 'ħ' | 'ɦ' | 'ʜ' => 'h',
        'і' | 'ι' | 'ı' | 'ɨ' | 'ɪ' => 'i',
        'ј' | 'ϳ' | 'ɉ' | 'ᴊ' => 'j',
        'к' | 'κ' | 'ƙ' | 'ᴋ' => 'k',
        'ӏ' | 'ł' | 'ƚ' | 'ɫ' | 'ʟ' => 'l',
        'м' | 'ɱ' | 'ᴍ' => 'm',
        'п' | 'η' | 'ո' | 'ŋ' | 'ɴ' => 'n',
        'о' | 'ο' | 'օ' | 'σ' | 'ø' | 'ɵ' | 'ᴏ' => 'o',
        'р' | 'ρ' | 'ƥ' | 'ᴘ' => 'p',
        'ԛ' | 'զ' | 'ɋ' => 'q',
        'г' | 'ɼ' | 'ɽ' | 'ɾ' | 'ʀ' => 'r',
        'ѕ' | 'ꜱ' | 'ʂ' | 'ƨ' => 's',
        'т' | 'τ' | 'ŧ' | 'ƭ' | 'ʈ' | 'ᴛ' => 't',
        'υ' | 'ս' | 'ʋ' | 'ᴜ' => 'u',
        'ν' | 'ѵ' | 'ᴠ' => 'v',
        'ԝ' | 'ω' | 'ѡ' | 'ᴡ' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' | 'ү' | 'ƴ' | 'ʏ' => 'y',
        'ƶ' | 'ʐ' | 'ᴢ' => 'z',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_other_scripts_are_what_they_are_taken_for() {
        for name in
            ["ｄｒａｆｔ", "𝐝𝐫𝐚𝐟𝐭", "drаft", "d\u{301}raft", "ԁгаƒт", "dr\u{2c80}ft", "my-DRAFT\u{301}", "дraft"]
        {
            assert!(looks_like(&look(name), "draft"), "{name}");
        }
        assert_eq!(look("\u{fb06}atus"), "status");
        for name in ["автор", "日付", "теги", "öffnen", "タグ", "ключевые-слова"] {
            assert!(!looks_like(&look(name), "draft") && !looks_like(&look(name), "access"), "{name}");
        }
    }

    #[test]
    fn one_form_for_every_spelling() {
        assert_eq!(canonical("Prompts/LAUNCH"), "prompts/launch");
        assert_eq!(canonical("caf\u{e9}"), canonical("cafe\u{301}"));
        assert_eq!(canonical("ÉTÉ"), canonical("été"));
    }
}
