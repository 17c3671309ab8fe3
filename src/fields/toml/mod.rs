//! TOML to a tree of values. Nothing outside this folder knows how its parser is called.

mod mistakes;

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use super::parsed::Parsed;
use super::tree::{Data, Node, Table};
use crate::text::{Source, SourceId, Span};

/// Parses a text that stands in a range of a source, maybe with some of its lines blanked.
pub(super) fn parse<'s>(text: &'s str, source: &Source, range: &Range<usize>) -> Parsed<'s> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let place = Place { source: source.id, base: range.start };
    Parsed { table: place.table(table.into_inner()), mistakes: mistakes::of(source, range, &errors) }
}

/// Parses a text of our own that holds one value.
///
/// # Panics
///
/// Where it is not TOML: a test parses every example of a field.
pub(super) fn value(text: &str) -> Node<'static> {
    let whole = format!("value = {text}");
    let (table, errors) = DeTable::parse_recoverable(&whole);
    assert!(errors.is_empty(), "`{text}` is not a value in TOML: {errors:?}", errors = messages(&errors));
    let place = Place { source: SourceId::default(), base: 0 };
    let table = place.table(table.into_inner());
    table.get("value").map(super::tree::owned).expect("a key was written")
}

fn messages(errors: &[Error]) -> Vec<&str> {
    errors.iter().map(Error::message).collect()
}

/// Where the text begins.
struct Place {
    source: SourceId,
    base: usize,
}

impl Place {
    fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.source, self.base + range.start..self.base + range.end)
    }

    fn table<'s>(&self, table: DeTable<'s>) -> Table<'s> {
        let mut read = Table::default();
        for (key, value) in table {
            let span = self.span(&key.span());
            // The parser has reported a key that stands there twice.
            let _ = read.add(key.into_inner(), span, self.node(value));
        }
        read
    }

    fn node<'s>(&self, value: Spanned<DeValue<'s>>) -> Node<'s> {
        let span = self.span(&value.span());
        let data = match value.into_inner() {
            DeValue::String(text) => Data::Text(text),
            DeValue::Integer(number) => Data::Whole(Cow::Owned(number.to_string())),
            DeValue::Float(number) => Data::Decimal(Cow::Owned(number.as_str().to_owned())),
            DeValue::Boolean(truth) => Data::Truth(truth),
            DeValue::Datetime(moment) => Data::Moment(Cow::Owned(moment.to_string())),
            DeValue::Array(items) => Data::List(items.into_iter().map(|item| self.node(item)).collect()),
            DeValue::Table(table) => Data::Table(self.table(table)),
        };
        Node::new(data, span)
    }
}
