//! Ways through the catalog that several rules take, and how they speak of what they meet there.

use crate::content::kinds::ContextModule;
use crate::content::{Common, Entry};
use crate::fields::FieldKey;
use crate::handbook::{Catalog, Ix, LinkOutcome, Outcome};
use crate::markdown::Link;
use crate::text::Span;

/// The fields that must not lead in a circle.
pub(super) const CIRCULAR: [FieldKey; 2] = [ContextModule::KEYS.includes, Common::KEYS.replaced_by];

/// How many did-you-means one rule looks for: nobody reads more, and each compares one name with all that are known.
/// Beyond it the problems are still reported, without that line.
pub(super) const SUGGESTIONS: usize = 200;

/// Every link and image with its entry and where it leads: entry by entry in the order of ids, each entry's links
/// before its images. Many checks remember the first of a kind, so this order decides which place a report shows.
pub(super) fn links(catalog: &Catalog) -> impl Iterator<Item = (&Entry, &Link, &LinkOutcome)> {
    let outcomes = catalog.links.iter().zip(&catalog.images);
    catalog.entries.iter().zip(outcomes).flat_map(|(entry, (links, images))| {
        let links = entry.outline.links.iter().zip(links);
        links.chain(entry.outline.images.iter().zip(images)).map(move |(link, outcome)| (&**entry, link, outcome))
    })
}

/// Every mention of one entry by another, first those of fields, then those of links. References that resolve to
/// nothing, or to several entries, are not mentions: other rules report them.
pub(super) fn mentions(catalog: &Catalog) -> impl Iterator<Item = Mention<'_>> {
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
pub(super) struct Mention<'c> {
    pub(super) from: &'c Entry,
    /// The entry that is meant, whoever may see it: the callers ask whether a site hides it.
    pub(super) to: &'c Entry,
    /// Where `from` says so.
    pub(super) place: Span,
    /// Whether the field takes plain names, so that nothing breaks when the entry is not there.
    pub(super) by_name: bool,
}

/// The place that stands for an entry as a whole: its title, or the start of its file where it has none.
pub(super) fn title_span(entry: &Entry) -> Span {
    entry.common.title.as_ref().map_or(Span::file(entry.source.id), |title| title.span)
}

/// A path of entries as `a → b → c`, with its middle left out where it is long: a circle may lead through a thousand
/// entries, and its two ends are what one looks for.
pub(super) fn path(catalog: &Catalog, entries: &[Ix]) -> String {
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
pub(super) fn has_entries(catalog: &Catalog, folder: &str) -> bool {
    let below = format!("{folder}/");
    let start = catalog.entries.partition_point(|entry| entry.id.as_str() < below.as_str());
    catalog.entries.get(start).is_some_and(|entry| entry.id.as_str().starts_with(&below))
}
