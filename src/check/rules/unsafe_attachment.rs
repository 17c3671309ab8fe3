//! An attachment that a browser could run, or that has no address of its own.

use std::collections::{HashMap, HashSet};

use super::unusable_name;
use crate::check::Scope;
use crate::content::source::AssetFile;
use crate::content::{Flaw, canonical, reserved_path, unusable_path};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::handbook::{Catalog, LinkOutcome};
use crate::text::Span;

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    let mut taken: HashMap<String, (&str, Span)> = HashMap::new();
    let mut folders = HashSet::new();
    for (_, link, outcome) in super::links(scope.catalog) {
        let LinkOutcome::Asset(asset) = outcome else { continue };
        let asset = &scope.catalog.assets[*asset];
        if !asset.intact {
            continue;
        }
        if let Some(problem) = refused(asset, link.span) {
            problems.push(problem);
            continue;
        }
        if let Some(flaw) = unusable_path(&asset.path).or_else(|| reserved_path(&asset.path, &scope.catalog.config)) {
            // One mistake of a folder is told once, for an entry in it where there is one.
            let folder = flaw.folder.clone();
            if folder.is_none_or(|folder| !super::has_entries(scope.catalog, &folder) && folders.insert(folder)) {
                problems.push(without_address(scope.catalog, &flaw, link.span));
            }
            continue;
        }
        let (first, at) = *taken.entry(canonical(&asset.path)).or_insert((&asset.path, link.span));
        if first != asset.path {
            problems.push(collision(asset, link.span, at));
        }
    }
}

fn refused(asset: &AssetFile, at: Span) -> Option<Diagnostic> {
    let refusal = asset.refused.as_ref()?;
    let message = format!("`content/{}` cannot be published: {}", asset.path, refusal.reason);
    Some(Diagnostic::new(Rule::UnsafeAttachment, at, message).help(refusal.help))
}

fn without_address(catalog: &Catalog, flaw: &Flaw, at: Span) -> Diagnostic {
    let help = unusable_name::help(catalog, flaw, "files");
    let message = format!("the attachment cannot have an address: {}", flaw.reason);
    Diagnostic::new(Rule::UnusableName, at, message).help(help)
}

fn collision(asset: &AssetFile, at: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Rule::DuplicateAddress, at, format!("the address `{}` is taken", asset.path))
        .label("letter case and Unicode form do not tell addresses apart")
        .place(first, "by this")
        .help("rename one of the two files")
}
