//! A place in a source, and values that know their place.

use std::ops::Range;

/// The number of a [`Source`](super::Source) in its [`Sources`](super::Sources).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SourceId(pub u32);

/// A byte range of one source's text: from the start of the file, front matter and byte order mark included. Only a
/// theme's file has lost its mark when it becomes a [`Source`](super::Source).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The file.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// One past the last byte; equal to `start` for a point between two characters.
    pub end: u32,
}

impl Span {
    /// The span of `range` in `source`.
    pub fn new(source: SourceId, range: Range<usize>) -> Self {
        Self { source, start: range.start as u32, end: range.end as u32 }
    }

    /// The very start of a file: the place of a problem that concerns the whole of it.
    pub fn file(source: SourceId) -> Self {
        Self::new(source, 0..0)
    }

    /// The byte range, for slicing the source's text.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value and the place it was written at.
///
/// Two spanned values are equal when their values are: the place is for messages only.
#[derive(Debug, Clone, Default)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// A value at a place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Spanned<T> {}

impl<T> std::ops::Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}
