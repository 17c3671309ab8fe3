//! The prompt blocks of a body as messages.

use crate::content::template::Template;
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::fields::terms;
use crate::markdown::Fence;
use crate::text::suggest;

terms! {
    /// Who speaks in a message.
    pub enum Role ("role") {
        /// Sets the frame; tools without it take it as the first part of the prompt.
        System = "system",
        /// The person.
        User = "user",
        /// The model, in an example exchange.
        Assistant = "assistant",
    }
}

/// One message of a prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Who speaks.
    pub role: Role,
    /// What is said.
    pub template: Template,
}

/// Reads the prompt blocks of a body; unknown roles are reported and count as the person's.
pub(super) fn messages(fences: &[Fence], problems: &mut Problems) -> Vec<Message> {
    fences.iter().map(|fence| Message { role: role(fence, problems), template: Template::parse(&fence.text) }).collect()
}

fn role(fence: &Fence, problems: &mut Problems) -> Role {
    if fence.role.is_empty() {
        return Role::User;
    }
    Role::of_word(&fence.role).unwrap_or_else(|| {
        let words: Vec<&str> = Role::ALL.iter().map(|role| role.word()).collect();
        let problem = Diagnostic::new(Rule::UnknownTerm, fence.role_span, format!("unknown role `{}`", fence.role));
        problems.push(problem.maybe_help(suggest::help(&fence.role, &words)));
        Role::User
    })
}
