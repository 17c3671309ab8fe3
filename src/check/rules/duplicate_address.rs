//! Two entries, an alias, or a page that the site makes itself want the same address.

use std::collections::HashMap;

use crate::check::Scope;
use crate::content::{Kind, Strength, canonical, page_name};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::handbook::{Catalog, Outcome, Referred};

const ALIAS_HELP: &str = "drop the alias, or name another address";

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    for collision in &scope.catalog.collisions {
        let message = format!("the address `{}` is taken", collision.address);
        let help = if collision.is_alias { ALIAS_HELP } else { "rename one of the two files" };
        problems.push(
            Diagnostic::new(Rule::DuplicateAddress, collision.second, message)
                .label("letter case and Unicode form do not tell addresses apart")
                .place(collision.first, "by this")
                .help(help),
        );
    }
    people(scope.catalog, problems);
}

/// Aliases that are the pages of people without a profile. On some site they are, whoever else has one: a profile may be
/// for fewer readers than the entry that names the person.
fn people(catalog: &Catalog, problems: &mut Problems) {
    let aliases = catalog.entries.iter().enumerate().flat_map(|(ix, entry)| {
        entry
            .common
            .aliases
            .iter()
            .map(move |alias| (ix, alias, alias.trim_end_matches(".html").trim_end_matches(".md")))
    });
    let mut aliases = aliases.filter(|(_, _, address)| canonical(address).starts_with("people/")).peekable();
    if aliases.peek().is_none() {
        return;
    }
    let named = named(catalog);
    for (ix, alias, address) in aliases {
        let others = named.get(&canonical(address)).into_iter().flatten();
        if let Some(first) = others.into_iter().find(|referred| referred.outcome != Outcome::Entry(ix)) {
            let message = format!("the address `{address}` is that of a person");
            let problem = Diagnostic::new(Rule::DuplicateAddress, alias.span, message);
            problems.push(problem.place(first.reference.span, "who is named here").help(ALIAS_HELP));
        }
    }
}

/// By their pages, the fields that name people.
fn named(catalog: &Catalog) -> HashMap<String, Vec<&Referred>> {
    let mut named: HashMap<String, Vec<&Referred>> = HashMap::new();
    let is_person = |referred: &&Referred| {
        referred.reference.kind == Some(Kind::Person) && referred.reference.strength == Strength::Name
    };
    for referred in catalog.references.iter().flatten().filter(is_person) {
        let name = referred.reference.written.as_str();
        let page = page_name(name.strip_prefix("people/").unwrap_or(name), "person");
        named.entry(format!("people/{page}")).or_default().push(referred);
    }
    named
}
