//! A field names an entry that does not exist.

use crate::check::Scope;
use crate::content::Reference;
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::handbook::{Catalog, Outcome};
use crate::text::suggest;

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    let mut left = super::SUGGESTIONS;
    for referred in scope.catalog.references.iter().flatten().filter(|referred| referred.outcome == Outcome::Unknown) {
        let reference = &referred.reference;
        let what = reference.kind.map_or_else(|| "entry".to_owned(), crate::content::Kind::noun);
        let message = format!("there is no {what} `{}`", reference.written);
        let problem = Diagnostic::new(Rule::UnknownReference, reference.span, message)
            .label(format!("named by `{}`", reference.field));
        let help = (left > 0).then(|| help(scope.catalog, reference)).flatten();
        left = left.saturating_sub(1);
        let known = match reference.kind {
            Some(kind) => format!("it can name any file in `content/{}/`, without `.md`", kind.folder()),
            None => "write the path below `content/` without `.md`, e.g. `prompts/launch-email`".to_owned(),
        };
        problems.push(problem.help(known).maybe_help(help));
    }
}

fn help(catalog: &Catalog, reference: &Reference) -> Option<String> {
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
    let folder = reference.kind.map_or("", |kind| kind.folder());
    let short = |id: &str| id.strip_prefix(folder).and_then(|id| id.strip_prefix('/')).unwrap_or(id).to_owned();
    let fitting = catalog.entries.iter().filter(|entry| reference.kind.is_none_or(|kind| entry.kind == kind));
    let names: Vec<String> = fitting.map(|entry| short(entry.id.as_str())).collect();
    let written = short(&reference.written);
    suggest::nearest(&written, names.iter().map(String::as_str)).map(|near| format!("did you mean `{near}`?"))
}
