//! The fields of an entry that an import can fill, and the column names by which they are recognised.

use unicode_normalization::UnicodeNormalization;

use crate::text::suggest;

/// A field of the entry that a column can be mapped to.
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

    /// The name in `--map` and, but for the prompt, in the front matter.
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

    /// Column names that stand for the field when nothing was mapped, the surest first, in [`folded`] form.
    ///
    /// Those of status and audience are in `limits`: more than one column can say that a row is not for everybody.
    pub(super) const fn headings(self) -> &'static [&'static str] {
        match self {
            Self::Title => &["title", "act", "name", "prompttitle", "promptname"],
            Self::Prompt => &["prompt", "prompttext", "text", "content", "template", "body"],
            Self::Summary => &["summary", "description", "shortdescription", "about"],
            Self::Authors => &["authors", "author", "contributors", "contributor", "by", "creator", "createdby"],
            Self::Tags => &["tags", "tag", "categories", "category", "labels", "label", "keywords", "topics"],
            Self::Team => &["team", "department"],
            Self::Owner => &["owner", "maintainer"],
            Self::AdaptedFrom => &["adaptedfrom", "source", "sourceurl", "url", "link"],
            Self::Created => &["created", "createdat", "createdon", "datecreated", "date"],
            Self::Updated => &["updated", "updatedat", "updatedon", "lastupdated", "modified", "lastmodified"],
            Self::Status | Self::Audience => &[],
            Self::Roles => &["roles", "role"],
            Self::Tasks => &["tasks", "task"],
            Self::Channels => &["channels", "channel"],
        }
    }
}

/// A text without case, accents, spaces and punctuation, so that “Date created” is `datecreated`.
pub(super) fn folded(text: &str) -> String {
    words(text).concat()
}

/// The words of a text without case, accents and punctuation; those of `dateCreated` are two.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_small = false;
    for c in text.nfkd().filter(|c| !is_accent(*c)).nfc() {
        if matches!(c, '\'' | '’') {
            continue;
        }
        if !c.is_alphanumeric() || was_small && c.is_uppercase() {
            words.push(String::new());
        }
        was_small = c.is_lowercase();
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            push_plain(word, c);
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Accents of the Latin, Greek and Cyrillic scripts; in others such marks tell words apart.
const fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{fe0e}' | '\u{fe0f}')
}

/// Letters that have no accent to lose and are written without one all the same.
fn push_plain(word: &mut String, c: char) {
    match c {
        'ł' | 'Ł' => word.push('l'),
        'ø' | 'Ø' => word.push('o'),
        'đ' | 'Đ' => word.push('d'),
        'ı' => word.push('i'),
        'ß' | 'ẞ' => word.push_str("ss"),
        c => word.extend(c.to_lowercase()),
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

    #[test]
    fn headings_are_folded_and_belong_to_one_field() {
        let all: Vec<_> = Field::ALL.iter().flat_map(|field| field.headings()).collect();
        for (at, heading) in all.iter().enumerate() {
            assert_eq!(folded(heading), **heading);
            assert!(!all[..at].contains(heading), "{heading} stands for two fields");
        }
        assert_eq!(folded("Date created"), "datecreated");
        assert_eq!(folded("Niveau d’accès"), "niveaudacces");
        assert_eq!(folded("Poziom dostępu, ŁÓDŹ"), "poziomdostepulodz");
        assert_eq!(folded("ダイヤ が"), "ダイヤが");
        assert_eq!(words("dateCreated_at TLP:RED"), ["date", "created", "at", "tlp", "red"]);
    }
}
