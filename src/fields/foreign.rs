//! Keys that other tools put into front matter: some say what ours say, most say nothing here.

use super::bare;
use super::kept_back;
use super::spec::FieldSpec;
use super::syntax::Syntax;
use super::tree::{Data, Node, Table};
use super::view::ValueRef;
use super::write;
use crate::diagnostics::{Diagnostic, Fix, Rule};
use crate::text::{Span, suggest};

/// What a key is taken for that nobody asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unknown {
    /// A mistake.
    #[default]
    Mistake,
    /// Another tool's, unless it is a slip of one that is known.
    Foreign,
}

/// What is known of the keys of other tools in a table.
#[derive(Debug, Default)]
pub(super) struct Foreign<'t> {
    /// Whether the table is one of an entry itself, into which other tools put their keys too.
    pub(super) is_of_entry: bool,
    /// The fields that are still to be read.
    pub(super) own: &'static [FieldSpec],
    /// Further keys of other tools, beside those that the fields name: theirs, and ours.
    pub(super) also: &'static [(&'static str, &'static str)],
    pub(super) unknown: Unknown,
    /// The keys that were read as fields of ours.
    pub(super) adopted: Vec<&'t str>,
    /// Those of which nothing could be made.
    pub(super) unread: Vec<&'t str>,
}

impl Foreign<'_> {
    /// Another tool's key for a field, where its own is absent.
    pub(super) fn of<'v>(&self, spec: &FieldSpec, table: &'v Table<'v>) -> Option<(&'v str, Span, &'v Node<'v>)> {
        let more = || self.also.iter().filter(|(_, own)| *own == spec.key).map(|(other, _)| *other);
        if spec.also.is_empty() && more().next().is_none() || table.has(spec.key) {
            return None;
        }
        let is_it = |key: &str| {
            let lower = key.to_ascii_lowercase();
            spec.also.iter().copied().chain(more()).any(|other| other == lower)
                && !self.own.iter().any(|own| own.key == key)
        };
        table.iter().find(|(key, ..)| is_it(key) && !self.adopted.contains(key))
    }
}

/// Whether a value is within the bounds of a field.
pub(super) fn fits(spec: &FieldSpec, value: ValueRef<'_>) -> bool {
    match value {
        ValueRef::Text(text) => text.chars().count() <= spec.most_characters,
        ValueRef::List(items) => {
            let mut fit = items.count() <= spec.most_items;
            items.each(&mut |_, item| fit &= fits(spec, item));
            fit
        }
        _ => true,
    }
}

/// The line of a field whose value was read behind another tool's key; none where it stays as it is written, over several
/// lines.
pub(super) fn line(spec: &FieldSpec, value: &Node<'_>, read: ValueRef<'_>, syntax: Syntax) -> Option<String> {
    let read = match read {
        ValueRef::Text(text) => ValueRef::Text(text.trim()),
        other => other,
    };
    let is_lines = matches!(value.data, Data::List(_) | Data::Table(_))
        || matches!(read, ValueRef::Text(text) if text.contains('\n'));
    (!is_lines).then(|| syntax.line(spec.key, &write::inline(read, syntax)))
}

/// The problem that another tool's key was read, with what to write instead: another line, or the key alone.
pub(super) fn adopted(
    spec: &FieldSpec,
    (key, span): (&str, Span),
    value: &Node<'_>,
    line: Option<String>,
) -> Diagnostic {
    let problem = Diagnostic::new(Rule::ForeignKey, span, format!("`{key}` is read as `{}`", spec.key));
    let Some(line) = line else { return problem.help(format!("write `{}`", spec.key)).fix(spec.key) };
    let problem = problem.help(format!("write `{line}`"));
    // On a day to come it keeps the entry back, which no machine may take away.
    if kept_back::due(key, value).is_some() {
        return problem;
    }
    Diagnostic { fix: Some(Fix { span: Span { end: value.span.end, ..span }, replacement: line }), ..problem }
}

/// Whether another tool's key says that an entry is a draft: `draft` and `published`, where they are true or false.
pub(super) fn says_draft(key: &str, value: &Node<'_>) -> Option<bool> {
    let truth = match &value.data {
        Data::Truth(truth) => *truth,
        Data::Bare(word) => bare::truth(word)?,
        _ => return None,
    };
    match key {
        "draft" => Some(truth),
        "published" | "publish" => Some(!truth),
        _ => None,
    }
}

/// The problem of such a key, which keeps the entry back.
pub(super) fn draft(key: &str, span: Span, syntax: Syntax) -> Diagnostic {
    let line = syntax.line("status", "\"draft\"");
    let problem = Diagnostic::new(Rule::ForeignKey, span, format!("`{key}` is read as `{line}`"));
    problem.help(format!("write `{line}`"))
}

/// Whether a value says nothing, so that nothing is lost with it.
pub(super) fn is_empty(value: &Node<'_>) -> bool {
    match &value.data {
        Data::Nothing => value.comment.is_none(),
        Data::Text(text) => text.trim().is_empty(),
        Data::List(items) => items.is_empty(),
        Data::Table(keys) => keys.is_empty(),
        _ => false,
    }
}

/// Whether a value is a list of tables.
pub(super) fn is_of_parts(value: &Node<'_>) -> bool {
    let Data::List(items) = &value.data else { return false };
    items.iter().any(|item| matches!(item.data, Data::Table(_)))
}

/// Whether a key tells the address that an entry has elsewhere.
pub(super) fn is_address(key: &str) -> bool {
    matches!(key, "permalink" | "slug")
}

/// The problem of such keys, one for the whole file.
pub(super) fn moved(keys: &[(&str, Span)], syntax: Syntax) -> Option<Diagnostic> {
    let (_, span) = keys.first()?;
    let names: Vec<&str> = keys.iter().map(|(key, _)| *key).collect();
    let says = if keys.len() == 1 { "says" } else { "say" };
    let message = format!("{} {says} nothing here: an entry's address is the path of its file", suggest::list(&names));
    Some(Diagnostic::new(Rule::ForeignKey, *span, message).help(moved_help(syntax)))
}

/// What to do about such a key.
pub(super) fn moved_help(syntax: Syntax) -> String {
    let line = syntax.line("aliases", "[\"…\"]");
    format!("name the file so, or lead from the old address below the site's root to it: `{line}`")
}

/// The problem of the keys of which nothing is made, one for the whole file.
pub(super) fn unused(keys: &[(&str, Span)]) -> Option<Diagnostic> {
    const SHOWN: usize = 8;
    let (_, span) = keys.first()?;
    let names: Vec<&str> = keys.iter().take(SHOWN).map(|(key, _)| *key).collect();
    let (list, more) = (suggest::list(&names), keys.len() - names.len());
    let list = if more > 0 { format!("{list} and {more} more") } else { list };
    let says = if keys.len() == 1 { "says" } else { "say" };
    let problem = Diagnostic::new(Rule::ForeignKey, *span, format!("{list} {says} nothing here"));
    Some(problem.help("keys of other tools can stay; what readers should see belongs into the text"))
}
