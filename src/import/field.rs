//! The fields of an entry that an import can fill.

use crate::text::suggest;

/// A field of the entry that a value of another tool can fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The entry's title.
    Title,
    /// The text to send to an AI tool.
    Prompt,
    /// What the prompt does, in a sentence.
    Summary,
    /// Who wrote it, separated by commas.
    Authors,
    /// Open list of tags, separated by commas.
    Tags,
    /// The team it belongs to.
    Team,
    /// Who keeps it up to date.
    Owner,
    /// An address or an entry id that it was made from.
    AdaptedFrom,
    /// The day it was written.
    Created,
    /// The day it was last changed.
    Updated,
    /// Draft, in-review, approved or deprecated.
    Status,
    /// Who may see it: one of the handbook's audiences.
    Audience,
    /// Terms of the facet `roles`, separated by commas.
    Roles,
    /// Terms of the facet `tasks`, separated by commas.
    Tasks,
    /// Terms of the facet `channels`, separated by commas.
    Channels,
}

impl Field {
    /// Every field, in the order in which messages list them.
    pub const ALL: [Self; 15] = [
        Self::Title,
        Self::Prompt,
        Self::Summary,
        Self::Authors,
        Self::Tags,
        Self::Team,
        Self::Owner,
        Self::AdaptedFrom,
        Self::Created,
        Self::Updated,
        Self::Status,
        Self::Audience,
        Self::Roles,
        Self::Tasks,
        Self::Channels,
    ];

    /// The name in messages and, but for the prompt, in the front matter.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Prompt => "prompt",
            Self::Summary => "summary",
            Self::Authors => "authors",
            Self::Tags => "tags",
            Self::Team => "team",
            Self::Owner => "owner",
            Self::AdaptedFrom => "adapted_from",
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Status => "status",
            Self::Audience => "audience",
            Self::Roles => "roles",
            Self::Tasks => "tasks",
            Self::Channels => "channels",
        }
    }

    /// The field of this name; `source` is another word for `adapted_from`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        if name == "source" {
            return Some(Self::AdaptedFrom);
        }
        Self::ALL.into_iter().find(|field| field.name() == name)
    }
}

/// All names of fields, for a message.
pub(super) fn names() -> String {
    suggest::list(&Field::ALL.map(Field::name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_found_by_its_name() {
        for field in Field::ALL {
            assert_eq!(Field::named(field.name()), Some(field));
        }
        assert_eq!(Field::named("source"), Some(Field::AdaptedFrom));
        assert_eq!(Field::named("Title"), None);
    }
}
