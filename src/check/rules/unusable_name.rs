//! A file, or a folder with all that is in it, whose name cannot become an address.
//!
//! Reported at the start of the file, because its name is not in it. Ids are checked here and not where a file is read,
//! because which names the site needs for itself is declared far above the readers.

use std::collections::HashMap;

use crate::check::{Scope, ways};
use crate::content::{Entry, Flaw, Kind, canonical, unusable_id};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::text::Span;

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    let catalog = scope.catalog;
    // Where in `found` the problem of each folder is.
    let mut folders: HashMap<String, usize> = HashMap::new();
    let mut found: Vec<(&Entry, Flaw, usize)> = Vec::new();
    for entry in &catalog.entries {
        let Some(flaw) = unusable_id(&entry.id, scope.reserved) else { continue };
        // The first entry of a folder gets the place that it is about to have in `found`, so it is pushed below.
        let at = flaw.folder.as_ref().map(|folder| *folders.entry(folder.clone()).or_insert(found.len()));
        match at.filter(|at| *at < found.len()) {
            Some(at) => found[at].2 += 1,
            None => found.push((entry, flaw, 0)),
        }
    }
    problems.extend(found.into_iter().map(|(entry, flaw, others)| problem(scope, entry, flaw, others)));
}

/// One problem a folder: whoever renames it mends all that is in it.
fn problem(scope: &Scope<'_>, entry: &Entry, flaw: Flaw, others: usize) -> Diagnostic {
    let help = help(scope, &flaw, "pages");
    let problem = Diagnostic::new(Rule::UnusableName, Span::file(entry.source.id), flaw.reason).help(help);
    match others {
        0 => problem,
        1 => problem.label("the folder of this entry and of another one"),
        _ => problem.label(format!("the folder of this entry and of {others} others")),
    }
}

/// What to do; of a folder that the site needs for itself, with a name that is free for what it holds: `pages` or
/// `files`.
pub(super) fn help(scope: &Scope<'_>, flaw: &Flaw, holds: &str) -> String {
    let Some(folder) = flaw.folder.as_ref().filter(|_| flaw.help == "rename the folder") else {
        return flaw.help.clone();
    };
    match free_name(scope, folder, holds) {
        Some(name) => format!("rename the folder, for example to `{name}/`"),
        None => flaw.help.clone(),
    }
}

/// A name like that of a folder which no other folder and no entry has: `teams` could be `team-pages`. `None` after a
/// few tries, and the help then leaves the choice to the reader.
fn free_name(scope: &Scope<'_>, folder: &str, holds: &str) -> Option<String> {
    let name = folder.to_lowercase();
    // `Prompts` only differs in case from the folder that was meant.
    if Kind::of_folder(&name).is_some() {
        return Some(name);
    }
    let stem = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map_or(name.as_str(), |(stem, _)| stem);
    let stem = stem.trim_start_matches(['.', '_']);
    let singular = stem.strip_suffix('s').filter(|stem| !stem.is_empty()).unwrap_or(stem);
    let mut names =
        (1..10).map(|nth| if nth == 1 { format!("{singular}-{holds}") } else { format!("{singular}-{holds}-{nth}") });
    let is_free =
        |name: &String| !ways::has_entries(scope.catalog, name) && !scope.reserved.has_folder(&canonical(name));
    names.find(is_free)
}
