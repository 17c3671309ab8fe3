//! What front matter says before anybody knows what it means: values with their places, whatever they are written in.

use std::borrow::Cow;

use indexmap::IndexMap;

use crate::text::Span;

/// A value and where it stands.
#[derive(Debug, Clone)]
pub struct Node<'s> {
    /// What is written.
    pub data: Data<'s>,
    /// Where.
    pub span: Span,
    /// What stands behind it on its line, where it could be a part of it but for the notation.
    pub comment: Option<Comment<'s>>,
}

/// What a notation takes for a comment.
#[derive(Debug, Clone)]
pub struct Comment<'s> {
    /// The blanks before it.
    pub gap: Cow<'s, str>,
    /// Its text, from the sign on.
    pub text: Cow<'s, str>,
    /// Where it stands.
    pub span: Span,
}

/// A written value. Only what the notation itself says of it is known: what it means is decided by the shape of its
/// field.
#[derive(Debug, Clone)]
pub enum Data<'s> {
    /// A text in quotes or in a block.
    Text(Cow<'s, str>),
    /// A word without quotes of a notation that lets a text go without: anything that it may be is decided by the
    /// field.
    Bare(Cow<'s, str>),
    /// A whole number, in decimal digits where it can be written so.
    Whole(Cow<'s, str>),
    /// A number with a fraction or an exponent, or one that is none.
    Decimal(Cow<'s, str>),
    /// True or false.
    Truth(bool),
    /// A date, a time, or both.
    Moment(Cow<'s, str>),
    /// A key without a value.
    Nothing,
    /// Something that was reported where it was parsed.
    Broken,
    /// Values in their order.
    List(Vec<Node<'s>>),
    /// Keys with values, in their order.
    Table(Table<'s>),
}

/// Keys with values, in the order in which they are written; each key once.
#[derive(Debug, Clone, Default)]
pub struct Table<'s> {
    pairs: IndexMap<Cow<'s, str>, (Span, Node<'s>)>,
}

impl<'s> Table<'s> {
    /// Adds a key with its value.
    ///
    /// # Errors
    ///
    /// The place of the same key where it is there already: then nothing is added.
    pub(super) fn add(&mut self, key: Cow<'s, str>, span: Span, value: Node<'s>) -> Result<(), Span> {
        if let Some((first, _)) = self.pairs.get(&key) {
            return Err(*first);
        }
        self.pairs.insert(key, (span, value));
        Ok(())
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Node<'s>> {
        self.pairs.get(key).map(|(_, value)| value)
    }

    /// Whether a key is there.
    pub fn has(&self, key: &str) -> bool {
        self.pairs.contains_key(key)
    }

    /// Every key with its place and value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Span, &Node<'s>)> {
        self.pairs.iter().map(|(key, (span, value))| (key.as_ref(), *span, value))
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }
}

impl<'s> Node<'s> {
    /// A value that stands alone.
    pub fn new(data: Data<'s>, span: Span) -> Self {
        Self { data, span, comment: None }
    }
}

impl Node<'_> {
    /// What it is, in words, with an article.
    pub fn describe(&self) -> &'static str {
        match &self.data {
            Data::Text(_) => "a text",
            Data::Bare(word) => describe_bare(word),
            Data::Whole(_) => "a number",
            Data::Decimal(_) => "a decimal number",
            Data::Truth(_) => "true or false",
            Data::Moment(moment) if !moment.contains('-') => "a time of day",
            Data::Moment(_) => "a date",
            Data::Nothing | Data::Broken => "nothing",
            Data::List(_) => "a list",
            Data::Table(_) => "a table",
        }
    }

    /// Whether it is true or false without quotes, which of the two.
    pub(super) fn as_truth(&self) -> Option<bool> {
        match &self.data {
            Data::Truth(truth) => Some(*truth),
            Data::Bare(word) => super::bare::truth(word),
            _ => None,
        }
    }

    /// The text, where it is written as one or may be one.
    pub fn as_text(&self) -> Option<&str> {
        match &self.data {
            Data::Text(text) | Data::Bare(text) => Some(text),
            _ => None,
        }
    }

    /// The table, where it is one.
    pub fn as_table(&self) -> Option<&Table<'_>> {
        match &self.data {
            Data::Table(table) => Some(table),
            _ => None,
        }
    }
}

/// What a bare word looks like to a person.
fn describe_bare(word: &str) -> &'static str {
    if matches!(word, "true" | "false") {
        return "true or false";
    }
    let digits = word.strip_prefix(['-', '+']).unwrap_or(word);
    match (word.parse::<f64>(), digits.bytes().all(|b| b.is_ascii_digit())) {
        (Ok(_), true) => "a number",
        (Ok(number), false) if number.is_finite() => "a decimal number",
        _ if super::bare::day(word).is_some() => "a date",
        _ => "a text",
    }
}

/// The same value, without the text that it was read from.
pub(super) fn owned(node: &Node<'_>) -> Node<'static> {
    let own = |text: &Cow<'_, str>| Cow::Owned(text.clone().into_owned());
    let data = match &node.data {
        Data::Text(text) => Data::Text(own(text)),
        Data::Bare(word) => Data::Bare(own(word)),
        Data::Whole(digits) => Data::Whole(own(digits)),
        Data::Decimal(number) => Data::Decimal(own(number)),
        Data::Truth(truth) => Data::Truth(*truth),
        Data::Moment(moment) => Data::Moment(own(moment)),
        Data::Nothing => Data::Nothing,
        Data::Broken => Data::Broken,
        Data::List(items) => Data::List(items.iter().map(owned).collect()),
        Data::Table(table) => {
            let pairs = table.pairs.iter().map(|(key, (span, value))| (own(key), (*span, owned(value))));
            Data::Table(Table { pairs: pairs.collect() })
        }
    };
    Node::new(data, node.span)
}
