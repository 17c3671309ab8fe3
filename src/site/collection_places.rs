//! For each entry its place in every collection that has it, with its neighbours there.
//!
//! Asked for by every entry's page, so it is turned round once: else each page would go through all collections.

use std::collections::BTreeSet;

use crate::content::Kind;
use crate::content::kinds::Collection;
use crate::handbook::{Handbook, Ix};
use crate::site::Site;
use crate::site::caches::Found;
use crate::theme::view::CollectionPlaceView;

impl Site {
    /// The collections that an entry is part of, in the order of their ids.
    pub(super) fn collection_places(&self, ix: Ix) -> Vec<CollectionPlaceView> {
        let found = self.collection_places.found.get_or_init(|| find(&self.handbook));
        let places = found.places.get(&ix).map(Vec::as_slice).unwrap_or_default();
        places
            .iter()
            .map(|(collection, place)| self.collection_place(&found.collections[*collection], *place))
            .collect()
    }

    /// A place as people count, with its neighbours; those at the ends have one.
    fn collection_place(&self, (collection, entries): &(Ix, Vec<Ix>), place: usize) -> CollectionPlaceView {
        let link = |place: Option<usize>| place.and_then(|at| entries.get(at)).map(|ix| self.entry_link(*ix));
        CollectionPlaceView {
            collection: self.entry_link(*collection),
            place: place + 1,
            places: entries.len(),
            previous: link(place.checked_sub(1)),
            next: link(Some(place + 1)),
        }
    }
}

/// An entry that is listed twice counts where it is first, or "next" would lead in a circle. Entries that nobody may
/// see here are not among those referred to, so places count without gaps.
fn find(handbook: &Handbook) -> Found {
    let mut found = Found::default();
    for (collection, _) in handbook.of_kind(Kind::Collection) {
        let mut entries: Vec<Ix> = Vec::new();
        let mut seen = BTreeSet::new();
        entries.extend(handbook.referred(collection, Collection::KEYS.entries).filter(|ix| seen.insert(*ix)));
        for (place, ix) in entries.iter().enumerate() {
            found.places.entry(*ix).or_default().push((found.collections.len(), place));
        }
        found.collections.push((collection, entries));
    }
    found
}
