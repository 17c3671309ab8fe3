//! An ordinary page: it adds nothing.

use super::KindFields;
use crate::content::KindSpec;
use crate::fields::{Unknown, record};

record! {
    /// The fields that a page adds: none.
    pub struct Page ("page") {}
}

impl KindFields for Page {
    const SPEC: KindSpec = KindSpec {
        about: "Any other page.",
        word: "page",
        one: "a page",
        many: "pages",
        is_shared: false,
        unknown: Unknown::Foreign,
        // The `name` of a page is that of its file in many tools.
        also: &[],
        ..KindSpec::USUAL
    };
}
