//! The one field reader.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

use toml::Spanned as TomlSpanned;
use toml::de::{DeTable, DeValue};

use super::record::{FieldSpec, FieldType, Record, Value};
use super::unknown_key;
use super::values::Pairs;
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::text::{SourceId, Span, hidden, suggest};

/// Where values stand and where problems go.
#[derive(Debug)]
pub struct Reader<'p> {
    source: SourceId,
    /// Byte of the source at which the TOML begins.
    base: usize,
    problems: &'p mut Problems,
    /// The keys of the file itself, for those that stand in one of its tables by mistake.
    outer: Vec<Cow<'static, str>>,
}

impl<'p> Reader<'p> {
    /// A reader for TOML that begins at byte `base` of a source.
    pub fn new(source: SourceId, base: usize, problems: &'p mut Problems) -> Self {
        Self { source, base, problems, outer: Vec::new() }
    }

    /// A range of the TOML as a place in the source.
    pub fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.source, self.base + range.start..self.base + range.end)
    }

    /// The file as a whole.
    pub(super) fn file(&self) -> Span {
        Span::file(self.source)
    }

    /// Reports a problem.
    pub fn report(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    /// How many problems were reported so far.
    pub(super) fn reported(&self) -> usize {
        self.problems.len()
    }

    /// Notes that the problems since there were `before` that are about all of an item are about one of a list.
    pub(super) fn note_item(&mut self, list: Span, item: Span, before: usize) {
        self.problems.note_item(list, item, before);
    }

    /// Notes that the errors since there were `before` are about a key, where it is one that decides who may see the file.
    pub(super) fn doubt(&mut self, key: &str, before: usize) {
        if let Some(guarded) = guarded_key(key) {
            self.problems.note_doubt(guarded, before);
        }
    }

    /// Reports a text of blanks, of a key of which nobody may guess what it says. An empty one waits to be filled in.
    fn expect_words(&mut self, value: &TomlSpanned<DeValue<'_>>, key: &str) {
        let DeValue::String(text) = value.get_ref() else { return };
        if !text.is_empty() && hidden::strip(text).trim().is_empty() {
            let problem = Diagnostic::new(Rule::InvalidValue, self.span(value.span()), format!("`{key}` says nothing"));
            self.report(problem.help("write what it is, or take the line away"));
        }
    }

    /// Reports that a value is not what its field takes.
    pub fn wrong_type(&mut self, value: &TomlSpanned<DeValue<'_>>, wanted: &str) {
        let span = self.span(value.span());
        let found = describe(value.get_ref());
        let mut problem = Diagnostic::new(Rule::WrongType, span, format!("expected {wanted}, found {found}"))
            .label(format!("this is {found}"));
        if let Some((help, replacement)) = repair(value.get_ref(), wanted) {
            problem = problem.help(help).fix(replacement);
        } else if let Some(help) = advice(wanted) {
            problem = problem.help(help);
        }
        self.report(problem);
    }
}

/// The keys of one table, asked for one by one.
#[derive(Debug)]
pub struct Fields<'t, 'r, 'p> {
    table: &'t DeTable<'t>,
    span: Span,
    reader: &'r mut Reader<'p>,
    known: Vec<&'static str>,
    extra: Vec<String>,
}

impl<'t, 'r, 'p> Fields<'t, 'r, 'p> {
    /// The fields of a table that stands at `span`; the file's own are those of [`Span::file`].
    pub fn new(table: &'t DeTable<'t>, span: Span, reader: &'r mut Reader<'p>) -> Self {
        Self { table, span, reader, known: Vec::new(), extra: Vec::new() }
    }

    /// The value of a key, or its default when the key is absent or its value wrong.
    pub fn field<T: FieldType>(&mut self, key: &'static str) -> T {
        self.known.push(key);
        self.value(key)
    }

    /// As [`field`](Self::field), for a key that the config names.
    pub fn named<T: FieldType>(&mut self, key: &str) -> T {
        self.extra.push(key.to_owned());
        self.value(key)
    }

    /// Every key with its value, for a file whose keys are the author's own.
    pub fn all<T: Value>(&mut self) -> Pairs<T> {
        Pairs::of_table(self.table, self.reader)
    }

    /// Reads a record from these keys.
    pub fn record<T: Record>(&mut self) -> T {
        T::read(self)
    }

    /// Says which keys are the file's own, those that were asked for and `more`: in a table they are told to be
    /// misplaced. What stands behind `[[…]]` belongs to that table, which few people expect.
    pub fn own_keys(&mut self, more: &'static [FieldSpec]) {
        let known = self.known.iter().copied().chain(more.iter().map(|field| field.key));
        self.reader.outer = known.map(Cow::Borrowed).chain(self.extra.iter().cloned().map(Cow::Owned)).collect();
    }

    /// Reports a problem of these fields.
    pub fn report(&mut self, problem: Diagnostic) {
        self.reader.report(problem);
    }

    /// Reports every key that was not asked for. `elsewhere` may say where such a key belongs.
    pub fn report_unknown(&mut self, elsewhere: impl Fn(&str) -> Option<String>) {
        let known: Vec<&str> = self.known.iter().copied().chain(self.extra.iter().map(String::as_str)).collect();
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if !known.contains(&name) {
                let before = self.reader.problems.len();
                let there = |other: &str| self.table.contains_key(other);
                let mut problem = unknown_key(name, self.reader.span(key.span()), &known, there);
                if let Some(meant) = &problem.fix {
                    self.reader.problems.note_flaw(self.span, &meant.replacement);
                }
                let is_outer = self.span != self.reader.file() && self.reader.outer.iter().any(|key| key == name);
                if is_outer {
                    // It is there, in the wrong place: it does not count as missing as well.
                    self.reader.problems.note_flaw(self.reader.file(), name);
                }
                let inside = || self.table.get(name).and_then(|value| guarded_inside(value.get_ref()));
                let guarded = guarded_meant(name, &known).or_else(inside);
                if let Some(guarded) =
                    guarded.filter(|other| problem.fix.is_none() && known.contains(other) && !there(other))
                {
                    problem = problem.help(format!("what this may say is said by `{guarded}`: write that instead"));
                }
                let outer = guarded.filter(|guarded| !known.contains(guarded)).or(is_outer.then_some(name));
                if let Some(place) = outer.map(misplaced).or_else(|| elsewhere(name)) {
                    problem.fix = None;
                    problem = problem.help(place);
                }
                self.reader.report(problem);
                if let Some(guarded) = guarded {
                    self.reader.problems.note_doubt(guarded, before);
                }
            }
        }
    }

    fn value<T: FieldType>(&mut self, key: &str) -> T {
        let Some(value) = self.table.get(key) else { return T::default() };
        let before = self.reader.problems.len();
        let read = T::read(value, self.reader).unwrap_or_default();
        if guarded_key(key).is_some() && before == self.reader.problems.len() {
            self.reader.expect_words(value, key);
        }
        if self.reader.problems.len() > before {
            self.reader.problems.note_flaw(self.span, key);
        }
        self.reader.doubt(key, before);
        read
    }
}

/// The keys that decide who may see what is in a file: a mistake in one of them must never show it to more people.
const GUARDED: [&str; 3] = ["status", "audience", "audiences"];

fn guarded_key(key: &str) -> Option<&'static str> {
    GUARDED.into_iter().find(|guarded| *guarded == key)
}

/// Words of other tools for what an entry's status says here.
const OF_STATUS: [&str; 8] = ["draft", "publish", "status", "state", "expir", "embargo", "unlisted", "archiv"];

/// Words of other tools for what an entry's audience says here.
const OF_AUDIENCE: [&str; 12] = [
    "audience",
    "visib",
    "private",
    "public",
    "restrict",
    "confiden",
    "access",
    "permission",
    "classif",
    "hidden",
    "secret",
    "internal",
];

/// Which guarded key an unknown one may have been meant for, also where it slipped into a table or another tool calls
/// it something else.
fn guarded_meant(written: &str, known: &[&str]) -> Option<&'static str> {
    let every = known.iter().copied().chain(["status", "audience"]);
    let written = hidden::strip(written);
    suggest::nearest(&written, every).and_then(guarded_key).or_else(|| means_guarded(&written))
}

/// Which guarded key another tool's key says the same as: `draft`, `visibility`, `review_status`.
pub fn means_guarded(key: &str) -> Option<&'static str> {
    let key = key.to_ascii_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| key.contains(word));
    if says(&OF_STATUS) { Some("status") } else { says(&OF_AUDIENCE).then_some("audience") }
}

/// The guarded key that a table says something of, or a table in it.
fn guarded_inside(value: &DeValue<'_>) -> Option<&'static str> {
    match value {
        DeValue::Table(table) => table
            .iter()
            .find_map(|(key, value)| means_guarded(key.get_ref()).or_else(|| guarded_inside(value.get_ref()))),
        DeValue::Array(items) => items.iter().find_map(|item| guarded_inside(item.get_ref())),
        _ => None,
    }
}

/// What to do with a key of the file that stands in one of its tables.
fn misplaced(key: &str) -> String {
    format!("`{key}` belongs to the entry, not to this part of it: put it above the first `[[…]]`")
}

/// What a value is, in words.
fn describe(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a decimal number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(time) if time.date.is_none() => "a time of day",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// What to do where the mending is not certain.
fn advice(wanted: &str) -> Option<&'static str> {
    let told = [
        ("a date", "a date is written year, month, day, without quotes: `2026-05-04`"),
        ("a whole number", "a number has digits only, without quotes: `45`"),
        ("a text", "text stands in quotes"),
        ("a list of texts", "a list stands in brackets, each text in quotes: `[\"launch\", \"email\"]`"),
        ("a list of tables", "each part has a heading in two pairs of brackets, `[[…]]`, and its keys below it"),
        ("a table of", "a table has a heading in brackets, `[…]`, and a line `name = value` for each of its keys"),
        ("a table", "a table has a heading in brackets, `[…]`, or stands in braces: `{ name = \"…\" }`"),
    ];
    told.iter().find(|(start, _)| wanted.starts_with(start)).map(|(_, help)| *help)
}

/// The mending of the slips that have only one.
fn repair(value: &DeValue<'_>, wanted: &str) -> Option<(String, String)> {
    if wanted.starts_with("a text in quotes") {
        let (help, text) = match value {
            DeValue::Integer(number) => ("text stands in quotes", number.to_string()),
            DeValue::Float(number) => ("text stands in quotes", number.as_str().to_owned()),
            DeValue::Array(items) if items.len() == 1 => {
                ("this takes one text, without brackets", items[0].get_ref().as_str()?.to_owned())
            }
            _ => return None,
        };
        return Some((help.to_owned(), toml_string(&text)));
    }
    let text = value.as_str()?;
    if wanted.starts_with("a list of texts") {
        let list = format!("[{}]", toml_string(text));
        return Some(("a list stands in brackets, even with one item".to_owned(), list));
    }
    if wanted.starts_with("a date") && text.parse::<jiff::civil::Date>().is_ok() {
        return Some(("a date stands without quotes".to_owned(), text.to_owned()));
    }
    if wanted.starts_with("a whole number") && text.parse::<u32>().is_ok() {
        return Some(("a number stands without quotes".to_owned(), text.to_owned()));
    }
    if wanted.starts_with("true or false") && matches!(text, "true" | "false") {
        return Some(("true and false stand without quotes".to_owned(), text.to_owned()));
    }
    None
}

/// A TOML basic string. Whatever cannot be seen is written as its number, so that a reviewer meets it.
pub fn toml_string(text: &str) -> String {
    let mut toml = String::with_capacity(text.len() + 2);
    toml.push('"');
    for c in text.chars() {
        match c {
            '"' => toml.push_str("\\\""),
            '\\' => toml.push_str("\\\\"),
            '\n' => toml.push_str("\\n"),
            '\t' => toml.push_str("\\t"),
            '\r' => toml.push_str("\\r"),
            c if hidden::is_hidden(c) => push_escape(&mut toml, c),
            c => toml.push(c),
        }
    }
    toml.push('"');
    toml
}

fn push_escape(toml: &mut String, c: char) {
    let code = u32::from(c);
    // Writing to a string cannot fail.
    let _ = if code > 0xFFFF { write!(toml, "\\U{code:08X}") } else { write!(toml, "\\u{code:04X}") };
}
