//! How a power user really works: objective, context given, how it was refined, what was learned.

use super::KindFields;
use super::prompt::Prompt;
use crate::content::context_use::check_context;
use crate::content::{Common, ContextItem, Entry, KindSpec, Ref};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::fields::{Field, List, Long, Weight, record};
use crate::text::{Span, Spanned};

record! {
    /// The fields that a working description adds.
    pub struct WorkingDescription ("working description") {
        /// The prompts it uses.
        prompts: List<Ref<Prompt>> [items(100), example(r#"["launch-email"]"#)],
        /// The context it gives: ids, or tables with `module`, `required` and `slot`.
        context: List<ContextItem> [items(100), example(r#"["brand-voice"]"#)],
        /// How many minutes it saves each time.
        minutes_saved: Field<u32> [minutes, example("45")],
        /// How it was refined: what was `tried`, what was seen (`saw`), what was `changed`.
        iterations: List<Iteration> [items(100), example(r#"[{ tried = "The brief alone", saw = "No voice", changed = "Gave it the voice" }]"#)],
    }
}

record! {
    /// One round of refining.
    pub struct Iteration ("iteration") {
        /// What was tried.
        tried: Field<Long> [required, searched(Weight::Body), example("The brief alone")],
        /// What came back.
        saw: Field<Long> [searched(Weight::Body), example("Correct, and nobody's voice")],
        /// What was changed because of it.
        changed: Field<Long> [searched(Weight::Body), example("Gave it the brand voice")],
    }
}

/// What some people put behind a heading.
fn is_sign(c: char) -> bool {
    matches!(c, ':' | '.' | '?' | '!' | '…' | ' ')
}

/// The headings that a colleague needs to work the same way.
const HEADINGS: [&str; 3] = ["Objective", "Context given", "What I learned"];

impl KindFields for WorkingDescription {
    const SPEC: KindSpec = KindSpec {
        about: "How a power user really works.",
        word: "working-description",
        one: "a working description",
        many: "working descriptions",
        folder: "working-descriptions",
        decisive: &[Common::KEYS.authors, Self::KEYS.minutes_saved, Common::KEYS.updated, Common::KEYS.review_by],
        ..KindSpec::USUAL
    };

    fn context(&self) -> &[Spanned<ContextItem>] {
        &self.context
    }

    fn check(&self, entry: &Entry, problems: &mut Problems) {
        check_context(&self.context, entry.syntax, problems);
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
