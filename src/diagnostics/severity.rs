//! How much a problem matters.

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The site cannot be published with it.
    Error,
    /// Something a reader would stumble over; `--strict` makes it an error.
    Warning,
    /// A way to make the entry better.
    Hint,
}

impl Severity {
    /// The word that every printer uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }
}
