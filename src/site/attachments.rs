//! Images and attachments that a visible entry refers to.
//!
//! Nothing else of a folder is published: a file that lies there may be a note that nobody meant to show.

use crate::site::{Content, Route, Site};

/// A route for each.
pub(super) fn routes(site: &Site) -> Vec<Route> {
    let route = |path: &str| {
        let from = path.to_owned();
        Route::new(path, move |_: &Site| Ok(Content::Attachment(from.clone())))
    };
    site.handbook.assets().into_iter().map(route).collect()
}
