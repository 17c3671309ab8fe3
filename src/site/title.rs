//! What a list or a term is called, and in whose words.

use crate::site::Site;

/// What something is called. Two cases, because a term of a team may have the name of a word of the interface: a tag
/// `search` is called that in every language.
#[derive(Clone)]
pub(super) enum Title {
    /// By a word of the interface, in its language.
    Word(&'static str),
    /// As the team calls it, whatever the interface calls so.
    Text(String),
}

impl Title {
    /// As people read it.
    pub(super) fn text(&self, site: &Site) -> String {
        match self {
            Self::Word(key) => site.word(key).to_owned(),
            Self::Text(text) => text.clone(),
        }
    }
}
