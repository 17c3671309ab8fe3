//! What a notation's parser makes of a text.

use std::ops::Range;

use super::guard::Doubt;
use super::tree::Table;
use crate::diagnostics::Diagnostic;

/// What a notation's parser makes of a text.
pub(super) struct Parsed<'s> {
    /// What could be read.
    pub(super) table: Table<'s>,
    /// What could not, in the order of the text.
    pub(super) mistakes: Vec<Mistake>,
}

/// A mistake of notation.
pub(super) struct Mistake {
    /// What is wrong.
    pub(super) problem: Diagnostic,
    /// The bytes of the source that have to be left out to read what else there is: whole lines. `None` where the rest was
    /// read in spite of it.
    pub(super) lines: Option<Range<usize>>,
    /// The bytes of the value that cannot be read, where it is one on a line of its own.
    pub(super) value: Option<Range<usize>>,
    /// What of who may see the entry is lost with it, beside what its lines say.
    pub(super) doubt: Doubt,
}

impl Mistake {
    /// A mistake in spite of which everything else was read.
    pub(super) fn beside(problem: Diagnostic) -> Self {
        Self { problem, lines: None, value: None, doubt: Doubt::default() }
    }

    /// A mistake in spite of which everything else was read, but not what it stands for.
    pub(super) fn losing(problem: Diagnostic, doubt: Doubt) -> Self {
        Self { doubt, ..Self::beside(problem) }
    }
}
