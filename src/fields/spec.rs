//! A field as it is declared: everything that is known of it stands here, once.

use super::shape::Shape;
use crate::diagnostics::Rule;

/// A field of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldSpec {
    /// Its key in the front matter.
    pub key: &'static str,
    /// What other tools call it, in lower case. Such a key is read where the field's own is absent.
    pub also: &'static [&'static str],
    /// What its value may be.
    pub shape: Shape,
    /// Whether it has to be there.
    pub need: Need,
    /// What holds where it is absent, as it would be written; `None` where there is nothing to say.
    pub default: Option<&'static str>,
    /// A good value, as it is written: a plain one without quotes, a list or table as in TOML.
    pub example: Option<&'static str>,
    /// How much its words count in search; `None` where they are not searched.
    pub weight: Option<Weight>,
    /// What of an entry's visibility it decides.
    pub guards: Option<Guard>,
    /// Whether its day tells what happened, so that it cannot be one to come.
    pub is_past: bool,
    /// Whether the items of its list are words or names, so that a text with commas is several. References and terms are
    /// so without being marked.
    pub is_words: bool,
    /// The most items of its list.
    pub most_items: usize,
    /// The most characters of its text, or of each text in its list.
    pub most_characters: usize,
    /// How it stands among the facts of its entry's page; `None` where it is none.
    pub fact: Option<Fact>,
    /// What it means, in sentences for people who write entries, with the blanks of a doc comment: see
    /// [`meaning`](Self::meaning).
    pub doc: &'static str,
}

/// Whether a field has to be there, and which rule says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Nothing works without it.
    Required(Rule),
    /// It earns a hint where it is absent.
    Recommended(Rule),
    /// It may be absent.
    Optional,
}

/// How much a word counts by where it stands, most telling first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// What the entry is called.
    Title,
    /// Words that it is filed under.
    Terms,
    /// What a part of it is called.
    Headings,
    /// What it is for, in a sentence.
    Summary,
    /// The rest.
    Body,
}

/// What decides who may see an entry. A mistake in it must never show the entry to more people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Guard {
    /// Whether it is a draft.
    Status,
    /// For whom it is.
    Audience,
}

/// How a field stands among the facts of its entry's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fact {
    /// As it is.
    Plain,
    /// As a time in minutes.
    Minutes,
    /// As it is, behind those that the kind adds.
    Aside,
}

impl FieldSpec {
    /// A field that may be absent, of which nothing more is known.
    pub const fn new(key: &'static str, shape: Shape, doc: &'static str) -> Self {
        Self {
            key,
            also: &[],
            shape,
            need: Need::Optional,
            default: None,
            example: None,
            weight: None,
            guards: None,
            is_past: false,
            is_words: false,
            most_items: usize::MAX,
            most_characters: usize::MAX,
            fact: None,
            doc,
        }
    }

    /// Nothing works without it.
    #[must_use]
    pub const fn required(self) -> Self {
        self.required_by(Rule::MissingField)
    }

    /// As [`required`](Self::required), with a rule of its own.
    #[must_use]
    pub const fn required_by(self, rule: Rule) -> Self {
        Self { need: Need::Required(rule), ..self }
    }

    /// Its absence is reported by a rule whose severity is below an error.
    #[must_use]
    pub const fn recommended_by(self, rule: Rule) -> Self {
        Self { need: Need::Recommended(rule), ..self }
    }

    /// What other tools call it.
    #[must_use]
    pub const fn also(self, keys: &'static [&'static str]) -> Self {
        Self { also: keys, ..self }
    }

    /// What holds where it is absent.
    #[must_use]
    pub const fn default(self, written: &'static str) -> Self {
        Self { default: Some(written), ..self }
    }

    /// A good value.
    #[must_use]
    pub const fn example(self, written: &'static str) -> Self {
        Self { example: Some(written), ..self }
    }

    /// Its words are searched.
    #[must_use]
    pub const fn searched(self, weight: Weight) -> Self {
        Self { weight: Some(weight), ..self }
    }

    /// It decides who may see the entry.
    #[must_use]
    pub const fn guards(self, guard: Guard) -> Self {
        Self { guards: Some(guard), ..self }
    }

    /// Its day tells what happened.
    #[must_use]
    pub const fn past(self) -> Self {
        Self { is_past: true, ..self }
    }

    /// The items of its list are words or names: none has a comma.
    #[must_use]
    pub const fn words(self) -> Self {
        Self { is_words: true, ..self }
    }

    /// The most items of its list.
    #[must_use]
    pub const fn items(self, most: usize) -> Self {
        Self { most_items: most, ..self }
    }

    /// The most characters of its text.
    #[must_use]
    pub const fn characters(self, most: usize) -> Self {
        Self { most_characters: most, ..self }
    }

    /// It is one of the facts on the entry's page.
    #[must_use]
    pub const fn fact(self) -> Self {
        Self { fact: Some(Fact::Plain), ..self }
    }

    /// It is one of the facts on the entry's page, a time.
    #[must_use]
    pub const fn minutes(self) -> Self {
        Self { fact: Some(Fact::Minutes), ..self }
    }

    /// What it means, in sentences for people who write entries.
    pub fn meaning(&self) -> String {
        doc_text(self.doc)
    }

    /// It is one of the facts on the entry's page, behind those that the kind adds.
    #[must_use]
    pub const fn aside(self) -> Self {
        Self { fact: Some(Fact::Aside), ..self }
    }

    /// The first sentence of what it means, to stand within another: without a capital and a full stop.
    pub fn gist(&self) -> String {
        let meaning = self.meaning();
        // `e.g. this` goes on.
        let ends = meaning.match_indices(". ").map(|(at, _)| at);
        let end =
            ends.into_iter().find(|at| meaning[at + 2..].starts_with(char::is_uppercase)).unwrap_or(meaning.len());
        let first = meaning[..end].trim_end_matches('.');
        let mut chars = first.chars();
        chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
    }
}

/// The text of a doc comment on one line.
pub fn doc_text(doc: &str) -> String {
    doc.lines().map(str::trim).collect::<Vec<_>>().join(" ").trim().to_owned()
}
