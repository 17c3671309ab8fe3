//! What somebody shared, with a profile of their own or without one.

use crate::diagnostics::Diagnostic;
use crate::handbook::{Ix, PersonIx};
use crate::site::{Site, paging};
use crate::theme::view::CardsView;

/// What someone wrote, answers for and won with, each in the order of lists. An entry that somebody wrote and owns is
/// shown once, and a profile not in its own lists.
pub(in crate::site) fn person_lists(
    site: &Site,
    person: PersonIx,
    path: &str,
) -> Result<Vec<CardsView>, Box<Diagnostic>> {
    let someone = &site.handbook.people[person.0];
    let wrote: Vec<Ix> = someone.wrote.iter().copied().filter(|ix| someone.profile != Some(*ix)).collect();
    let owns: Vec<Ix> =
        someone.owns.iter().copied().filter(|ix| !someone.wrote.contains(ix) && someone.profile != Some(*ix)).collect();
    let mut lists = Vec::new();
    for (key, entries) in [("wrote", &wrote), ("owns", &owns), ("won", &someone.won)] {
        lists.extend(site.cards_under(site.word(key), &paging::sorted(site, entries.clone()), path)?);
    }
    Ok(lists)
}
