//! Entries to a handbook: ids, references, audiences, people, terms, and the assembly of prompts.
//!
//! Takes the entries, gives a [`Catalog`], in which every reference and link is resolved and nothing is hidden,
//! for the checks; and from it a [`Handbook`], which holds only what one audience may see, for everything that is
//! published. What was filtered out is not in a `Handbook`, so no writer can leak it. It never reports problems:
//! it gives outcomes, and `check` turns them into words. Start reading at [`Catalog::new`], then
//! [`Handbook::new`].

mod assembly;
mod catalog;
mod expansion;
pub mod find;
mod graph;
// A file is named after its main type.
#[allow(clippy::module_inception)]
mod handbook;
mod ix;
mod lack;
mod listed;
mod meant;
mod options;
mod people;
mod reference;
mod related;
mod terms;
pub mod wrapper;

pub use assembly::{Assembled, Inputs, assemble};
pub use catalog::{Catalog, Collision, LinkOutcome};
pub use expansion::{EXPANSION_FACTOR, EXPANSION_LIMIT, EXPANSION_OF_ALL, Expansion, PARTS_LIMIT};
pub use handbook::{Backlink, Handbook, Reading, Target};
pub use ix::Ix;
pub use lack::Lack;
pub use listed::{Listed, ListedItem};
pub use meant::Meant;
pub use people::{Person, PersonIx};
pub use reference::{CANDIDATES_COUNTED, CANDIDATES_SHOWN, Candidates, Outcome, ResolvedReference};
pub use terms::{Group, Term};
