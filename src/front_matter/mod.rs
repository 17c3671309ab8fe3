//! TOML between `+++` lines, with positions.
//!
//! Takes a [`Source`], gives records whose every value knows its place. One reader serves every record: it
//! reports all problems of a file (syntax, unknown keys, wrong types, unknown terms), not the first, and still
//! gives what could be read. It never looks at what a value means. Start reading at [`parse`]; [`record!`] and
//! [`terms!`] declare what can be read.

mod fields;
mod record;
mod split;
mod values;

pub use fields::{Fields, Reader};
pub use record::{FieldSpec, FieldType, Record, Value};
pub(crate) use record::{record, terms};
pub use split::{Parts, split};
pub use values::{Pairs, Scalar};

use std::ops::Range;

use toml::Spanned as TomlSpanned;
use toml::de::DeTable;

use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::text::{Source, Span, Spanned, suggest};

/// A field that may be absent. Blank text counts as absent.
pub type Field<T> = Option<Spanned<T>>;

/// A list that may be absent or empty.
pub type List<T> = Vec<Spanned<T>>;

/// Parses the TOML in a range of a source, reports every mistake, and reads what could be understood.
pub fn parse<T>(
    source: &Source,
    range: Range<usize>,
    problems: &mut Problems,
    read: impl FnOnce(&mut Fields<'_, '_, '_>) -> T,
) -> T {
    let (table, errors) = DeTable::parse_recoverable(source.slice(range.clone()));
    for error in &errors {
        problems.push(syntax_error(source, &range, error));
    }
    let mut reader = Reader::new(source.id, range.start, problems);
    if !errors.is_empty() {
        // What follows a mistake is often a shifted piece of it: its keys are guesses, so they raise no problems.
        let mut quiet = Problems::default();
        let mut reader = Reader::new(source.id, range.start, &mut quiet);
        return read_table(&table, &mut reader, read);
    }
    read_table(&table, &mut reader, read)
}

fn read_table<T>(
    table: &TomlSpanned<DeTable<'_>>,
    reader: &mut Reader<'_>,
    read: impl FnOnce(&mut Fields<'_, '_, '_>) -> T,
) -> T {
    let span = reader.span(table.span());
    read(&mut Fields::new(table.get_ref(), span, reader))
}

fn syntax_error(source: &Source, range: &Range<usize>, error: &toml::de::Error) -> Diagnostic {
    let at = error.span().unwrap_or(0..0);
    let end = source.text.floor_char_boundary((range.start + at.end).min(range.end));
    let start = source.text.floor_char_boundary(range.start + at.start).min(end);
    let problem = Diagnostic::new(
        Rule::FrontMatterSyntax,
        Span::new(source.id, start..end),
        format!("front matter is not valid TOML: {}", error.message().replace('\n', ", ")),
    );
    problem.help(syntax_help(source, start))
}

/// The commonest mistakes of people who do not write TOML every day.
fn syntax_help(source: &Source, at: usize) -> String {
    let line_start = source.text[..at].rfind('\n').map_or(0, |nl| nl + 1);
    let line = source.text[line_start..].lines().next().unwrap_or_default();
    let key_end = line.find([':', '=']).unwrap_or(0);
    if line[key_end..].starts_with(':') {
        return format!("TOML writes `{} = …` with an equals sign, not a colon", line[..key_end].trim());
    }
    "text needs quotes, lists need brackets, dates stand without quotes: `handbook explain front-matter-syntax`"
        .to_owned()
}

/// The problem of a key that nobody asked for, with the nearest known one as its fix.
fn unknown_key(key: &str, span: Span, known: &[&str]) -> Diagnostic {
    let problem = Diagnostic::new(Rule::UnknownKey, span, format!("unknown key `{key}`"));
    match suggest::nearest(key, known.iter().copied()) {
        Some(name) => problem.help(format!("did you mean `{name}`?")).fix(name),
        None => problem.maybe_help(suggest::help(key, known)),
    }
}
