//! A contributor's profile.

use super::KindFields;
use crate::content::{Common, KindSpec, LinkItem};
use crate::fields::{Field, List, Weight, record};

record! {
    /// The fields that a person adds; the team is a common field.
    pub struct Person ("person") {
        /// What they do.
        role: Field<String> [fact, searched(Weight::Body), example("Lifecycle marketing")],
        /// Where to find them.
        links: List<LinkItem> [items(100), example(r#"["https://social.example/mara"]"#)],
    }
}

impl KindFields for Person {
    const SPEC: KindSpec = KindSpec {
        about: "A contributor's profile.",
        word: "person",
        one: "a person",
        many: "people",
        folder: "people",
        decisive: &[Self::KEYS.role, Common::KEYS.team],
        is_shared: false,
        is_called: true,
        ..KindSpec::USUAL
    };
}
