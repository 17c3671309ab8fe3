//! What a route gives.

use crate::diagnostics::Diagnostic;

/// What a route gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// The file's bytes.
    Bytes(Vec<u8>),
    /// A file below `content/` that is copied as it is.
    Attachment(String),
}

/// The outcome of a route: its content, or the theme's mistake. Boxed, because a diagnostic is large and hardly ever
/// there.
pub type Rendered = Result<Content, Box<Diagnostic>>;
