//! Answers: the same query, the same entries in the same order, here and in the browser.
//!
//! All words must be there; the last may be half typed. A word that stands nowhere is corrected. Where nothing has
//! all words, entries with any of them are shown, and the answer says so. Scores are elasticlunr's: term frequency
//! times inverse document frequency, a longer word that begins with the one asked for counts at most 0.15 of it; at
//! most 0.6 where nothing has the word as it is typed, for then it is half typed.
//!
//! The browser runs `themes/default/search/20-engine.js` over the shards; `tests/search.rs` asks both the same queries.
//! What differs between the two languages is a trap on either side: strings compare by code points here and by UTF-16
//! units there, and the words that a half-typed one may become are added up in another order there, so scores are only
//! compared once they are rounded.

use std::collections::BTreeMap;

use elasticlunr::inverted_index::InvertedIndex;

use crate::handbook::Ix;
use crate::search::Index;
use crate::search::corrections;
use crate::search::postings::weight;
use crate::search::tokenizer::Query;

/// How many shards the words that begin with the last one may lie in. More are not loaded: so short a beginning says
/// too little. The command has all words at hand and must leave the others out, or it would answer better than the
/// page.
pub const PREFIX_SHARDS: usize = 3;

/// What longer words gain when nothing has the word as it is typed: beside the other words of the query it would hardly
/// count otherwise. With the penalty of 0.15 that makes 0.6.
const BEGINNING: f64 = 4.0;

/// How a query was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Every word is in every hit.
    All,
    /// Nothing has all words: some word is in every hit.
    Any,
}

/// One entry of an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The entry.
    pub entry: Ix,
    /// How well it fits; only comparable within an answer.
    pub score: f64,
    /// What each found word gave.
    pub why: Vec<Why>,
}

/// What a word gave to a hit.
#[derive(Debug, Clone, PartialEq)]
pub struct Why {
    /// The word of the index.
    pub term: String,
    /// Its part of the score.
    pub score: f64,
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The words that were asked for.
    pub words: Vec<String>,
    /// Whether the query was longer than what is searched.
    pub is_cut: bool,
    /// Words that were corrected: as written, and what was searched instead.
    pub corrected: Vec<(String, Vec<String>)>,
    /// How the words were joined.
    pub reading: Reading,
    /// The entries, best first.
    pub hits: Vec<Hit>,
}

/// What one word of the query stands for, and the entries it gives: by number, each with its score and the words behind
/// it.
struct Asked {
    scores: BTreeMap<u32, (f64, Vec<Why>)>,
}

impl Index {
    /// Answers a query. A query that ends in a space has no half-typed word, nor has one that was cut: its last word is
    /// not the one that somebody is typing.
    pub fn search(&self, query: &str) -> Answer {
        let Query { words, is_cut } = Query::read(query);
        let open = !is_cut && !query.ends_with(char::is_whitespace);
        let mut corrected = Vec::new();
        let mut asked: Vec<Asked> = Vec::with_capacity(words.len());
        for (at, word) in words.iter().enumerate() {
            let mut found = self.ask(word, open && at + 1 == words.len());
            if found.scores.is_empty() {
                let instead = corrections::nearest(&self.postings, word);
                found = self.ask_any(&instead);
                if !instead.is_empty() {
                    corrected.push((word.clone(), instead.into_iter().map(str::to_owned).collect()));
                }
            }
            asked.push(found);
        }
        let (reading, scores) = join(asked);
        Answer { words, is_cut, corrected, reading, hits: self.hits(scores) }
    }

    /// The entries of a word, and of words that begin with it when it is half typed. Where there are none, it is
    /// corrected.
    fn ask(&self, word: &str, open: bool) -> Asked {
        let mut terms: Vec<&str> = Vec::new();
        if open {
            let range = self.postings.beginning(word);
            // The shards that the browser has loaded for this query; what an earlier query loaded must not count
            // either.
            let loaded = (self.shard_of(word) + PREFIX_SHARDS).min(self.shards());
            let end = range.end.min(self.cuts[loaded]);
            let known = self.postings.terms.get(range.start..end).unwrap_or_default();
            terms.extend(known.iter().map(|(term, _)| &**term));
        } else {
            terms.push(word);
        }
        self.score(word, &terms)
    }

    /// The entries of any of some words, the corrections of one. They are words of the index, so none is half typed.
    fn ask_any(&self, words: &[&str]) -> Asked {
        let mut all = Asked { scores: BTreeMap::new() };
        for word in words {
            for (number, (score, why)) in self.score(word, &[word]).scores {
                let sum = all.scores.entry(number).or_insert((0.0, Vec::new()));
                sum.0 += score;
                sum.1.extend(why);
            }
        }
        all
    }

    /// elasticlunr's score of the entries of some words, asked for by one of them or by their beginning. The index of
    /// the crate is filled with these words alone: it only has to know how often each is there.
    fn score(&self, word: &str, terms: &[&str]) -> Asked {
        let mut index = InvertedIndex::new();
        for term in terms {
            for (number, level) in self.postings.of(term).unwrap_or_default() {
                index.add_token(&number.to_string(), term, weight(*level));
            }
        }
        let raise = if self.postings.of(word).is_some() { 1.0 } else { BEGINNING };
        let mut scores: BTreeMap<u32, (f64, Vec<Why>)> = BTreeMap::new();
        for term in terms {
            let factor = self.idf(index.get_doc_frequency(term)) * penalty(word, term) * raise;
            for (reference, frequency) in index.get_docs(term).unwrap_or_default() {
                let Ok(number) = reference.parse() else { continue };
                let score = frequency * factor;
                let sum = scores.entry(number).or_insert((0.0, Vec::new()));
                sum.0 += score;
                sum.1.push(Why { term: (*term).to_owned(), score });
            }
        }
        Asked { scores }
    }

    /// elasticlunr's inverse document frequency: 1 + ln(N / (n + 1)), of N entries of which n have the word.
    #[allow(clippy::cast_precision_loss)]
    fn idf(&self, frequency: i64) -> f64 {
        1.0 + (self.documents.len() as f64 / (frequency as f64 + 1.0)).ln()
    }

    /// The shard that has a word, or would have it: the last one that does not begin after it. The first for a word
    /// before all others, as in the browser.
    fn shard_of(&self, word: &str) -> usize {
        self.first_words().partition_point(|first| *first <= word).saturating_sub(1)
    }

    /// Best first; of entries that fit equally well, in the order of their numbers.
    fn hits(&self, scores: BTreeMap<u32, (f64, Vec<Why>)>) -> Vec<Hit> {
        let mut hits: Vec<Hit> = scores
            .into_iter()
            .map(|(number, (score, why))| Hit { entry: self.documents[number as usize], score, why })
            .collect();
        // Sums of the same parts differ in their last digits with the order of adding: equal enough is equal.
        let rounded = |hit: &Hit| (hit.score * 1e6).round();
        hits.sort_by(|a, b| rounded(b).total_cmp(&rounded(a)).then(a.entry.cmp(&b.entry)));
        hits
    }
}

/// A longer word says less about the one that was asked for: elasticlunr's penalty for an expanded token. Lengths are
/// those of the browser, UTF-16 units.
#[allow(clippy::cast_precision_loss)]
fn penalty(word: &str, term: &str) -> f64 {
    if word == term {
        return 1.0;
    }
    let (asked, found) = (word.encode_utf16().count() as f64, term.encode_utf16().count() as f64);
    (1.0 - (found - asked) / found) * 0.15
}

/// Entries that have all words; where there are none, those that have any, better the more they have.
fn join(asked: Vec<Asked>) -> (Reading, BTreeMap<u32, (f64, Vec<Why>)>) {
    let count = asked.len();
    let mut sums: BTreeMap<u32, (usize, f64, Vec<Why>)> = BTreeMap::new();
    for word in asked {
        for (number, (score, why)) in word.scores {
            let sum = sums.entry(number).or_insert((0, 0.0, Vec::new()));
            sum.0 += 1;
            sum.1 += score;
            sum.2.extend(why);
        }
    }
    let all = sums.values().any(|(words, ..)| *words == count);
    let kept = sums.into_iter().filter(|(_, (words, ..))| !all || *words == count);
    #[allow(clippy::cast_precision_loss)]
    let scored = kept.map(|(number, (words, score, why))| (number, (score * words as f64 / count as f64, why)));
    (if all { Reading::All } else { Reading::Any }, scored.collect())
}
