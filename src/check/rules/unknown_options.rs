//! A variable takes its options from a list that does not exist, or that nobody can choose from.
//!
//! It needs the other entry, so the reader of the prompt cannot see it. Where `options_from` names no module at all,
//! that is an unknown reference and reported there.

use crate::check::Scope;
use crate::content::kinds::{ContextModule, MANY_OPTIONS, OPTIONS_LIMIT, Variable};
use crate::content::{Fields, ListIn};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::fields::Syntax;
use crate::handbook::{Catalog, Ix};
use crate::text::{Spanned, suggest};

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    for (at, entry) in scope.catalog.entries.iter().enumerate() {
        for variable in entry.fields.variables() {
            let Some(from) = &variable.options_from else { continue };
            let Some((module, list)) = scope.catalog.options_module(Ix(at), from) else { continue };
            let found = match scope.catalog.options(Ix(at), from) {
                None => missing_list(scope.catalog, from, (module, list)),
                Some(options) => unfit_list(from, options.len()).or_else(|| unfit_default(variable, &options)),
            };
            // What is wrong is said in words of the module, which not every reader of the prompt may see.
            problems.extend(found.map(|problem| problem.quotes(scope.catalog.entry(module).source.id)));
        }
    }
}

/// A list that is empty, or too long for a page: the same limit as for options that a prompt lists itself.
fn unfit_list(from: &Spanned<ListIn<ContextModule>>, length: usize) -> Option<Diagnostic> {
    if length == 0 {
        let problem = Diagnostic::new(Rule::InvalidValue, from.span, format!("the list `{}` is empty", from.value));
        return Some(problem.label("there is nothing to choose from").help("add values to it there"));
    }
    let message = format!("the list `{}` has {length} options, more than {OPTIONS_LIMIT}", from.value);
    (length > OPTIONS_LIMIT).then(|| Diagnostic::new(Rule::TooLarge, from.span, message).help(MANY_OPTIONS))
}

/// A default that is none of the options. Of options that the prompt lists itself the reader has said so.
fn unfit_default(variable: &Variable, options: &[&str]) -> Option<Diagnostic> {
    let default = variable.default.as_ref()?;
    let reason = variable.accepts(&default.0, options).err()?;
    Some(Diagnostic::new(Rule::InvalidValue, default.span, format!("the default {reason}")))
}

/// The module is there and has no list of that name.
fn missing_list(
    catalog: &Catalog,
    from: &Spanned<ListIn<ContextModule>>,
    (ix, list): (Ix, &str),
) -> Option<Diagnostic> {
    let Fields::ContextModule(fields) = &catalog.entry(ix).fields else { return None };
    let known: Vec<&str> = fields.values.0.iter().map(|(name, _)| name.value.as_str()).collect();
    let module = catalog.entry(ix);
    let message = format!("`{}` has no list `{list}` in its `values`", module.id);
    let problem = Diagnostic::new(Rule::UnknownReference, from.span, message);
    let line = module.syntax.line(list, "[\"…\"]");
    let problem = problem.help(match module.syntax {
        Syntax::Toml => format!("add `{line}` under `[values]` there"),
        Syntax::Yaml => format!("add `  {line}` below `values:` there"),
    });
    Some(problem.maybe_help(suggest::help(list, &known)))
}
