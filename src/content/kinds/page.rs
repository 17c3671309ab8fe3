//! An ordinary page: it adds nothing.

use super::KindFields;
use crate::front_matter::{FieldSpec, Fields, Record};

/// The fields that a page adds: none.
#[derive(Debug, Clone, Default)]
pub struct Page;

impl Record for Page {
    const FIELDS: &'static [FieldSpec] = &[];

    fn read(_: &mut Fields<'_, '_, '_>) -> Self {
        Self
    }
}

impl KindFields for Page {}
