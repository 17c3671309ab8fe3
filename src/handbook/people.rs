//! Everyone who is named, with or without a profile.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::content::kinds::Win;
use crate::content::{Common, Entry, Kind, Reference, canonical, page_name, spelling, with_digest};
use crate::handbook::Ix;
use crate::handbook::reference::VisibleReference;
use crate::text::words::{capitalised, one_line};

/// A person's place in a handbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonIx(pub usize);

/// Someone who wrote, owns, reviewed or won something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The page's name in the folder of profiles.
    pub slug: String,
    /// How they are called.
    pub name: String,
    /// Their profile, where there is one.
    pub profile: Option<Ix>,
    /// What they wrote, by id.
    pub wrote: Vec<Ix>,
    /// What they answer for, by id.
    pub owns: Vec<Ix>,
    /// What they won with, by id.
    pub won: Vec<Ix>,
}

/// Everyone, and where they are named.
#[derive(Debug)]
pub(super) struct Everyone {
    /// By slug.
    pub(super) people: Vec<Person>,
    /// For each entry whom its names mean, in their order.
    pub(super) named: Vec<Vec<PersonIx>>,
    /// For each entry its authors, each once.
    pub(super) authors: Vec<Vec<PersonIx>>,
}

/// Finds everyone who is named in the entries.
pub(super) fn of(entries: &[Arc<Entry>], references: &[Vec<VisibleReference>]) -> Everyone {
    let mut found = Found { profiles: Profiles::of(entries), people: BTreeMap::new() };
    for (at, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.kind == Kind::Person) {
        let slug = profile_slug(entry).to_owned();
        found
            .people
            .insert(slug.clone(), Person { profile: Some(Ix(at)), ..Person::new(slug, entry.title().to_owned()) });
    }
    let mut slugs: Vec<Vec<String>> = Vec::with_capacity(entries.len());
    for (entry, references) in entries.iter().zip(references) {
        let referred = |name: &str| {
            let of_name = |own: &&VisibleReference| *own.written == *name && entries[own.target.0].kind == Kind::Person;
            references.iter().find(of_name).map(|own| own.target)
        };
        slugs.push(entry.names().map(|name| found.named(&name.written, referred(&name.written), entries)).collect());
    }
    let mut people: Vec<Person> = found.people.into_values().collect();
    let place = |slug: &String| people.binary_search_by(|person| person.slug.cmp(slug)).ok().map(PersonIx);
    let named: Vec<Vec<PersonIx>> = slugs.iter().map(|slugs| slugs.iter().filter_map(place).collect()).collect();
    let authors =
        named.iter().zip(entries).enumerate().map(|(at, (named, entry))| add(&mut people, Ix(at), entry, named));
    Everyone { authors: authors.collect(), people, named }
}

/// Adds an entry to those whom its fields name; gives its authors.
fn add(people: &mut [Person], ix: Ix, entry: &Entry, named: &[PersonIx]) -> Vec<PersonIx> {
    let mut authors: Vec<PersonIx> = Vec::new();
    for (name, who) in entry.names().zip(named) {
        let person = &mut people[who.0];
        if name.key == Common::KEYS.authors && !authors.contains(who) {
            authors.push(*who);
            person.wrote.push(ix);
        } else if name.key == Common::KEYS.owner {
            person.owns.push(ix);
        } else if name.key == Win::KEYS.who && person.won.last() != Some(&ix) {
            person.won.push(ix);
        }
    }
    authors
}

struct Found {
    profiles: Profiles,
    /// By slug, which is the order of the list.
    people: BTreeMap<String, Person>,
}

impl Found {
    /// The slug of the person that a name means: of the profile that it refers to, else of one that is called so.
    fn named(&mut self, name: &str, referred: Option<Ix>, entries: &[Arc<Entry>]) -> String {
        if let Some(profile) = referred.or_else(|| self.profiles.called(name)) {
            return profile_slug(&entries[profile.0]).to_owned();
        }
        let mut slug = page_name(plain(name), "person");
        if self.profiles.addresses.contains(&slug) {
            slug = with_digest(&slug, &slug);
        }
        let shown = shown(name);
        let person = self.people.entry(slug.clone()).or_insert_with(|| Person::new(slug.clone(), shown.clone()));
        // A name with spaces was written for people; one with hyphens was made from it. Who writes accents knows them.
        let is_written = name.contains(' ') || !name.is_ascii();
        if is_written && (!name.is_ascii() || person.name.is_ascii()) {
            person.name = shown;
        }
        slug
    }
}

/// What the visible profiles are called. A reference of the catalog says more: this is for names that mean nobody there,
/// such as that of a draft.
#[derive(Default)]
struct Profiles {
    /// `None` for a name that more than one has.
    names: HashMap<String, Option<Ix>>,
    /// Their slugs, as hosts compare addresses.
    addresses: HashSet<String>,
}

impl Profiles {
    fn of(entries: &[Arc<Entry>]) -> Self {
        let mut profiles = Self::default();
        let people = || entries.iter().enumerate().filter(|(_, entry)| entry.kind == Kind::Person);
        profiles.addresses = people().map(|(_, entry)| canonical(profile_slug(entry))).collect();
        let ways: [fn(&Entry) -> String; 3] =
            [|entry| spelling(profile_slug(entry)), |entry| spelling(entry.id.name()), |entry| spelling(entry.title())];
        for way in ways {
            let mut names: HashMap<String, Option<Ix>> = HashMap::new();
            for (at, entry) in people() {
                names.entry(way(entry)).and_modify(|who| *who = None).or_insert(Some(Ix(at)));
            }
            #[expect(clippy::iter_over_hash_type, reason = "each name is added once")]
            for (name, who) in names {
                profiles.names.entry(name).or_insert(who);
            }
        }
        profiles
    }

    fn called(&self, name: &str) -> Option<Ix> {
        self.names.get(&spelling(plain(name))).copied().flatten()
    }
}

impl Person {
    /// The address of the page without its ending: of a profile its id.
    pub fn address(&self) -> String {
        Kind::Person.spec().id_of(&self.slug)
    }

    fn new(slug: String, name: String) -> Self {
        Self { slug, name, profile: None, wrote: Vec::new(), owns: Vec::new(), won: Vec::new() }
    }
}

/// A profile's page in the folder of profiles.
fn profile_slug(entry: &Entry) -> &str {
    plain(entry.id.as_str())
}

/// A name without the folder that it may be written with.
fn plain(name: &str) -> &str {
    Kind::Person.spec().within(name)
}

/// `mara-lind` is `Mara Lind`; anything else stands as it was written.
fn shown(name: &str) -> String {
    let name = plain(name);
    let is_slug = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') && name.contains('-');
    if !is_slug {
        return one_line(name);
    }
    let words = name.split('-').filter(|word| !word.is_empty()).map(capitalised);
    let words = words.collect::<Vec<_>>().join(" ");
    if words.is_empty() { name.to_owned() } else { words }
}

impl Entry {
    /// Every name of a person in its fields, in their order.
    pub(super) fn names(&self) -> impl Iterator<Item = &Reference> {
        self.references.iter().filter(|reference| reference.kind == Some(Kind::Person))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_shown_as_names() {
        assert_eq!(shown("mara-lind"), "Mara Lind");
        assert_eq!(shown("people/mara-lind"), "Mara Lind");
        assert_eq!(shown("f"), "f");
    }
}
