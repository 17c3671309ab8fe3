//! A working description: what goes in, and how it was refined.

use std::fmt::Write as _;

use serde::Serialize;

use super::Presented;
use crate::content::kinds::{Iteration, WorkingDescription};
use crate::diagnostics::Diagnostic;
use crate::site::parts::{InTwin, OnPage, line, text};
use crate::theme::view::{CardsView, ContextView};

/// What the template of a working description sees as `own`.
#[derive(Serialize)]
pub(super) struct View {
    /// Its context.
    context: Vec<ContextView>,
    /// Its prompts.
    entries: Option<CardsView>,
    /// How it was refined.
    iterations: Vec<IterationView>,
}

/// A round of refining.
#[derive(Serialize)]
struct IterationView {
    /// What was tried.
    tried: String,
    /// What came back.
    saw: String,
    /// What was changed.
    changed: String,
}

impl Presented for WorkingDescription {
    type View = View;

    fn view(&self, page: &OnPage<'_>) -> Result<View, Box<Diagnostic>> {
        Ok(View {
            context: page.context(),
            entries: page.entries(Self::KEYS.prompts, "starter_prompts")?,
            iterations: self.iterations.iter().map(|round| iteration(round)).collect(),
        })
    }

    // What it is for first, then what goes along, and last how it came about.
    fn after(&self, twin: &mut InTwin<'_>) {
        twin.entries(Self::KEYS.prompts, "starter_prompts");
        twin.context(&self.context);
        if !self.iterations.is_empty() {
            twin.heading("iterations");
        }
        for (at, round) in self.iterations.iter().enumerate() {
            write_round(twin, at, round);
        }
    }
}

/// A round as it was written; what is missing is empty.
fn iteration(round: &Iteration) -> IterationView {
    IterationView {
        tried: text(round.tried.as_ref()),
        saw: text(round.saw.as_ref()),
        changed: text(round.changed.as_ref()),
    }
}

/// A round as an item of an ordered list: what was tried, seen and changed, on lines of its own. The backslash is a
/// hard break (CommonMark, 6.7), and three blanks are the width of `1. `.
fn write_round(twin: &mut InTwin<'_>, at: usize, round: &Iteration) {
    let fields = [("tried", &round.tried), ("saw", &round.saw), ("changed", &round.changed)];
    let said = fields.into_iter().filter_map(|(key, text)| text.as_ref().map(|text| (key, text)));
    let parts: Vec<String> = said.map(|(key, text)| format!("{}: {}", twin.site.word(key), line(text))).collect();
    let _ = writeln!(twin.text, "{}. {}", at + 1, parts.join("\\\n   "));
}
