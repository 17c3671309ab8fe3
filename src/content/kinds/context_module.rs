//! A vetted, owned, expiring text that is loaded into AI tools.

use jiff::civil::Date;

use super::{KindFields, Reference, given};
use crate::content::{Entry, Kind, limits};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::front_matter::{Field, List, Pairs, record};
use crate::text::{Span, Spanned};

record! {
    /// The fields that a context module adds. Its body is the exact text that is loaded.
    pub struct ContextModule ("a table", "a list of tables") {
        /// What sort of context it is, e.g. `voice`, `persona`, `messaging`, `learnings`.
        module_type as "type": Field<String>,
        /// Who approved it.
        approved_by: Field<String>,
        /// The day after which it must not be used without a new look.
        valid_until: Field<Date>,
        /// Modules that are loaded along with it, before it.
        includes: List<String>,
        /// Named lists that variables can take their options from.
        values: Pairs<Vec<Spanned<String>>>,
        /// A shorter text for tools with little room.
        short: Field<String>,
    }
}

impl ContextModule {
    /// A named list of values.
    pub fn list(&self, name: &str) -> Option<&[Spanned<String>]> {
        self.values.0.iter().find(|(key, _)| key.value == name).map(|(_, list)| list.value.as_slice())
    }
}

impl KindFields for ContextModule {
    const DECISIVE: &'static [&'static str] = &["owner", "version", "approved_by", "valid_until", "review_by"];

    fn references(&self) -> Vec<Reference> {
        let approved = self.approved_by.iter().map(|who| Reference::name("approved_by", Kind::Person, who));
        let includes = self.includes.iter().map(|id| Reference::to("includes", Kind::ContextModule, id));
        approved.chain(includes).collect()
    }

    fn texts(&self) -> Vec<&str> {
        given([&self.short]).collect()
    }

    fn check(&self, entry: &Entry, problems: &mut Problems) {
        limits::list("includes", &self.includes, problems);
        for (_, list) in &self.values.0 {
            limits::options(list.iter().map(|value| (value.as_str(), value.span)), problems);
        }
        if let Some(module_type) = &self.module_type {
            limits::text("type", module_type, problems);
        }
        if entry.outline.is_empty && self.includes.is_empty() {
            let at = Span::new(entry.source.id, entry.body.start..entry.body.start);
            let problem = Diagnostic::new(Rule::MissingField, at, "the context module has no text");
            problems.push(problem.help("write below the front matter what an AI tool should know"));
        }
    }
}
