//! A name that is nearly that of a profile.
//!
//! A plain name needs no profile, so an unknown one is no mistake. One that is a letter away from a profile is probably
//! a slip, and would give one person two pages; only a hint, since two people may differ by a letter.

use std::collections::{BTreeMap, HashMap};

use crate::check::{Scope, ways};
use crate::content::{Entry, Kind, spelling};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::handbook::{Catalog, Outcome, ResolvedReference};
use crate::text::Span;
use crate::text::suggest::Known;

/// The shortest name that is compared: among shorter ones many are one letter apart.
const SHORTEST: usize = 5;

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    let profiles = profiles(scope.catalog);
    // `slip` and not `nearest`: of names both may be right, so only a slip of the keyboard counts.
    let known = Known::new(profiles.keys());
    let mut left = ways::SUGGESTIONS;
    for (name, spans) in unknown(scope.catalog, &profiles) {
        let Some(profile) = known.slip(&name).map(|near| profiles[*near]) else { continue };
        for (written, span) in spans {
            problems.push(problem(written, span, profile));
        }
        // Counted by names that were found: all places of one name are reported together, or none.
        left -= 1;
        if left == 0 {
            return;
        }
    }
}

/// The people who have a profile, by each spelling of their names, which is the id's and the title's; of two of one
/// name the first by id.
fn profiles(catalog: &Catalog) -> BTreeMap<String, &Entry> {
    let mut profiles: BTreeMap<String, &Entry> = BTreeMap::new();
    for entry in catalog.entries.iter().filter(|entry| entry.kind == Kind::Person) {
        for name in [spelling(entry.id.name()), spelling(entry.title())] {
            profiles.entry(name).or_insert(entry);
        }
    }
    profiles
}

/// The plain names that belong to no profile, by their spelling, each once with all its places, in the order in which
/// the handbook has them first.
fn unknown<'c>(catalog: &'c Catalog, profiles: &BTreeMap<String, &Entry>) -> Vec<(String, Vec<(&'c str, Span)>)> {
    let is_unknown = |referred: &&ResolvedReference| {
        referred.reference.kind == Some(Kind::Person) && referred.outcome == Outcome::Name
    };
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut names: Vec<(String, Vec<(&str, Span)>)> = Vec::new();
    for referred in catalog.references.iter().flatten().filter(is_unknown) {
        let written = &*referred.reference.written;
        let name = spelling(Kind::Person.spec().within(written));
        if profiles.contains_key(&name) || name.len() < SHORTEST {
            continue;
        }
        let at = *places.entry(name.clone()).or_insert(names.len());
        if at == names.len() {
            names.push((name, Vec::new()));
        }
        names[at].1.push((written, referred.reference.span));
    }
    names
}

fn problem(written: &str, span: Span, profile: &Entry) -> Diagnostic {
    let id = profile.id.name();
    Diagnostic::new(Rule::UnknownPerson, span, format!("nobody called `{written}` has a profile"))
        .quotes(profile.source.id)
        .label("a page of its own will be made for this name")
        .help(format!("did you mean `{id}`, who is {}? If not, leave it", profile.title()))
}
