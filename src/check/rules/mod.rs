//! One file a check: a `mod` line and a line of the registry each.
//!
//! A file has the name of the rule that it reports; where checks share a rule, as those of `too-large` do, the name of
//! what it looks for. It says why, where the manual page in [`Rule`](crate::diagnostics::Rule) says what to do.
//!
//! A check never trusts that another has run: the catalog holds what was wrong as it was written. It is also bounded by
//! itself, because content decides how much there is to find: what grows with a product (near names, walks along
//! references) stops at a constant, and every constant says for whom it is enough.

mod ambiguous_reference;
mod broken_anchor;
mod broken_link;
mod draft_reference;
mod duplicate_address;
mod expansion_limit;
mod expired_context;
mod future_date;
mod imitated_context;
mod missing_image;
mod narrower_audience;
mod no_replacement;
mod out_of_proportion;
mod overdue_review;
mod reference_cycle;
mod reserved_facet;
mod self_reference;
mod stale_example;
mod unknown_options;
mod unknown_person;
mod unknown_reference;
mod unsafe_attachment;
mod unusable_alias;
mod unusable_name;

use crate::check::Check;
use crate::content::kinds::ContextModule;
use crate::content::{Common, Entry};
use crate::fields::FieldKey;
use crate::handbook::{Catalog, Ix, LinkOutcome, Outcome};
use crate::markdown::Link;
use crate::text::Span;

/// The registry: a line for each file beside this one.
pub(super) const CHECKS: &[Check] = &[
    ambiguous_reference::check,
    broken_anchor::check,
    broken_link::check,
    draft_reference::check,
    duplicate_address::check,
    expansion_limit::check,
    expired_context::check,
    future_date::check,
    imitated_context::check,
    missing_image::check,
    narrower_audience::check,
    no_replacement::check,
    out_of_proportion::check,
    overdue_review::check,
    reference_cycle::check,
    reserved_facet::check,
    self_reference::check,
    stale_example::check,
    unknown_options::check,
    unknown_person::check,
    unknown_reference::check,
    unsafe_attachment::check,
    unusable_alias::check,
    unusable_name::check,
];

/// The fields that must not lead in a circle.
const CIRCULAR: [FieldKey; 2] = [ContextModule::KEYS.includes, Common::KEYS.replaced_by];

/// How many did-you-means one rule looks for: nobody reads more, and each compares one name with all that are known.
/// Beyond it the problems are still reported, without that line.
const SUGGESTIONS: usize = 200;

/// Every link and image with its entry and where it leads: entry by entry in the order of ids, each entry's links
/// before its images. Many checks remember the first of a kind, so this order decides which place a report shows.
fn links(catalog: &Catalog) -> impl Iterator<Item = (&Entry, &Link, &LinkOutcome)> {
    let outcomes = catalog.links.iter().zip(&catalog.images);
    catalog.entries.iter().zip(outcomes).flat_map(|(entry, (links, images))| {
        let links = entry.outline.links.iter().zip(links);
        links.chain(entry.outline.images.iter().zip(images)).map(move |(link, outcome)| (&**entry, link, outcome))
    })
}

/// Every mention of one entry by another, first those of fields, then those of links. References that resolve to
/// nothing, or to several entries, are not mentions: other rules report them.
fn mentions(catalog: &Catalog) -> impl Iterator<Item = Mention<'_>> {
    let fields = catalog.entries.iter().zip(&catalog.references).flat_map(|(from, list)| {
        list.iter().filter_map(move |referred| match referred.outcome {
            Outcome::Entry(target) => Some((from, target, referred)),
            _ => None,
        })
    });
    let fields = fields.map(|(from, target, referred)| Mention {
        from,
        to: catalog.entry(target),
        place: referred.reference.span,
        by_name: referred.reference.strength == crate::fields::Strength::Name,
    });
    let links = links(catalog).filter_map(|(from, link, outcome)| match outcome {
        LinkOutcome::Entry { target, .. } => {
            Some(Mention { from, to: catalog.entry(*target), place: link.span, by_name: false })
        }
        _ => None,
    });
    fields.chain(links)
}

/// One entry mentions another.
struct Mention<'c> {
    from: &'c Entry,
    /// The entry that is meant, whoever may see it: the callers ask whether a site hides it.
    to: &'c Entry,
    /// Where `from` says so.
    place: Span,
    /// Whether the field takes plain names, so that nothing breaks when the entry is not there.
    by_name: bool,
}

/// The place that stands for an entry as a whole: its title, or the start of its file where it has none.
fn title_span(entry: &Entry) -> Span {
    entry.common.title.as_ref().map_or(Span::file(entry.source.id), |title| title.span)
}

/// A path of entries as `a → b → c`, with its middle left out where it is long: a circle may lead through a thousand
/// entries, and its two ends are what one looks for.
fn path(catalog: &Catalog, entries: &[Ix]) -> String {
    const SHOWN: usize = 12;
    let names: Vec<String> = entries.iter().map(|ix| format!("`{}`", catalog.entry(*ix).id)).collect();
    if names.len() <= SHOWN {
        return names.join(" → ");
    }
    let half = SHOWN / 2;
    format!("{} → … → {}", names[..half].join(" → "), names[names.len() - half..].join(" → "))
}

/// Whether an entry lies in a folder, or in one below it. Entries are sorted by id, so those of a folder are neighbours
/// and the first one decides.
fn has_entries(catalog: &Catalog, folder: &str) -> bool {
    let below = format!("{folder}/");
    let start = catalog.entries.partition_point(|entry| entry.id.as_str() < below.as_str());
    catalog.entries.get(start).is_some_and(|entry| entry.id.as_str().starts_with(&below))
}
