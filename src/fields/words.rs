//! A list of words that is written as one text.

use std::borrow::Cow;

use super::quotes::QUOTES;
use super::shape::Shape;
use super::spec::FieldSpec;
use super::tree::{Data, Node};

/// What a single text is where a list belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Single {
    /// An item of it: a sentence may have commas.
    #[default]
    Item,
    /// Words or names with commas between them, as many tools take it.
    Words,
}

impl Single {
    /// The items that a text has.
    pub(super) fn items(self, text: &str) -> Vec<&str> {
        match self {
            Self::Item => vec![text],
            Self::Words => words(text),
        }
    }

    /// The items of a text as values. All stand where the text does: a place in it could not be mended by itself.
    pub(super) fn nodes<'s>(self, value: &Node<'s>) -> Vec<Node<'s>> {
        let items = self.items(value.as_text().unwrap_or_default());
        if items.len() == 1 && value.as_text() == Some(items[0]) {
            return vec![value.clone()];
        }
        let node = |item: &str| {
            let text = Cow::Owned(item.to_owned());
            let data = if matches!(value.data, Data::Bare(_)) { Data::Bare(text) } else { Data::Text(text) };
            Node::new(data, value.span)
        };
        items.into_iter().map(node).collect()
    }
}

impl FieldSpec {
    /// What a single text is where its list belongs.
    pub(super) fn single(&self) -> Single {
        if self.is_several() { Single::Words } else { Single::Item }
    }

    /// Whether a text with commas is several items of its list, which are words or names.
    pub fn is_several(&self) -> bool {
        self.is_words || matches!(self.shape, Shape::List(item) if item.is_name())
    }
}

/// The words between commas or semicolons, without quotes of their own; where each begins with `#`, those between blanks.
fn words(text: &str) -> Vec<&str> {
    let is_hashed = text.split_whitespace().all(|word| word.len() > 1 && word.starts_with('#'));
    let is_between = |c: char| matches!(c, ',' | ';') || is_hashed && c.is_whitespace();
    let words = text.split(is_between).map(|word| word.trim().trim_matches(QUOTES).trim());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    // What has no words counts as absent by itself.
    if words.is_empty() { vec![text] } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_taken_apart_at_its_commas() {
        for (text, items) in [
            ("launch, email", vec!["launch", "email"]),
            ("launch;email marketing,", vec!["launch", "email marketing"]),
            ("launch email", vec!["launch email"]),
            ("#launch #email", vec!["#launch", "#email"]),
            ("#launch, #email", vec!["#launch", "#email"]),
            ("C# tips", vec!["C# tips"]),
            ("launch, \"email\"", vec!["launch", "email"]),
            (" ", vec![" "]),
        ] {
            assert_eq!(words(text), items, "{text:?}");
        }
    }
}
