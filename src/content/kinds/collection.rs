//! A hand-made path through entries.

use super::KindFields;
use crate::content::{AnyRef, KindSpec};
use crate::fields::{List, record};

record! {
    /// The fields that a collection adds.
    pub struct Collection ("collection") {
        /// Ids of its entries, in the order of the path.
        entries: List<AnyRef> [items(500), example(r#"["prompts/launch-email", "context/brand-voice"]"#)],
    }
}

impl KindFields for Collection {
    const SPEC: KindSpec = KindSpec {
        about: "A hand-made path through entries.",
        word: "collection",
        one: "a collection",
        many: "collections",
        folder: "collections",
        ..KindSpec::USUAL
    };
}
