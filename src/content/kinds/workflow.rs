//! A multi-step orchestration: each step a prompt or a human act, with a checkpoint and what is carried on.

use super::{KindFields, Reference, given, missing};
use crate::content::{Entry, Kind, limits};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::front_matter::{Field, List, record, terms};
use crate::text::Span;

record! {
    /// The fields that a workflow adds.
    pub struct Workflow ("a table", "a list of tables") {
        /// What you have before the first step.
        start_with: Field<String>,
        /// What you have after the last.
        end_with: Field<String>,
        /// How many minutes the whole takes.
        minutes: Field<u32>,
        /// The steps, in order.
        steps: List<Step>,
    }
}

terms! {
    /// How far the output of a step can be trusted without a check.
    pub enum Trust ("degree of trust") {
        /// A glance will do.
        High = "high",
        /// Read it.
        Medium = "medium",
        /// Check every statement.
        Low = "low",
    }
}

record! {
    /// One step.
    pub struct Step ("a table that describes a step", "a list of tables, each a step") {
        /// What is done.
        title: Field<String>,
        /// The prompt that does it.
        prompt: Field<String>,
        /// What a person does, or how.
        text: Field<String>,
        /// The model to use, or the id of an entry in `models/`.
        model: Field<String>,
        /// What is carried on to the next step.
        carry: Field<String>,
        /// What to verify before going on.
        checkpoint: Field<String>,
        /// How far the output can be trusted.
        trust: Field<Trust>,
        /// Whether the step can be left out. Default false.
        optional: Field<bool>,
    }
}

impl KindFields for Workflow {
    const DECISIVE: &'static [&'static str] = &["owner", "version", "minutes", "review_by"];

    fn references(&self) -> Vec<Reference> {
        let prompts = self
            .steps
            .iter()
            .filter_map(|step| step.prompt.as_ref())
            .map(|id| Reference::to("steps", Kind::Prompt, id));
        let models = self
            .steps
            .iter()
            .filter_map(|step| step.model.as_ref())
            .map(|id| Reference::name("steps", Kind::Model, id));
        prompts.chain(models).collect()
    }

    fn texts(&self) -> Vec<&str> {
        let steps = self.steps.iter().flat_map(|step| [&step.title, &step.text, &step.carry, &step.checkpoint]);
        given([&self.start_with, &self.end_with].into_iter().chain(steps)).collect()
    }

    fn check(&self, entry: &Entry, problems: &mut Problems) {
        limits::list("steps", &self.steps, problems);
        if self.steps.is_empty() {
            let at = Span::new(entry.source.id, entry.body.start..entry.body.start);
            let problem = Diagnostic::new(Rule::MissingField, at, "the workflow has no steps");
            let problem = problem.help("add `[[steps]]` with `title` and `prompt` or `text`");
            problems.push_missing(Span::file(entry.source.id), "steps", problem);
        }
        for step in &self.steps {
            if step.title.is_none() {
                missing(problems, step.span, "the step", "title", "\"…\"");
            }
            if step.prompt.is_none() && step.text.is_none() {
                let problem =
                    Diagnostic::new(Rule::MissingField, step.span, "the step has neither `prompt` nor `text`");
                problems.push(problem.help("`prompt` names the prompt to run, `text` says what a person does"));
            }
        }
    }
}
