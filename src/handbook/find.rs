//! What somebody means who names a prompt and what goes into it.

use crate::content::Kind;
use crate::handbook::{Handbook, Inputs, Ix};
use crate::text::suggest;

/// What was filled in, as it was written.
#[derive(Debug, Clone, Copy)]
pub struct Written<'w> {
    /// A variable's name and a value, again for each further value.
    pub values: &'w [(String, String)],
    /// A slot's name and a module's id, which is empty for a slot that stays empty.
    pub slots: &'w [(String, String)],
    /// The ids of modules to leave out.
    pub without: &'w [String],
}

/// What nobody finds in a handbook.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfound {
    /// No entry that can be sent is called so.
    #[error("there is no prompt `{written}` for this audience")]
    Prompt {
        /// As it was written.
        written: String,
        /// The prompt that is spelt most like it.
        nearest: Option<String>,
    },
    /// An entry that cannot be sent.
    #[error("`{written}` is a {noun}, not a prompt")]
    OtherKind {
        /// As it was written.
        written: String,
        /// What it is.
        noun: String,
    },
    /// No context module is called so.
    #[error("there is no context module `{0}` for this audience")]
    Module(String),
}

/// The prompt that is meant, or another entry that is sent.
///
/// # Errors
///
/// What is not there, or is something else.
pub fn prompt(handbook: &Handbook, written: &str) -> Result<Ix, Unfound> {
    let sent = Kind::ALL.iter().filter(|kind| kind.spec().sends_text);
    if let Some(ix) = sent.copied().find_map(|kind| handbook.find_in(kind, written)) {
        return Ok(ix);
    }
    if let Some(ix) = handbook.find(written).filter(|ix| !handbook.entry(*ix).kind.spec().sends_text) {
        return Err(Unfound::OtherKind {
            written: written.to_owned(),
            noun: handbook.entry(ix).kind.noun().to_owned(),
        });
    }
    let ids: Vec<&str> = handbook.of_kind(Kind::Prompt).map(|(_, entry)| entry.id.as_str()).collect();
    let wanted = if written.contains('/') { written.to_owned() } else { Kind::Prompt.spec().id_of(written) };
    let nearest = suggest::nearest(&wanted, ids).map(str::to_owned);
    Err(Unfound::Prompt { written: written.to_owned(), nearest })
}

/// What was filled in, with each module found.
///
/// # Errors
///
/// The first module that is not there.
pub fn inputs(handbook: &Handbook, written: Written<'_>) -> Result<Inputs, Unfound> {
    let module = |id: &str| {
        let found = handbook.find_in(Kind::ContextModule, id);
        found.ok_or_else(|| Unfound::Module(id.to_owned()))
    };
    let mut inputs = Inputs::default();
    for (name, value) in written.values {
        inputs.values.entry(name.clone()).or_default().push(value.clone());
    }
    for (slot, id) in written.slots {
        let module = if id.trim().is_empty() { None } else { Some(module(id.trim())?) };
        inputs.slots.insert(slot.clone(), module);
    }
    for id in written.without {
        inputs.without.insert(module(id)?);
    }
    Ok(inputs)
}
