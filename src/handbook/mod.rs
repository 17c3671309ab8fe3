//! Entries to a handbook: ids, references, audiences, people, terms, and the assembly of prompts.
//!
//! Takes the entries, gives a [`Catalog`], in which every reference and link is resolved and nothing is hidden,
//! for the checks; and from it a [`Handbook`], which holds only what one audience may see, for everything that is
//! published. What was filtered out is not in a `Handbook`, so no writer can leak it. It never reports problems:
//! it gives outcomes, and `check` turns them into words. Start reading at [`Catalog::new`], then
//! [`Handbook::new`].

mod assembly;
mod catalog;
mod filtered;
pub mod find;
mod includes;
mod lack;
mod listed;
mod people;
mod related;
mod terms;
pub mod wrapper;

pub use assembly::{Assembled, Inputs, assemble};
pub use catalog::{
    CANDIDATES_COUNTED, CANDIDATES_SHOWN, Candidates, Catalog, Collision, LinkOutcome, Outcome, Referred,
};
pub use filtered::{Backlink, Handbook, Ix, Reading, Target};
pub use includes::{EXPANSION_FACTOR, EXPANSION_LIMIT, EXPANSION_OF_ALL, Expansion, PARTS_LIMIT};
pub use lack::Lack;
pub use listed::{Listed, ListedItem};
pub use people::{Person, PersonIx};
pub use terms::{Group, Term};
