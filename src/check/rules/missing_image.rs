//! An image that is not there, or is none.
//!
//! An image that a page cannot show is left out with its alternative text in its place, so nobody but the author sees
//! that something is missing. Images on other sites and unsafe addresses never come here: the stream has made text of
//! them and reported them.

use std::cell::LazyCell;

use crate::check::{Scope, ways};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::files::AssetFile;
use crate::handbook::LinkOutcome;
use crate::markdown::{Link, LinkUse};
use crate::text::suggest::Known;

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    // Prepared for the first image that is missing: most handbooks have none.
    let images = LazyCell::new(|| Known::new(scope.catalog.assets.iter().map(|asset| asset.path.as_str())));
    let mut left = ways::SUGGESTIONS;
    for (entry, link, outcome) in ways::links(scope.catalog).filter(|(_, link, _)| link.usage == LinkUse::Image) {
        let path = match outcome {
            LinkOutcome::Broken(path) => path.as_deref(),
            LinkOutcome::Entry { .. } | LinkOutcome::Listing(_) => {
                problems.push(no_picture(link));
                continue;
            }
            // Where it is not published at all, that is said.
            LinkOutcome::Asset(asset) if is_other(&scope.catalog.assets[*asset]) => {
                problems.push(no_picture(link));
                continue;
            }
            _ => continue,
        };
        // Without a path the address leads out of `content/`; with an empty one nothing is left of it below that
        // folder.
        let message = match path {
            Some("") => "the image names no file".to_owned(),
            Some(path) => format!("there is no image `content/{path}`"),
            None => format!("`{}` is not an image of the handbook", link.destination),
        };
        let near = path.filter(|path| left > 0 && !path.is_empty()).and_then(|path| images.nearest(path));
        left = left.saturating_sub(1);
        let help = near.map(|near| format!("did you mean `{}`?", super::broken_link::relative(entry, near)));
        let help = help.or_else(|| Some("put the image beside the entry and name it by its file name".to_owned()));
        problems.push(Diagnostic::new(Rule::MissingImage, link.span, message).maybe_help(help));
    }
}

/// The endings of files that a browser shows as a picture. Judged by the ending, as hosts do when they choose the media
/// type.
const PICTURES: [&str; 10] = ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "ico", "bmp", "apng"];

/// Whether a file that is published is no picture. Of one that is refused, `unsafe_attachment` says why.
fn is_other(asset: &AssetFile) -> bool {
    let ending = asset.path.rsplit_once('.').map_or("", |(_, ending)| ending);
    asset.refused.is_none() && !PICTURES.iter().any(|picture| picture.eq_ignore_ascii_case(ending))
}

/// The exclamation mark is the mistake: without it the same line is a link, and a link to anything is fine.
fn no_picture(link: &Link) -> Diagnostic {
    let message = format!("`{}` is no picture", link.destination);
    Diagnostic::new(Rule::MissingImage, link.span, message).help("to link to it, take away the `!` before the bracket")
}
