//! An attachment that a browser could run.

use crate::check::Scope;
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::handbook::LinkOutcome;

/// Files that the site makes itself and that an attachment would replace.
const RESERVED: [&str; 2] = ["robots.txt", "llms.txt"];

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    for (_, link, outcome) in super::links(scope.catalog) {
        let LinkOutcome::Asset(asset) = outcome else { continue };
        let asset = &scope.catalog.assets[*asset];
        if let Some(reason) = &asset.refused {
            let message = format!("`content/{}` cannot be published: {reason}", asset.path);
            let help = "attach an image, a PDF, a table or an archive instead";
            problems.push(Diagnostic::new(Rule::UnsafeAttachment, link.span, message).help(help));
        } else if RESERVED.contains(&asset.path.to_ascii_lowercase().as_str()) {
            let message = format!("`{}` is a file that the site makes itself", asset.path);
            problems.push(Diagnostic::new(Rule::UnusableName, link.span, message).help("rename the attachment"));
        } else if let Some((reason, help)) = crate::content::unusable_folder(&asset.path) {
            problems.push(Diagnostic::new(Rule::UnusableName, link.span, reason).help(help));
        }
    }
}
