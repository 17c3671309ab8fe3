//! What a value may be, as data: reading, messages, repairs, references, schemas and guides are derived from it.

use super::spec::FieldSpec;
use super::syntax::Syntax;
use crate::text::suggest;

/// What a value may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A text, usually of one line.
    Text,
    /// A text of any length.
    Long,
    /// A whole number, from 0 to the largest `u32`.
    Whole,
    /// True or false.
    YesNo,
    /// A day.
    Day,
    /// An address that leads out of the handbook.
    Address,
    /// The id of an entry, or a name.
    Reference(Target),
    /// A word of a closed list.
    Term(&'static Terms),
    /// A single value of any plain sort: a text, a number, a day, yes or no.
    Scalar,
    /// A list of values of one shape.
    List(&'static Self),
    /// A table with fields of its own.
    Table(&'static TableSpec),
    /// A table whose keys the author chooses.
    Map(&'static Self),
    /// One of several shapes, the plainest first.
    Either(&'static [Self]),
}

/// What sort a plain value is of, for those who look for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// A text: any that a walk meets as one.
    Text,
    /// A day.
    Day,
}

/// What a reference names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// The folder of the kind that it is for; any kind when `None`.
    pub folder: Option<&'static str>,
    /// What it names, with an article: `a prompt`.
    pub noun: &'static str,
    /// What several of it are: `prompts`.
    pub many: &'static str,
    /// What of the entry is meant.
    pub part: Part,
    /// How much it matters that it exists.
    pub strength: Strength,
}

/// What of an entry a reference means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The entry as a whole.
    Whole,
    /// A list of values in it: the entry's id, `/`, and the name of the list.
    List,
}

/// How much it matters that what is referred to exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// An entry must be there.
    Entry,
    /// A plain name will do; it is a link when an entry of the kind has it.
    Name,
}

/// A closed list of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// What each of them is: `status`.
    pub noun: &'static str,
    /// The words in their order, each with its meaning.
    pub words: &'static [(&'static str, &'static str)],
}

impl Terms {
    /// The words alone, in their order.
    pub fn names(&self) -> Vec<&'static str> {
        self.words.iter().map(|(word, _)| *word).collect()
    }
}

/// A table: what it stands for, and its fields.
#[derive(Debug, PartialEq, Eq)]
pub struct TableSpec {
    /// What it describes, without an article: `variable`.
    pub noun: &'static str,
    /// Its fields, in the order of the documentation.
    pub fields: &'static [FieldSpec],
}

impl TableSpec {
    /// Its keys in parentheses, where they are few enough to be named in passing.
    fn few_keys(&self) -> String {
        const FEW: usize = 4;
        let keys: Vec<&str> = self.fields.iter().map(|field| field.key).collect();
        if keys.len() > FEW { String::new() } else { format!(" ({})", suggest::list(&keys)) }
    }

    /// The field of a key.
    pub fn field(&self, key: &str) -> Option<&'static FieldSpec> {
        self.fields.iter().find(|field| field.key == key)
    }
}

impl Shape {
    /// What is expected, with an article: `a text in quotes`.
    pub fn wanted(&self, syntax: Syntax) -> String {
        let quoted = syntax.in_quotes();
        match self {
            Self::Text | Self::Long => format!("a text{quoted}"),
            Self::Whole => "a whole number".to_owned(),
            Self::YesNo => "true or false".to_owned(),
            Self::Day => "a date like 2026-05-04".to_owned(),
            Self::Address => format!("an address{quoted}"),
            Self::Reference(target) => format!("{}{quoted}", target.written()),
            Self::Term(terms) => format!("one of {}{quoted}", suggest::list(&terms.names())),
            Self::Scalar => "a text, number, date, or true or false".to_owned(),
            Self::List(item) => format!("a list of {}", item.plural()),
            Self::Table(table) => format!("a table that describes {}{}", with_article(table.noun), table.few_keys()),
            Self::Map(_) => "a table of names and values".to_owned(),
            Self::Either(shapes) => shapes.iter().map(|shape| shape.wanted(syntax)).collect::<Vec<_>>().join(", or "),
        }
    }

    /// Many of it, as items of a list.
    fn plural(&self) -> String {
        match self {
            Self::Text | Self::Long => "texts".to_owned(),
            Self::Whole => "whole numbers".to_owned(),
            Self::YesNo => "true and false".to_owned(),
            Self::Day => "dates".to_owned(),
            Self::Address => "texts, each an address".to_owned(),
            Self::Reference(target) => format!("texts, each {}", target.written()),
            Self::Term(terms) => format!("texts, each {}", with_article(terms.noun)),
            Self::Scalar => "texts or numbers".to_owned(),
            Self::List(_) => "lists".to_owned(),
            Self::Table(table) => format!("tables, each {}", with_article(table.noun)),
            Self::Map(_) => "tables of names and values".to_owned(),
            Self::Either(shapes) => shapes.iter().map(Self::plural).collect::<Vec<_>>().join(", or of "),
        }
    }

    /// Whether a value of it, or what is in its list or map, is of a sort. The fields of a table have marks of their own.
    pub(super) const fn holds(&self, sort: Sort) -> bool {
        match self {
            Self::Text | Self::Long | Self::Address | Self::Reference(_) | Self::Term(_) | Self::Scalar => {
                matches!(sort, Sort::Text)
            }
            Self::Day => matches!(sort, Sort::Day),
            Self::List(item) | Self::Map(item) => item.holds(sort),
            Self::Either([first, rest @ ..]) => first.holds(sort) || Self::Either(rest).holds(sort),
            Self::Either([]) | Self::Whole | Self::YesNo | Self::Table(_) => false,
        }
    }

    /// Whether a page can say it in a line: a plain value, or a list of such.
    pub(super) const fn is_said_in_a_line(&self) -> bool {
        match self {
            Self::List(item) => item.is_plain(),
            other => other.is_plain(),
        }
    }

    const fn is_plain(&self) -> bool {
        match self {
            Self::List(_) | Self::Table(_) | Self::Map(_) => false,
            Self::Either([first, rest @ ..]) => first.is_plain() && Self::Either(rest).is_plain(),
            _ => true,
        }
    }

    /// Whether it is a list or a map.
    pub(super) const fn is_many(&self) -> bool {
        matches!(self, Self::List(_) | Self::Map(_))
    }

    /// Whether it is written as a text.
    pub fn is_text(&self) -> bool {
        match self {
            Self::Text | Self::Long | Self::Address | Self::Reference(_) | Self::Term(_) => true,
            Self::Either(shapes) => shapes.iter().any(Self::is_text),
            _ => false,
        }
    }

    /// Whether a text of it is one name, which has no comma.
    pub(super) fn is_name(&self) -> bool {
        match self {
            Self::Reference(_) | Self::Term(_) => true,
            Self::Either(shapes) => shapes.iter().find(|shape| shape.is_text()).is_some_and(Self::is_name),
            _ => false,
        }
    }

    /// Whether it names an entry that has to be there.
    pub(super) fn needs_entry(&self) -> bool {
        match self {
            Self::Reference(target) => target.strength == Strength::Entry,
            Self::List(item) => item.needs_entry(),
            Self::Either(shapes) => shapes.iter().any(Self::needs_entry),
            _ => false,
        }
    }

    /// Whether it takes several lines when it is written out: a table or a list of tables.
    pub fn is_table(&self) -> bool {
        match self {
            Self::Table(_) | Self::Map(_) => true,
            Self::List(item) => item.is_table(),
            _ => false,
        }
    }

    /// The one among several shapes that a text has.
    pub fn of_text(&'static self, text: &str) -> &'static Self {
        let Self::Either(shapes) = self else { return self };
        let is_address = text.contains("://");
        let fits = |shape: &&Self| shape.is_text() && (matches!(shape, Self::Address) == is_address);
        shapes.iter().find(fits).or_else(|| shapes.iter().find(|shape| shape.is_text())).unwrap_or(self)
    }

    /// The table in it: itself, an item of it, or one of several shapes.
    pub fn table(&self) -> Option<&'static TableSpec> {
        match self {
            Self::Table(table) => Some(table),
            Self::List(item) | Self::Map(item) => item.table(),
            Self::Either(shapes) => shapes.iter().find_map(Self::table),
            _ => None,
        }
    }
}

impl Target {
    /// What is written for it.
    fn written(&self) -> String {
        match (self.part, self.strength) {
            (Part::Whole, Strength::Entry) => format!("the id of {}", self.noun),
            (Part::Whole, Strength::Name) => format!("{}'s name or id", self.noun),
            (Part::List, _) => format!("the id of {}, `/` and the name of a list in it", self.noun),
        }
    }
}

/// A noun with its indefinite article.
pub fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}
