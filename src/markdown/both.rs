//! A body for its page and for its twin, in one pass: reading it takes longer than writing it, and a build needs both.

use crate::markdown::stream::Stream;
use crate::markdown::twin::{self, Tree};
use crate::markdown::{Highlighter, Outline, Surroundings, html};

/// What [`html`](super::html) and [`markdown`](super::markdown) make of a body. `on_page` and `in_twin` are what
/// surrounds the one and the other.
pub fn html_and_markdown(
    body: &str,
    outline: &Outline,
    on_page: &dyn Surroundings,
    in_twin: &dyn Surroundings,
    highlighter: &Highlighter,
) -> (String, String) {
    let mut page = html::Writer::new(outline, on_page, highlighter, body.len());
    let mut tree = Tree::of_twin(outline, in_twin);
    for placed in Stream::below_title(body, outline.title) {
        tree.event(placed.event.clone(), placed.nth);
        page.event(placed);
    }
    (page.finish(), twin::write(tree, body.len()))
}
