//! The filtered stream as plain text, for search.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag};

/// Everything that a page shows of a body as text, blocks apart from one another. Gathered along with the outline: a
/// body is read often enough.
///
/// Most of it stands in the body as it is, so only places are stored: of ten thousand entries the texts would take more
/// memory than all other fields together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlainText {
    pieces: Vec<Piece>,
    /// What does not stand in the body: characters that were written as entities, and what sets blocks apart.
    own: String,
    length: usize,
}

/// A part of the body, and what comes behind it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Piece {
    /// Bytes of the body. A file has at most [`FILE_LIMIT`](crate::files::FILE_LIMIT), so 32 bits are enough.
    body: Range<u32>,
    /// How many bytes of the text's own follow.
    own: u32,
}

impl PlainText {
    /// Adds what an event shows of a body. Blocks, cells and items are set apart by a line feed, so that the last word
    /// of one and the first of the next are never one word.
    pub(super) fn event(&mut self, event: &Event<'_>, body: &str) {
        match event {
            Event::Text(part) | Event::Code(part) => self.push(part, body),
            Event::SoftBreak | Event::HardBreak => self.push_own(" "),
            // Marks within a word, such as emphasis, do not end it.
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. }) => {}
            Event::Start(_) => self.push_own("\n"),
            _ => {}
        }
    }

    fn push(&mut self, part: &CowStr<'_>, body: &str) {
        let place = match part {
            CowStr::Borrowed(part) => place_in(part, body),
            CowStr::Boxed(_) | CowStr::Inlined(_) => None,
        };
        let Some(place) = place else { return self.push_own(part) };
        self.length += part.len();
        match self.pieces.last_mut() {
            Some(last) if last.own == 0 && last.body.end == place.start => last.body.end = place.end,
            _ => self.pieces.push(Piece { body: place, own: 0 }),
        }
    }

    fn push_own(&mut self, part: &str) {
        self.length += part.len();
        self.own.push_str(part);
        if self.pieces.is_empty() {
            self.pieces.push(Piece::default());
        }
        if let Some(last) = self.pieces.last_mut() {
            last.own += part.len() as u32;
        }
    }

    /// How much there is so far, in bytes.
    pub fn length(&self) -> usize {
        self.length
    }

    /// Takes away what came after the first bytes.
    pub(super) fn cut(&mut self, length: usize) {
        while self.length > length {
            let Some(last) = self.pieces.last_mut() else { return };
            let surplus = self.length - length;
            let own = surplus.min(last.own as usize);
            let of_body = (surplus - own).min(last.body.len());
            last.own -= own as u32;
            last.body.end -= of_body as u32;
            self.own.truncate(self.own.len() - own);
            self.length -= own + of_body;
            if last.own == 0 && last.body.is_empty() {
                self.pieces.pop();
            }
        }
    }

    /// Gives back the room that was kept for more.
    pub(super) fn finish(mut self) -> Self {
        self.pieces.shrink_to_fit();
        self.own.shrink_to_fit();
        self
    }

    /// The text; `body` is that of which it was gathered.
    pub fn of(&self, body: &str) -> String {
        let mut text = String::with_capacity(self.length);
        let mut own = self.own.as_str();
        for piece in &self.pieces {
            text.push_str(&body[piece.body.start as usize..piece.body.end as usize]);
            let (next, rest) = own.split_at(piece.own as usize);
            text.push_str(next);
            own = rest;
        }
        text
    }
}

/// Where a part of a body stands in it; nothing where it is a text of its own.
fn place_in(part: &str, body: &str) -> Option<Range<u32>> {
    let start = part.as_ptr().addr().checked_sub(body.as_ptr().addr())?;
    let end = start.checked_add(part.len()).filter(|end| *end <= body.len())?;
    Some(u32::try_from(start).ok()?..u32::try_from(end).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text of a body's events, and how many bytes of it stand nowhere in the body.
    fn gathered(body: &str, cut: Option<usize>) -> (String, usize) {
        let mut text = PlainText::default();
        for event in pulldown_cmark::Parser::new(body) {
            text.event(&event, body);
        }
        if let Some(cut) = cut {
            text.cut(cut);
        }
        let text = text.finish();
        assert_eq!(text.of(body).len(), text.length());
        (text.of(body), text.own.len())
    }

    #[test]
    fn what_stands_in_the_body_is_not_stored_again() {
        let body = "# Head\n\nOne *wo*rd &amp; two\nlines with `code`.\n\n- item";
        assert_eq!(
            gathered(body, None),
            ("\nHead\nOne word & two lines with code.\n\nitem".into(), "\n\n& \n\n".len())
        );
    }

    #[test]
    fn it_can_be_cut_anywhere() {
        let body = "# Ab\n\nc &amp; d\ne";
        let (whole, _) = gathered(body, None);
        for cut in 0..=whole.len() {
            assert_eq!(gathered(body, Some(cut)).0, whole[..cut], "{cut}");
        }
    }

    #[test]
    fn a_text_from_elsewhere_is_its_own() {
        assert_eq!(place_in("abc", "xabcx"), None);
        let body = "xabcx";
        assert_eq!(place_in(&body[1..4], body), Some(1..4));
        assert_eq!(place_in(&body[5..], body), Some(5..5));
    }
}
