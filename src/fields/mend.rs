//! Values that cannot be parsed, mended by what their fields take.

use std::ops::Range;

use super::blanks;
use super::parsed::Mistake;
use super::repair;
use super::shape::{Shape, TableSpec};
use super::syntax::Syntax;
use crate::diagnostics::Diagnostic;
use crate::text::{Source, Span};

/// The fields that a file may have.
#[derive(Debug, Default)]
pub struct Known {
    /// The tables whose fields are its keys.
    pub tables: Vec<&'static TableSpec>,
    /// Further keys, each a list of texts.
    pub lists: Vec<String>,
}

impl Known {
    /// What the value of a key may be, in the file itself or in a table of it.
    fn shape(&self, table: Option<&str>, key: &str) -> Option<&'static Shape> {
        const LIST: Shape = Shape::List(&Shape::Text);
        let field = |key: &str| self.tables.iter().find_map(|table| table.field(key));
        if let Some(table) = table {
            return match &field(table)?.shape {
                Shape::Map(value) => Some(value),
                shape => Some(&shape.table()?.field(key)?.shape),
            };
        }
        let own = field(key).map(|field| &field.shape);
        own.or_else(|| self.lists.iter().any(|list| list == key).then_some(&LIST))
    }
}

/// What is needed to mend the values of a file.
pub(super) struct Mender<'s> {
    pub(super) source: &'s Source,
    /// The bytes of the front matter.
    pub(super) front: &'s Range<usize>,
    pub(super) syntax: Syntax,
    pub(super) known: &'s Known,
}

impl Mender<'_> {
    /// The problem of a mistake, with its mending where the field tells it.
    pub(super) fn mended(&self, mistake: Mistake) -> Diagnostic {
        if let Some(problem) = self.odd_blank(&mistake) {
            return problem;
        }
        if let Some(problem) = self.too_far_right(&mistake) {
            return problem;
        }
        let problem = mistake.problem;
        let Some(range) = mistake.value else { return problem };
        let Some(shape) = self.shape(range.start) else { return problem };
        let span = Span::new(self.source.id, range.clone());
        let written = self.source.slice(range);
        // What begins with a quote or a bracket has its own cause; else the notation hardly knows what it is.
        let is_begun = written.starts_with(['"', '\'', '[', '{', '=']);
        let cause = if self.syntax == Syntax::Toml && !is_begun { repair::cause(written, shape) } else { None };
        let problem = match cause {
            Some((message, help)) => Diagnostic { span, ..Diagnostic::new(problem.rule, span, message).help(help) },
            None => problem,
        };
        // A colon needs a blank behind it.
        let is_glued = self.syntax == Syntax::Yaml && self.source.text[..span.range().start].ends_with(':');
        let is_number = is_glued && matches!(shape, Shape::Whole) && written.parse::<u32>().is_ok();
        match repair::unparsed(written, shape) {
            None if is_number => Diagnostic { span, ..problem }.fix(format!(" {written}")),
            Some((_, replacement)) if is_glued => Diagnostic { span, ..problem }.fix(format!(" {replacement}")),
            Some((help, replacement)) => Diagnostic { span, ..problem }.help(help).fix(replacement),
            None => Diagnostic { fix: None, ..problem },
        }
    }

    /// The mistake as one of a blank that is none, where the line has such a blank.
    fn odd_blank(&self, mistake: &Mistake) -> Option<Diagnostic> {
        let text = &self.source.text[..self.front.end];
        let at = (mistake.problem.span.start as usize).clamp(self.front.start, self.front.end);
        let start = text[..at].rfind('\n').map_or(0, |nl| nl + 1).max(self.front.start);
        let line = text[start..].split('\n').next().unwrap_or_default();
        let odd = blanks::outside_texts(line, self.syntax)?;
        blanks::told(self.source, &(start + odd.start..start + odd.end), mistake.problem.rule)
    }

    /// The mistake as one of the blanks before a key of the file itself, where they are its cause: no key stands above it
    /// that it could be a part of.
    fn too_far_right(&self, mistake: &Mistake) -> Option<Diagnostic> {
        if self.syntax != Syntax::Yaml {
            return None;
        }
        let at = mistake.problem.span.start as usize;
        let text = &self.source.text[self.front.start..at.clamp(self.front.start, self.front.end)];
        let start = self.front.start + text.rfind('\n').map_or(0, |nl| nl + 1);
        let line = self.source.text[start..self.front.end].lines().next().unwrap_or_default();
        let blanks = depth(line);
        let (key, _) = line[blanks..].split_once(": ")?;
        let is_word = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        let is_known = blanks == 1 && is_word || self.known.shape(None, key).is_some();
        // Other lines that begin as far to the right have the same mistake.
        let mut above = self.source.text[self.front.start..start].lines().rev();
        let above = above.find(|line| is_said(line) && depth(line) < blanks);
        if blanks == 0 || !is_known || !above.is_none_or(is_complete) {
            return None;
        }
        let (what, help) =
            if blanks == 1 { ("a blank stands", "take it away") } else { ("blanks stand", "take them away") };
        let message = format!("{what} before `{key}`, which is no part of another key");
        let span = Span::new(self.source.id, start..start + blanks);
        Some(Diagnostic::new(mistake.problem.rule, span, message).help(help).fix(""))
    }

    /// What the value may be that begins at a byte.
    fn shape(&self, at: usize) -> Option<&'static Shape> {
        let text = &self.source.text[self.front.start..at];
        let line = text.rsplit('\n').next().unwrap_or_default();
        let key = line.trim_start_matches([' ', '-']).split(['=', ':']).next()?.trim().trim_matches('"');
        self.known.shape(self.table(text, line), key)
    }

    /// The key of the table that a line stands in; none for the file itself.
    fn table<'t>(&self, text: &'t str, line: &str) -> Option<&'t str> {
        let mut before = text[..text.len() - line.len()].lines().rev();
        match self.syntax {
            Syntax::Toml => {
                let heading = before.find(|line| line.trim_start().starts_with('['))?;
                Some(heading.trim().trim_matches(['[', ']']).trim())
            }
            Syntax::Yaml => {
                let depth = |line: &str| line.len() - line.trim_start_matches([' ', '-']).len();
                if depth(line) == 0 {
                    return None;
                }
                let parent = before.find(|line| !line.trim().is_empty() && depth(line) == 0)?;
                parent.split(':').next()
            }
        }
    }
}

/// How many blanks a line begins with.
fn depth(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Whether a line says something.
fn is_said(line: &str) -> bool {
    !line.trim().is_empty() && !line.trim_start().starts_with('#')
}

/// Whether a line of YAML is a key of the file with its value, of which no other line can be a part.
fn is_complete(line: &str) -> bool {
    let value = line.split_once(": ").map_or("", |(_, value)| value.trim());
    let is_closed = !value.starts_with(['[', '{', '"', '\'']) || value.ends_with([']', '}', '"', '\'']);
    !line.starts_with([' ', '-']) && !value.is_empty() && !value.starts_with(['|', '>']) && is_closed
}
