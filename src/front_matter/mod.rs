//! TOML between `+++` lines, with positions.
//!
//! Takes a [`Source`], gives records whose every value knows its place. One reader serves every record: it
//! reports all problems of a file (syntax, unknown keys, wrong types, unknown terms), not the first, and still
//! gives what could be read. It never looks at what a value means. Start reading at [`parse`]; `record!` and
//! `terms!` declare what can be read.

mod fields;
mod record;
mod split;
mod syntax;
mod values;

pub use fields::{Fields, Reader, means_guarded, toml_string};
pub use record::{FieldSpec, FieldType, Record, Value};
pub(crate) use record::{record, terms};
pub use split::{FRONT_MATTER_LIMIT, Parts, split};
pub use values::{Pairs, Scalar};

use std::ops::Range;

use toml::Spanned as TomlSpanned;
use toml::de::DeTable;

use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::text::{Source, Span, Spanned, hidden, suggest};

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
    problems.extend(syntax::problems(source, &range, &errors));
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
    let span = reader.file();
    read(&mut Fields::new(table.get_ref(), span, reader))
}

/// The problem of a key that nobody asked for, with the nearest known one as its fix; one that is `there` already
/// is none.
fn unknown_key(key: &str, span: Span, known: &[&str], there: impl Fn(&str) -> bool) -> Diagnostic {
    if hidden::find(key).is_some() {
        let message = format!("the key `{}` has an invisible character", hidden::strip(key));
        return Diagnostic::new(Rule::UnknownKey, span, message).help("delete it and type the name again");
    }
    let problem = Diagnostic::new(Rule::UnknownKey, span, format!("unknown key `{key}`"));
    match suggest::nearest(key, known.iter().copied()) {
        Some(name) if there(name) => problem.help(format!("`{name}` is there already: take this one away")),
        Some(name) => problem.help(format!("did you mean `{name}`?")).fix(name),
        None => problem.help("take it away, or write it into the body").maybe_help(suggest::help(key, known)),
    }
}
