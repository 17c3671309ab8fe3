//! Ids for new entries: readable, unique, and possible as file names everywhere.

use std::collections::{BTreeMap, BTreeSet};

use crate::content::{Id, Reserved, unusable_id};
use crate::import::Origin;
use crate::text::slug;

/// The most characters of an id, as long as the folder leaves room for a name.
const MOST: usize = 80;
/// The characters that a name may have below however deep a folder.
const LEAST_ROOM: usize = 32;
/// Gives out ids, none of them twice.
pub(super) struct Ids<'a> {
    reserved: &'a Reserved,
    into: &'a str,
    taken: &'a dyn Fn(&str) -> bool,
    given: BTreeSet<String>,
    /// The number at which the search for a free suffix goes on, for each name; it keeps many equal titles cheap.
    next: BTreeMap<String, usize>,
}

/// An id, and whether the title alone would have given another.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Allotted {
    /// The id, with its folder.
    pub id: String,
    /// The id that was taken already, if the title had led to one.
    pub instead_of: Option<String>,
}

impl<'a> Ids<'a> {
    /// Ids in the folder `into`, which has no slash at its ends.
    pub(super) fn new(into: &'a str, taken: &'a dyn Fn(&str) -> bool, reserved: &'a Reserved) -> Self {
        Self { reserved, into, taken, given: BTreeSet::new(), next: BTreeMap::new() }
    }

    /// The id for a title, or for the origin if the title has nothing to spell an id with.
    pub(super) fn allot(&mut self, title: &str, origin: Origin) -> Allotted {
        let name = self.name_of(title, origin);
        let wanted = format!("{}/{name}", self.into);
        if self.claim(&wanted) {
            return Allotted { id: wanted, instead_of: None };
        }
        loop {
            let id = self.numbered(&name);
            if self.claim(&id) {
                return Allotted { id, instead_of: Some(wanted) };
            }
        }
    }

    /// The slug of a title within the room, or a name made from the origin.
    fn name_of(&self, title: &str, origin: Origin) -> String {
        let name = slug::ascii(title);
        let name = shortened(&name, self.room());
        if name.is_empty() {
            return format!("{}-{}", origin.part, origin.number);
        }
        // A device of Windows, or the page of a list.
        let id = Id::of_path(&format!("{}/{name}", self.into));
        if unusable_id(&id, self.reserved).is_some() { format!("{name}-prompt") } else { name.to_owned() }
    }

    /// The characters that are left for a name.
    fn room(&self) -> usize {
        MOST.saturating_sub(self.into.chars().count() + 1).max(LEAST_ROOM)
    }

    /// Takes the id if it is free.
    fn claim(&mut self, id: &str) -> bool {
        !(self.taken)(id) && self.given.insert(id.to_lowercase())
    }

    /// The next id with a number behind the name.
    fn numbered(&mut self, name: &str) -> String {
        let room = self.room();
        let next = self.next.entry(name.to_owned()).or_insert(1);
        *next += 1;
        let suffix = format!("-{next}");
        format!("{}/{}{suffix}", self.into, shortened(name, room - suffix.len()))
    }
}

/// As many whole words of a slug as fit, or its start if not even one does.
fn shortened(name: &str, room: usize) -> &str {
    if name.len() <= room {
        return name;
    }
    // A slug is ASCII, so every position is a boundary.
    let words = if name[room..].starts_with('-') { room } else { name[..room].rfind('-').unwrap_or(room) };
    name[..words].trim_end_matches('-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::fixture;

    fn allot(titles: &[&str], taken: &[&str]) -> Vec<String> {
        let is_taken = |id: &str| taken.contains(&id);
        let reserved = fixture::reserved();
        let mut ids = Ids::new("prompts/imported", &is_taken, &reserved);
        let given = titles.iter().zip(17..).map(|(title, number)| ids.allot(title, Origin { part: "row", number }).id);
        given.map(|id| id.strip_prefix("prompts/imported/").expect("a value").to_owned()).collect()
    }

    #[test]
    fn equal_titles_are_numbered() {
        assert_eq!(
            allot(&["Übersetzer", "ubersetzer!", "UBERSETZER"], &[]),
            ["ubersetzer", "ubersetzer-2", "ubersetzer-3"]
        );
    }

    #[test]
    fn a_number_that_a_title_has_itself_is_not_given_twice() {
        assert_eq!(allot(&["a 2", "a", "a"], &[]), ["a-2", "a", "a-3"]);
    }

    #[test]
    fn ids_of_the_handbook_are_left_alone() {
        let mine = "prompts/imported/linux-terminal";
        assert_eq!(allot(&["Linux Terminal"], &[mine]), ["linux-terminal-2"]);
        let is_taken = |id: &str| id == mine;
        let given = Ids::new("prompts/imported", &is_taken, &fixture::reserved())
            .allot("Linux Terminal", Origin { part: "row", number: 2 });
        assert_eq!(given.instead_of.as_deref(), Some(mine));
    }

    #[test]
    fn other_scripts_are_spelt_in_latin_letters_and_nothing_becomes_the_row() {
        assert_eq!(
            allot(&["Недвижимость", "提示词", "…", "السعوديه"], &[])[..3],
            ["nedvizhimost", "ti-shi-ci", "row-19"]
        );
    }

    #[test]
    fn names_that_cannot_be_files_are_avoided() {
        assert_eq!(
            allot(&["CON", "index", "Com1", "com10", "Aux", "Page 2"], &[]),
            ["con-prompt", "index", "com1-prompt", "com10", "aux-prompt", "page-2"]
        );
        // Right below the kind's folder is the list of all prompts.
        let reserved = fixture::reserved();
        let mut ids = Ids::new("prompts", &|_| false, &reserved);
        let given = ["index", "Page 2", "Page two"].map(|title| ids.allot(title, Origin { part: "row", number: 2 }).id);
        assert_eq!(given, ["prompts/index-prompt", "prompts/page-2-prompt", "prompts/page-two"]);
    }

    #[test]
    fn an_id_has_at_most_eighty_characters_and_ends_with_a_word() {
        let long = "word ".repeat(40);
        let ids = allot(&[&long, &long, &"x".repeat(200)], &[]);
        let most = 80 - "prompts/imported/".len();
        assert!(ids.iter().all(|id| id.len() <= most), "{ids:?}");
        assert!(ids[0].ends_with("-word"));
        assert!(ids[1].ends_with("-word-2"));
    }
}
