//! The filtered stream as plain text, for search.

use pulldown_cmark::{Event, Tag};

use crate::markdown::stream::Stream;

/// Everything that a page shows of a body as text, blocks apart from one another.
pub fn plain_text(body: &str) -> String {
    let mut text = String::with_capacity(body.len());
    for (event, _) in Stream::new(body) {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            // Marks within a word, such as emphasis, do not end it.
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. }) => {}
            Event::Start(_) => text.push('\n'),
            _ => {}
        }
    }
    text
}
