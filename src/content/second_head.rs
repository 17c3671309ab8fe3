//! Front matter that stands where the body begins: another tool put its own on top, or a fence stands too early. Its lines
//! would be printed, and what they say of who may see the entry would count for nothing.

use std::ops::Range;

use crate::content::kinds;
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::fields::{self, FRONT_MATTER_LIMIT};
use crate::text::{Source, Span, hidden};

/// Reports a second front matter at the beginning of a body.
pub(super) fn check(source: &Source, body: Range<usize>, problems: &mut Problems) {
    let text = source.slice(body.clone());
    let start = text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || hidden::is_hidden(c)).len();
    let near = &text[start..text.floor_char_boundary(start + FRONT_MATTER_LIMIT)];
    let Some(head) = fields::head(near, &kinds::is_head_key) else { return };
    let length = near.lines().next().unwrap_or_default().trim_end().len();
    let at = body.start + start;
    let problem = Diagnostic::new(
        Rule::FrontMatterSyntax,
        Span::new(source.id, at..at + length),
        "a second front matter stands below the first",
    );
    problems.push(
        problem
            .label("its keys count for nothing here")
            .help(format!("put the keys of both between one pair of `{}` lines", head.syntax.fence())),
    );
}
