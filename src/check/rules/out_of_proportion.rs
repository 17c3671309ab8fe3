//! A handbook derives more than what it is made of explains: pages of words, or options of forms.
//!
//! A few lines of front matter can ask for a site that no host takes: a tag is a page, a slot is a list of every
//! module. The limits grow with the number of entries and are far above what people write; they only stop a handbook
//! whose output has nothing to do with its size. Each is one problem about the whole, placed at the entry that adds
//! most.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

use crate::check::{Scope, ways};
use crate::config::Audience;
use crate::content::kinds::Options;
use crate::content::limits::{CHOICE_BYTES, CHOICES, CHOICES_PER_ENTRY, DERIVED_PAGES, DERIVED_PER_ENTRY, OFFERED};
use crate::content::{Entry, Kind, spelling};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::handbook::{Catalog, Ix, Outcome, ResolvedReference};
use crate::text::Span;

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    problems.extend(pages(scope.catalog));
    problems.extend(choices(scope.catalog));
}

/// Pages of tags, teams, aliases and names without a profile. A word counts for the first entry that has it, in the
/// order of ids, and not again: the page is made once.
fn pages(catalog: &Catalog) -> Option<Diagnostic> {
    let mut seen: HashSet<(&str, String)> = HashSet::new();
    // Most words are met again as they were written before, which needs no spelling.
    let mut met: HashSet<(&str, &str), RandomState> = HashSet::default();
    let mut most = Added { count: 0, last: Span::default() };
    for ix in (0..catalog.entries.len()).map(Ix) {
        let mut added = Added { count: 0, last: Span::default() };
        for (group, word, span) in words(catalog, ix) {
            // By spelling, since words that differ in case or Unicode form share a page.
            if met.insert((group, word)) && seen.insert((group, spelling(word))) {
                added = Added { count: added.count + 1, last: span };
            }
        }
        if added.count > most.count {
            most = added;
        }
    }
    let limit = DERIVED_PAGES + DERIVED_PER_ENTRY * catalog.entries.len();
    let message = format!(
        "tags, teams, names and aliases make {} pages, more than {limit}: {DERIVED_PAGES}, and {DERIVED_PER_ENTRY} for each entry",
        seen.len()
    );
    (seen.len() > limit).then(|| {
        Diagnostic::new(Rule::TooLarge, most.last, message)
            .label(format!("the last of {} that this entry adds", most.count))
            .help("use words that other entries have too")
    })
}

/// The new words of an entry, and where the last of them stands.
struct Added {
    count: usize,
    last: Span,
}

/// The words of an entry that get a page of their own, each with its group: `launch` as a tag and as a team are two
/// pages. Facets and skills are not among them; their terms are the config's, or the program's own.
fn words(catalog: &Catalog, ix: Ix) -> impl Iterator<Item = (&'static str, &str, Span)> {
    let common = &catalog.entry(ix).common;
    let tags = common.tags.iter().map(|tag| ("tags", tag.value.as_str(), tag.span));
    let teams = common.team.iter().map(|team| ("teams", team.value.as_str(), team.span));
    let aliases = common.aliases.iter().map(|alias| ("aliases", alias.value.as_str(), alias.span));
    let is_name = |referred: &&ResolvedReference| {
        referred.reference.kind == Some(Kind::Person) && !matches!(referred.outcome, Outcome::Entry(_))
    };
    let names = catalog.references_of(ix).iter().filter(is_name);
    let names = names.map(|name| ("people", &*name.reference.written, name.reference.span));
    tags.chain(teams).chain(aliases).chain(names)
}

/// Options of slots, each of which offers every module, and of lists that several forms take theirs from. Options that
/// a prompt writes itself are not counted: they cost what their author typed.
fn choices(catalog: &Catalog) -> Option<Diagnostic> {
    // Computed once: it is the same for every slot, and costs a sort of all titles.
    let slot = slot(catalog);
    let mut lists = HashMap::new();
    let (mut all, mut most) = (0, (0, Span::default()));
    for (at, entry) in catalog.entries.iter().enumerate() {
        let slots = entry.fields.context().iter().filter(|item| item.0.slot.is_some()).count();
        let count = slots * slot + listed(catalog, Ix(at), &mut lists);
        all += count;
        if count > most.0 {
            most = (count, place(entry));
        }
    }
    let limit = CHOICES + CHOICES_PER_ENTRY * catalog.entries.len();
    let message = format!(
        "slots and `options_from` make {all} options, more than {limit}: {CHOICES}, and {CHOICES_PER_ENTRY} for each entry"
    );
    (all > limit).then(|| {
        Diagnostic::new(Rule::TooLarge, most.1, message)
            .label(format!("this prompt has the most: {}", most.0))
            .help("name modules instead of slots, and take shorter lists")
    })
}

/// How many options a text counts as: one, and one more for each [`CHOICE_BYTES`] of it. It is the bytes that a page is
/// made of, so a few very long options are as much as many short ones.
fn weight(text: &str) -> usize {
    1 + text.len() / CHOICE_BYTES
}

/// How many options a slot has at most: which of the modules it offers depends on their types, and the longest titles
/// are the worst case.
fn slot(catalog: &Catalog) -> usize {
    let modules = catalog.entries.iter().filter(|entry| entry.kind == Kind::ContextModule);
    let mut weights: Vec<usize> = modules.map(|module| weight(module.title())).collect();
    weights.sort_unstable_by(|a, b| b.cmp(a));
    weights.iter().take(OFFERED).sum()
}

/// A cache of lists by what decides which one is meant: how it is written, and who sees the entry that says so (its
/// audience, and whether it is a draft). A thousand prompts that take one long list resolve it once.
type Lists<'c> = HashMap<(&'c str, Audience, bool), usize>;

/// How many options a prompt takes from lists of modules.
fn listed<'c>(catalog: &'c Catalog, ix: Ix, lists: &mut Lists<'c>) -> usize {
    let entry = catalog.entry(ix);
    let from = entry.fields.variables().iter().filter(|variable| matches!(variable.options(), Options::From(..)));
    let from = from.filter_map(|variable| variable.options_from.as_ref());
    from.map(|from| {
        let key = (from.value.as_str(), entry.audience, entry.is_draft());
        *lists.entry(key).or_insert_with(|| {
            catalog.options(ix, from).map_or(0, |options| options.iter().map(|text| weight(text)).sum())
        })
    })
    .sum()
}

/// Where a prompt has its first slot, else its first list.
fn place(entry: &Entry) -> Span {
    let slot = entry.fields.context().iter().find_map(|item| item.0.slot.as_ref()).map(|slot| slot.span);
    let list =
        entry.fields.variables().iter().find_map(|variable| variable.options_from.as_ref()).map(|from| from.span);
    slot.or(list).unwrap_or_else(|| ways::title_span(entry))
}
