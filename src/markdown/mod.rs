//! Markdown to safe HTML and safe Markdown, from one filtered stream of events.
//!
//! Takes the body of a [`Source`](crate::text::Source), gives its [`Outline`] (headings, links, images, prompt
//! blocks), a page's HTML, and the same content as Markdown for tools. It knows nothing of entries: where a link
//! leads is asked of [`Surroundings`]. No HTML of the author and no unsafe address passes [`stream::Stream`],
//! so no writer has to think of them. Start reading there.

mod both;
pub mod destination;
mod highlight;
mod html;
mod outline;
mod plain_text;
#[cfg(feature = "onig")]
mod steps;
pub mod stream;
mod tags;
mod twin;

pub use both::html_and_markdown;
pub use destination::Destination;
pub use highlight::{BLOCK_LIMIT, Highlighter, LINE_LIMIT, PAGE_LIMIT};
pub use html::html;
pub use outline::{Fence, Heading, Link, LinkUse, Outline, means_prompt, outline, unsafe_link};
pub use plain_text::PlainText;
pub use twin::{fence, link, loadable, loadable_below, markdown, plain};

/// Who can speak in a prompt block: the word after `prompt` in its first line.
pub const ROLES: [&str; 3] = ["system", "user", "assistant"];

/// What a writer asks about the page around a body. Links, images and prompt blocks are counted from 0 in the order of
/// the [`Outline`], by the [`stream`] that both are made from: a writer that counted by itself would have to count
/// links in alternative texts, too, or every later link would lead to where its neighbour should.
pub trait Surroundings {
    /// The address for a link; `None` leaves its text without a link. A writer escapes it and does not judge it: all of
    /// them come from [`Destination`] or are paths of the site.
    fn link(&self, nth: usize) -> Option<String>;

    /// What a wikilink says that brings no text of its own; `None` leaves what was written.
    fn wikilink_text(&self, nth: usize) -> Option<String>;

    /// The address for an image; `None` shows its alternative text in its place.
    fn image(&self, nth: usize) -> Option<String>;

    /// Writes a prompt block as this page wants it, as finished HTML; false leaves it to the writer, which shows it as
    /// code.
    fn prompt(&self, nth: usize, out: &mut String) -> bool;

    /// A word of the theme's language for a piece of the page, such as `note` or `footnotes`.
    fn word(&self, key: &'static str) -> &str;
}
