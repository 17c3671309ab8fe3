//! Names for variables: what the grammar allows, unique, and close to the original words.

use std::collections::{BTreeMap, BTreeSet};

use crate::content::template::is_reserved;
use crate::text::slug;

/// The most characters of a name.
const MOST: usize = 60;

/// The names that one prompt has used.
#[derive(Default)]
pub(super) struct Names {
    given: BTreeSet<String>,
    /// The number at which the search for a free suffix goes on, for each name.
    next: BTreeMap<String, usize>,
}

impl Names {
    /// A name for the label that no other label has.
    pub(super) fn name(&mut self, label: &str) -> String {
        match snake(label) {
            Some(name) if self.given.insert(name.clone()) => name,
            Some(name) => self.numbered(&name, 1),
            None => self.numbered("variable", 0),
        }
    }

    /// The first free name with a number above `from`.
    fn numbered(&mut self, base: &str, from: usize) -> String {
        loop {
            let next = self.next.entry(base.to_owned()).or_insert(from);
            *next += 1;
            let name = format!("{base}_{next}");
            if self.given.insert(name.clone()) {
                return name;
            }
        }
    }
}

/// A label as a name, or nothing if it has no letter or digit that can be spelt in ASCII.
fn snake(label: &str) -> Option<String> {
    let spaced = spaced(&label.replace(['\'', '’'], ""));
    let name = shortened(slug::ascii(&spaced).replace('-', "_"));
    if name.is_empty() {
        None
    } else if name.starts_with(|c: char| c.is_ascii_digit()) {
        Some(format!("variable_{name}"))
    } else if is_reserved(&name) {
        Some(format!("{name}_value"))
    } else {
        Some(name)
    }
}

/// What two spellings of one label have in common: `[YOUR NAME]`, `${yourName}` and `{your_name}` ask for one thing.
pub(super) fn common(label: &str) -> String {
    let words = spaced(label).to_lowercase();
    let words: Vec<&str> = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { label.to_owned() } else { words.join("_") }
}

/// A label as words in a sentence: `projectName` and `project_name` are “project name”.
pub(super) fn words(label: &str) -> String {
    if label.contains(' ') {
        return label.replace('_', " ");
    }
    let spaced = spaced(label).replace('_', " ");
    if spaced == label { spaced } else { spaced.to_lowercase() }
}

/// A label with spaces where camel case has its humps: `websiteURL` is `website URL`.
fn spaced(label: &str) -> String {
    let letters: Vec<char> = label.chars().collect();
    let mut spaced = String::with_capacity(label.len());
    for (at, &c) in letters.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| letters[before]);
        let after = letters.get(at + 1);
        let hump = before.is_some_and(|b| b.is_lowercase() || b.is_ascii_digit());
        let end_of_capitals = before.is_some_and(char::is_uppercase) && after.is_some_and(|c| c.is_lowercase());
        if c.is_uppercase() && (hump || end_of_capitals) {
            spaced.push(' ');
        }
        spaced.push(c);
    }
    spaced
}

/// A name with at most so many characters, cut at a word if it can be.
fn shortened(mut name: String) -> String {
    if name.len() > MOST {
        // A slug is ASCII, so every position is a boundary.
        let end = name[..=MOST].rfind('_').unwrap_or(MOST);
        name.truncate(end);
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_start_with_a_letter_and_are_unique() {
        let mut names = Names::default();
        let given = ["Über uns", "☃", "…", "uber-uns", "3 words", "ELSE", "variable_1"].map(|label| names.name(label));
        assert_eq!(given[0], "uber_uns");
        assert_eq!(given[3..], ["uber_uns_2", "variable_3_words", "else_value", "variable_1_2"]);
        for name in given {
            assert!(name.starts_with(|c: char| c.is_ascii_lowercase()), "{name}");
        }
    }

    #[test]
    fn what_cannot_be_spelt_is_numbered() {
        let mut names = Names::default();
        assert_eq!(["…", "—"].map(|label| names.name(label)), ["variable_1", "variable_2"]);
    }

    #[test]
    fn humps_become_words() {
        assert_eq!(words("projectName"), "project name");
        assert_eq!(words("Footballer Name"), "Footballer Name");
        assert_eq!(words("Twitter"), "Twitter");
        assert_eq!(spaced("websiteURL"), "website URL");
        assert_eq!(spaced("URLName2Go"), "URL Name2 Go");
    }

    #[test]
    fn a_long_name_is_cut_at_a_word() {
        let name = snake(&"some words ".repeat(10)).expect("a value");
        assert!(name.len() <= MOST && name.ends_with("_some"), "{name}");
        assert_eq!(snake(&"x".repeat(100)).expect("a value").len(), MOST);
    }
}
