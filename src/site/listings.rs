//! The list of all entries of a kind.

use crate::content::Kind;
use crate::site::address::listing_path;
use crate::site::paging::{List, paged, sorted};
use crate::site::title::Title;
use crate::site::{Route, Site};

/// The pages of every kind's list. The list of people has those without a profile too, so it is made by `people`.
pub(super) fn routes(site: &Site) -> Vec<Route> {
    let kinds = Kind::listed().filter(|kind| *kind != Kind::Person);
    kinds.flat_map(|kind| of_kind(site, kind)).collect()
}

/// The pages of one list. A kind without entries has an empty one, since bodies can link to the folder of any kind.
fn of_kind(site: &Site, kind: Kind) -> Vec<Route> {
    let entries = sorted(site, site.handbook.of_kind(kind).map(|(ix, _)| ix).collect());
    let list = List {
        title: Title::Word(kind.folder()),
        first: listing_path(kind),
        of: kind.word().to_owned(),
        up: Vec::new(),
        kind: Some(kind),
    };
    paged(&list, &entries)
}
