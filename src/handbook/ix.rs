//! Where an entry stands.

/// An entry's place in the catalog or the handbook that gave it out. No place of one says anything of the other: the
/// filter between them moves every entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ix(pub usize);
