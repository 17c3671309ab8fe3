//! What a value of another tool can fill: the text to send, and what the table of fields says that one text can be.

use std::iter::once;

use crate::config::FACETS;
use crate::content::Common;
use crate::content::kinds::Prompt;
use crate::fields::{FieldSpec, Part, Record, Shape};
use crate::text::suggest;

/// The name of the text to send to an AI tool, which is the body and no field.
pub(super) const PROMPT: &str = "prompt";
/// The key of the title, which a prompt without one gets from its text.
pub(super) const TITLE: &str = "title";
/// The key of the summary, as well.
pub(super) const SUMMARY: &str = "summary";

/// What a value of another tool can fill.
#[derive(Clone, Copy, Debug)]
pub enum Field {
    /// The text to send to an AI tool.
    Prompt,
    /// A field that every entry has, or every prompt.
    Of(&'static FieldSpec),
    /// Terms of a facet that every handbook has.
    Facet(&'static str),
}

impl Field {
    /// Everything that can be filled, in the order in which messages list it.
    pub fn all() -> impl Iterator<Item = Self> {
        let fields = Common::TABLE.fields.iter().chain(Prompt::TABLE.fields);
        once(Self::Prompt).chain(fields.filter(|spec| is_filled(spec)).map(Self::Of)).chain(FACETS.map(Self::Facet))
    }

    /// The name in messages and, but for the prompt, in the front matter.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Prompt => PROMPT,
            Self::Of(spec) => spec.key,
            Self::Facet(name) => name,
        }
    }

    /// What other tools call it in front matter.
    #[must_use]
    pub const fn also(self) -> &'static [&'static str] {
        match self {
            Self::Of(spec) => spec.also,
            Self::Prompt | Self::Facet(_) => &[],
        }
    }
}

/// Whether one text can say what a field is.
pub(super) fn is_filled(spec: &FieldSpec) -> bool {
    match &spec.shape {
        Shape::List(item) => spec.is_several() && is_one(item),
        shape => is_one(shape),
    }
}

fn is_one(shape: &Shape) -> bool {
    match shape {
        Shape::Text | Shape::Long | Shape::Whole | Shape::Day | Shape::Address | Shape::Term(_) => true,
        Shape::Reference(target) => target.part == Part::Whole,
        Shape::Either(shapes) => shapes.iter().any(is_one),
        Shape::YesNo | Shape::Scalar | Shape::List(_) | Shape::Table(_) | Shape::Map(_) => false,
    }
}

/// All names of fields, for a message.
pub(super) fn names() -> String {
    suggest::list(&Field::all().map(Field::name).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_text_can_say_is_known_by_its_shape() {
        let names: Vec<_> = Field::all().map(Field::name).collect();
        for name in [PROMPT, TITLE, SUMMARY, "authors", "tags", "created", "adapted_from", "minutes_saved", "tasks"] {
            assert!(names.contains(&name), "{name}");
        }
        // Tables, and sentences that may have a comma.
        for name in ["works_with", "variables", "examples", "checks"] {
            assert!(!names.contains(&name), "{name}");
        }
        for (at, name) in names.iter().enumerate() {
            assert!(!names[..at].contains(name), "{name} is there twice");
        }
    }
}
