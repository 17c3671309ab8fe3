//! YAML to a tree of values. Nothing outside this folder knows how its parser is called.
//!
//! What YAML guesses of a word is not taken over: the field tells whether `no` is a text and `1.10` a version. Anchors,
//! aliases, merge keys, tags and further documents are refused: what a file says should stand where it is read.

mod mistakes;

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, ScanError, Span as Place, options};

use super::blanks;
use super::guard::{self, Doubt};
use super::parsed::{Mistake, Parsed};
use super::syntax::Syntax;
use super::tree::{Comment, Data, Node, Table};
use crate::diagnostics::{Diagnostic, Rule};
use crate::text::{Source, SourceId, Span};

/// The key that merges another table.
const MERGE: &str = "<<";

/// How deep lists and tables may stand in one another.
const NESTING_LIMIT: usize = 32;

/// Parses a text that stands in a range of a source, maybe with some of its lines blanked.
pub(super) fn parse<'s>(text: &'s str, source: &Source, range: &Range<usize>) -> Parsed<'s> {
    let options = options! {
        disallow_directives: true,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        flow_nesting_limit: NESTING_LIMIT,
        block_nesting_limit: NESTING_LIMIT,
    };
    let parser = Parser::new_from_str_with_options(text, options);
    let mut builder =
        Builder { parser, text, whole: source, source: source.id, base: range.start, mistakes: Vec::new() };
    let (table, stop) = match builder.document() {
        Ok(table) => (table, None),
        Err(Stop::Error(error)) => (Table::default(), Some(mistakes::of(source, range, text, &error))),
        Err(Stop::NoKey(at)) => (Table::default(), Some(mistakes::no_key(source, range, text, at))),
    };
    // What was refused before the parser stopped is reported once it gets to the end: lines are blanked and read anew.
    if let Some(stop) = stop {
        return Parsed { table, mistakes: vec![stop] };
    }
    Parsed { table, mistakes: builder.mistakes }
}

/// Makes a tree of the events of the parser.
struct Builder<'s, 'w> {
    parser: Parser<'s, granit_parser::StrInput<'s>>,
    text: &'s str,
    /// The file that the text is of.
    whole: &'w Source,
    source: SourceId,
    base: usize,
    mistakes: Vec<Mistake>,
}

/// Why a tree ends before the text does.
enum Stop {
    /// The parser cannot go on.
    Error(ScanError),
    /// There is a value where keys should be.
    NoKey(usize),
}

impl From<ScanError> for Stop {
    fn from(error: ScanError) -> Self {
        Self::Error(error)
    }
}

/// An event and its place.
type Step<'s> = (Event<'s>, Place);

impl<'s> Builder<'s, '_> {
    fn document(&mut self) -> Result<Table<'s>, Stop> {
        let mut first = None;
        while let Some((event, place)) = self.next()? {
            if is_mark(&event) {
                continue;
            }
            let node = self.node((event, place))?;
            match (&first, &node.data) {
                (Some(_), _) => {
                    let (message, help) = ("a second document begins here", "take away the line before it");
                    self.lose(self.span(&place), message, help);
                }
                (None, Data::Table(_) | Data::Nothing | Data::Broken) => {}
                (None, _) => {
                    let at = place.byte_range().map_or(0, |range| range.start);
                    return Err(Stop::NoKey(at));
                }
            }
            first.get_or_insert(node.data);
        }
        Ok(match first {
            Some(Data::Table(table)) => table,
            _ => Table::default(),
        })
    }

    /// The next event but for those of anchors, which are refused.
    fn next(&mut self) -> Result<Option<Step<'s>>, ScanError> {
        loop {
            match self.parser.next().transpose()? {
                Some((Event::Anchor(..), place)) => self.refuse_anchor(&place),
                step => return Ok(step),
            }
        }
    }

    /// The next event of a value. The parser ends a value before it ends the text.
    fn step(&mut self) -> Result<Step<'s>, ScanError> {
        Ok(self.next()?.unwrap_or((Event::StreamEnd, Place::default())))
    }

    fn node(&mut self, (event, place): Step<'s>) -> Result<Node<'s>, ScanError> {
        let begin = self.span(&place);
        let data = match event {
            Event::Scalar(text, style, _, tag) => {
                self.refuse_tag(tag.is_some(), &place);
                let is_item = text.strip_prefix('-').is_some_and(|rest| rest.starts_with(blanks::is_odd));
                let is_item = is_item && style == ScalarStyle::Plain;
                match is_item.then(|| self.odd_blank(begin)).flatten() {
                    Some((problem, _)) => {
                        self.mistakes.push(Mistake::beside(problem));
                        Data::Broken
                    }
                    None => scalar(text, style),
                }
            }
            Event::SequenceStart(.., tag) => {
                self.refuse_tag(tag.is_some(), &place);
                return self.list(begin);
            }
            Event::MappingStart(.., tag) => {
                self.refuse_tag(tag.is_some(), &place);
                return self.table(begin);
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.refuse(&place, "aliases are not read here", "write the value itself, or put text in quotes");
                Data::Broken
            }
            _ => Data::Broken,
        };
        Ok(Node { comment: self.comment(&data, begin), ..Node::new(data, begin) })
    }

    /// The comment on the line of a word without quotes, or of a key or hyphen that nothing follows.
    fn comment(&self, data: &Data<'s>, value: Span) -> Option<Comment<'s>> {
        let range = value.start as usize - self.base..value.end as usize - self.base;
        let end = match data {
            Data::Bare(_) if !self.text[range.clone()].contains('\n') => range.end,
            // Where nothing is stands somewhere on the line of the sign before it.
            Data::Nothing => {
                let line = self.text[..range.start].rfind('\n').map_or(0, |at| at + 1);
                let before = &self.text[line..self.line_end(line)];
                let before = before[..before.find(" #")?].trim_end();
                before.ends_with([':', '-']).then_some(line + before.len())?
            }
            _ => return None,
        };
        let rest = self.text[end..self.line_end(end)].trim_end();
        let text = rest.trim_start_matches([' ', '\t']);
        let start = end + rest.len() - text.len();
        let span = Span::new(self.source, self.base + start..self.base + start + text.len());
        let gap = Cow::Borrowed(&self.text[end..start]);
        text.starts_with('#').then_some(Comment { gap, text: Cow::Borrowed(text), span })
    }

    fn list(&mut self, begin: Span) -> Result<Node<'s>, ScanError> {
        let mut items = Vec::new();
        loop {
            let (event, place) = self.step()?;
            if matches!(event, Event::SequenceEnd | Event::StreamEnd) {
                let span = self.extent(begin, &place, items.last().map(|item: &Node<'_>| item.span));
                return Ok(Node::new(Data::List(items), span));
            }
            items.push(self.node((event, place))?);
        }
    }

    fn table(&mut self, begin: Span) -> Result<Node<'s>, ScanError> {
        let mut table = Table::default();
        let mut last = None;
        loop {
            let (event, place) = self.step()?;
            if matches!(event, Event::MappingEnd | Event::StreamEnd) {
                let span = self.extent(begin, &place, last);
                return Ok(Node::new(Data::Table(table), span));
            }
            let key = self.node((event, place))?;
            let before = self.mistakes.len();
            let step = self.step()?;
            let value = self.node(step)?;
            if key.as_text() == Some(MERGE) {
                // Whose value is an alias, which is no second mistake.
                self.mistakes.truncate(before);
            }
            last = Some(value.span);
            self.add(&mut table, key, value);
        }
    }

    fn add(&mut self, table: &mut Table<'s>, key: Node<'s>, value: Node<'s>) {
        let span = key.span;
        let (Data::Text(name) | Data::Bare(name)) = key.data else {
            if let Some(whole) = self.braces_around(span) {
                self.refuse_braces(whole);
            } else if !matches!(key.data, Data::Broken) {
                self.lose(span, "this is no key", "a key is a name before a colon: `tags: [launch]`");
            } else if let Some(told) = self.mistakes.last_mut() {
                told.doubt = Doubt::ALL;
            }
            return;
        };
        let is_behind_odd = self.text[span.start as usize - self.base..].starts_with(blanks::is_odd);
        if let Some((problem, line)) = is_behind_odd.then(|| self.odd_blank(span)).flatten() {
            self.mistakes.push(Mistake { problem, lines: Some(line), value: None, doubt: Doubt::default() });
            return;
        }
        if name == MERGE {
            self.lose(span, "keys are not merged here", "write each key where it belongs");
            return;
        }
        let written = name.to_string();
        let said = if table.has(&name) { guard::inside(&value) } else { None };
        if let Err(first) = table.add(name, span, value) {
            let message = format!("`{written}` is written twice");
            let problem = Diagnostic::new(Rule::FrontMatterSyntax, span, message).help("keep one of the two");
            let mut doubt = Doubt::of_lost(&written);
            if let Some(guard) = said {
                doubt.add(guard);
            }
            self.mistakes.push(Mistake::losing(problem.place(first, "first here"), doubt));
        }
    }

    /// The bytes of a text such as `{{ page.title }}`, of which YAML makes a table that is the key of a table.
    fn braces_around(&self, inner: Span) -> Option<Range<usize>> {
        let (start, end) = (inner.start as usize - self.base, inner.end as usize - self.base);
        let is_whole = self.text[..start].ends_with('{') && self.text[end..].starts_with('}');
        (is_whole && self.text[start..].starts_with('{')).then(|| start - 1..end + 1)
    }

    fn refuse_braces(&mut self, whole: Range<usize>) {
        let line = self.text[..whole.start].rfind('\n').map_or(0, |at| at + 1);
        let end = self.line_end(whole.end);
        let place = |range: Range<usize>| self.base + range.start..self.base + range.end;
        let span = Span::new(self.source, place(whole.clone()));
        let message = "text that begins with `{{` stands in quotes";
        let problem = Diagnostic::new(Rule::FrontMatterSyntax, span, message).help("put quotes around it");
        let (lines, value) = (Some(place(line..end)), Some(place(whole)));
        self.mistakes.push(Mistake { problem, lines, value, doubt: Doubt::default() });
    }

    /// A blank that YAML does not know, before a key or behind the hyphen of an item, with the bytes of its line.
    fn odd_blank(&self, place: Span) -> Option<(Diagnostic, Range<usize>)> {
        let start = place.start as usize - self.base;
        let line = self.text[..start].rfind('\n').map_or(0, |at| at + 1)..self.line_end(start);
        let odd = blanks::outside_texts(&self.text[line.clone()], Syntax::Yaml)?;
        let at = self.base + line.start;
        let range = at + odd.start..at + odd.end;
        let problem = blanks::told(self.whole, &range, Rule::FrontMatterSyntax)?;
        Some((problem, at..self.base + line.end))
    }

    fn refuse_anchor(&mut self, place: &Place) {
        self.refuse(place, "anchors are not read here", "take it away, or put text that begins with `&` in quotes");
    }

    fn refuse_tag(&mut self, has_tag: bool, place: &Place) {
        if has_tag {
            let tag = place.tag_span().unwrap_or(*place);
            let help = "take it away, or put text that begins with `!` in quotes: the field tells what a value is";
            self.refuse(&tag, "tags are not read here", help);
        }
    }

    fn refuse(&mut self, place: &Place, message: &str, help: &str) {
        self.report(self.span(place), message, help);
    }

    /// Reports what is left out, whatever it says.
    fn lose(&mut self, span: Span, message: &str, help: &str) {
        let problem = Diagnostic::new(Rule::FrontMatterSyntax, span, message).help(help);
        self.mistakes.push(Mistake::losing(problem, Doubt::ALL));
    }

    fn report(&mut self, span: Span, message: &str, help: &str) {
        let problem = Diagnostic::new(Rule::FrontMatterSyntax, span, message).help(help);
        self.mistakes.push(Mistake::beside(problem));
    }

    fn span(&self, place: &Place) -> Span {
        let range = place.byte_range().unwrap_or(0..0);
        let end = self.trimmed(range.start, range.end);
        Span::new(self.source, self.base + range.start..self.base + end)
    }

    /// The place of a list or table: in braces or brackets all of it, else its first line, which is where a reader looks.
    fn extent(&self, begin: Span, end: &Place, last: Option<Span>) -> Span {
        let start = begin.start as usize - self.base;
        let is_closed = self.text[start..].starts_with(['[', '{']);
        let until = if is_closed { end.byte_range().map_or(start, |range| range.end) } else { self.line_end(start) };
        let last = if is_closed { None } else { last };
        let least = last.map_or(start, |last| (last.start as usize).saturating_sub(self.base).min(until));
        Span::new(self.source, self.base + start..self.base + self.trimmed(start, until.max(least)))
    }

    fn line_end(&self, from: usize) -> usize {
        self.text[from..].find('\n').map_or(self.text.len(), |at| from + at)
    }

    /// The end of a range without the blanks at it.
    fn trimmed(&self, start: usize, end: usize) -> usize {
        start + self.text.get(start..end).unwrap_or_default().trim_end_matches([' ', '\t', '\r', '\n']).len()
    }
}

/// Whether an event belongs to no value.
fn is_mark(event: &Event<'_>) -> bool {
    matches!(event, Event::StreamStart | Event::DocumentStart(..) | Event::DocumentEnd | Event::StreamEnd)
}

/// A scalar; a plain one that says nothing is nothing.
fn scalar(text: Cow<'_, str>, style: ScalarStyle) -> Data<'_> {
    if style != ScalarStyle::Plain {
        return Data::Text(text);
    }
    // As the notation takes away the blanks around it, so do we those that it does not know.
    let text = match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    };
    if matches!(text.as_ref(), "" | "~" | "null") { Data::Nothing } else { Data::Bare(text) }
}
