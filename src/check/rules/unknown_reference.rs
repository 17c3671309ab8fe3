//! A field names an entry that does not exist.
//!
//! Only fields that must name an entry come here. Where a plain name will do, a reference without an entry is that
//! name.

use std::collections::HashMap;

use crate::check::{Scope, ways};
use crate::content::{Kind, Reference};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::handbook::{Catalog, Outcome};
use crate::text::suggest::Known;

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    let mut names = HashMap::new();
    let mut left = ways::SUGGESTIONS;
    for referred in scope.catalog.references.iter().flatten().filter(|referred| referred.outcome == Outcome::Unknown) {
        let reference = &referred.reference;
        let what = reference.kind.map_or("entry", Kind::noun);
        let message = format!("there is no {what} `{}`", reference.written);
        let problem = Diagnostic::new(Rule::UnknownReference, reference.span, message)
            .label(format!("named by `{}`", reference.field));
        // The suggestion comes after the general help, and is looked for only so often.
        let help = (left > 0).then(|| help(scope.catalog, reference, &mut names)).flatten();
        left = left.saturating_sub(1);
        let known = match reference.kind {
            Some(kind) => format!("it can name any file in `content/{}/`, without `.md`", kind.folder()),
            None => "write the path below `content/` without `.md`, e.g. `prompts/launch-email`".to_owned(),
        };
        problems.push(problem.help(known).maybe_help(help));
    }
}

/// A cache: the prepared names of the entries of each kind that references were looked for in; of `None` those of all.
type Names<'c> = HashMap<Option<Kind>, Known<&'c str>>;

/// What was probably meant, surest first: an id with the ending or the folder of its file, an entry of a kind that the
/// field does not take, and only then the nearest name, which may be wrong.
fn help<'c>(catalog: &'c Catalog, reference: &Reference, names: &mut Names<'c>) -> Option<String> {
    if let Some(id) = reference.written.strip_suffix(".md")
        && let Outcome::Entry(_) = catalog.resolve(id, reference.kind)
    {
        return Some(format!("write it without `.md`: `{id}`"));
    }
    if let Some(id) = reference.written.strip_prefix("content/")
        && let Outcome::Entry(_) = catalog.resolve(id.trim_end_matches(".md"), reference.kind)
    {
        return Some(format!("write it without `content/`: `{}`", id.trim_end_matches(".md")));
    }
    if let Outcome::Entry(ix) = catalog.resolve(&reference.written, None) {
        let entry = catalog.entry(ix);
        return Some(format!("`{}` is a {}, which `{}` does not take", entry.id, entry.kind.noun(), reference.field));
    }
    let known = names.entry(reference.kind).or_insert_with(|| known(catalog, reference.kind));
    known.nearest(short(&reference.written, reference.kind)).map(|near| format!("did you mean `{near}`?"))
}

/// Without the folder of the kind, as references to that kind are usually written: the folder is the same for all, and
/// would make every two names look alike.
fn known(catalog: &Catalog, kind: Option<Kind>) -> Known<&str> {
    let fitting = catalog.entries.iter().filter(|entry| kind.is_none_or(|kind| entry.kind == kind));
    Known::new(fitting.map(|entry| short(entry.id.as_str(), kind)))
}

/// An id without the folder that its kind has.
fn short(id: &str, kind: Option<Kind>) -> &str {
    let folder = kind.map_or("", |kind| kind.folder());
    id.strip_prefix(folder).and_then(|id| id.strip_prefix('/')).unwrap_or(id)
}
