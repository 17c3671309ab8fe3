//! What is known of a field whose value is read.

use super::spec::{FieldSpec, Guard};
use super::words::Single;

/// What is known of a field whose value is read.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Asked {
    /// Its declaration, where it has one.
    pub(super) field: Option<&'static FieldSpec>,
    /// What a single text is where its list belongs.
    pub(super) single: Single,
    /// What it decides of who may see the entry: then no word of it is guessed.
    pub(super) guards: Option<Guard>,
}

impl Asked {
    pub(super) fn of(field: &'static FieldSpec) -> Self {
        Self { field: Some(field), single: field.single(), guards: field.guards }
    }
}
