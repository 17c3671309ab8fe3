//! The text of one block: gathered piece by piece, then written with the marks that mean the same.
//!
//! Marks of CommonMark depend on what stands right beside them (6.2, flanking), so nothing is written before everything
//! is known: pieces are gathered and brought into a form in which each mark can be one, then written with a look to
//! both sides.

use super::escape::{self, Around, Class, Ends, class};
use crate::text::address::leads_to_a_site;

/// Emphasis and its like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Emphasis,
    Strong,
    Strike,
}

/// A part of a text, in the order of reading. No piece is escaped yet but those that say so.
#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Code(String),
    Open(Mark),
    Close(Mark),
    OpenLink,
    /// Has the closing part, `](address)`, escaped.
    CloseLink(String),
    /// Written out and escaped as far as it needs be: an image, a bare address, or a tag of a prompt.
    Whole(String),
    /// A reference to a footnote.
    Note(String),
    /// A check box, and whether it is done. It stands first, if at all.
    Task(bool),
    /// The line goes on in the next one.
    Line,
    /// A hard line break (6.7).
    Break,
}

/// Where a text is written: it decides what a line end may be, and whether `|` is a mark.
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

/// The pieces of a text. Adjacent texts are one, marks hold something and begin and end at what can be seen. All
/// methods that add keep that form; pieces pushed past them would be read as something else.
#[derive(Debug, Default)]
pub(super) struct Inlines {
    pieces: Vec<Piece>,
}

impl Inlines {
    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Whether there is a check box and nothing behind it.
    pub(super) fn is_task_only(&self) -> bool {
        matches!(self.pieces[..], [Piece::Task(_)])
    }

    /// Adds a text. A blank right behind an opening mark goes before it: with a blank inside, the mark is none (6.2).
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

    /// Adds code. An empty span cannot be written: two backticks are two backticks.
    pub(super) fn code(&mut self, code: &str) {
        match self.pieces.last_mut() {
            // Two spans side by side would be read as one with a stray mark.
            Some(Piece::Code(before)) => before.push_str(code),
            _ if code.is_empty() => {}
            _ => self.pieces.push(Piece::Code(code.to_owned())),
        }
    }

    /// Adds a soft line break: a blank to a reader (6.8).
    pub(super) fn line(&mut self) {
        self.space(Piece::Line);
    }

    /// Adds a hard line break, which is written as a backslash: two blanks at a line's end are easily lost (6.7).
    pub(super) fn hard_break(&mut self) {
        self.space(Piece::Break);
    }

    /// Adds a line end. The blanks before it go: two of them would make a hard break (6.7).
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

    /// Puts a space before the marks that were just opened: a mark does not begin at one (6.2). It is added as if they
    /// were not there, so that all other rules hold for it too.
    fn before_marks(&mut self, space: Piece) {
        let marks = self.pieces.iter().rev().take_while(|piece| matches!(piece, Piece::Open(_))).count();
        let opened = self.pieces.split_off(self.pieces.len() - marks);
        match space {
            Piece::Text(text) => self.text(&text),
            line => self.space(line),
        }
        self.pieces.extend(opened);
    }

    /// Adds a check box. It must come first in its text: anywhere else `[x]` is text (GFM, 5.3).
    pub(super) fn task(&mut self, done: bool) {
        self.pieces.push(Piece::Task(done));
    }

    /// Takes the check box off the front, as a text of its own.
    pub(super) fn take_task(&mut self) -> Option<Self> {
        if !matches!(self.pieces.first(), Some(Piece::Task(_))) {
            return None;
        }
        let task = Self { pieces: vec![self.pieces.remove(0)] };
        self.trim();
        Some(task)
    }

    /// Adds a reference to a footnote, by its number: a label of the author could hold anything.
    pub(super) fn note(&mut self, number: usize) {
        self.pieces.push(Piece::Note(format!("[^{number}]")));
    }

    /// Adds a text that is no Markdown, and is written as it is.
    pub(super) fn whole(&mut self, text: &str) {
        self.pieces.push(Piece::Whole(text.to_owned()));
    }

    /// The lines of a text without any Markdown; `None` as soon as one piece is something else, for then all of it has
    /// to be guarded.
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

    /// Adds an image, written out at once: nothing beside it can change how it is read, since it begins and ends with
    /// marks of its own.
    pub(super) fn image(&mut self, alt: &str, source: &str) {
        let mut out = String::from("![");
        let around = Around { bracketed: true, before: Some('['), after: Some(']'), ..Around::default() };
        escape::text(&mut out, alt, around);
        out.push_str(&escape::destination(source));
        self.pieces.push(Piece::Whole(out));
    }

    /// Opens a mark. One that follows on its like goes on with it: `**a****b**` would not be read as two strong texts.
    pub(super) fn open(&mut self, mark: Mark) {
        if self.pieces.last() == Some(&Piece::Close(mark)) {
            self.pieces.pop();
        } else {
            self.pieces.push(Piece::Open(mark));
        }
    }

    /// Closes a mark. It ends before the spaces at its end (6.2), which come behind it, and is none around nothing. It
    /// closes the mark that was opened last; the stream keeps the two in step.
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

    /// Opens a link. Whether it shows its own address, or nothing, is known only when it is closed.
    pub(super) fn open_link(&mut self) {
        if matches!(self.pieces.last(), Some(Piece::Note(_))) {
            // Right after one another the two are read as one reference.
            self.text(" ");
        }
        self.pieces.push(Piece::OpenLink);
    }

    /// Ends a link. One that shows its own address is written as that, and one that shows nothing is none, as on the
    /// page.
    pub(super) fn close_link(&mut self, href: &str, is_email: bool) {
        if let Some(open) = self.unseen_link() {
            // Only the bracket: blanks and marks in the link stay, for they may have a partner outside.
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

    /// The place of the open link's bracket, if nothing behind it can be seen. There is one open link at most, so the
    /// last bracket is its.
    fn unseen_link(&self) -> Option<usize> {
        let open = self.pieces.iter().rposition(|piece| *piece == Piece::OpenLink)?;
        let is_unseen = |piece: &Piece| match piece {
            Piece::Text(text) | Piece::Code(text) => text.trim().is_empty(),
            Piece::Line | Piece::Break | Piece::Open(_) | Piece::Close(_) => true,
            _ => false,
        };
        self.pieces[open + 1..].iter().all(is_unseen).then_some(open)
    }

    /// Takes spaces off both ends. A mark at an end stops it: what is in a mark does not begin or end with one.
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

/// Whether a link can be written as a bare address, `<address>`: it shows just its address, has a scheme, and none of
/// the characters that end an autolink (6.5) or mean something to a reader that looks for other marks first.
fn is_bare(href: &str, text: &str, is_email: bool) -> bool {
    let shows = if is_email { href.strip_prefix("mailto:") == Some(text) } else { href == text };
    let is_address = is_email || leads_to_a_site(href);
    let marks = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '`' | '|' | '\\' | '&');
    shows && is_address && !text.contains(marks)
}

/// The characters of each mark: `*` for emphasis, but `_` where it would touch the `**` of strong text, because `***`
/// can be read in two ways (6.2). Not `_` always: between letters it is none.
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

/// Whether a mark of strong text stands right before or right behind a piece.
fn touches_strong(pieces: &[Piece], at: usize) -> bool {
    let is_strong = |at: usize| matches!(pieces.get(at), Some(Piece::Open(Mark::Strong) | Piece::Close(Mark::Strong)));
    at > 0 && is_strong(at - 1) || is_strong(at + 1)
}

/// A flag of a piece; the lists are empty in a text without marks, which has none to hide.
fn is_set(flags: &[bool], at: usize) -> bool {
    flags.get(at).copied().unwrap_or_default()
}

/// Whether the first character is the last: a flag for either end then encodes it.
fn is_one(text: &str) -> bool {
    text.chars().nth(1).is_none()
}

/// Writes pieces one by one. All that looks ahead or back is decided in [`new`](Self::new).
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
    /// Decides which ends of texts are written as entities, in two passes: each mark is asked with what stands beside
    /// it by then.
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

    /// Writes a piece. Where lines may not be, an end of one is a blank, and so is a hard break, which one line cannot
    /// hold.
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

    /// In a table every `|` is escaped, of addresses and images too: a row is cut at it before anything else is read
    /// (GFM, 4.10).
    fn whole(&mut self, text: &str) {
        if self.place == Place::Cell {
            self.out.push_str(&text.replace('|', "\\|"));
        } else {
            self.out.push_str(text);
        }
    }

    /// What stands around a text. Before it that is what was written, escapes included; after it, what the next piece
    /// will begin with.
    fn around(&self, at: usize) -> Around {
        let before = at.checked_sub(1).and_then(|at| self.pieces.get(at));
        Around {
            before: self.out.chars().next_back().filter(|c| *c != '\n'),
            after: self.first(at + 1),
            begins: self.out.is_empty(),
            bracketed: self.links > 0,
            in_row: self.place == Place::Cell,
            // Right behind `[^1]` a bracket would make a link or a reference of both, and a colon at the beginning of a
            // line the definition of a footnote.
            barred: match before {
                Some(Piece::Note(note)) if self.out.rsplit('\n').next() == Some(note) => "([:",
                Some(Piece::Note(_)) => "([",
                _ => "",
            },
            encode: Ends { first: is_set(&self.first_encoded, at), last: is_set(&self.last_encoded, at) },
        }
    }

    /// Whether a mark between these characters would not be one. It can open if it is left-flanking and close if it is
    /// right-flanking (6.2): with a letter outside, that fails where what is inside is no letter, and for `_` it fails
    /// in any case. An entity in the place of the outer letter ends in punctuation, and lets the mark be one.
    fn hides(&self, mark: usize, outside: Option<char>, inside: Option<char>) -> bool {
        let in_word = matches!(class(outside), Class::Letter | Class::Unsure);
        in_word && (self.marks[mark] == "_" || class(inside) != Class::Letter)
    }

    /// The first character that a piece is written with. Only its class counts, so an escape need not be known here: it
    /// is punctuation before punctuation.
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
