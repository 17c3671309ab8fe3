//! What somebody meant who mistyped.
//!
//! The same in `20-engine.js`: which words are tried, and in which order, decides which entries an answer has. Whoever
//! changes a number or the order here changes it there.

use crate::search::postings::Postings;

/// How many corrections of one word are tried. Each may need a shard of its own, which the browser has to load.
pub(super) const TRIED: usize = 4;

/// The words nearest to one that was not found: fewest slips first, then those that more entries have, then by word.
///
/// One slip (a letter more, less, changed, or two swapped) is forgiven up to six letters, two in longer words. The
/// first letter is nearly always right, so words with another one come after all others.
pub(super) fn nearest<'p>(postings: &'p Postings, word: &str) -> Vec<&'p str> {
    // In characters, as `Array.from` counts them in the script; its `length` would count UTF-16 units.
    let length = word.chars().count();
    if length < 3 {
        return Vec::new();
    }
    let limit = if length <= 6 { 1 } else { 2 };
    let first = word.chars().next();
    let mut found: Vec<(usize, bool, std::cmp::Reverse<u32>, &str)> = Vec::new();
    for (term, list) in &postings.terms {
        if term.chars().count().abs_diff(length) > limit {
            continue;
        }
        let distance = strsim::osa_distance(word, term);
        if distance <= limit {
            // By the power of two, since that is all that the vocabulary of the browser knows of a word.
            let many = std::cmp::Reverse(list.len().max(1).ilog2());
            found.push((distance, term.chars().next() != first, many, term));
        }
    }
    // No two are equal: the last of each is the word. Bytes of UTF-8 sort as code points, and UTF-16 units, by which a
    // plain comparison of the script would go, do not.
    found.sort_unstable();
    found.into_iter().take(TRIED).map(|(.., term)| term).collect()
}
