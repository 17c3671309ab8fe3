//! The index as texts that a browser loads one by one.
//!
//! The formats are read by `20-engine.js`, character by character, and say nothing of themselves: no names, no quotes,
//! no version. What holds them together is the alphabet. Words are in lower case, numbers are of digits and small
//! letters, and each capital letter, space and comma ends something; the tokenizer lets no comma or space into a word.
//! The files are asked for with a version, a digest of all of them, so that a browser mixes no files of two builds.

use std::fmt::Write as _;

use crate::handbook::Handbook;
use crate::search::Index;
use crate::search::postings::{LEVELS, Postings, WEIGHTS};
use crate::text::digest::Digest;

/// Behind every word: no text has this last of all characters, which Unicode keeps from being one.
const NOWHERE: &str = "\u{10ffff}";

/// How many bytes of the texts of bodies come to one shard. Measured: some 12,000 postings, 13 kB compressed. Smaller
/// ones cost more requests, larger ones more bytes for a word.
const SHARD_BYTES: usize = 139_000;

/// How many shards a handbook's index has, one at least. It depends on nothing but the size of the texts, so that the
/// table of routes is known before anything is indexed.
pub fn shard_count(handbook: &Handbook) -> usize {
    let bytes: usize = handbook.entries().map(|(_, entry)| entry.outline.text.length()).sum();
    bytes.div_ceil(SHARD_BYTES).clamp(1, 1_000)
}

/// The most titles and summaries in one block.
pub const BLOCK_ROOM: usize = 50;

/// How many titles and summaries go into one block: few enough that the ten of a first answer are cheap, and no more
/// than sixteen blocks where most would be asked for anyway. The script divides an entry's number by it, so the
/// manifest has it, and titles must be cut by no other.
pub fn block_size(documents: usize) -> usize {
    if documents <= 1_200 { documents.div_ceil(16).max(20) } else { BLOCK_ROOM }
}

/// Where to cut the terms so that every shard has about as many postings. Always `shards + 1` places, ascending: a word
/// with many entries may fill a shard alone, and leaves the last ones empty, since each was promised a route.
pub(super) fn cut(postings: &Postings, shards: usize) -> Vec<usize> {
    let total: usize = postings.terms.iter().map(|(_, list)| list.len()).sum();
    let mut cuts = vec![0];
    let mut sum = 0;
    for (at, (_, list)) in postings.terms.iter().enumerate() {
        sum += list.len();
        while cuts.len() < shards && sum * shards >= total * cuts.len() {
            cuts.push(at + 1);
        }
    }
    cuts.resize(shards, postings.terms.len());
    cuts.push(postings.terms.len());
    cuts
}

impl Index {
    /// How many shards there are.
    pub fn shards(&self) -> usize {
        self.cuts.len() - 1
    }

    /// A shard: each word, a space, and for each entry the distance to its number in base 36 and a capital letter for
    /// how much the word says; then a comma. The first distance is from -1, so that none is 0.
    pub fn shard(&self, nth: usize) -> String {
        let terms = &self.postings.terms[self.cuts[nth]..self.cuts[nth + 1]];
        let mut text = String::with_capacity(terms.iter().map(|(term, list)| term.len() + 2 + list.len() * 3).sum());
        for (term, list) in terms {
            text.push_str(term);
            text.push(' ');
            let mut last = 0;
            for (number, level) in list {
                base36(number + 1 - last, &mut text);
                text.push(char::from(b'A' + level));
                last = number + 1;
            }
            text.push(',');
        }
        text
    }

    /// The first word of each shard. Shards behind the last word begin with one that no word reaches, so that nothing
    /// is looked for in them.
    pub fn first_words(&self) -> Vec<&str> {
        let first = |cut: &usize| self.postings.terms.get(*cut).map_or(NOWHERE, |(term, _)| &**term);
        self.cuts[..self.shards()].iter().map(first).collect()
    }

    /// The weight of each letter, A first.
    pub fn weights(&self) -> &'static [f64] {
        &WEIGHTS
    }

    /// Every word, sorted: the length of what it shares with the word before it, a letter for how many entries have it,
    /// doubling from letter to letter, and the rest of it; then a comma. Lengths are in base 36 and count characters,
    /// which is how the script cuts the word before.
    pub fn vocabulary(&self) -> String {
        let mut text = String::new();
        let mut before = "";
        for (term, list) in &self.postings.terms {
            let shared = shared(before, term);
            let many = list.len().max(1).ilog2().min(u32::from(LEVELS) - 1);
            base36(shared.chars().count() as u32, &mut text);
            let letter = char::from(b'A' + u8::try_from(many).unwrap_or(0));
            let _ = write!(text, "{letter}{},", &term[shared.len()..]);
            before = term;
        }
        text
    }

    /// Adds everything that the shards and the vocabulary hold to a digest. The numbers and not the texts, which would
    /// have to be made for it: the manifest has the digest in it, and is asked for first.
    pub fn digest(&self, digest: &mut Digest) {
        for cut in &self.cuts {
            digest.add(&(*cut as u64).to_le_bytes());
        }
        let mut bytes = Vec::new();
        for (term, list) in &self.postings.terms {
            bytes.clear();
            bytes.extend_from_slice(term.as_bytes());
            // The lengths say where the word and its list end.
            bytes.extend_from_slice(&(term.len() as u32).to_le_bytes());
            bytes.extend_from_slice(&(list.len() as u32).to_le_bytes());
            for (number, level) in list {
                bytes.extend_from_slice(&number.to_le_bytes());
                bytes.push(*level);
            }
            digest.add(&bytes);
        }
    }
}

/// The beginning of a term that the one before it has too, cut between characters.
fn shared<'t>(before: &str, term: &'t str) -> &'t str {
    let same = before.chars().zip(term.char_indices()).take_while(|(a, (_, b))| a == b);
    let end = same.last().map_or(0, |(_, (at, c))| at + c.len_utf8());
    &term[..end]
}

/// A number in base 36 with small letters: capitals end it. Seven digits hold every number of 32 bits.
fn base36(mut number: u32, text: &mut String) {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut digits = [0; 7];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = DIGITS[(number % 36) as usize];
        number /= 36;
        if number == 0 {
            break;
        }
    }
    text.extend(digits[at..].iter().map(|digit| char::from(*digit)));
}
