//! What a draft gives, as values of fields: each by the shape of its field.

use std::borrow::Cow;
use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::config::Config;
use crate::content::canonical;
use crate::fields::{Data, FieldSpec, Fielded, Node, Record, Shape, Strength, Target, Terms, ValueRef, filled};
use crate::import::bounds;
use crate::import::clean::{self, code_points, quoted, quoted_list};
use crate::import::draft::Draft;
use crate::import::field::{self, Field};
use crate::text::{Span, slug, suggest};

/// The values of a draft, and what is told of them.
pub(super) struct Given<'a> {
    /// What was read.
    pub draft: &'a Draft,
    /// Whether the handbook has an entry with an id.
    pub taken: &'a dyn Fn(&str) -> bool,
    /// What was changed, in sentences.
    pub changes: Vec<String>,
    /// What was kept and is worth a look, in sentences.
    pub hints: Vec<String>,
}

/// What is not taken as it was given, by the key of its field: a text, or nothing.
pub(super) type Made = [(&'static str, Option<String>)];

type Value = Data<'static>;

impl Given<'_> {
    /// A value as it was read.
    pub fn raw(&self, name: &str) -> &str {
        self.draft.values.get(name).map_or("", String::as_str)
    }

    /// A value on one line; what is dropped is reported.
    pub fn line(&mut self, name: &str) -> String {
        let line = clean::one_line(self.raw(name));
        if !line.dropped.is_empty() {
            let what = code_points(&line.dropped);
            self.changes.push(format!("hidden or control characters were dropped from the {name}: {what}"));
        }
        line.text
    }

    /// The record of what was given and what was made of it otherwise.
    pub fn record<T: Record>(&mut self, made: &Made) -> T {
        let mut values = Vec::new();
        for spec in T::TABLE.fields.iter().filter(|spec| field::is_filled(spec)) {
            let value = match made.iter().find(|(key, _)| *key == spec.key) {
                Some((_, value)) => value.clone().map(text),
                None => self.value(spec),
            };
            values.extend(value.map(|value| (spec.key, Node::new(value, Span::default()))));
        }
        let record: T = filled(values.clone());
        for (key, value) in &values {
            self.account(key, &texts_of(value), &texts_in(&record, key));
        }
        record
    }

    /// Says what the reader of fields made of texts: of some it keeps less, of others nothing.
    fn account(&mut self, key: &str, given: &[&str], read: &[&str]) {
        if given.len() == read.len() {
            let differ = given.iter().zip(read).filter(|(given, read)| given != read);
            let told = differ.map(|(given, read)| format!("{} of {key} became {}", quoted(given), quoted(read)));
            return self.changes.extend(told);
        }
        let lost: Vec<&str> = given.iter().filter(|text| !read.contains(text)).copied().collect();
        let lost = quoted_list(lost.into_iter());
        self.changes.push(format!("of {key}, what says nothing was left out: {lost}"));
    }

    fn value(&mut self, spec: &'static FieldSpec) -> Option<Value> {
        let Shape::List(item) = &spec.shape else {
            let line = self.line(spec.key);
            let line = bounds::text(spec, line, &mut self.changes)?;
            let value = self.one(spec.key, &spec.shape, line)?;
            self.point_to_mails(spec.key, &spec.shape, &[&value]);
            return Some(value);
        };
        let items = self.items(spec.key);
        let items = bounds::items(spec, items, &mut self.changes);
        let items: Vec<Value> = items.into_iter().filter_map(|written| self.one(spec.key, item, written)).collect();
        self.point_to_mails(spec.key, item, &items.iter().collect::<Vec<_>>());
        let items: Vec<_> = items.into_iter().map(|item| Node::new(item, Span::default())).collect();
        (!items.is_empty()).then_some(Data::List(items))
    }

    /// A value that is no list; what its shape does not take is left out and reported.
    fn one(&mut self, key: &str, shape: &'static Shape, written: String) -> Option<Value> {
        let value = match shape.of_text(&written) {
            _ if written.is_empty() => return None,
            Shape::Text | Shape::Long | Shape::Reference(Target { strength: Strength::Name, .. }) => {
                return Some(text(written));
            }
            Shape::Reference(target) => self.is_there(target, &written).then(|| text(written.clone())),
            Shape::Address => is_web_address(&written).then(|| text(written.clone())),
            Shape::Term(terms) => term(terms, &written).map(|word| Data::Text(Cow::Borrowed(word))),
            Shape::Whole => written.parse::<u32>().ok().map(|number| Data::Whole(Cow::Owned(number.to_string()))),
            Shape::Day => day_in(&written).map(|day| Data::Moment(Cow::Owned(day.to_owned()))),
            _ => None,
        };
        if value.is_none() {
            self.changes.push(left_out(key, shape, &written));
        }
        value
    }

    fn is_there(&self, target: &Target, id: &str) -> bool {
        (self.taken)(id) || target.folder.is_some_and(|folder| (self.taken)(&format!("{folder}/{id}")))
    }

    /// Points to names of people that are addresses.
    fn point_to_mails(&mut self, key: &str, shape: &Shape, values: &[&Value]) {
        if !matches!(shape, Shape::Reference(Target { strength: Strength::Name, .. })) {
            return;
        }
        let texts = values.iter().flat_map(|value| texts_of_data(value));
        let mails: Vec<&str> = texts.filter(|name| name.contains('@')).collect();
        if !mails.is_empty() {
            let mails = quoted_list(mails.into_iter());
            self.hints.push(format!("in {key} there is an e-mail address, which the site would publish: {mails}"));
        }
    }

    /// The parts of a value between commas, each once.
    fn items(&mut self, name: &str) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let line = self.line(name);
        let parts = line.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
        parts.filter(|part| seen.insert(*part)).map(str::to_owned).collect()
    }

    /// The terms of every facet that something can be given for, in the order of the config.
    pub fn facets<'c>(&mut self, config: &'c Config) -> Vec<(&'c str, Vec<String>)> {
        let is_filled = |name: &str| Field::all().any(|field| matches!(field, Field::Facet(own) if own == name));
        let facets = config.facets.iter().filter(|facet| is_filled(&facet.name));
        facets.map(|facet| (facet.name.as_str(), self.terms(&facet.name, &facet.terms))).collect()
    }

    /// The terms of a facet, spelt as the config spells them; others in the way of those that come with every handbook.
    fn terms(&mut self, facet: &str, known: &[String]) -> Vec<String> {
        let as_known = |written: &str| known.iter().find(|term| canonical(term) == canonical(written)).cloned();
        let mut terms = Vec::new();
        for item in self.items(facet) {
            let slug = slug::ascii(&item);
            let term = as_known(&item).or_else(|| as_known(&slug)).unwrap_or(slug);
            if term != item {
                let (item, term) = (quoted(&item), quoted(&term));
                self.changes.push(format!("the term {item} of {facet} became {term}"));
            }
            if !term.is_empty() && !terms.contains(&term) {
                terms.push(term);
            }
        }
        terms
    }
}

fn text(text: String) -> Value {
    Data::Text(Cow::Owned(text))
}

/// The texts that a value is made of, none where it is no text.
fn texts_of<'v>(value: &'v Node<'_>) -> Vec<&'v str> {
    texts_of_data(&value.data)
}

fn texts_of_data<'v>(value: &'v Data<'_>) -> Vec<&'v str> {
    match value {
        Data::Text(text) => vec![text],
        Data::List(items) => items.iter().flat_map(texts_of).collect(),
        _ => Vec::new(),
    }
}

/// The texts that a field of a record is made of.
fn texts_in<'r>(record: &'r dyn Fielded, key: &str) -> Vec<&'r str> {
    let mut texts = Vec::new();
    record.each(&mut |spec, _, value| match value {
        ValueRef::Text(text) if spec.key == key => texts.push(text),
        ValueRef::List(items) if spec.key == key => items.each(&mut |_, item| {
            if let ValueRef::Text(text) = item {
                texts.push(text);
            }
        }),
        _ => {}
    });
    texts
}

/// The sentence of a value that its field does not take.
fn left_out(key: &str, shape: &Shape, written: &str) -> String {
    let given = quoted(written);
    match shape {
        Shape::Day => format!("the day {given} in {key} was left out, since it is not of the form `2026-05-04`"),
        _ => format!("{given} in {key} was left out, since it is {}", lacking(shape)),
    }
}

/// What a value is not.
fn lacking(shape: &Shape) -> String {
    match shape {
        Shape::Address => "no web address".to_owned(),
        Shape::Reference(_) => "no entry".to_owned(),
        Shape::Whole => "no whole number".to_owned(),
        Shape::Term(terms) => format!("none of {}", suggest::list(&terms.names())),
        Shape::Either(shapes) => {
            let plain = shapes.iter().filter(|shape| shape.is_text());
            plain.map(lacking).collect::<Vec<_>>().join(" and ")
        }
        _ => "nothing that it takes".to_owned(),
    }
}

fn term(terms: &Terms, written: &str) -> Option<&'static str> {
    terms.names().into_iter().find(|word| *word == slug::ascii(written))
}

fn is_web_address(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://")) && !text.contains(' ')
}

/// The day at the start of a date, with or without a time behind it, if the calendar has that day.
fn day_in(text: &str) -> Option<&str> {
    let (day, rest) = text.split_at_checked(10)?;
    let date: Date = day.parse().ok()?;
    // Other ways to write a day are not those of front matter.
    (date.to_string() == day && (rest.is_empty() || rest.starts_with(['T', ' ']))).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_one_of_the_calendar() {
        assert_eq!(day_in("2024-02-29T10:00:00Z"), Some("2024-02-29"));
        assert_eq!(day_in("2026-05-04"), Some("2026-05-04"));
        for text in ["2023-02-29", "2026-13-01", "2026-05-045", "05/04/2026", "2026-5-4", "", "2026-05-0é"] {
            assert_eq!(day_in(text), None, "{text}");
        }
    }
}
