//! Where in a prompt brackets mean something of their own: code and JSON.

use std::collections::BTreeMap;
use std::ops::Range;

/// What the parts of a text are.
#[derive(Debug)]
pub(super) struct Surroundings<'t> {
    /// Fenced blocks and code spans, in order, not overlapping.
    code: Vec<Range<usize>>,
    /// Lines that are JSON, or the whole text, in order.
    json: Vec<Range<usize>>,
    /// Names in `</NAME>`.
    closing_tags: Vec<&'t str>,
    /// Whether words in single braces are blanks in this text; only the text as a whole can tell.
    pub(super) braces_are_blanks: bool,
    /// Whether the text has sections of a template language, so that `{{else}}` is part of one.
    pub(super) has_sections: bool,
}

impl<'t> Surroundings<'t> {
    /// Looks through a text once.
    pub(super) fn of(text: &'t str) -> Self {
        let mut found = Self {
            code: Vec::new(),
            json: Vec::new(),
            closing_tags: closing_tags(text),
            braces_are_blanks: false,
            has_sections: text.contains("{{#") || text.contains("{{/"),
        };
        if is_json(text) {
            found.json.push(0..text.len());
        }
        found.look_through_lines(text);
        found.braces_are_blanks = found.has_blanks_in_braces(text);
        found
    }

    /// Whether the position is in a fenced block or a code span.
    pub(super) fn is_code(&self, at: usize) -> bool {
        is_in(&self.code, at)
    }

    /// Whether the position is in ordinary text.
    pub(super) fn is_prose(&self, at: usize) -> bool {
        !self.is_code(at) && !is_in(&self.json, at)
    }

    /// Whether the text closes a tag of this name.
    pub(super) fn closes_tag(&self, name: &str) -> bool {
        self.closing_tags.binary_search(&name).is_ok()
    }

    fn look_through_lines(&mut self, text: &str) {
        let whole_is_json = !self.json.is_empty();
        let mut fence: Option<&str> = None;
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let range = start..start + line.len();
            start = range.end;
            let edge = fence_at(line, fence);
            if fence.is_some() || edge.is_some() {
                self.code.push(range);
                fence = edge.map_or(fence, |edge| if fence.is_some() { None } else { Some(edge) });
                continue;
            }
            if !whole_is_json && line.contains("\":") {
                self.json.push(range.clone());
            }
            self.code.extend(spans(line).into_iter().map(|span| span.start + range.start..span.end + range.start));
        }
    }

    /// Whether a name with an underscore stands in single braces, or the same word does twice.
    ///
    /// One `{word}` may be anything; `{like this}` is how people quote a syntax to an AI.
    fn has_blanks_in_braces(&self, text: &str) -> bool {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, _) in text.match_indices('{') {
            let Some(name) = super::brackets::word_in_braces(text, at).filter(|_| self.is_prose(at)) else { continue };
            let times = seen.entry(name).or_default();
            *times += 1;
            if name.contains('_') || *times > 1 {
                return true;
            }
        }
        false
    }
}

/// Whether a whole text is JSON, as far as brackets are concerned; prompts are rarely quite valid.
fn is_json(text: &str) -> bool {
    let text = text.trim();
    let enclosed = text.starts_with('{') && text.ends_with('}') || text.starts_with('[') && text.ends_with(']');
    enclosed && text.contains("\":")
}

/// The fence that a line opens, or that it closes when one is open.
fn fence_at<'l>(line: &'l str, open: Option<&str>) -> Option<&'l str> {
    let line = line.trim();
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let rest = line.trim_start_matches(mark);
    let fence = &line[..line.len() - rest.len()];
    let fits = match open {
        None => fence.len() >= 3 && (mark == '~' || !rest.contains('`')),
        Some(open) => open.starts_with(mark) && fence.len() >= open.len() && rest.is_empty(),
    };
    fits.then_some(fence)
}

/// The code spans of a line: from a run of backticks to the next run of the same length.
fn spans(line: &str) -> Vec<Range<usize>> {
    let runs = backtick_runs(line);
    let mut spans = Vec::new();
    let mut next_of_length: BTreeMap<usize, usize> = BTreeMap::new();
    let mut closing = vec![None; runs.len()];
    for (at, run) in runs.iter().enumerate().rev() {
        closing[at] = next_of_length.insert(run.len(), at);
    }
    let mut at = 0;
    while at < runs.len() {
        if let Some(end) = closing[at] {
            spans.push(runs[at].start..runs[end].end);
            at = end;
        }
        at += 1;
    }
    spans
}

fn backtick_runs(line: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, _) in line.match_indices('`') {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// The names of all closing tags, sorted.
fn closing_tags(text: &str) -> Vec<&str> {
    const MOST: usize = 80;
    let mut names: Vec<&str> = text
        .match_indices("</")
        .filter_map(|(at, _)| {
            let rest = &text[at + 2..];
            let end = rest.bytes().take(MOST).position(|byte| byte == b'>')?;
            Some(&rest[..end])
        })
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn is_in(ranges: &[Range<usize>], at: usize) -> bool {
    let after = ranges.partition_point(|range| range.start <= at);
    after.checked_sub(1).is_some_and(|before| ranges[before].contains(&at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> String {
        let around = Surroundings::of(text);
        text.char_indices().map(|(at, c)| if around.is_code(at) { '#' } else { c }).collect()
    }

    #[test]
    fn fences_and_spans_are_code() {
        assert_eq!(code("a `b` ``c ` d`` e `f"), "a ### ######### e `f");
        assert_eq!(code("a\n```\nb\n``\n````\nc"), "a\n##############c");
        assert_eq!(code("~~~\nb\n```\n~~~\nc"), "##############c");
        assert_eq!(code("```a` b\nc"), "```a` b\nc");
    }

    #[test]
    fn json_is_no_prose() {
        assert!(!Surroundings::of("{\"a\": 1}").is_prose(3));
        let text = "one\n \"a\": 1,\ntwo";
        let around = Surroundings::of(text);
        assert_eq!([0, 6, 14].map(|at| around.is_prose(at)), [true, false, true]);
    }
}
