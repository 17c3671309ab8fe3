//! A shared AI project: instructions, context files, starter prompts, and how to set it up in each tool.

use super::KindFields;
use super::prompt::Prompt;
use crate::content::context_use::check_context;
use crate::content::{Common, ContextItem, Entry, KindSpec, LinkItem, Ref};
use crate::diagnostics::Problems;
use crate::fields::{Field, List, Weight, record};
use crate::text::Spanned;

record! {
    /// The fields that a project adds. Its instructions are the `prompt` block of its body.
    pub struct Project ("project") {
        /// Context modules that belong into the project: ids, or tables with `module`, `required` and `slot`.
        context: List<ContextItem> [items(100), example(r#"["brand-voice"]"#)],
        /// Prompts to start with.
        prompts: List<Ref<Prompt>> [items(100), example(r#"["launch-email"]"#)],
        /// How to set it up: `tool` and `steps`.
        setup: List<Setup> [items(50), example(r#"[{ tool = "Claude Project", steps = ["Paste the instructions"] }]"#)],
        /// Where the project already exists.
        links: List<LinkItem> [items(100), example(r#"["https://claude.ai/project/1"]"#)],
    }
}

record! {
    /// How to set a project up in one tool.
    pub struct Setup ("set-up") {
        /// The tool's name. Such as `Claude Project`, `Custom GPT` or `Gem`.
        tool: Field<String> [required, searched(Weight::Body), example("Claude Project")],
        /// What to do, in order.
        steps: List<String> [items(100), searched(Weight::Body), example(r#"["Paste the instructions"]"#)],
    }
}

impl KindFields for Project {
    const SPEC: KindSpec = KindSpec {
        about: "A shared AI project: instructions, context, starter prompts, set-up.",
        word: "project",
        one: "a project",
        many: "projects",
        folder: "projects",
        decisive: &[Common::KEYS.owner, Common::KEYS.version, Common::KEYS.review_by],
        sends_text: true,
        ..KindSpec::USUAL
    };

    fn context(&self) -> &[Spanned<ContextItem>] {
        &self.context
    }

    fn check(&self, entry: &Entry, problems: &mut Problems) {
        check_context(&self.context, entry.syntax, problems);
        entry.check_text(problems);
    }
}
