//! A vetted, owned, expiring text that is loaded into AI tools.

use jiff::civil::Date;

use super::KindFields;
use super::person::Person;
use crate::content::{Common, Entry, KindSpec, Name, Ref, limits};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::fields::{Field, List, Long, Pairs, Weight, record};
use crate::text::{Span, Spanned};

record! {
    /// The fields that a context module adds. Its body is the exact text that is loaded.
    pub struct ContextModule ("context module") {
        /// What sort of context it is, e.g. `voice`, `persona`, `messaging`, `learnings`. An open list.
        module_type as "type": Field<String> [characters(100), fact, example("voice")],
        /// Who approved it.
        approved_by: Field<Name<Person>> [fact, example("jo-park")],
        /// The day after which it must not be used without a new look. Afterwards the check warns.
        valid_until: Field<Date> [fact, example("2026-12-31")],
        /// Modules that are loaded along with it, before it.
        includes: List<Ref<ContextModule>> [items(50), example(r#"["brand-voice"]"#)],
        /// Named lists that variables can take their options from.
        values: Pairs<Vec<Spanned<String>>> [example(r#"{ names = ["Nora, CFO", "Ben, IT lead"] }"#)],
        /// A shorter text for tools with little room.
        short: Field<Long> [searched(Weight::Body)],
    }
}

impl ContextModule {
    /// A named list of values.
    pub fn list(&self, name: &str) -> Option<&[Spanned<String>]> {
        self.values.0.iter().find(|(key, _)| key.value == name).map(|(_, list)| list.value.as_slice())
    }
}

impl KindFields for ContextModule {
    const SPEC: KindSpec = KindSpec {
        about: "A vetted, owned, expiring text that is loaded into AI tools.",
        word: "context-module",
        one: "a context module",
        many: "context modules",
        folder: "context",
        decisive: &[
            Common::KEYS.owner,
            Common::KEYS.version,
            Self::KEYS.approved_by,
            Self::KEYS.valid_until,
            Common::KEYS.review_by,
        ],
        ..KindSpec::USUAL
    };

    fn check(&self, entry: &Entry, problems: &mut Problems) {
        for (_, list) in &self.values.0 {
            limits::options(list.iter().map(|value| (value.as_str(), value.span)), problems);
        }
        if entry.outline.is_empty && self.includes.is_empty() {
            let at = Span::new(entry.source.id, entry.body.start..entry.body.start);
            let problem = Diagnostic::new(Rule::MissingField, at, "the context module has no text");
            problems.push(problem.help("write below the front matter what an AI tool should know"));
        }
    }
}
