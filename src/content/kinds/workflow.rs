//! A multi-step orchestration: each step a prompt or a human act, with a checkpoint and what is carried on.

use super::KindFields;
use super::model::Model;
use super::prompt::Prompt;
use crate::content::{Common, Entry, KindSpec, Name, Ref};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::fields::{Field, List, Long, Weight, record, terms};

record! {
    /// The fields that a workflow adds.
    pub struct Workflow ("workflow") {
        /// What you have before the first step.
        start_with: Field<Long> [searched(Weight::Body), example("A feature brief")],
        /// What you have after the last.
        end_with: Field<Long> [searched(Weight::Body), example("Three e-mails, ready to send")],
        /// How many minutes the whole takes.
        minutes: Field<u32> [minutes, example("90")],
        /// The steps, in order.
        steps: List<Step> [required, items(100), example(r#"[{ title = "Draft", prompt = "launch-email" }]"#)],
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
    pub struct Step ("step") {
        /// What is done.
        title: Field<String> [required, searched(Weight::Body), example("Draft the e-mails")],
        /// The prompt that does it.
        prompt: Field<Ref<Prompt>> [example("launch-email")],
        /// What a person does, or how.
        text: Field<Long> [searched(Weight::Body), example("Read all three aloud")],
        /// The model to use, or the id of an entry in `models/`.
        model: Field<Name<Model>> [example("claude")],
        /// What is carried on to the next step.
        carry: Field<Long> [searched(Weight::Body), example("The three drafts")],
        /// What to verify before going on.
        checkpoint: Field<Long> [searched(Weight::Body), example("Every claim is in the brief")],
        /// How far the output can be trusted.
        trust: Field<Trust> [example("medium")],
        /// Whether the step can be left out. Default false.
        optional: Field<bool> [default("false"), example("true")],
    }
}

impl KindFields for Workflow {
    const SPEC: KindSpec = KindSpec {
        about: "Several steps, each a prompt or a human act, with checkpoints.",
        word: "workflow",
        one: "a workflow",
        many: "workflows",
        folder: "workflows",
        decisive: &[Common::KEYS.owner, Common::KEYS.version, Self::KEYS.minutes, Common::KEYS.review_by],
        ..KindSpec::USUAL
    };

    fn check(&self, _entry: &Entry, problems: &mut Problems) {
        for step in &self.steps {
            if step.prompt.is_none() && step.text.is_none() {
                let problem =
                    Diagnostic::new(Rule::MissingField, step.span, "the step has neither `prompt` nor `text`");
                problems.push(problem.help("`prompt` names the prompt to run, `text` says what a person does"));
            }
        }
    }
}
