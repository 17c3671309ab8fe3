//! The theme's style sheet and scripts.

use crate::content::ReservedName;
use crate::site::{Content, Route, Site};

/// The names that it takes.
pub(super) const NAMES: &[ReservedName] = &[ReservedName::folder("assets", "what the theme is made of")];

/// A route for each. Their names have a digest of what is in them, so hosts may let browsers keep them for good.
pub(super) fn routes(site: &Site) -> Vec<Route> {
    let route = |at: usize, path: &str| {
        Route::new(path, move |site: &Site| Ok(Content::Bytes(site.theme.assets[at].text.clone().into_bytes())))
    };
    site.theme.assets.iter().enumerate().map(|(at, asset)| route(at, &asset.path)).collect()
}
