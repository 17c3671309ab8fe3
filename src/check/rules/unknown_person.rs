//! A name that is nearly that of a profile.

use std::collections::{HashMap, HashSet};

use crate::check::Scope;
use crate::content::{Entry, Kind, spelling};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::handbook::{Catalog, Outcome, ResolvedReference};
use crate::text::{Span, suggest};

/// The shortest name that is compared: among shorter ones many are one letter apart.
const SHORTEST: usize = 5;

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    let profiles: Vec<(&Entry, [String; 2])> = scope
        .catalog
        .entries
        .iter()
        .filter(|entry| entry.kind == Kind::Person)
        .map(|entry| (entry, [spelling(entry.id.name()), spelling(&entry.title())]))
        .collect();
    let known: HashSet<&str> = profiles.iter().flat_map(|(_, names)| names).map(String::as_str).collect();
    let mut left = super::SUGGESTIONS;
    for (name, spans) in unknown(scope.catalog, &known) {
        let near = |(_, names): &&(&Entry, [String; 2])| names.iter().any(|known| suggest::is_slip(&name, known));
        let Some((profile, _)) = profiles.iter().find(near) else { continue };
        for (written, span) in spans {
            problems.push(problem(written, span, profile));
        }
        left -= 1;
        if left == 0 {
            return;
        }
    }
}

/// The plain names that are nobody's who has a profile, by their spelling, and where they stand.
fn unknown<'c>(catalog: &'c Catalog, known: &HashSet<&str>) -> Vec<(String, Vec<(&'c str, Span)>)> {
    let is_unknown = |referred: &&ResolvedReference| {
        referred.reference.kind == Some(Kind::Person) && referred.outcome == Outcome::Name
    };
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut names: Vec<(String, Vec<(&str, Span)>)> = Vec::new();
    for referred in catalog.references.iter().flatten().filter(is_unknown) {
        let written = referred.reference.written.as_str();
        let name = spelling(written.strip_prefix("people/").unwrap_or(written));
        if known.contains(name.as_str()) || name.len() < SHORTEST {
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
