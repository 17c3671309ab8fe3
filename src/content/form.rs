//! How something is written that a text can stand for.

/// How something is written that a text can stand for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Form {
    /// As a table.
    #[default]
    Table,
    /// As a text.
    Text,
}
