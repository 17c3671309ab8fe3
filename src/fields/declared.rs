//! What is declared with a field, its default and its example, as a value.

use std::borrow::Cow;

use super::shape::Shape;
use super::tree::{Data, Node};
use crate::text::Span;

/// A value that is declared with a field of a shape: what stands in brackets or braces is TOML, and so is what no text
/// can be; everything else is a text without its quotes.
pub fn declared(shape: &Shape, written: &'static str) -> Node<'static> {
    let is_plain_text = match shape {
        Shape::Whole | Shape::YesNo | Shape::Day | Shape::List(_) | Shape::Table(_) | Shape::Map(_) => false,
        Shape::Either(_) => !written.starts_with(['[', '{']),
        _ => true,
    };
    if is_plain_text {
        return Node::new(Data::Text(Cow::Borrowed(written)), Span::default());
    }
    super::toml::value(written)
}
