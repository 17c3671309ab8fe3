//! A context module with the tag that marks off a module in a prompt.
//!
//! Modules are marked off by `<context …>` when they are put into a prompt, and a text with `</context>` in it would
//! end its own mark: what follows would read as if the prompt said it. The assembly defuses such a tag with a
//! backslash, so nothing is unsafe; this check names the place, because the author should know that the text is
//! changed.
//!
//! Only with `wrap = "xml"`: a heading of Markdown has no end that a text could imitate.

use crate::check::Scope;
use crate::config::Wrap;
use crate::content::{Entry, Kind};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::handbook::wrapper;
use crate::markdown::{self, Surroundings};
use crate::text::Span;

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    if scope.catalog.config.wrap != Wrap::Xml {
        return;
    }
    for entry in scope.catalog.entries.iter().filter(|entry| entry.kind == Kind::ContextModule) {
        title(entry, problems);
        body(entry, problems);
    }
}

/// Title and version stand in the attributes of the opening tag, so they are looked at as well.
fn title(entry: &Entry, problems: &mut Problems) {
    let written = entry.common.title.iter().chain(&entry.common.version);
    for text in written.filter(|text| wrapper::tags(text).next().is_some()) {
        problems.push(problem(text.span, 1));
    }
}

/// One problem for each body: the first tag, where it stands in the source, and how many there are.
///
/// Three ways to write one are told apart, the cheapest test first: as itself; with letters written as entities, which
/// only the outline's text shows; and cut in two by a picture, which is not loaded, so that the halves meet.
fn body(entry: &Entry, problems: &mut Problems) {
    if !wrapper::may_have_tags(entry.body_text()) {
        return;
    }
    // A tag is found in the body, and places count from the start of the file.
    let at = |sign: std::ops::Range<usize>| {
        Span::new(entry.source.id, entry.body.start + sign.start..entry.body.start + sign.end)
    };
    let mut tags = wrapper::tags(entry.body_text());
    if let Some(first) = tags.next() {
        problems.push(problem(at(first), 1 + tags.count()));
    } else if wrapper::tags(&entry.shown_text()).next().is_some() || is_split_by_picture(entry) {
        // Some of its letters are written as entities, or stand apart in the file.
        let text = entry.body_text();
        let start = text.len() - text.trim_start().len();
        problems.push(problem(at(start..text.trim_end().len()), 1));
    }
}

/// Whether there is a tag once the pictures are gone, which are not loaded. The body is written as it would be loaded,
/// which costs as much as a twin, so only a body with pictures is.
fn is_split_by_picture(entry: &Entry) -> bool {
    let loaded = || markdown::loadable(entry.body_text(), &entry.outline, &WithoutPictures);
    !entry.outline.images.is_empty() && wrapper::tags(&loaded()).next().is_some()
}

/// A body as it is loaded where all its pictures are there. Links are left out, which leaves their text: an address has
/// its `<` percent-encoded, so it cannot be part of a tag, and whether it resolves does not matter here.
struct WithoutPictures;

impl Surroundings for WithoutPictures {
    fn link(&self, _: usize) -> Option<String> {
        None
    }

    fn wikilink_text(&self, _: usize) -> Option<String> {
        None
    }

    fn image(&self, _: usize) -> Option<String> {
        // An address that is there, whatever it is: then the writer leaves the picture out with its alternative text.
        Some(String::new())
    }

    fn prompt(&self, _: usize, _: &mut String) -> bool {
        false
    }

    fn word(&self, key: &'static str) -> &str {
        key
    }
}

fn problem(span: Span, count: usize) -> Diagnostic {
    let message = match count {
        1 => "a tag that looks like the one around a context module".to_owned(),
        count => format!("{count} tags that look like the one around a context module"),
    };
    Diagnostic::new(Rule::ImitatedContext, span, message)
        .label("it gets a backslash when the module is loaded")
        .help("use another name for it, such as `<background>`")
}
