//! A file, or a folder with all that is in it, whose name cannot become an address.

use std::collections::HashMap;

use crate::check::Scope;
use crate::content::{Entry, Flaw, Kind, is_reserved_folder, unusable_id};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::handbook::Catalog;
use crate::text::Span;

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    let catalog = scope.catalog;
    let mut folders: HashMap<String, usize> = HashMap::new();
    let mut found: Vec<(&Entry, Flaw, usize)> = Vec::new();
    for entry in &catalog.entries {
        let Some(flaw) = unusable_id(&entry.id, &catalog.config) else { continue };
        let at = flaw.folder.as_ref().map(|folder| *folders.entry(folder.clone()).or_insert(found.len()));
        match at.filter(|at| *at < found.len()) {
            Some(at) => found[at].2 += 1,
            None => found.push((entry, flaw, 0)),
        }
    }
    problems.extend(found.into_iter().map(|(entry, flaw, others)| problem(catalog, entry, flaw, others)));
}

/// One problem a folder: whoever renames it mends all that is in it.
fn problem(catalog: &Catalog, entry: &Entry, flaw: Flaw, others: usize) -> Diagnostic {
    let help = help(catalog, &flaw, "pages");
    let problem = Diagnostic::new(Rule::UnusableName, Span::file(entry.source.id), flaw.reason).help(help);
    match others {
        0 => problem,
        1 => problem.label("the folder of this entry and of another one"),
        _ => problem.label(format!("the folder of this entry and of {others} others")),
    }
}

/// What to do; of a folder that the site needs for itself, with a name that is free for what it holds.
pub(super) fn help(catalog: &Catalog, flaw: &Flaw, holds: &str) -> String {
    let Some(folder) = flaw.folder.as_ref().filter(|_| flaw.help == "rename the folder") else {
        return flaw.help.clone();
    };
    match free_name(catalog, folder, holds) {
        Some(name) => format!("rename the folder, for example to `{name}/`"),
        None => flaw.help.clone(),
    }
}

/// A name like that of a folder which no other folder and no entry has: `teams` could be `team-pages`.
fn free_name(catalog: &Catalog, folder: &str, holds: &str) -> Option<String> {
    let name = folder.to_lowercase();
    if Kind::ALL.iter().any(|kind| kind.folder() == name) {
        return Some(name);
    }
    let stem = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map_or(name.as_str(), |(stem, _)| stem);
    let stem = stem.trim_start_matches(['.', '_']);
    let singular = stem.strip_suffix('s').filter(|stem| !stem.is_empty()).unwrap_or(stem);
    let mut names =
        (1..10).map(|nth| if nth == 1 { format!("{singular}-{holds}") } else { format!("{singular}-{holds}-{nth}") });
    let is_free = |name: &String| !super::has_entries(catalog, name) && !is_reserved_folder(name);
    names.find(is_free)
}
