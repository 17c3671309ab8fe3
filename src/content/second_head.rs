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
    let Some(length) = head(near) else { return };
    let at = body.start + start;
    let problem = Diagnostic::new(
        Rule::FrontMatterSyntax,
        Span::new(source.id, at..at + length),
        "a second front matter stands below the first",
    );
    problems.push(
        problem.label("its keys count for nothing here").help("put the keys of both between one pair of `+++` lines"),
    );
}

/// The length of the first line of keys that end with a fence, with or without one before them.
fn head(text: &str) -> Option<usize> {
    let mut lines = text.lines().peekable();
    let first = lines.peek()?.trim_end();
    let first_length = first.len();
    let opening = lines.next_if(|line| is_fence(line.trim_end())).map(str::trim_end);
    let mut is_ours = false;
    for line in lines {
        let line = line.trim_end();
        if is_fence(line) && opening.is_none_or(|opening| opening == line) {
            // A line of hyphens below a line of text is a heading.
            return (is_ours && (opening.is_some() || line == "+++")).then_some(first_length);
        }
        if line.is_empty() || line.starts_with(['#', ' ', '\t', '-', ']', '}', '[', '"']) {
            continue;
        }
        let key = key(line)?;
        is_ours |= kinds::is_field(key) || fields::means_guarded(key).is_some();
    }
    None
}

fn is_fence(line: &str) -> bool {
    matches!(line, "+++" | "---")
}

/// The key that a line begins with, of TOML or YAML.
fn key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(['=', ':'])?;
    let key = key.trim_end().trim_matches('"');
    let is_key = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    is_key.then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_end_with_a_fence_are_a_head() {
        for text in [
            "---\ntitle: Z\naudience: restricted\n---\ntext",
            "+++\r\nstatus = \"draft\"\r\n+++\r\n",
            "audience=\"restricted\"\nstatus=\"draft\"\n+++\ntext",
            "---\ntags:\n  - a\n- b\n# c\n\ndraft: true\nsummary: x\n---",
        ] {
            assert!(head(text).is_some(), "{text}");
        }
    }

    #[test]
    fn breaks_headings_and_prose_are_none() {
        for text in [
            "---\n\nSome prose: with a colon.\n\n---\n",
            "title: a heading\n---\ntext",
            "Title = a line of prose\n\nand another\n+++\n",
            "---\nfoo: bar\n---\n",
            "```\n+++\ntitle = \"x\"\n+++\n```",
            "+++\ntitle = \"never closed\"\n",
            "",
        ] {
            assert!(head(text).is_none(), "{text}");
        }
    }
}
