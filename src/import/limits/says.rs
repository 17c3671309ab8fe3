//! What the values under a name are about.

/// What the values under a name, such as that of a column, are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) enum Says {
    /// Who may see the prompt.
    Audience,
    /// How far it has come.
    Status,
    /// Yes for what not everybody may see.
    Restricted,
    /// Yes, or the day, for what everybody may see.
    Open,
    /// Who let everybody see it, or the day.
    Signed,
    /// Yes, or the day, for what is no longer in use.
    Archived,
    /// The day before which not everybody may see it.
    Embargo,
    /// Something else, unless a value can only be a limit.
    AnyWord,
    /// The same, and it fills a field of the entry.
    Filling,
    /// The same, in a sentence about the prompt.
    Sentence,
}

impl Says {
    /// Whether the name is about who may see a prompt, so that even an empty value under it means something.
    pub(in crate::import) const fn is_of_limits(self) -> bool {
        !matches!(self, Self::AnyWord | Self::Filling | Self::Sentence)
    }
}
