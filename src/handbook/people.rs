//! Everyone who is named, with or without a profile.

use std::collections::{BTreeMap, HashMap};

use crate::content::{Entry, Fields, Kind, canonical};
use crate::handbook::Ix;
use crate::handbook::filtered::Named;
use crate::text::slug;

/// A person's place in a handbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonIx(pub usize);

/// Someone who wrote, owns, reviewed or won something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The page's name below `people/`.
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

/// Finds everyone who is named in the entries; and for each entry its authors.
pub(super) fn of(entries: &[Entry], references: &[Vec<Named>]) -> (Vec<Person>, Vec<Vec<PersonIx>>) {
    let mut found = Found::default();
    for (at, entry) in entries.iter().enumerate() {
        if entry.kind == Kind::Person {
            found.profile(Ix(at), entry);
        }
    }
    for (at, entry) in entries.iter().enumerate() {
        for name in entry.names() {
            let profile = references[at]
                .iter()
                .find(|named| named.written == name && entries[named.target.0].kind == Kind::Person);
            found.named(&name, profile.map(|named| named.target));
        }
    }
    found.finish(entries)
}

/// The person that a name means.
pub(super) fn find(people: &[Person], name: &str) -> Option<PersonIx> {
    let key = key(name);
    people.binary_search_by(|person| person.slug.as_str().cmp(&key)).ok().map(PersonIx)
}

#[derive(Default)]
struct Found {
    /// By slug, which is the order of the list.
    people: BTreeMap<String, Person>,
    slugs: HashMap<Ix, String>,
}

impl Found {
    fn profile(&mut self, ix: Ix, entry: &Entry) {
        let slug = entry.id.as_str().strip_prefix("people/").unwrap_or(entry.id.name()).to_owned();
        let person = Person { profile: Some(ix), ..Person::new(slug.clone(), entry.title()) };
        self.slugs.insert(ix, slug.clone());
        self.people.insert(slug, person);
    }

    fn named(&mut self, name: &str, profile: Option<Ix>) {
        if profile.is_some() {
            return;
        }
        let slug = key(name);
        let shown = shown(name);
        let person = self.people.entry(slug.clone()).or_insert_with(|| Person::new(slug, shown.clone()));
        // A name with spaces was written for people; one with hyphens was made from it.
        if person.profile.is_none() && name.contains(' ') {
            person.name = shown;
        }
    }

    fn finish(self, entries: &[Entry]) -> (Vec<Person>, Vec<Vec<PersonIx>>) {
        let mut people: Vec<Person> = self.people.into_values().collect();
        let mut authors = Vec::with_capacity(entries.len());
        for (at, entry) in entries.iter().enumerate() {
            let of = |name: &str| {
                let slug = name.strip_prefix("people/").unwrap_or(name);
                find_exact(&people, slug).or_else(|| find(&people, name))
            };
            let wrote: Vec<PersonIx> = entry.common.authors.iter().filter_map(|name| of(name)).collect();
            let owns = entry.common.owner.as_ref().and_then(|name| of(name));
            let won: Vec<PersonIx> = match &entry.fields {
                Fields::Win(win) => win.who.iter().filter_map(|name| of(name)).collect(),
                _ => Vec::new(),
            };
            for who in &wrote {
                people[who.0].wrote.push(Ix(at));
            }
            if let Some(who) = owns {
                people[who.0].owns.push(Ix(at));
            }
            for who in &won {
                people[who.0].won.push(Ix(at));
            }
            authors.push(wrote);
        }
        (people, authors)
    }
}

impl Person {
    fn new(slug: String, name: String) -> Self {
        Self { slug, name, profile: None, wrote: Vec::new(), owns: Vec::new(), won: Vec::new() }
    }
}

fn find_exact(people: &[Person], slug: &str) -> Option<PersonIx> {
    people.binary_search_by(|person| person.slug.as_str().cmp(slug)).ok().map(PersonIx)
}

/// One slug for every spelling of a name. Names that no ASCII slug can spell get a digest.
fn key(name: &str) -> String {
    let name = name.strip_prefix("people/").unwrap_or(name);
    let slug = slug::ascii(name);
    if slug.is_empty() {
        return format!("person-{}", crate::text::digest::short(canonical(name).as_bytes()));
    }
    // These are pages of the list of people.
    let taken = slug == "index" || slug.strip_prefix("page-").is_some_and(|number| number.parse::<u32>().is_ok());
    if taken { format!("{slug}-person") } else { slug }
}

/// `mara-lind` is `Mara Lind`; anything else stands as it was written.
fn shown(name: &str) -> String {
    let name = name.strip_prefix("people/").unwrap_or(name);
    let is_slug = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') && name.contains('-');
    if !is_slug {
        return name.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let words = name.split('-').filter(|word| !word.is_empty()).map(|word| {
        let mut chars = word.chars();
        chars.next().map(|first| first.to_uppercase().chain(chars).collect::<String>()).unwrap_or_default()
    });
    words.collect::<Vec<_>>().join(" ")
}

impl Entry {
    /// Every name of a person in the fields.
    fn names(&self) -> Vec<String> {
        let common = &self.common;
        let mut names: Vec<String> = common.authors.iter().map(|name| name.value.clone()).collect();
        names.extend(common.owner.iter().chain(&common.reviewed_by).map(|name| name.value.clone()));
        match &self.fields {
            Fields::Win(win) => names.extend(win.who.iter().map(|name| name.value.clone())),
            Fields::ContextModule(module) => names.extend(module.approved_by.iter().map(|name| name.value.clone())),
            _ => {}
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_for_every_spelling() {
        assert_eq!(key("Mara Lind"), key("mara-lind"));
        assert_eq!(key("people/mara-lind"), "mara-lind");
        assert_eq!(shown("mara-lind"), "Mara Lind");
        assert_eq!(shown("f"), "f");
        assert!(key("!!!").starts_with("person-"));
        assert_eq!(key("Index"), "index-person");
    }
}
