//! What a site keeps of what it has made, for the next that asks: each is filled by the file that knows how it is made.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

use crate::handbook::Ix;
use crate::theme::view::{LinkView, TopView};

/// For how many depths of page rows are cached, depth 0 first: the front page and the lists one folder below it are
/// nearly all. On deeper pages a row is rendered each time.
const KEPT_DEPTHS: usize = 2;

/// The rows that were rendered so far.
#[derive(Debug)]
pub(super) struct Cards {
    pub(super) full: Kept,
    pub(super) short: Kept,
}

/// For each depth of page a row for each entry.
/// Boxed, since what a template has written has room for as much again.
type Kept = [Vec<OnceLock<Box<str>>>; KEPT_DEPTHS];

impl Cards {
    /// No row yet, for a number of entries.
    pub(super) fn new(entries: usize) -> Self {
        let empty = || -> Kept { std::array::from_fn(|_| (0..entries).map(|_| OnceLock::new()).collect()) };
        Self { full: empty(), short: empty() }
    }
}

/// The body of each twin whose page was made and which was not yet made itself: the two stand side by side in the list
/// of routes, so a build holds a few.
#[derive(Debug)]
pub(super) struct TwinBodies {
    left: Vec<Mutex<Option<String>>>,
}

impl TwinBodies {
    /// None yet, for a number of entries.
    pub(super) fn new(entries: usize) -> Self {
        Self { left: (0..entries).map(|_| Mutex::default()).collect() }
    }

    /// Leaves the body of an entry's twin.
    pub(super) fn leave(&self, ix: Ix, body: String) {
        *self.left[ix.0].lock().unwrap_or_else(PoisonError::into_inner) = Some(body);
    }

    /// Takes what was left.
    pub(super) fn take(&self, ix: Ix) -> Option<String> {
        self.left[ix.0].lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// The bars at the top of pages: a few dozen, since they differ by depth and section alone.
#[derive(Debug)]
pub(super) struct Tops {
    /// The paths of the navigation.
    pub(super) nav: Vec<String>,
    pub(super) made: RwLock<BTreeMap<TopView, Arc<str>>>,
}

impl Tops {
    /// None yet, for a navigation.
    pub(super) fn new(nav: &[LinkView]) -> Self {
        Self { nav: nav.iter().map(|link| link.path.clone()).collect(), made: RwLock::default() }
    }

    /// A path if it is one of the navigation's; else none.
    pub(super) fn in_nav(&self, path: &str) -> String {
        self.nav.iter().find(|link| *link == path).cloned().unwrap_or_default()
    }
}

/// Every collection's entries, and for each entry where it stands, found once for the whole site.
#[derive(Debug, Default)]
pub(super) struct CollectionPlaces {
    pub(super) found: OnceLock<Found>,
}

/// The table, by index: a place names its collection by a number, so that no list of entries is held twice.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Each collection with its entries, in their order.
    pub(super) collections: Vec<(Ix, Vec<Ix>)>,
    /// For an entry the collections that have it, as places in `collections`, and its first place in each, from 0.
    pub(super) places: BTreeMap<Ix, Vec<(usize, usize)>>,
}

/// For each entry the version of its script, once it was asked for.
#[derive(Debug)]
pub(super) struct Versions {
    pub(super) of_entry: Vec<OnceLock<String>>,
}

impl Versions {
    /// None yet, for a number of entries.
    pub(super) fn new(entries: usize) -> Self {
        Self { of_entry: (0..entries).map(|_| OnceLock::new()).collect() }
    }
}

/// The modules that can fill a slot, which are the same for every slot: as `option` elements, a group for each type of
/// module, made once. Only the order of groups and the choice differ from slot to slot.
#[derive(Debug, Default)]
pub(super) struct SlotOptions {
    pub(super) groups: OnceLock<Vec<Group>>,
}

/// The modules of one type, each as a finished option. Kept by module, so that a slot can bring its default to the
/// front.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) label: String,
    /// The element around its options, open.
    pub(super) opening: String,
    /// Its modules, each with its option.
    pub(super) options: Vec<(Ix, String)>,
}

impl Group {
    pub(super) fn has(&self, module: Ix) -> bool {
        self.options.iter().any(|(ix, _)| *ix == module)
    }
}
