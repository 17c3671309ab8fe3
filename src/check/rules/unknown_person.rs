//! A name that is nearly that of a profile.

use std::collections::{BTreeMap, HashMap};

use crate::check::Scope;
use crate::content::{Entry, Kind, spelling};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::handbook::{Catalog, Outcome, ResolvedReference};
use crate::text::Span;
use crate::text::suggest::Known;

/// The shortest name that is compared: among shorter ones many are one letter apart.
const SHORTEST: usize = 5;

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    let profiles = profiles(scope.catalog);
    let known = Known::new(profiles.keys());
    let mut left = super::SUGGESTIONS;
    for (name, spans) in unknown(scope.catalog, &profiles) {
        let Some(profile) = known.slip(&name).map(|near| profiles[*near]) else { continue };
        for (written, span) in spans {
            problems.push(problem(written, span, profile));
        }
        left -= 1;
        if left == 0 {
            return;
        }
    }
}

/// The people who have a profile, by each spelling of their names: of two of one name the first.
fn profiles(catalog: &Catalog) -> BTreeMap<String, &Entry> {
    let mut profiles: BTreeMap<String, &Entry> = BTreeMap::new();
    for entry in catalog.entries.iter().filter(|entry| entry.kind == Kind::Person) {
        for name in [spelling(entry.id.name()), spelling(&entry.title())] {
            profiles.entry(name).or_insert(entry);
        }
    }
    profiles
}

/// The plain names that are nobody's who has a profile, by their spelling, and where they stand.
fn unknown<'c>(catalog: &'c Catalog, profiles: &BTreeMap<String, &Entry>) -> Vec<(String, Vec<(&'c str, Span)>)> {
    let is_unknown = |referred: &&ResolvedReference| {
        referred.reference.kind == Some(Kind::Person) && referred.outcome == Outcome::Name
    };
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut names: Vec<(String, Vec<(&str, Span)>)> = Vec::new();
    for referred in catalog.references.iter().flatten().filter(is_unknown) {
        let written = referred.reference.written.as_str();
        let name = spelling(written.strip_prefix("people/").unwrap_or(written));
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
