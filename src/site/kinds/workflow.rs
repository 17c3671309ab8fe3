//! A workflow: its steps, and what one has before the first and after the last.

use std::fmt::Write as _;

use serde::Serialize;

use super::Presented;
use crate::content::kinds::{Step, Workflow};
use crate::diagnostics::Diagnostic;
use crate::handbook::Ix;
use crate::site::parts::{InTwin, OnPage, item, line, text};
use crate::theme::view::{LinkView, NoteView};

/// What the template of a workflow sees as `own`.
#[derive(Serialize)]
pub(super) struct View {
    /// What one starts and ends with.
    notes: Vec<NoteView>,
    /// Its steps.
    steps: Vec<StepView>,
}

/// A step of a workflow.
#[derive(Serialize)]
struct StepView {
    /// What is done.
    title: String,
    /// The prompt that does it.
    prompt: Option<LinkView>,
    /// What a person does.
    text: String,
    /// The model to use.
    model: Option<LinkView>,
    /// What is carried on.
    carry: String,
    /// What to verify.
    checkpoint: String,
    /// How far to trust it, as a word; may be empty.
    trust: String,
    /// How far to trust it, as people read it.
    trust_label: String,
    /// Whether it can be left out.
    optional: bool,
}

impl Presented for Workflow {
    type View = View;

    fn view(&self, page: &OnPage<'_>) -> Result<View, Box<Diagnostic>> {
        Ok(View {
            notes: page.notes([("start_with", self.start_with.as_ref()), ("end_with", self.end_with.as_ref())]),
            steps: self.steps.iter().map(|step| step_view(page, step)).collect(),
        })
    }

    // The steps are the thing itself, so they come before the body, which is notes on them.
    fn before(&self, twin: &mut InTwin<'_>) {
        twin.fact("start_with", self.start_with.as_ref());
        twin.fact("end_with", self.end_with.as_ref());
        if !self.steps.is_empty() {
            twin.heading("steps");
        }
        for (at, step) in self.steps.iter().enumerate() {
            write_step(twin, at, step);
        }
    }
}

/// A step. A prompt that nobody may see here is left out, and the step shows what a person does.
fn step_view(page: &OnPage<'_>, step: &Step) -> StepView {
    let prompt = step.prompt.as_ref().and_then(|id| page.site.handbook.meaning(page.ix, Workflow::KEYS.steps, id));
    let trust = step.trust.as_ref().map(|trust| trust.word());
    StepView {
        title: text(step.title.as_ref()),
        prompt: prompt.map(|ix| page.site.entry_link(ix)),
        text: text(step.text.as_ref()),
        model: step.model.as_ref().map(|name| page.model(Workflow::KEYS.steps, name)),
        carry: text(step.carry.as_ref()),
        checkpoint: text(step.checkpoint.as_ref()),
        trust: trust.unwrap_or_default().to_owned(),
        trust_label: trust.map(|trust| page.site.word_of("trust", trust).to_owned()).unwrap_or_default(),
        optional: is_optional(step),
    }
}

/// Only where it says so.
fn is_optional(step: &Step) -> bool {
    step.optional.as_ref().is_some_and(|optional| optional.value)
}

/// A step under a heading of its own, with what belongs to it as a list, in the order of the page.
fn write_step(twin: &mut InTwin<'_>, at: usize, step: &Step) {
    write_title(twin, at, step);
    if let Some(prompt) = prompt(twin, step) {
        twin.written_fact("prompt", &twin.link(prompt));
    }
    if let Some(text) = &step.text {
        let _ = writeln!(twin.text, "- {}", item(text));
    }
    twin.fact("model", step.model.as_ref());
    if let Some(trust) = &step.trust {
        twin.written_fact("trust", twin.site.word_of("trust", trust.word()));
    }
    twin.fact("checkpoint", step.checkpoint.as_ref());
    twin.fact("carry", step.carry.as_ref());
    twin.text.push('\n');
}

/// The heading of a step, numbered from 1: `### 1. Title`. Behind the marks of a heading a number begins no list.
fn write_title(twin: &mut InTwin<'_>, at: usize, step: &Step) {
    let title = step.title.as_ref().map(|title| line(title)).unwrap_or_default();
    let need = if is_optional(step) { format!(" ({})", twin.site.word("optional")) } else { String::new() };
    let _ = write!(twin.text, "### {}. {title}{need}\n\n", at + 1);
}

/// The prompt that a step names, where it may be seen here.
fn prompt(twin: &InTwin<'_>, step: &Step) -> Option<Ix> {
    twin.site.handbook.meaning(twin.ix, Workflow::KEYS.steps, step.prompt.as_ref()?)
}
