//! How a power user really works: objective, context given, how it was refined, what was learned.

use super::shared::{ContextItem, check_context, context_references};
use super::{KindFields, Reference, given, missing};
use crate::content::{Entry, Kind, limits};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::front_matter::{Field, List, record};
use crate::text::Span;

record! {
    /// The fields that a working description adds.
    pub struct WorkingDescription ("a table", "a list of tables") {
        /// The prompts it uses.
        prompts: List<String>,
        /// The context it gives: ids, or tables with `module`, `required` and `slot`.
        context: List<ContextItem>,
        /// How many minutes it saves each time.
        minutes_saved: Field<u32>,
        /// How it was refined: what was `tried`, what was seen (`saw`), what was `changed`.
        iterations: List<Iteration>,
    }
}

record! {
    /// One round of refining.
    pub struct Iteration ("a table with `tried`, `saw` and `changed`", "a list of tables with `tried`, `saw` and `changed`") {
        /// What was tried.
        tried: Field<String>,
        /// What came back.
        saw: Field<String>,
        /// What was changed because of it.
        changed: Field<String>,
    }
}

/// What some people put behind a heading.
fn is_sign(c: char) -> bool {
    matches!(c, ':' | '.' | '?' | '!' | '…' | ' ')
}

/// The headings that a colleague needs to work the same way.
const HEADINGS: [&str; 3] = ["Objective", "Context given", "What I learned"];

impl KindFields for WorkingDescription {
    const DECISIVE: &'static [&'static str] = &["authors", "minutes_saved", "updated", "review_by"];

    fn references(&self) -> Vec<Reference> {
        let prompts = self.prompts.iter().map(|id| Reference::to("prompts", Kind::Prompt, id));
        prompts.chain(context_references(&self.context)).collect()
    }

    fn texts(&self) -> Vec<&str> {
        given(self.iterations.iter().flat_map(|round| [&round.tried, &round.saw, &round.changed])).collect()
    }

    fn check(&self, entry: &Entry, problems: &mut Problems) {
        check_context(&self.context, problems);
        limits::list("prompts", &self.prompts, problems);
        limits::list("iterations", &self.iterations, problems);
        for iteration in &self.iterations {
            if iteration.tried.is_none() {
                missing(problems, iteration.span, "the iteration", "tried", "\"…\"");
            }
        }
        for heading in HEADINGS {
            let is_it = |text: &str| text.trim_end_matches(is_sign).eq_ignore_ascii_case(heading);
            if !entry.outline.headings.iter().any(|h| is_it(&h.text)) {
                let at = Span::new(entry.source.id, entry.body.start..entry.body.start);
                let problem = Diagnostic::new(Rule::MissingSection, at, format!("the heading `{heading}` is missing"));
                problems.push(problem.help(format!("add `## {heading}`, so that a colleague can work the same way")));
            }
        }
    }
}
