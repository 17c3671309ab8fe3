//! What the index holds.

use crate::handbook::Ix;
use crate::search::postings::Postings;

/// The search index of a handbook.
#[derive(Debug)]
pub struct Index {
    /// The entries, by number: the number is what shards refer to. The order of ids, so that titles, filters and shards
    /// agree without saying which entry they mean.
    pub documents: Vec<Ix>,
    pub(super) postings: Postings,
    /// Where each shard begins in the terms; one more than there are shards, so that each has an end.
    pub(super) cuts: Vec<usize>,
}
