//! Templates of a user's theme that no page is made with.

use crate::diagnostics::{Diagnostic, Rule};
use crate::files::theme::ThemeFile;
use crate::text::{Source, Span, suggest};

/// A problem for each template that neither stands in for a built-in one nor is named by another template, and has no
/// component that one could use.
pub(super) fn templates(built_in: &[ThemeFile], user: &[ThemeFile]) -> Vec<Diagnostic> {
    let known: Vec<&str> = templates_of(built_in).map(|(name, _)| name).collect();
    let is_used = |name: &str, source: &Source| {
        let ways = [format!("\"{name}\""), format!("'{name}'")];
        let is_named = || templates_of(user).any(|(_, other)| ways.iter().any(|way| other.text.contains(way)));
        known.contains(&name) || source.text.contains("{% component ") || is_named()
    };
    let unused = templates_of(user).filter(|(name, source)| !is_used(name, source));
    unused.map(|(name, source)| problem(name, Span::file(source.id), &known)).collect()
}

fn templates_of(files: &[ThemeFile]) -> impl Iterator<Item = (&str, &Source)> {
    files.iter().filter_map(|(path, source)| Some((path.strip_prefix("templates/")?, &**source)))
}

fn problem(name: &str, at: Span, known: &[&str]) -> Diagnostic {
    let message = format!("the theme's template `{name}` has no effect: no page is made with it");
    let near = suggest::nearest(name, known.iter().copied()).map(|near| format!("did you mean `{near}`?"));
    let help = near.unwrap_or_else(|| "give it the name of the built-in template that it replaces".to_owned());
    Diagnostic::new(Rule::UnusedThemeFile, at, message).help(help)
}
