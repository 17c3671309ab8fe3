//! Handbook to search index, and the ranking that site, command line and tools share.
//!
//! Takes a [`Handbook`], gives an [`Index`]: for each word of each visible entry how much it says about the entry, cut
//! into shards that a browser can load one by one; and [`Index::search`], which answers as the browser does. Both sides
//! use the same [`tokenizer`] and an elasticlunr index that holds just the words of the query: the crate here, the
//! script of the same version there. It never writes a file and knows no page. Start reading at [`Index::new`].
//!
//! Why shards: one elasticlunr index of ten thousand entries is 66 MB compressed. In term order a shard holds some
//! hundred words with all their entries, and a query needs one shard for each of its words. Field lengths and the
//! weight of a field are folded into the term frequency, which is stored as one of 26 letters.

mod corrections;
mod document;
mod index;
mod postings;
mod ranking;
mod shards;
pub mod tokenizer;

pub use index::Index;
pub use ranking::{Answer, Hit, Reading, Why};
pub use shards::{BLOCK_ROOM, block_size, shard_count};

use crate::handbook::{Handbook, Ix};
use crate::search::postings::Postings;

impl Index {
    /// Indexes every visible entry, on all threads. A thread of the same pool that waits for this cannot help, so it is
    /// not asked for while pages are rendered.
    pub fn new(handbook: &Handbook) -> Self {
        let documents: Vec<Ix> = handbook.entries().map(|(ix, _)| ix).collect();
        let postings = Postings::gather(handbook, &documents);
        let cuts = shards::cut(&postings, shard_count(handbook));
        Self { documents, postings, cuts }
    }
}
