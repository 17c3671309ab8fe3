//! One thing that worked this week.

use jiff::civil::Date;

use super::{KindFields, Reference, given};
use crate::content::{Entry, Kind, limits};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::front_matter::{Field, List, record};
use crate::text::Span;

record! {
    /// The fields that a win adds.
    pub struct Win ("a table", "a list of tables") {
        /// The day it happened.
        date: Field<Date>,
        /// Whose win it is: ids of people, or plain names.
        who: List<String>,
        /// How it was before.
        before: Field<String>,
        /// How it is now.
        after: Field<String>,
        /// How many minutes it saved.
        minutes_saved: Field<u32>,
        /// Entries that made it work.
        entries: List<String>,
        /// How a colleague can try it.
        try_it: Field<String>,
    }
}

impl KindFields for Win {
    const DECISIVE: &'static [&'static str] = &["who", "date", "minutes_saved"];

    fn references(&self) -> Vec<Reference> {
        let who = self.who.iter().map(|name| Reference::name("who", Kind::Person, name));
        who.chain(self.entries.iter().map(|id| Reference::any("entries", id))).collect()
    }

    fn texts(&self) -> Vec<&str> {
        given([&self.before, &self.after, &self.try_it]).collect()
    }

    fn check(&self, entry: &Entry, problems: &mut Problems) {
        limits::list("entries", &self.entries, problems);
        limits::list("who", &self.who, problems);
        for name in &self.who {
            limits::text("who", name, problems);
        }
        if self.date.is_none() {
            let problem = Diagnostic::new(Rule::MissingField, Span::file(entry.source.id), "the win has no `date`");
            let problem = problem.help("add `date = 2026-11-20`, the day it happened");
            problems.push_missing(problem.span, "date", problem);
        }
    }
}
