//! The text of one block: gathered piece by piece, then written with the marks that mean the same.

use super::escape::{self, Around, Class, Ends, class};
use crate::text::address::leads_to_a_site;

/// Emphasis and its like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Emphasis,
    Strong,
    Strike,
}

#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Code(String),
    Open(Mark),
    Close(Mark),
    OpenLink,
    /// Has the closing part.
    CloseLink(String),
    /// Written out: an image, a bare address, or a tag of a prompt.
    Whole(String),
    /// A reference to a footnote.
    Note(String),
    Task(bool),
    /// The line goes on in the next one.
    Line,
    Break,
}

/// Where a text is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Place {
    /// On as many lines as it has.
    #[default]
    Lines,
    /// On one line: a heading, or a block too deep for lines of its own.
    OneLine,
    /// In a table.
    Cell,
}

/// The pieces of a text. Adjacent texts are one, marks hold something and begin and end at what can be seen.
#[derive(Debug, Default)]
pub(super) struct Inlines {
    pieces: Vec<Piece>,
}

impl Inlines {
    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    pub(super) fn is_task_only(&self) -> bool {
        matches!(self.pieces[..], [Piece::Task(_)])
    }

    pub(super) fn text(&mut self, text: &str) {
        let shown = text.trim_start();
        if matches!(self.pieces.last(), Some(Piece::Open(_))) && shown.len() < text.len() {
            self.before_marks(Piece::Text(text[..text.len() - shown.len()].to_owned()));
            return self.text(shown);
        }
        // A line, and so a text, does not begin with a space.
        let begins = matches!(self.pieces.last(), None | Some(Piece::Line | Piece::Break | Piece::Task(_)));
        let text = if begins { shown } else { text };
        if text.is_empty() {
            return;
        }
        match self.pieces.last_mut() {
            Some(Piece::Text(before)) => before.push_str(text),
            _ => self.pieces.push(Piece::Text(text.to_owned())),
        }
    }

    pub(super) fn code(&mut self, code: &str) {
        match self.pieces.last_mut() {
            // Two spans side by side would be read as one with a stray mark.
            Some(Piece::Code(before)) => before.push_str(code),
            _ if code.is_empty() => {}
            _ => self.pieces.push(Piece::Code(code.to_owned())),
        }
    }

    pub(super) fn line(&mut self) {
        self.space(Piece::Line);
    }

    pub(super) fn hard_break(&mut self) {
        self.space(Piece::Break);
    }

    fn space(&mut self, piece: Piece) {
        if matches!(self.pieces.last(), Some(Piece::Open(_))) {
            return self.before_marks(piece);
        }
        if let Some(Piece::Text(text)) = self.pieces.last_mut() {
            text.truncate(text.trim_end().len());
            if text.is_empty() {
                self.pieces.pop();
            }
        }
        // A check box has a text right after it.
        if !matches!(self.pieces.last(), Some(Piece::Task(_))) {
            self.pieces.push(piece);
        }
    }

    /// Puts a space before the marks that were just opened: a mark does not begin at one.
    fn before_marks(&mut self, space: Piece) {
        let marks = self.pieces.iter().rev().take_while(|piece| matches!(piece, Piece::Open(_))).count();
        let opened = self.pieces.split_off(self.pieces.len() - marks);
        match space {
            Piece::Text(text) => self.text(&text),
            line => self.space(line),
        }
        self.pieces.extend(opened);
    }

    pub(super) fn task(&mut self, done: bool) {
        self.pieces.push(Piece::Task(done));
    }

    /// Takes the check box off the front.
    pub(super) fn take_task(&mut self) -> Option<Self> {
        if !matches!(self.pieces.first(), Some(Piece::Task(_))) {
            return None;
        }
        let task = Self { pieces: vec![self.pieces.remove(0)] };
        self.trim();
        Some(task)
    }

    pub(super) fn note(&mut self, number: usize) {
        self.pieces.push(Piece::Note(format!("[^{number}]")));
    }

    /// A text that is no Markdown.
    pub(super) fn whole(&mut self, text: &str) {
        self.pieces.push(Piece::Whole(text.to_owned()));
    }

    /// The lines of a text without any Markdown.
    pub(super) fn whole_lines(&self) -> Option<String> {
        let mut lines = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Whole(text) => lines.push_str(text),
                Piece::Line | Piece::Break => lines.push('\n'),
                _ => return None,
            }
        }
        Some(lines)
    }

    pub(super) fn image(&mut self, alt: &str, source: &str) {
        let mut out = String::from("![");
        let around = Around { bracketed: true, before: Some('['), after: Some(']'), ..Around::default() };
        escape::text(&mut out, alt, around);
        out.push_str(&escape::destination(source));
        self.pieces.push(Piece::Whole(out));
    }

    /// A mark that follows on its like goes on with it.
    pub(super) fn open(&mut self, mark: Mark) {
        if self.pieces.last() == Some(&Piece::Close(mark)) {
            self.pieces.pop();
        } else {
            self.pieces.push(Piece::Open(mark));
        }
    }

    /// A mark ends before the spaces at its end, and is none around nothing.
    pub(super) fn close(&mut self, mark: Mark) {
        let spaces = self.pop_spaces();
        if self.pieces.last() == Some(&Piece::Open(mark)) {
            self.pieces.pop();
        } else {
            self.pieces.push(Piece::Close(mark));
        }
        for space in spaces.into_iter().rev() {
            match space {
                Piece::Text(text) => self.text(&text),
                piece => self.space(piece),
            }
        }
    }

    /// Takes the spaces off the end, the last one first.
    fn pop_spaces(&mut self) -> Vec<Piece> {
        let mut spaces = Vec::new();
        while let Some(last) = self.pieces.last_mut() {
            match last {
                Piece::Line | Piece::Break => spaces.extend(self.pieces.pop()),
                Piece::Text(text) => {
                    let kept = text.trim_end().len();
                    let space = text.split_off(kept);
                    if !space.is_empty() {
                        spaces.push(Piece::Text(space));
                    }
                    if kept > 0 {
                        break;
                    }
                    self.pieces.pop();
                }
                _ => break,
            }
        }
        spaces
    }

    pub(super) fn open_link(&mut self) {
        if matches!(self.pieces.last(), Some(Piece::Note(_))) {
            // Right after one another the two are read as one reference.
            self.text(" ");
        }
        self.pieces.push(Piece::OpenLink);
    }

    /// Ends a link. One that shows its own address is written as that, and one that shows nothing is none.
    pub(super) fn close_link(&mut self, href: &str, is_email: bool) {
        if let Some(open) = self.unseen_link() {
            self.pieces.remove(open);
            return;
        }
        if let [.., Piece::OpenLink, Piece::Text(text)] = &self.pieces[..]
            && is_bare(href, text, is_email)
        {
            let whole = Piece::Whole(format!("<{text}>"));
            self.pieces.truncate(self.pieces.len() - 2);
            self.pieces.push(whole);
        } else {
            self.pieces.push(Piece::CloseLink(escape::destination(href)));
        }
    }

    /// Where the open link begins, if nothing in it can be seen.
    fn unseen_link(&self) -> Option<usize> {
        let open = self.pieces.iter().rposition(|piece| *piece == Piece::OpenLink)?;
        let is_unseen = |piece: &Piece| match piece {
            Piece::Text(text) | Piece::Code(text) => text.trim().is_empty(),
            Piece::Line | Piece::Break | Piece::Open(_) | Piece::Close(_) => true,
            _ => false,
        };
        self.pieces[open + 1..].iter().all(is_unseen).then_some(open)
    }

    /// Takes spaces off both ends.
    pub(super) fn trim(&mut self) {
        self.pop_spaces();
        let blank = |piece: &Piece| match piece {
            Piece::Line | Piece::Break => true,
            Piece::Text(text) => text.trim().is_empty(),
            _ => false,
        };
        let leading = self.pieces.iter().take_while(|piece| blank(piece)).count();
        self.pieces.drain(..leading);
        if let Some(Piece::Text(text)) = self.pieces.first_mut() {
            text.drain(..text.len() - text.trim_start().len());
        }
    }

    /// The text in Markdown. Its lines may still look like the beginning of a block.
    pub(super) fn write(&self, place: Place) -> String {
        let mut writer = Writer::new(&self.pieces, place);
        for (at, piece) in self.pieces.iter().enumerate() {
            writer.piece(at, piece);
        }
        writer.out
    }
}

/// Whether a link can be written as a bare address: `<address>`.
fn is_bare(href: &str, text: &str, is_email: bool) -> bool {
    let shows = if is_email { href.strip_prefix("mailto:") == Some(text) } else { href == text };
    let is_address = is_email || leads_to_a_site(href);
    let marks = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '`' | '|' | '\\' | '&');
    shows && is_address && !text.contains(marks)
}

/// The characters of each mark: `*` for emphasis, but `_` where it would touch the `**` of strong text.
fn marks(pieces: &[Piece]) -> Vec<&'static str> {
    let mut written = vec![""; pieces.len()];
    let mut open: Vec<usize> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Open(_) => open.push(at),
            Piece::Close(mark) => {
                let from = open.pop().unwrap_or(at);
                let touches = touches_strong(pieces, from) || touches_strong(pieces, at);
                let mark = match mark {
                    Mark::Emphasis if touches => "_",
                    Mark::Emphasis => "*",
                    Mark::Strong => "**",
                    Mark::Strike => "~~",
                };
                (written[from], written[at]) = (mark, mark);
            }
            _ => {}
        }
    }
    written
}

fn touches_strong(pieces: &[Piece], at: usize) -> bool {
    let is_strong = |at: usize| matches!(pieces.get(at), Some(Piece::Open(Mark::Strong) | Piece::Close(Mark::Strong)));
    at > 0 && is_strong(at - 1) || is_strong(at + 1)
}

fn is_set(flags: &[bool], at: usize) -> bool {
    flags.get(at).copied().unwrap_or_default()
}

/// Whether the first character is the last.
fn is_one(text: &str) -> bool {
    text.chars().nth(1).is_none()
}

#[derive(Default)]
struct Writer<'p> {
    pieces: &'p [Piece],
    /// The characters of the marks, by piece.
    marks: Vec<&'static str>,
    /// Texts whose first character is written as an entity, because as a letter it would hide the mark before it.
    first_encoded: Vec<bool>,
    /// Texts whose last one would hide the mark after it.
    last_encoded: Vec<bool>,
    place: Place,
    out: String,
    /// How many links are open.
    links: usize,
}

impl<'p> Writer<'p> {
    fn new(pieces: &'p [Piece], place: Place) -> Self {
        let mut writer = Self { pieces, place, ..Self::default() };
        if !pieces.iter().any(|piece| matches!(piece, Piece::Open(_) | Piece::Close(_))) {
            return writer;
        }
        writer.marks = marks(pieces);
        writer.first_encoded = vec![false; pieces.len()];
        writer.last_encoded = writer.first_encoded.clone();
        // Encoding one character can make the next mark need it too, in the direction of reading and against it.
        for at in 2..pieces.len() {
            let closes = matches!(pieces[at - 1], Piece::Close(_)) && matches!(pieces[at], Piece::Text(_));
            writer.first_encoded[at] = closes && writer.hides(at - 1, writer.first(at), writer.last(at - 2));
        }
        for at in (0..pieces.len().saturating_sub(2)).rev() {
            let opens = matches!(pieces[at + 1], Piece::Open(_)) && matches!(pieces[at], Piece::Text(_));
            writer.last_encoded[at] = opens && writer.hides(at + 1, writer.last(at), writer.first(at + 2));
        }
        writer
    }

    fn piece(&mut self, at: usize, piece: &Piece) {
        match piece {
            Piece::Text(text) => {
                let around = self.around(at);
                escape::text(&mut self.out, text, around);
            }
            Piece::Code(code) => self.out.push_str(&escape::code(code, self.place == Place::Cell)),
            Piece::Open(_) | Piece::Close(_) => self.out.push_str(self.marks[at]),
            Piece::OpenLink => {
                self.links += 1;
                self.out.push('[');
            }
            Piece::CloseLink(end) => {
                self.links -= 1;
                self.whole(end);
            }
            Piece::Whole(text) | Piece::Note(text) => self.whole(text),
            Piece::Task(done) => self.out.push_str(if *done { "[x] " } else { "[ ] " }),
            Piece::Line if self.place == Place::Lines => self.out.push('\n'),
            Piece::Break if self.place == Place::Lines => self.out.push_str("\\\n"),
            Piece::Line | Piece::Break => self.out.push(' '),
        }
    }

    fn whole(&mut self, text: &str) {
        if self.place == Place::Cell {
            self.out.push_str(&text.replace('|', "\\|"));
        } else {
            self.out.push_str(text);
        }
    }

    fn around(&self, at: usize) -> Around {
        let before = at.checked_sub(1).and_then(|at| self.pieces.get(at));
        Around {
            before: self.out.chars().next_back().filter(|c| *c != '\n'),
            after: self.first(at + 1),
            begins: self.out.is_empty(),
            bracketed: self.links > 0,
            in_row: self.place == Place::Cell,
            barred: match before {
                Some(Piece::Note(note)) if self.out.rsplit('\n').next() == Some(note) => "([:",
                Some(Piece::Note(_)) => "([",
                _ => "",
            },
            encode: Ends { first: is_set(&self.first_encoded, at), last: is_set(&self.last_encoded, at) },
        }
    }

    /// Whether a mark between these characters would not be one, because the outer one is part of a word.
    fn hides(&self, mark: usize, outside: Option<char>, inside: Option<char>) -> bool {
        let in_word = matches!(class(outside), Class::Letter | Class::Unsure);
        in_word && (self.marks[mark] == "_" || class(inside) != Class::Letter)
    }

    /// The first character that a piece is written with.
    fn first(&self, at: usize) -> Option<char> {
        match self.pieces.get(at)? {
            Piece::Text(text) if is_set(&self.first_encoded, at) || is_set(&self.last_encoded, at) && is_one(text) => {
                Some('&')
            }
            Piece::Code(_) => Some('`'),
            Piece::Open(_) | Piece::Close(_) => self.marks[at].chars().next(),
            Piece::OpenLink | Piece::Task(_) => Some('['),
            Piece::CloseLink(_) => Some(']'),
            Piece::Text(text) | Piece::Whole(text) | Piece::Note(text) => text.chars().next(),
            Piece::Line => Some(' ').filter(|_| self.place != Place::Lines).or(Some('\n')),
            Piece::Break => Some('\\'),
        }
    }

    /// The last character that a piece is written with.
    fn last(&self, at: usize) -> Option<char> {
        match self.pieces.get(at)? {
            Piece::Text(text) if is_set(&self.last_encoded, at) || is_set(&self.first_encoded, at) && is_one(text) => {
                Some(';')
            }
            Piece::Code(_) => Some('`'),
            Piece::Open(_) | Piece::Close(_) => self.marks[at].chars().next(),
            Piece::OpenLink => Some('['),
            Piece::CloseLink(_) => Some(')'),
            Piece::Text(text) | Piece::Whole(text) | Piece::Note(text) => text.chars().next_back(),
            Piece::Task(_) => Some(' '),
            Piece::Line | Piece::Break => Some('\n'),
        }
    }
}
