//! Ids and kinds: what an entry is called and what sort of entry it is.

use std::fmt;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::fields::terms;

/// An entry's id: its path below `content/` without `.md`, in Unicode form NFC, with `/` on every system.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(String);

impl Id {
    /// The id of a path below `content/`, with or without `.md`.
    pub fn of_path(path: &str) -> Self {
        Self::written(path.strip_suffix(".md").unwrap_or(path))
    }

    /// The id that is written so, be it of a file `x.md.md`.
    pub fn written(id: &str) -> Self {
        Self(if is_nfc(id) { id.to_owned() } else { id.nfc().collect() })
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands after the last `/`.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The folder, without a `/` at its end; empty for an entry right below `content/`.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The kind, which the first folder decides.
    pub fn kind(&self) -> Kind {
        let folder = self.0.split_once('/').map_or("", |(first, _)| first);
        Kind::of_folder(folder).unwrap_or(Kind::Page)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

terms! {
    /// What sort of entry something is.
    pub enum Kind ("kind") {
        /// A tested prompt with typed variables and the context it needs.
        Prompt = "prompt",
        /// A shared AI project: instructions, context, starter prompts, set-up.
        Project = "project",
        /// How a power user really works.
        WorkingDescription = "working-description",
        /// A vetted, owned, expiring text that is loaded into AI tools.
        ContextModule = "context-module",
        /// Several steps, each a prompt or a human act, with checkpoints.
        Workflow = "workflow",
        /// One thing that worked this week.
        Win = "win",
        /// What a model or tool is good and poor at.
        Model = "model",
        /// A contributor's profile.
        Person = "person",
        /// A hand-made path through entries.
        Collection = "collection",
        /// Any other page.
        Page = "page",
    }
}

impl Kind {
    /// The folder below `content/` and on the site; empty for pages.
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Prompt => "prompts",
            Self::Project => "projects",
            Self::WorkingDescription => "working-descriptions",
            Self::ContextModule => "context",
            Self::Workflow => "workflows",
            Self::Win => "wins",
            Self::Model => "models",
            Self::Person => "people",
            Self::Collection => "collections",
            Self::Page => "",
        }
    }

    /// The kind whose entries lie in a folder below `content/`; none for that of pages, which lie anywhere else.
    pub fn of_folder(folder: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.folder() == folder && *kind != Self::Page)
    }

    /// The kind in a sentence, e.g. `context module`.
    pub fn noun(self) -> String {
        self.word().replace('-', " ")
    }

    /// The same with its article: `a context module`.
    pub const fn with_article(self) -> &'static str {
        match self {
            Self::Prompt => "a prompt",
            Self::Project => "a project",
            Self::WorkingDescription => "a working description",
            Self::ContextModule => "a context module",
            Self::Workflow => "a workflow",
            Self::Win => "a win",
            Self::Model => "a model",
            Self::Person => "a person",
            Self::Collection => "a collection",
            Self::Page => "a page",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_folder_decides() {
        assert_eq!(Id::of_path("context/personas/cfo.md").kind(), Kind::ContextModule);
        assert_eq!(Id::of_path("about.md").kind(), Kind::Page);
        assert_eq!(Id::of_path("guides/prompts.md").kind(), Kind::Page);
        assert_eq!(Id::of_path("context/personas/cfo.md").folder(), "context/personas");
    }
}
