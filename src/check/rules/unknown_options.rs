//! A variable takes its options from a list that does not exist, or that nobody can choose from.

use crate::check::Scope;
use crate::content::Fields;
use crate::content::kinds::{MANY_OPTIONS, OPTIONS_LIMIT};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::handbook::Catalog;
use crate::text::{Spanned, suggest};

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    for (ix, entry) in scope.catalog.entries.iter().enumerate() {
        let Fields::Prompt(prompt) = &entry.fields else { continue };
        for variable in &prompt.variables {
            let Some(from) = &variable.options_from else { continue };
            let Some(options) = scope.catalog.options(ix, from) else {
                problems.extend(missing_list(scope.catalog, ix, from));
                continue;
            };
            problems.extend(unfit_list(from, options.len()));
            if let Some(default) = &variable.default
                && let Err(reason) = variable.accepts(&default.0, &options)
            {
                problems.push(Diagnostic::new(Rule::InvalidValue, default.span, format!("the default {reason}")));
            }
        }
    }
}

/// A list that is empty, or too long for a page.
fn unfit_list(from: &Spanned<String>, length: usize) -> Option<Diagnostic> {
    if length == 0 {
        let problem = Diagnostic::new(Rule::InvalidValue, from.span, format!("the list `{}` is empty", from.value));
        return Some(problem.label("there is nothing to choose from").help("add values to it under `[values]` there"));
    }
    let message = format!("the list `{}` has {length} options, more than {OPTIONS_LIMIT}", from.value);
    (length > OPTIONS_LIMIT).then(|| Diagnostic::new(Rule::TooLarge, from.span, message).help(MANY_OPTIONS))
}

/// Nothing when the module itself is missing: that is a problem of its own.
fn missing_list(catalog: &Catalog, entry: usize, from: &Spanned<String>) -> Option<Diagnostic> {
    let (ix, list) = catalog.options_module(entry, from)?;
    let Fields::ContextModule(fields) = &catalog.entries[ix].fields else { return None };
    let known: Vec<&str> = fields.values.0.iter().map(|(name, _)| name.value.as_str()).collect();
    let message = format!("`{}` has no list `{list}` under `[values]`", catalog.entries[ix].id);
    let problem = Diagnostic::new(Rule::UnknownReference, from.span, message);
    let problem = problem.help(format!("add `{list} = [\"…\"]` under `[values]` there"));
    Some(problem.maybe_help(suggest::help(list, &known)))
}
