//! What a prompt lacks before it can be sent, and the words for it.

use crate::content::limits::ASSEMBLED_MOST;
use crate::handbook::{Handbook, Ix};
use crate::text::suggest;

/// Why a prompt cannot be sent as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lack {
    /// A required variable has no value. Has its name and label.
    Value(String, String),
    /// A value does not fit. Has the variable's name and the reason.
    Unfit(String, String),
    /// A required slot is empty. Has its name.
    Slot(String),
    /// A required module is not in this handbook. Has the reference as written.
    Module(String),
    /// A name that the prompt does not have.
    Unknown(String),
    /// The whole is more than [`ASSEMBLED_MOST`]. Has its bytes.
    TooLong(usize),
    /// A module to leave out that is not an optional one of the prompt. Has its id.
    Kept(String),
}

impl Lack {
    /// What is wrong with an assembly of a prompt, in words that say nothing of how the inputs were given.
    pub fn words(&self, handbook: &Handbook, prompt: Ix) -> String {
        match self {
            Self::Value(_, label) => format!("missing: {label}"),
            Self::Unfit(name, reason) => format!("does not fit: {name}: {reason}"),
            Self::TooLong(bytes) => {
                let (kib, most) = (bytes.div_ceil(1024), ASSEMBLED_MOST / 1024);
                format!("too long: with these values the prompt comes to {kib} KiB, more than {most}")
            }
            Self::Kept(id) => format!("cannot be left out: `{id}` is not an optional module of the prompt"),
            Self::Slot(name) => format!("missing: the module for the slot `{name}`"),
            Self::Module(id) => {
                format!(
                    "missing: the context module `{id}`: it does not exist, is a draft, or is not for this audience"
                )
            }
            Self::Unknown(name) => {
                let near = suggest::nearest(name, names(handbook, prompt));
                let help = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
                format!("unknown: the prompt has no `{name}`{help}")
            }
        }
    }
}

/// What the text of a prompt names.
fn names(handbook: &Handbook, prompt: Ix) -> Vec<&str> {
    let uses = handbook.entry(prompt).messages.iter().flat_map(|message| &message.template.uses);
    uses.map(|used| used.name.as_str()).filter(|name| !name.is_empty()).collect()
}
