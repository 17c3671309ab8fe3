//! The filtered stream as plain text, for search.

use pulldown_cmark::{Event, Tag};

/// Everything that a page shows of a body as text, blocks apart from one another. Gathered along with the outline: a
/// body is read often enough.
#[derive(Debug)]
pub(super) struct PlainText(String);

impl PlainText {
    /// Nothing yet, with room for the text of a body.
    pub(super) fn of(body: &str) -> Self {
        Self(String::with_capacity(body.len()))
    }

    /// Adds what an event shows. Blocks, cells and items are set apart by a line feed, so that the last word of one and
    /// the first of the next are never one word.
    pub(super) fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Text(part) | Event::Code(part) => self.0.push_str(part),
            Event::SoftBreak | Event::HardBreak => self.0.push(' '),
            // Marks within a word, such as emphasis, do not end it.
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. }) => {}
            Event::Start(_) => self.0.push('\n'),
            _ => {}
        }
    }

    /// How much there is so far, in bytes.
    pub(super) fn length(&self) -> usize {
        self.0.len()
    }

    /// Takes away what came after the first bytes.
    pub(super) fn cut(&mut self, length: usize) {
        self.0.truncate(length);
    }

    /// The text.
    pub(super) fn finish(self) -> String {
        self.0
    }
}
