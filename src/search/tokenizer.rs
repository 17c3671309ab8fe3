//! Words as the index knows them: the same here and in `themes/default/search/10-tokenizer.js`, kept so by
//! a test that runs both over the same texts.
//!
//! 1. Text is folded: compatibility forms, accents off, lower case, a few letters spelt out (`ß` is `ss`).
//! 2. A run of letters and digits is a word. `Smart­Segments` is also `smart` and `segments`.
//! 3. Words joined by one of `- ' ’ . _ & /` are a chain: an index has its parts and the whole without the signs,
//!    so `e-mail` is found by `email`; a query has its parts, or the whole where a part is a single character.
//! 4. Single Latin letters and digits alone are no words. Chinese, Japanese and Korean text is cut into pairs.
//! 5. A word ends after 32 characters; a query after 1,000, and after 32 words.
//!
//! There are no stop words and no stemming: titles are full of "how" and "no", and a reader sees why something was
//! found.
//!
//! Each step is a trap for whoever mends one side alone. Text is taken apart (NFKD) before accents go and put together
//! (NFC) after, because Korean and Japanese letters come apart too; it is lowered letter by letter, since a whole word
//! in lower case has another sigma at its end; and the order in which words are given matters where a query is cut
//! after so many.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The most characters of a word, folded. Cut on both sides alike, so a longer word is still found by itself.
pub const LONGEST: usize = 32;

/// For whom words are cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Everything that the word should be found by.
    Index,
    /// Everything that must be there.
    Query,
}

/// Calls `each` with every word of a text, folded, in order and as often as it stands there. Of a chain an index first
/// gets the whole and then its parts; words of different case within a part come before both.
pub fn words(text: &str, purpose: Purpose, each: &mut impl FnMut(&str)) {
    let mut cutter = Cutter { purpose, each, chain: Vec::new(), joined: String::new() };
    // Folding leaves ASCII as it is, and most of a handbook is.
    if text.is_ascii() {
        cutter.text(text);
    } else {
        cutter.text(&fold(text));
    }
}

/// The most characters of a query that are searched: a longer one is a document that somebody pasted.
pub const QUERY_LIMIT: usize = 1_000;

/// The most words of a query that are searched: each needs a shard of its own.
pub const WORDS_LIMIT: usize = 32;

/// A query as it is searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Its words, each once, in order.
    pub words: Vec<String>,
    /// Whether it is longer than [`QUERY_LIMIT`] or [`WORDS_LIMIT`]: what is beyond is not searched.
    pub is_cut: bool,
}

impl Query {
    /// Reads what somebody typed.
    pub fn read(text: &str) -> Self {
        let end = text.char_indices().nth(QUERY_LIMIT).map(|(at, _)| at);
        let mut seen: HashSet<String> = HashSet::new();
        let mut found: Vec<String> = Vec::new();
        words(&text[..end.unwrap_or(text.len())], Purpose::Query, &mut |word| {
            if seen.insert(word.to_owned()) {
                found.push(word.to_owned());
            }
        });
        let is_cut = end.is_some() || found.len() > WORDS_LIMIT;
        found.truncate(WORDS_LIMIT);
        Self { words: found, is_cut }
    }
}

/// The words of a query, each once, in order.
pub fn query_words(text: &str) -> Vec<String> {
    Query::read(text).words
}

/// Compatibility forms apart, Latin accents off, the rest together again. Case stays: it shows where words join. Only
/// the block of combining diacritical marks goes (U+0300 to U+036F): in other scripts such marks are vowels. The
/// letters that are spelt out are those that Unicode does not take apart; the same table stands in the script.
fn fold(text: &str) -> String {
    let bare = text.nfkd().filter(|c| !('\u{300}'..='\u{36f}').contains(c));
    let mut folded = String::with_capacity(text.len());
    for c in bare.nfc() {
        match c {
            'ß' => folded.push_str("ss"),
            'ẞ' => folded.push_str("SS"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'œ' | 'Œ' => folded.push_str("oe"),
            'ø' | 'Ø' => folded.push('o'),
            'ł' | 'Ł' => folded.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
            'þ' | 'Þ' => folded.push_str("th"),
            'ı' => folded.push('i'),
            'ς' => folded.push('σ'),
            c => folded.push(c),
        }
    }
    folded
}

/// Cuts one text. A chain is open until something but a joint follows it, since only then it is known whether there is
/// more.
struct Cutter<'c, F> {
    purpose: Purpose,
    each: &'c mut F,
    /// The parts of the open chain, folded, as ranges of `joined`.
    chain: Vec<(usize, usize)>,
    /// The parts of the open chain without the signs between them.
    joined: String,
}

impl<F: FnMut(&str)> Cutter<'_, F> {
    /// Goes from word to word, and looks at what stands between two.
    fn text(&mut self, text: &str) {
        let mut at = 0;
        loop {
            let start = seek(text, at, true);
            if start == text.len() {
                break;
            }
            let sign = text[at..start].chars();
            if !self.chain.is_empty() && !is_joint(sign) {
                self.end_chain();
            }
            let end = seek(text, start, false);
            self.word(&text[start..end]);
            at = end;
        }
        self.end_chain();
    }

    /// One run of word characters: pairs for Chinese, Japanese and Korean, else a part of a chain. Where the two meet
    /// within a run, the chain ends: no sign joins them.
    fn word(&mut self, word: &str) {
        if word.is_ascii() {
            self.part(word);
            return;
        }
        let mut rest = word;
        while let Some(first) = rest.chars().next() {
            let pairs = is_paired(first);
            let end = rest.char_indices().find(|(_, c)| is_paired(*c) != pairs).map_or(rest.len(), |(at, _)| at);
            if pairs {
                self.end_chain();
                self.pairs(&rest[..end]);
            } else {
                self.part(&rest[..end]);
            }
            rest = &rest[end..];
            if !rest.is_empty() {
                self.end_chain();
            }
        }
    }

    /// Each two neighbours of a run, or its only character. Without a dictionary nobody knows where words end in these
    /// scripts; a query is cut the same way, so a word is found by its pairs.
    fn pairs(&mut self, run: &str) {
        let starts: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
        if starts.len() == 2 {
            (self.each)(run);
        }
        for pair in starts.windows(3) {
            (self.each)(&run[pair[0]..pair[2]]);
        }
    }

    /// Adds a part to the chain; its words of different case are words of their own.
    fn part(&mut self, part: &str) {
        let start = self.joined.len();
        // Nearly every word is written so already.
        let is_lower = part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if is_lower {
            self.joined.push_str(part);
        } else {
            self.joined.extend(part.chars().flat_map(char::to_lowercase));
        }
        self.chain.push((start, self.joined.len()));
        if !is_lower && self.purpose == Purpose::Index {
            self.case_parts(part);
        }
    }

    /// `smartSegments` is also `smart` and `segments`.
    fn case_parts(&mut self, part: &str) {
        if !part.bytes().skip(1).any(|b| b.is_ascii_uppercase() || !b.is_ascii()) {
            return;
        }
        let mut starts = vec![0];
        let mut lower = false;
        for (at, c) in part.char_indices() {
            if lower && c.is_uppercase() {
                starts.push(at);
            }
            lower = c.is_lowercase();
        }
        if starts.len() == 1 {
            return;
        }
        starts.push(part.len());
        for piece in starts.windows(2) {
            let piece: String = part[piece[0]..piece[1]].chars().flat_map(char::to_lowercase).collect();
            self.emit(&piece);
        }
    }

    /// Gives the words of a chain. A query that has `e-mail` asks for `email`: with a single letter in it its parts say
    /// nothing.
    fn end_chain(&mut self) {
        if self.chain.is_empty() {
            return;
        }
        let joined = std::mem::take(&mut self.joined);
        let chain = std::mem::take(&mut self.chain);
        let whole = chain.len() == 1;
        let single = chain.iter().any(|(start, end)| is_single(&joined[*start..*end]));
        if whole || self.purpose == Purpose::Index || single {
            self.emit(&joined);
        }
        if !whole && (self.purpose == Purpose::Index || !single) {
            for (start, end) in &chain {
                self.emit(&joined[*start..*end]);
            }
        }
        // Given back, so that their room is used again.
        (self.joined, self.chain) = (joined, chain);
        self.joined.clear();
        self.chain.clear();
    }

    /// Gives a word, cut where it is too long. A length in bytes that is small enough saves counting characters.
    fn emit(&mut self, word: &str) {
        if is_single(word) {
            return;
        }
        let end = if word.len() <= LONGEST {
            word.len()
        } else {
            word.char_indices().nth(LONGEST).map_or(word.len(), |(at, _)| at)
        };
        (self.each)(&word[..end]);
    }
}

/// A single ASCII letter or digit: less than two bytes. A single character of another script may be a word.
fn is_single(word: &str) -> bool {
    word.len() < 2
}

/// The class `[\p{Alphabetic}\p{N}\p{M}]` of the script. Marks are part of a word, or one in Hindi would fall apart.
fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii() && (c.is_alphanumeric() || is_combining_mark(c))
}

/// Where the next character stands that is one of a word, or that is none; the end of the text where there is no such
/// character. By bytes as long as they are ASCII, which most of a handbook is.
fn seek(text: &str, from: usize, of_word: bool) -> usize {
    let mut at = from;
    while let Some(&byte) = text.as_bytes().get(at) {
        let (is_found, length) = if byte.is_ascii() {
            (byte.is_ascii_alphanumeric() == of_word, 1)
        } else {
            let c = text[at..].chars().next().unwrap_or_default();
            (is_word(c) == of_word, c.len_utf8())
        };
        if is_found {
            break;
        }
        at += length;
    }
    at
}

/// Whether what stands between two words is a single sign that joins them: with a space beside it, it is punctuation.
fn is_joint(mut between: std::str::Chars<'_>) -> bool {
    matches!((between.next(), between.next()), (Some('-' | '\'' | '’' | '.' | '_' | '&' | '/'), None))
}

/// Scripts that are cut into pairs: kana, ideographs and Hangul, by their blocks of Unicode. Korean has spaces, but
/// grows its words by endings.
fn is_paired(c: char) -> bool {
    matches!(u32::from(c), 0x3040..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xac00..=0xd7af | 0xf900..=0xfaff | 0x2_0000..=0x2_fa1f)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        words(text, Purpose::Index, &mut |word| found.push(word.to_owned()));
        found
    }

    #[test]
    fn words_are_folded_and_cut() {
        assert_eq!(index("Ünïcode & Größe"), ["unicode", "grosse"]);
        assert_eq!(index("e-mail"), ["email", "mail"]);
        assert_eq!(index("SmartSegments"), ["smart", "segments", "smartsegments"]);
        assert_eq!(index("Q&A, say a no"), ["qa", "say", "no"]);
        assert_eq!(index("snake_case foo/bar"), ["snakecase", "snake", "case", "foobar", "foo", "bar"]);
        assert_eq!(index("提示词 x 的"), ["提示", "示词", "的"]);
        assert_eq!(index(&"x".repeat(90)), ["x".repeat(LONGEST)]);
    }

    #[test]
    fn queries_ask_for_parts() {
        assert_eq!(query_words("foo/bar Foo"), ["foo", "bar"]);
        assert_eq!(query_words("e-mail"), ["email"]);
        assert_eq!(query_words("how to say no"), ["how", "to", "say", "no"]);
        assert_eq!(query_words("don't"), ["dont"]);
    }
}
