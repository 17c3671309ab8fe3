//! Old addresses that lead to where an entry is now.
//!
//! By `meta refresh`, since a folder of files has no other means (HTML, "Pragma directives"); hosts that can redirect
//! are better told to. The page has a link as well, for those whose browser does not follow.

use crate::handbook::Ix;
use crate::site::address::{encode, entry_path, root};
use crate::site::{Rendered, Route, Site};
use crate::theme::view::RedirectView;

/// A route for every alias.
pub(super) fn routes(site: &Site) -> Vec<Route> {
    // Only those of visible entries, and none that is an entry's own address: the handbook has sorted that out.
    let aliases = site.handbook.aliases().into_iter();
    aliases
        .map(|(alias, ix)| {
            let path = format!("{alias}.html");
            Route::new(path.clone(), move |site: &Site| render(site, &path, ix))
        })
        .collect()
}

/// Renders the page at an old address. Its canonical address is that of the entry, so that search engines count the two
/// as one.
fn render(site: &Site, path: &str, ix: Ix) -> Rendered {
    let entry = site.handbook.entry(ix);
    let mut page = site.page(path, entry.title().to_owned(), Vec::new());
    let target = encode(&entry_path(&entry.id));
    if !site.base_url.is_empty() {
        page.canonical = format!("{}/{target}", site.base_url);
    }
    let target = format!("{}{target}", root(path));
    site.render("redirect.html", page, RedirectView { target })
}
