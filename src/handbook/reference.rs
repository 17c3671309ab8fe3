//! A reference of one entry to another: resolved among all entries, and what is left of it behind the filter.

use std::sync::Arc;

use crate::content::Reference;
use crate::fields::FieldKey;
use crate::handbook::Ix;

/// A reference and what it was found to mean.
#[derive(Debug, Clone)]
pub struct ResolvedReference {
    /// As written.
    pub reference: Reference,
    /// What it means.
    pub outcome: Outcome,
}

/// What a reference means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// An entry.
    Entry(Ix),
    /// A plain name, where one will do.
    Name,
    /// Nothing that exists.
    Unknown,
    /// More than one entry.
    Ambiguous(Candidates),
}

/// Entries of which each could be meant. Every use of a name has its own, so they are few whatever the handbook has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidates {
    /// The first of them, by id: at most [`CANDIDATES_SHOWN`].
    pub first: Vec<Ix>,
    /// How many there are; counted up to [`CANDIDATES_COUNTED`].
    pub count: usize,
}

/// How many candidates of a name are kept.
pub const CANDIDATES_SHOWN: usize = 8;

/// How many candidates of a name are looked at: of so many nobody picks one.
pub const CANDIDATES_COUNTED: usize = 1_000;

/// A reference of a visible entry to another: what is left of a resolved one behind the filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct VisibleReference {
    /// The field.
    pub(super) field: FieldKey,
    /// The reference as written.
    pub(super) written: Arc<str>,
    /// What it means.
    pub(super) target: Ix,
}
