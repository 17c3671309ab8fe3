//! A field as it is declared: everything that is known of it stands here, once.

use std::fmt;

use super::shape::{Shape, Sort};
use crate::diagnostics::Rule;

/// A field of a record. A mark that would do nothing for its shape does not compile.
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
    /// How much its words count in search; `None` where they are not searched. Of a reference the words of what it means
    /// count.
    pub weight: Option<Weight>,
    /// What of an entry's visibility it decides.
    pub guards: Option<Guard>,
    /// Whether its day tells what happened, so that it cannot be one to come.
    pub is_past: bool,
    /// Whether the items of its list are words or names, so that a text with commas is several. References and terms are
    /// so without being marked.
    pub is_words: bool,
    /// The most items of its list, or names of its map; of a map of lists, of each of them too.
    pub most_items: usize,
    /// The most characters of its text, or of each text in its list or map.
    pub most_characters: usize,
    /// How it stands among the facts of its entry's page; `None` where it is none.
    pub fact: Option<Fact>,
    /// What it means, in sentences for people who write entries, with the blanks of a doc comment: see
    /// [`meaning`](Self::meaning).
    pub doc: &'static str,
}

/// A field, as whoever asks for it by itself names it. Only a record hands one out, by its `KEYS`, so nobody can ask for a
/// field that is not declared, or is not called so any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldKey(&'static str);

impl FieldKey {
    /// That of a field of a record.
    pub(crate) const fn declared(key: &'static str) -> Self {
        Self(key)
    }

    /// As it is written in front matter.
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for FieldKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
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

impl Weight {
    /// Every weight, most telling first.
    pub const ALL: [Self; 5] = [Self::Title, Self::Terms, Self::Headings, Self::Summary, Self::Body];
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

    /// Its key, to compare with one that is asked for.
    pub const fn field_key(&self) -> FieldKey {
        FieldKey(self.key)
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
        need(self.shape.holds(Sort::Text), "only texts are searched");
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
        need(self.shape.holds(Sort::Day), "only a day is past");
        Self { is_past: true, ..self }
    }

    /// The items of its list are words or names: none has a comma.
    #[must_use]
    pub const fn words(self) -> Self {
        need(self.shape.is_many() && self.shape.holds(Sort::Text), "only lists of texts have words");
        Self { is_words: true, ..self }
    }

    /// The most items of its list.
    #[must_use]
    pub const fn items(self, most: usize) -> Self {
        need(self.shape.is_many(), "only a list or a map has items");
        Self { most_items: most, ..self }
    }

    /// The most characters of its text.
    #[must_use]
    pub const fn characters(self, most: usize) -> Self {
        need(self.shape.holds(Sort::Text), "only texts have characters");
        Self { most_characters: most, ..self }
    }

    /// It is one of the facts on the entry's page.
    #[must_use]
    pub const fn fact(self) -> Self {
        need(self.shape.is_said_in_a_line(), "a fact is said in a line");
        Self { fact: Some(Fact::Plain), ..self }
    }

    /// It is one of the facts on the entry's page, a time.
    #[must_use]
    pub const fn minutes(self) -> Self {
        need(matches!(self.shape, Shape::Whole), "only a whole number is a time in minutes");
        Self { fact: Some(Fact::Minutes), ..self }
    }

    /// What it means, in sentences for people who write entries.
    pub fn meaning(&self) -> String {
        doc_text(self.doc)
    }

    /// It is one of the facts on the entry's page, behind those that the kind adds.
    #[must_use]
    pub const fn aside(self) -> Self {
        need(self.shape.is_said_in_a_line(), "a fact is said in a line");
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

/// Refuses a mark that would do nothing for a field's shape: records are constants, so the program does not compile.
const fn need(does_something: bool, why: &'static str) {
    assert!(does_something, "{}", why);
}

/// The text of a doc comment on one line.
pub fn doc_text(doc: &str) -> String {
    doc.lines().map(str::trim).collect::<Vec<_>>().join(" ").trim().to_owned()
}
