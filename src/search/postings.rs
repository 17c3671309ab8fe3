//! For each word the entries it stands in, and how much it says about each.

use foldhash::fast::FixedState;
use indexmap::IndexSet;
use rayon::prelude::*;

use crate::handbook::{Handbook, Ix};
use crate::search::document;
use crate::search::tokenizer::{Purpose, words};

/// How much a word says about an entry, as one of [`LEVELS`] steps.
pub(super) type Level = u8;

/// How many steps there are: one for each capital letter, which the shards use to end the number before it.
pub(super) const LEVELS: u8 = 26;

/// The weight that each step stands for: 25 equal steps of the logarithm, from 0.014 to 16.
///
/// Written down, and not computed: logarithms come from the system's own library, which may differ in the last digit,
/// and an index has the same bytes on every machine.
pub(super) const WEIGHTS: [f64; LEVELS as usize] = [
    0.014, 0.018_554, 0.024_591, 0.032_59, 0.043_192, 0.057_244, 0.075_866, 0.100_546, 0.133_256, 0.176_606, 0.234_059,
    0.310_202, 0.411_116, 0.544_859, 0.722_11, 0.957_025, 1.268_361, 1.680_98, 2.227_831, 2.952_582, 3.913_106,
    5.186_105, 6.873_231, 9.109_208, 12.072_586, 16.0,
];

/// Where each step but the first begins: half-way between its weight and the one below, on the same scale.
const BEGINNINGS: [f32; LEVELS as usize - 1] = [
    0.016_117, 0.021_36, 0.028_309, 0.037_519, 0.049_724, 0.065_9, 0.087_339, 0.115_751, 0.153_407, 0.203_313,
    0.269_454, 0.357_112, 0.473_286, 0.627_254, 0.831_311, 1.101_75, 1.460_168, 1.935_185, 2.564_733, 3.399_083,
    4.504_861, 5.970_368, 7.912_629, 10.486_739, 13.898_251,
];

/// The weight that a step stands for.
pub(super) fn weight(level: Level) -> f64 {
    WEIGHTS[usize::from(level)]
}

/// The step nearest to a weight.
fn level(weight: f32) -> Level {
    BEGINNINGS.partition_point(|beginning| *beginning <= weight) as Level
}

/// A word's entries, by number, ascending: a shard holds only the distances between them.
pub(super) type List = Vec<(u32, Level)>;

/// The entries of each word, in the order of the words.
#[derive(Debug, Default)]
pub(super) struct Postings {
    /// Sorted by word; each list sorted by the entry's number.
    pub(super) terms: Vec<(Box<str>, List)>,
}

/// How many entries one thread gathers at a time, at the least: each chunk has a vocabulary of its own, which is
/// merged.
const CHUNK: usize = 256;

impl Postings {
    /// Gathers the words of all documents, on every thread.
    pub(super) fn gather(handbook: &Handbook, documents: &[Ix]) -> Self {
        let starts: Vec<usize> = (0..documents.len()).step_by(CHUNK.max(documents.len() / 8)).collect();
        let size = CHUNK.max(documents.len() / 8);
        // Collected in order, whichever is finished first, since `merge` relies on it.
        let chunks: Vec<Gatherer> = starts
            .into_par_iter()
            .map(|start| {
                let mut gatherer = Gatherer::default();
                for (at, ix) in documents.iter().enumerate().skip(start).take(size) {
                    gatherer.document(handbook, *ix, at as u32);
                }
                gatherer
            })
            .collect();
        Self { terms: merge(chunks) }
    }

    /// The list of a word.
    pub(super) fn of(&self, word: &str) -> Option<&[(u32, Level)]> {
        let at = self.terms.binary_search_by(|(term, _)| (**term).cmp(word)).ok()?;
        Some(&self.terms[at].1)
    }

    /// Where words that begin with a prefix stand.
    pub(super) fn beginning(&self, prefix: &str) -> std::ops::Range<usize> {
        let start = self.terms.partition_point(|(term, _)| &**term < prefix);
        let count = self.terms[start..].iter().take_while(|(term, _)| term.starts_with(prefix)).count();
        start..start + count
    }
}

/// Puts the lists of the chunks one behind another: chunks are in the order of the documents, so lists stay sorted. An
/// unstable sort will do, because no chunk has a word twice.
fn merge(chunks: Vec<Gatherer>) -> Vec<(Box<str>, List)> {
    let parts = chunks.into_iter().enumerate().flat_map(|(chunk, gatherer)| {
        gatherer.words.into_iter().zip(gatherer.lists).map(move |(word, list)| (word, chunk, list))
    });
    let mut parts: Vec<(Box<str>, usize, List)> = parts.collect();
    parts.par_sort_unstable_by(|(a, a_chunk, _), (b, b_chunk, _)| (a, a_chunk).cmp(&(b, b_chunk)));
    let words: Vec<_> = parts.chunk_by_mut(|(a, ..), (b, ..)| a == b).collect();
    let whole = |parts: &mut [(Box<str>, usize, List)]| {
        let word = std::mem::take(&mut parts[0].0);
        let lists: Vec<List> = parts.iter_mut().map(|(.., list)| std::mem::take(list)).collect();
        (word, lists.concat())
    };
    words.into_par_iter().map(whole).collect()
}

/// The words of some documents. A word is looked up once for each time it stands somewhere; everything else is counted
/// by its number. The vectors by number are cleared by those who are in `in_field` and `in_document`, so one entry
/// costs what it holds and not what the vocabulary does.
#[derive(Default)]
struct Gatherer {
    /// The words, by the number that each got when it was first met. The hasher is a fast one with a fixed seed, and the
    /// order is not its own.
    words: IndexSet<Box<str>, FixedState>,
    lists: Vec<List>,
    /// For each word its count in the field that is open, and its weight in the document that is open.
    counts: Vec<u32>,
    weights: Vec<f32>,
    in_field: Vec<u32>,
    in_document: Vec<u32>,
}

impl Gatherer {
    /// Adds an entry. Documents must come by ascending number.
    fn document(&mut self, handbook: &Handbook, ix: Ix, number: u32) {
        let trust = document::trust(handbook.entry(ix));
        for field in document::texts(handbook, ix) {
            let length = self.count(&field.text);
            self.fold_field(field.weight, length);
        }
        for word in self.in_document.drain(..) {
            let weight = std::mem::take(&mut self.weights[word as usize]) * trust;
            self.lists[word as usize].push((number, level(weight)));
        }
    }

    /// Counts the words of a field; gives how many there are.
    fn count(&mut self, text: &str) -> u32 {
        let mut length = 0;
        words(text, Purpose::Index, &mut |word| {
            length += 1;
            let number = self.number(word);
            let count = &mut self.counts[number as usize];
            if *count == 0 {
                self.in_field.push(number);
            }
            *count += 1;
        });
        length
    }

    /// The number of a word, which it gets when it is first met; the vectors by number grow along.
    fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.words.get_index_of(word) {
            return number as u32;
        }
        self.lists.push(Vec::new());
        self.counts.push(0);
        self.weights.push(0.0);
        self.words.insert_full(word.into()).0 as u32
    }

    /// Adds what the field says to the document: more for a word that is repeated, less in a long field, as elasticlunr
    /// has it (square roots of both). A square root is correctly rounded (IEEE 754), unlike a logarithm, so all
    /// machines agree.
    #[allow(clippy::cast_precision_loss)]
    fn fold_field(&mut self, weight: f32, length: u32) {
        let norm = weight / (length.max(1) as f32).sqrt();
        for word in self.in_field.drain(..) {
            let count = std::mem::take(&mut self.counts[word as usize]);
            let sum = &mut self.weights[word as usize];
            if *sum == 0.0 {
                self.in_document.push(word);
            }
            *sum += norm * (count as f32).sqrt();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_come_back() {
        for step in 0..LEVELS {
            #[allow(clippy::cast_possible_truncation)]
            let back = level(weight(step) as f32);
            assert_eq!(back, step);
        }
        assert_eq!(level(0.0), 0);
        assert_eq!(level(1e9), LEVELS - 1);
    }

    #[test]
    fn tables_are_equal_steps_of_the_logarithm() {
        let at = |step: f64| 0.014 * (16.0_f64 / 0.014).powf(step / f64::from(LEVELS - 1));
        for step in 0..LEVELS {
            assert!((weight(step) - at(f64::from(step))).abs() <= 1e-6, "{step}");
        }
        for step in 1..LEVELS {
            let beginning = f64::from(BEGINNINGS[usize::from(step) - 1]);
            assert!((beginning - at(f64::from(step) - 0.5)).abs() <= 2e-6, "{step}");
        }
    }
}
