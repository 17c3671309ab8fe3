//! An attachment that a browser could run, or that has no address of its own.
//!
//! Whether a file may be published was decided when it was looked at, in [`files`](crate::files); here it is reported
//! at the first link to it. A file that no entry refers to is not published, so it is nobody's problem.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::unusable_name;
use crate::check::{Scope, ways};
use crate::content::{Flaw, canonical, reserved_path, unusable_path};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::files::AssetFile;
use crate::handbook::LinkOutcome;
use crate::text::Span;

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    // The first attachment at each canonical address, and where it is shown first.
    let mut taken: HashMap<String, (&str, Span)> = HashMap::new();
    let mut folders = HashSet::new();
    // One mistake of a file is reported once, however many entries refer to it.
    let mut refused: BTreeMap<&str, (&AssetFile, Span, usize)> = BTreeMap::new();
    for (_, link, outcome) in ways::links(scope.catalog) {
        let LinkOutcome::Asset(asset) = outcome else { continue };
        let asset = &scope.catalog.assets[*asset];
        // What could not be read whole has a problem of its own already.
        if !asset.intact {
            continue;
        }
        if asset.refused.is_some() {
            refused.entry(&asset.path).or_insert((asset, link.span, 0)).2 += 1;
            continue;
        }
        if let Some(flaw) = unusable_path(&asset.path).or_else(|| reserved_path(&asset.path, scope.reserved)) {
            // One mistake of a folder is reported once: by `unusable_name` where entries lie in it, else here.
            let folder = flaw.folder.clone();
            if folder.is_none_or(|folder| !ways::has_entries(scope.catalog, &folder) && folders.insert(folder)) {
                problems.push(without_address(scope, &flaw, link.span));
            }
            continue;
        }
        let (first, at) = *taken.entry(canonical(&asset.path)).or_insert((&asset.path, link.span));
        if first != asset.path {
            problems.push(collision(asset, link.span, at));
        }
    }
    let told = refused.into_values().filter_map(|(asset, first, count)| unpublished(asset, first, count));
    told.for_each(|problem| problems.push(problem));
}

/// At the first link, with the number of the others: whoever removes the file has to see to all of them.
fn unpublished(asset: &AssetFile, first: Span, count: usize) -> Option<Diagnostic> {
    let refusal = asset.refused.as_ref()?;
    let message = format!("`content/{}` cannot be published: {}", asset.path, refusal.reason);
    let problem = Diagnostic::new(Rule::UnsafeAttachment, first, message).help(refusal.help);
    Some(match count {
        1 => problem,
        2 => problem.label("this and 1 more link lead to it"),
        count => problem.label(format!("this and {} more links lead to it", count - 1)),
    })
}

/// The same flaws as those of entries, by the same rule, with the link as the place: an attachment is no source, so no
/// span points into it.
fn without_address(scope: &Scope<'_>, flaw: &Flaw, at: Span) -> Diagnostic {
    let help = unusable_name::help(scope, flaw, "files");
    let message = format!("the attachment cannot have an address: {}", flaw.reason);
    Diagnostic::new(Rule::UnusableName, at, message).help(help)
}

fn collision(asset: &AssetFile, at: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Rule::DuplicateAddress, at, format!("the address `{}` is taken", asset.path))
        .label("letter case and Unicode form do not tell addresses apart")
        .place(first, "by this")
        .help("rename one of the two files")
}
