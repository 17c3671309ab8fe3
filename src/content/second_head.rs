//! Front matter that stands where the body begins: another tool put its own on top, or a fence stands too early. Its lines
//! would be printed, and what they say of who may see the entry would count for nothing.

use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::fields::{Frame, Lookalike, Parts, fenced_guard, lookalike};
use crate::text::{Source, Span};

/// Reports front matter in a body, and tells whether there is some: then nobody knows who may see the entry. Below front
/// matter at the top of the file it is looked for where the body begins, and everywhere where it says who may see it.
/// `is_key` tells the keys that an entry can have.
pub(super) fn check(source: &Source, parts: &Parts, is_key: &dyn Fn(&str) -> bool, problems: &mut Problems) -> bool {
    let body = parts.body.clone();
    let text = source.slice(body.clone());
    let at_top = || lookalike(text, is_key).filter(is_head);
    let found = if parts.front.is_some() { at_top() } else { None };
    let (place, message, help) = if let Some(head) = found {
        let fence = head.syntax.fence();
        let help = format!("put the keys of both between one pair of `{fence}` lines");
        (head.opening, "a second front matter stands below the first", help)
    } else if let Some(place) = fenced_guard(text) {
        let help = "put its keys at the top of the file, or the lines into a block of code if they are to be read";
        (place, "front matter stands in the middle of the text", help.to_owned())
    } else {
        return false;
    };
    let span = Span::new(source.id, body.start + place.start..body.start + place.end);
    let problem = Diagnostic::new(Rule::FrontMatterSyntax, span, message);
    problems.push(problem.label("its keys count for nothing here").help(help));
    true
}

/// Whether it can be nothing else: a text may well begin with a block of code, or with a line that has a colon.
fn is_head(found: &Lookalike) -> bool {
    match found.frame {
        Frame::Fence => !found.keys.is_empty(),
        Frame::Bare => found.end.is_some(),
        Frame::Code | Frame::Json => false,
    }
}
