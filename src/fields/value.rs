//! The plain values: texts, numbers, dates, and maps of them.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use jiff::civil::Date;

use super::bare::{day, is_whole, truth, whole};
use super::reader::Reader;
use super::record::{FieldType, Value};
use super::shape::Shape;
use super::syntax::Syntax;
use super::tree::{Data, Node, Table};
use super::view::{Named, ValueRef};
use crate::diagnostics::{Diagnostic, Rule};
use crate::text::{Span, Spanned, hidden};

impl Value for String {
    const SHAPE: Shape = Shape::Text;

    fn read(value: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        read_text(value, &Self::SHAPE, reader)
    }

    fn view(&self) -> ValueRef<'_> {
        ValueRef::Text(self)
    }

    fn is_blank(&self) -> bool {
        self.trim().is_empty()
    }
}

fn read_text(value: &Node<'_>, shape: &Shape, reader: &mut Reader<'_>) -> Option<String> {
    let Some(text) = value.as_text() else {
        reader.wrong_type(value, shape);
        return None;
    };
    Some(reader.clean(value.span, text))
}

/// What a text is for, as a type: what it may say, and what is made of it.
pub trait TextSort {
    /// Its shape.
    const SHAPE: Shape;

    /// Whether a text says nothing, so that its field counts as absent.
    fn is_blank(text: &str) -> bool {
        text.trim().is_empty()
    }

    /// The text as it is kept.
    fn kept(text: String) -> String {
        text
    }
}

/// A text whose type says what it is for.
pub struct Text<S>(String, PhantomData<fn() -> S>);

impl<S> Text<S> {
    /// The text as it is.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<S> From<String> for Text<S> {
    fn from(text: String) -> Self {
        Self(text, PhantomData)
    }
}

impl<S> Clone for Text<S> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), PhantomData)
    }
}

impl<S> Default for Text<S> {
    fn default() -> Self {
        Self(String::new(), PhantomData)
    }
}

impl<S> PartialEq for Text<S> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<S> Eq for Text<S> {}

impl<S> fmt::Debug for Text<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<S> fmt::Display for Text<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<S> Deref for Text<S> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<S: TextSort> Value for Text<S> {
    const SHAPE: Shape = S::SHAPE;

    fn read(value: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        read_text(value, &Self::SHAPE, reader).map(|text| Self::from(S::kept(text)))
    }

    fn view(&self) -> ValueRef<'_> {
        ValueRef::Text(&self.0)
    }

    fn is_blank(&self) -> bool {
        S::is_blank(&self.0)
    }
}

/// The sort of a [`Long`] text.
#[derive(Debug)]
pub struct LongSort;

impl TextSort for LongSort {
    const SHAPE: Shape = Shape::Long;
}

/// A text of any length.
pub type Long = Text<LongSort>;

/// The sort of an [`Address`].
#[derive(Debug)]
pub struct AddressSort;

impl TextSort for AddressSort {
    const SHAPE: Shape = Shape::Address;
}

/// An address that leads out of the handbook.
pub type Address = Text<AddressSort>;

impl Value for bool {
    const SHAPE: Shape = Shape::YesNo;

    fn read(value: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let read = match &value.data {
            Data::Truth(read) => Some(*read),
            _ => word(value, reader.syntax()).and_then(truth),
        };
        if read.is_none() {
            reader.wrong_type(value, &Self::SHAPE);
        }
        read
    }

    fn view(&self) -> ValueRef<'_> {
        ValueRef::YesNo(*self)
    }
}

impl Value for u32 {
    const SHAPE: Shape = Shape::Whole;

    fn read(value: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let digits = match &value.data {
            Data::Whole(digits) => Some(digits.as_ref()),
            _ => word(value, reader.syntax()).filter(|word| is_whole(word)),
        };
        let Some(digits) = digits else {
            reader.wrong_type(value, &Self::SHAPE);
            return None;
        };
        let number = whole(digits);
        if number.is_none() {
            let (what, help) = if digits.starts_with('-') {
                ("small", format!("{} is the least", Self::MIN))
            } else {
                ("large", format!("{} is the most", Self::MAX))
            };
            let message = format!("`{digits}` is too {what}");
            reader.report(Diagnostic::new(Rule::InvalidValue, value.span, message).help(help));
        }
        number
    }

    fn view(&self) -> ValueRef<'_> {
        ValueRef::Whole(*self)
    }
}

impl Value for Date {
    const SHAPE: Shape = Shape::Day;

    fn read(value: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let read = match &value.data {
            Data::Moment(moment) => day(moment),
            _ => word(value, reader.syntax()).and_then(day),
        };
        if read.is_none() {
            reader.wrong_type(value, &Self::SHAPE);
        }
        read
    }

    fn view(&self) -> ValueRef<'_> {
        ValueRef::Day(*self)
    }
}

/// A text that may be a number, a day, or true or false: a bare one, and in YAML, where many tools put everything in
/// quotes, any. The field tells which it is.
fn word<'v>(value: &'v Node<'_>, syntax: Syntax) -> Option<&'v str> {
    match (&value.data, syntax) {
        (Data::Bare(word), _) | (Data::Text(word), Syntax::Yaml) => Some(word.trim()),
        _ => None,
    }
}

/// A single value of any plain type, as the text a person would type into a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scalar(pub String);

impl Value for Scalar {
    const SHAPE: Shape = Shape::Scalar;

    fn read(value: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let text = match &value.data {
            Data::Bare(word) if word == "true" => "yes".to_owned(),
            Data::Bare(word) if word == "false" => "no".to_owned(),
            Data::Text(text) | Data::Bare(text) => reader.clean(value.span, text),
            Data::Whole(text) | Data::Decimal(text) | Data::Moment(text) => text.clone().into_owned(),
            Data::Truth(true) => "yes".to_owned(),
            Data::Truth(false) => "no".to_owned(),
            Data::List(items) => {
                let texts: Vec<String> = items.iter().filter_map(|item| String::read(item, reader)).collect();
                texts.join(", ")
            }
            Data::Table(_) | Data::Nothing | Data::Broken => {
                reader.wrong_type(value, &Self::SHAPE);
                return None;
            }
        };
        Some(Self(text))
    }

    fn view(&self) -> ValueRef<'_> {
        ValueRef::Text(&self.0)
    }

    fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }
}

impl<T: Value> Value for Vec<Spanned<T>> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);

    fn read(value: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        <Self as FieldType>::read(value, reader)
    }

    fn view(&self) -> ValueRef<'_> {
        ValueRef::List(self)
    }
}

/// A table whose keys the author chooses, in the order they were written.
#[derive(Debug, Clone, PartialEq)]
pub struct Pairs<T>(pub Vec<(Spanned<String>, Spanned<T>)>);

impl<T> Default for Pairs<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Value> FieldType for Pairs<T> {
    const SHAPE: Shape = Shape::Map(&T::SHAPE);

    fn read(value: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let Data::Table(table) = &value.data else {
            reader.wrong_type(value, &Self::SHAPE);
            return None;
        };
        Some(Self::of_table(table, reader))
    }

    fn view(&self) -> (Span, ValueRef<'_>) {
        (self.0.first().map_or(Span::default(), |(name, _)| name.span), ValueRef::Map(self))
    }
}

impl<T: Value> Pairs<T> {
    /// Every key of a table whose value could be read.
    pub(super) fn of_table(table: &Table<'_>, reader: &mut Reader<'_>) -> Self {
        let mut pairs = Vec::with_capacity(table.len());
        for (key, key_span, item) in table.iter().filter(|(.., item)| !matches!(item.data, Data::Nothing)) {
            let before = reader.reported();
            if let Some(found) = hidden::find(key) {
                let help = "delete it and type the name again";
                reader.report(Diagnostic::new(Rule::HiddenCharacter, key_span, found.to_string()).help(help));
            }
            let name = hidden::strip(key);
            // Without the character the name may be one that is there already.
            if name != key && table.has(&name) {
                continue;
            }
            if let Some(read) = T::read(item, reader) {
                pairs.push((Spanned::new(name.into_owned(), key_span), Spanned::new(read, item.span)));
            } else {
                // A field of the entry that was written below the heading of this table.
                reader.guard(super::guard::of_key(key), before);
            }
        }
        Self(pairs)
    }
}

impl<T: Value> Named for Pairs<T> {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn each<'r>(&'r self, visit: &mut dyn FnMut(&'r str, Span, Span, ValueRef<'r>)) {
        for (name, value) in &self.0 {
            visit(&name.value, name.span, value.span, value.value.view());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_number_is_none_below_0_and_minus_0_is_0() {
        for (written, number) in [("-0", Some(0)), ("-000", Some(0)), ("45", Some(45)), ("0x2d", Some(45))] {
            assert_eq!(whole(written), number, "{written}");
        }
        for written in ["-1", "-", "", "4294967296", "-0x0"] {
            assert_eq!(whole(written), None, "{written}");
        }
    }
}
