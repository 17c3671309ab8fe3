//! A shared AI project: instructions, context files, starter prompts, and how to set it up in each tool.

use super::shared::{ContextItem, LinkItem, check_context, check_links, context_references};
use super::{KindFields, Reference, given, missing};
use crate::content::{Entry, Kind, limits};
use crate::diagnostics::Problems;
use crate::front_matter::{Field, List, record};

record! {
    /// The fields that a project adds. Its instructions are the `prompt` block of its body.
    pub struct Project ("a table", "a list of tables") {
        /// Context modules that belong into the project: ids, or tables with `module`, `required` and `slot`.
        context: List<ContextItem>,
        /// Prompts to start with.
        prompts: List<String>,
        /// How to set it up: `tool` and `steps`.
        setup: List<Setup>,
        /// Where the project already exists.
        links: List<LinkItem>,
    }
}

record! {
    /// How to set a project up in one tool.
    pub struct Setup ("a table with `tool` and `steps`", "a list of tables, each with `tool` and `steps`") {
        /// The tool's name.
        tool: Field<String>,
        /// What to do, in order.
        steps: List<String>,
    }
}

impl KindFields for Project {
    const DECISIVE: &'static [&'static str] = &["owner", "version", "minutes_saved", "review_by"];

    fn references(&self) -> Vec<Reference> {
        let prompts = self.prompts.iter().map(|id| Reference::to("prompts", Kind::Prompt, id));
        context_references(&self.context).chain(prompts).collect()
    }

    fn texts(&self) -> Vec<&str> {
        let tools = given(self.setup.iter().map(|setup| &setup.tool));
        tools.chain(self.setup.iter().flat_map(|setup| &setup.steps).map(|step| step.value.as_str())).collect()
    }

    fn check(&self, entry: &Entry, problems: &mut Problems) {
        check_context(&self.context, problems);
        check_links(&self.links, problems);
        limits::list("prompts", &self.prompts, problems);
        limits::list("setup", &self.setup, problems);
        for setup in &self.setup {
            limits::list("steps", &setup.steps, problems);
            if setup.tool.is_none() {
                missing(problems, setup.span, "the set-up", "tool", "\"Claude Project\"");
            }
        }
        entry.check_text(problems);
    }
}
