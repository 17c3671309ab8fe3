//! One thing that worked this week.

use jiff::civil::Date;

use super::KindFields;
use super::person::Person;
use crate::content::{AnyRef, KindSpec, Name};
use crate::fields::{Field, List, Long, Weight, record};

record! {
    /// The fields that a win adds.
    pub struct Win ("win") {
        /// The day it happened. Wins are sorted by it.
        date: Field<Date> [required, past, fact, example("2026-11-20")],
        /// Whose win it is: ids of people, or plain names.
        who: List<Name<Person>> [items(50), characters(100), fact, example(r#"["mara-lind"]"#)],
        /// How it was before.
        before: Field<Long> [searched(Weight::Body)],
        /// How it is now.
        after: Field<Long> [searched(Weight::Body)],
        /// How many minutes it saved.
        minutes_saved: Field<u32> [minutes, example("45")],
        /// Entries that made it work. Their pages then name this win.
        entries: List<AnyRef> [items(500), example(r#"["prompts/launch-email"]"#)],
        /// How a colleague can try it.
        try_it: Field<Long> [searched(Weight::Body)],
    }
}

impl KindFields for Win {
    const SPEC: KindSpec = KindSpec {
        about: "One thing that worked this week.",
        word: "win",
        one: "a win",
        many: "wins",
        folder: "wins",
        decisive: &[Self::KEYS.who, Self::KEYS.date, Self::KEYS.minutes_saved],
        ..KindSpec::USUAL
    };

    fn day(&self) -> Option<Date> {
        self.date.as_ref().map(|date| date.value)
    }
}
