//! An attachment that a browser could run, or that has no address of its own.

use std::collections::HashMap;

use crate::check::Scope;
use crate::content::source::AssetFile;
use crate::content::{canonical, unusable_path};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::handbook::LinkOutcome;
use crate::text::Span;

/// Files that the site makes itself and that an attachment would replace.
const RESERVED: [&str; 2] = ["robots.txt", "llms.txt"];

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    let mut taken: HashMap<String, (&str, Span)> = HashMap::new();
    for (_, link, outcome) in super::links(scope.catalog) {
        let LinkOutcome::Asset(asset) = outcome else { continue };
        let asset = &scope.catalog.assets[*asset];
        if !asset.intact {
            continue;
        }
        if let Some(problem) = unpublishable(asset, link.span) {
            problems.push(problem);
            continue;
        }
        let (first, at) = *taken.entry(canonical(&asset.path)).or_insert((&asset.path, link.span));
        if first != asset.path {
            problems.push(collision(asset, link.span, at));
        }
    }
}

fn unpublishable(asset: &AssetFile, at: Span) -> Option<Diagnostic> {
    if let Some(refusal) = &asset.refused {
        let message = format!("`content/{}` cannot be published: {}", asset.path, refusal.reason);
        return Some(Diagnostic::new(Rule::UnsafeAttachment, at, message).help(refusal.help));
    }
    if RESERVED.contains(&asset.path.to_ascii_lowercase().as_str()) {
        let message = format!("`{}` is a file that the site makes itself", asset.path);
        return Some(Diagnostic::new(Rule::UnusableName, at, message).help("rename the attachment"));
    }
    let (reason, help) = unusable_path(&asset.path)?;
    Some(Diagnostic::new(Rule::UnusableName, at, format!("the attachment cannot have an address: {reason}")).help(help))
}

fn collision(asset: &AssetFile, at: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Rule::DuplicateAddress, at, format!("the address `{}` is taken", asset.path))
        .label("letter case and Unicode form do not tell addresses apart")
        .place(first, "by this")
        .help("rename one of the two files")
}
