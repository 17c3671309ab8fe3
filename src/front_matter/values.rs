//! The plain values: texts, numbers, dates, and maps of them.

use jiff::civil::Date;
use toml::Spanned as TomlSpanned;
use toml::de::{DeTable, DeValue};

use super::fields::{Fields, Reader};
use super::record::{FieldType, Record, Value};
use crate::diagnostics::{Diagnostic, Rule};
use crate::text::{Spanned, hidden, suggest};

impl Value for String {
    const SHAPE: &'static str = "a text in quotes";
    const LIST: &'static str = "a list of texts";

    fn read(value: &TomlSpanned<DeValue<'_>>, reader: &mut Reader<'_>) -> Option<Self> {
        let DeValue::String(text) = value.get_ref() else {
            reader.wrong_type(value, Self::SHAPE);
            return None;
        };
        Some(reader.clean(value, text))
    }

    fn is_blank(&self) -> bool {
        self.trim().is_empty()
    }
}

impl Value for bool {
    const SHAPE: &'static str = "true or false";
    const LIST: &'static str = "a list of true and false";

    fn read(value: &TomlSpanned<DeValue<'_>>, reader: &mut Reader<'_>) -> Option<Self> {
        let read = value.get_ref().as_bool();
        if read.is_none() {
            reader.wrong_type(value, Self::SHAPE);
        }
        read
    }
}

impl Value for u32 {
    const SHAPE: &'static str = "a whole number";
    const LIST: &'static str = "a list of whole numbers";

    fn read(value: &TomlSpanned<DeValue<'_>>, reader: &mut Reader<'_>) -> Option<Self> {
        let DeValue::Integer(digits) = value.get_ref() else {
            reader.wrong_type(value, Self::SHAPE);
            return None;
        };
        let number = Self::from_str_radix(digits.as_str(), digits.radix()).ok();
        if number.is_none() {
            let (what, help) = if digits.as_str().starts_with('-') {
                ("small", "0 is the least".to_owned())
            } else {
                ("large", format!("{} is the most", Self::MAX))
            };
            let message = format!("`{digits}` is too {what}");
            reader.report(Diagnostic::new(Rule::InvalidValue, reader.span(value.span()), message).help(help));
        }
        number
    }
}

impl Value for Date {
    const SHAPE: &'static str = "a date like 2026-05-04";
    const LIST: &'static str = "a list of dates";

    fn read(value: &TomlSpanned<DeValue<'_>>, reader: &mut Reader<'_>) -> Option<Self> {
        let written = match value.get_ref() {
            DeValue::Datetime(time) => time.date,
            _ => None,
        };
        let date =
            written.and_then(|d| Self::new(d.year.cast_signed(), d.month.cast_signed(), d.day.cast_signed()).ok());
        if date.is_none() {
            reader.wrong_type(value, Self::SHAPE);
        }
        date
    }
}

/// A single value of any plain type, as the text a person would type into a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scalar(pub String);

impl Value for Scalar {
    const SHAPE: &'static str = "a text, number, date, or true or false";
    const LIST: &'static str = "a list of texts or numbers";

    fn read(value: &TomlSpanned<DeValue<'_>>, reader: &mut Reader<'_>) -> Option<Self> {
        let text = match value.get_ref() {
            DeValue::String(text) => reader.clean(value, text),
            DeValue::Integer(number) => number.to_string(),
            DeValue::Float(number) => number.as_str().to_owned(),
            DeValue::Boolean(true) => "yes".to_owned(),
            DeValue::Boolean(false) => "no".to_owned(),
            DeValue::Datetime(time) => time.to_string(),
            DeValue::Array(items) => {
                let texts: Vec<String> = items.iter().filter_map(|item| String::read(item, reader)).collect();
                texts.join(", ")
            }
            DeValue::Table(_) => {
                reader.wrong_type(value, Self::SHAPE);
                return None;
            }
        };
        Some(Self(text))
    }

    fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }
}

impl<T: Value> Value for Vec<Spanned<T>> {
    const SHAPE: &'static str = T::LIST;
    const LIST: &'static str = "a list of lists";

    fn read(value: &TomlSpanned<DeValue<'_>>, reader: &mut Reader<'_>) -> Option<Self> {
        <Self as FieldType>::read(value, reader)
    }
}

/// A table whose keys the author chooses, in the order they were written.
#[derive(Debug, Clone)]
pub struct Pairs<T>(pub Vec<(Spanned<String>, Spanned<T>)>);

impl<T> Default for Pairs<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Value> FieldType for Pairs<T> {
    const SHAPE: &'static str = "a table of names and values";

    fn read(value: &TomlSpanned<DeValue<'_>>, reader: &mut Reader<'_>) -> Option<Self> {
        let DeValue::Table(table) = value.get_ref() else {
            reader.wrong_type(value, <Self as FieldType>::SHAPE);
            return None;
        };
        Some(Self::of_table(table, reader))
    }
}

impl<T: Value> Pairs<T> {
    /// Every key of a table whose value could be read.
    pub(super) fn of_table(table: &DeTable<'_>, reader: &mut Reader<'_>) -> Self {
        let mut pairs = Vec::with_capacity(table.len());
        for (key, item) in table {
            let (key_span, span) = (reader.span(key.span()), reader.span(item.span()));
            let before = reader.reported();
            if let Some(read) = T::read(item, reader) {
                let name = hidden::strip(key.get_ref()).into_owned();
                pairs.push((Spanned::new(name, key_span), Spanned::new(read, span)));
            } else {
                // A field of the entry that was written below the heading of this table.
                reader.doubt(key.get_ref(), before);
            }
        }
        Self(pairs)
    }
}

impl Fields<'_, '_, '_> {
    /// Reads a nested record from a value that must be a table; its unknown keys are reported too.
    pub fn of_table<T: Record>(value: &TomlSpanned<DeValue<'_>>, shape: &str, reader: &mut Reader<'_>) -> Option<T> {
        let DeValue::Table(table) = value.get_ref() else {
            reader.wrong_type(value, shape);
            return None;
        };
        let span = reader.span(value.span());
        let mut fields = Fields::new(table, span, reader);
        let read = T::read(&mut fields);
        fields.report_unknown(|_| None);
        Some(read)
    }
}

impl Reader<'_> {
    /// Text without characters that nobody sees, which are reported, and with the line ends of every system as line
    /// feeds.
    fn clean(&mut self, value: &TomlSpanned<DeValue<'_>>, text: &str) -> String {
        if let Some(found) = hidden::find(text) {
            let help = found.cause.limit().unwrap_or(hidden::LEFT_OUT);
            let problem = Diagnostic::new(Rule::HiddenCharacter, self.span(value.span()), found.to_string());
            self.report(problem.label("somewhere in this text").help(help));
        }
        hidden::strip(&text.replace("\r\n", "\n")).into_owned()
    }

    /// A word of a closed list; blank text counts as absent, anything else is reported with the nearest word.
    pub fn term(&mut self, value: &TomlSpanned<DeValue<'_>>, what: &str, words: &[&str]) -> Option<String> {
        let DeValue::String(word) = value.get_ref() else {
            self.wrong_type(value, &format!("one of {} in quotes", suggest::list(words)));
            return None;
        };
        if words.contains(&word.as_ref()) {
            return Some(word.to_string());
        }
        if word.trim().is_empty() {
            return None;
        }
        let mut problem =
            Diagnostic::new(Rule::UnknownTerm, self.span(value.span()), format!("unknown {what} `{word}`"));
        problem = match suggest::nearest(word, words.iter().copied()) {
            Some(near) => problem.help(format!("did you mean `{near}`?")).fix(format!("\"{near}\"")),
            None => problem.help(format!("one of {}", suggest::list(words))),
        };
        self.report(problem);
        None
    }
}
