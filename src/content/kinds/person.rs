//! A contributor's profile.

use super::KindFields;
use super::shared::LinkItem;
use crate::content::Kind;
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
    const KIND: Kind = Kind::Person;
    const DECISIVE: &'static [&'static str] = &["role", "team"];
}
