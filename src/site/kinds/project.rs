//! A project: its instructions, what to load into it, and how to set it up.

use std::fmt::Write as _;

use serde::Serialize;

use super::Presented;
use crate::content::kinds::{Project, Setup};
use crate::diagnostics::Diagnostic;
use crate::site::fill;
use crate::site::parts::{InTwin, OnPage, item, line, text, web_links};
use crate::theme::view::{CardsView, ContextView, LinkView};

/// What the template of a project sees as `own`.
#[derive(Serialize)]
pub(super) struct View {
    /// Its instructions, finished: a block for each message.
    messages: String,
    /// What the page's script fills in, as JSON that can stand in an attribute between single quotes.
    fill: String,
    /// Its context.
    context: Vec<ContextView>,
    /// Whether some of the context stands before the text.
    context_before: bool,
    /// Prompts to start with.
    entries: Option<CardsView>,
    /// How to set it up in each tool.
    setup: Vec<SetupView>,
    /// Where it already exists.
    links: Vec<LinkView>,
}

/// How to set a project up in one tool.
#[derive(Serialize)]
struct SetupView {
    /// The tool.
    tool: String,
    /// What to do.
    steps: Vec<String>,
}

impl Presented for Project {
    type View = View;

    fn view(&self, page: &OnPage<'_>) -> Result<View, Box<Diagnostic>> {
        let context = page.context();
        Ok(View {
            messages: page.messages(),
            fill: fill::json(page.site, page.ix),
            context_before: context.iter().any(|item| item.stands_before),
            context,
            entries: page.entries(Self::KEYS.prompts, "starter_prompts")?,
            setup: self.setup.iter().map(|setup| setup_view(setup)).collect(),
            links: web_links(&self.links),
        })
    }

    // The instructions are the body; all else is for whoever sets the project up.
    fn after(&self, twin: &mut InTwin<'_>) {
        twin.context(&self.context);
        twin.entries(Self::KEYS.prompts, "starter_prompts");
        if !self.setup.is_empty() {
            twin.heading("setup");
        }
        for setup in &self.setup {
            write_setup(setup, twin);
        }
        twin.web_links(&self.links);
    }
}

/// The steps in one tool, as they were written.
fn setup_view(setup: &Setup) -> SetupView {
    SetupView { tool: text(setup.tool.as_ref()), steps: setup.steps.iter().map(|step| step.value.clone()).collect() }
}

/// A heading of level 3 for the tool, below that of the part, and its steps as an ordered list.
fn write_setup(setup: &Setup, twin: &mut InTwin<'_>) {
    if let Some(tool) = &setup.tool {
        let _ = write!(twin.text, "### {}\n\n", line(tool));
    }
    for (at, step) in setup.steps.iter().enumerate() {
        // `item` indents by two, and `1. ` is three wide. From the tenth step on the number is wider; what follows on
        // is then read as a lazy line of the same paragraph (CommonMark, 5.2), and a text that could begin a block is
        // escaped.
        let _ = writeln!(twin.text, "{}. {}", at + 1, item(step).replace('\n', "\n "));
    }
    twin.text.push('\n');
}
