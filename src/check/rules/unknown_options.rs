//! A variable takes its options from a list that does not exist.

use crate::check::Scope;
use crate::content::{Fields, Kind};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::handbook::{Catalog, Outcome};
use crate::text::suggest;

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    for entry in &scope.catalog.entries {
        let Fields::Prompt(prompt) = &entry.fields else { continue };
        for variable in &prompt.variables {
            let Some(from) = &variable.options_from else { continue };
            let Some(options) = scope.catalog.options(from) else {
                problems.extend(missing_list(scope.catalog, from));
                continue;
            };
            if let Some(default) = &variable.default
                && let Err(reason) = variable.accepts(&default.0, &options)
            {
                problems.push(Diagnostic::new(Rule::InvalidValue, default.span, format!("the default {reason}")));
            }
        }
    }
}

/// Nothing when the module itself is missing: that is a problem of its own.
fn missing_list(catalog: &Catalog, from: &crate::text::Spanned<String>) -> Option<Diagnostic> {
    let (module, list) = from.rsplit_once('/')?;
    let Outcome::Entry(ix) = catalog.resolve(module, Some(Kind::ContextModule)) else { return None };
    let Fields::ContextModule(fields) = &catalog.entries[ix].fields else { return None };
    let known: Vec<&str> = fields.values.0.iter().map(|(name, _)| name.value.as_str()).collect();
    let message = format!("`{}` has no list `{list}` under `[values]`", catalog.entries[ix].id);
    let problem = Diagnostic::new(Rule::UnknownReference, from.span, message);
    let problem = problem.help(format!("add `{list} = [\"…\"]` under `[values]` there"));
    Some(problem.maybe_help(suggest::help(list, &known)))
}
