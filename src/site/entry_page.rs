//! A page for each entry.
//!
//! What all kinds have in common is put together here, what only one has comes from [`kinds`]. The order of a page is
//! the template's: everything is handed over, finished or plain, and nothing is asked for by it.

use std::collections::HashSet;

use crate::config::PATH;
use crate::content::kinds::{Collection, ContextModule, Project, Prompt, Variable, Workflow};
use crate::content::{Common, ContextItem, Entry, Skill, Status};
use crate::diagnostics::Diagnostic;
use crate::fields::FieldKey;
use crate::handbook::{Group, Ix};
use crate::markdown;
use crate::site::address::{Half, encode, entry_path, twin_path};
use crate::site::kinds::OwnView;
use crate::site::parts::OnPage;
use crate::site::surroundings::Around;
use crate::site::{Rendered, Route, Site, facts, kinds, links};
use crate::theme::view::{CardsView, EntryView, HeadingView, LinkView, PageView, TermsView};

/// A route for every entry but the front page's introduction.
pub(super) fn routes(site: &Site) -> Vec<Route> {
    let entries = site.handbook.entries().filter(|(_, entry)| entry.id.as_str() != "index");
    entries.map(|(ix, entry)| Route::new(entry_path(&entry.id), move |site| render(site, ix))).collect()
}

/// Renders the page of an entry.
fn render(site: &Site, ix: Ix) -> Rendered {
    let entry = site.handbook.entry(ix);
    let path = entry_path(&entry.id);
    let mut page = site.page(&path, entry.title().to_owned(), site.crumbs(entry));
    describe(&mut page, entry);
    let view = view(site, ix, &path)?;
    // Each kind has a template by its word, which extends `entry.html`.
    site.render(&format!("{}.html", entry.kind.word()), page, view)
}

/// What the head of a page says of an entry: the anchor of the heading that became the title, so that links to it
/// arrive; the description for search engines; and the twin.
pub(super) fn describe(page: &mut PageView, entry: &Entry) {
    page.title_anchor = entry.outline.title().map(|heading| encode(&heading.anchor)).unwrap_or_default();
    page.description = entry.summary();
    page.twin = encode(&twin_path(&entry.id));
}

/// Everything an entry's template sees, on the page at `path`: rows in it are rendered for that depth.
pub(super) fn view(site: &Site, ix: Ix, path: &str) -> Result<EntryView<OwnView>, Box<Diagnostic>> {
    let entry = site.handbook.entry(ix);
    let status = entry.status().map_or("", |status| status.word());
    let (trust, facts) = facts::facts(site, ix);
    Ok(EntryView {
        kind: entry.kind.word().to_owned(),
        kind_label: site.kind_label(entry.kind),
        status: status.to_owned(),
        status_label: if status.is_empty() { String::new() } else { site.word(status).to_owned() },
        replacement: replacement(site, ix),
        trust,
        facts,
        terms: terms(site, ix),
        html: body(site, ix),
        headings: headings(entry),
        backlinks: backlinks(site, ix, path)?,
        related: related(site, ix, path)?,
        ways: site.collection_places(ix),
        edit_url: edit_url(site, entry),
        own: kinds::view(&OnPage { site, ix, path })?,
    })
}

/// The body as HTML: the one prose of an author that templates do not escape, because [`markdown::html`] has. That of
/// the twin is made in the same pass, and left for it.
pub(super) fn body(site: &Site, ix: Ix) -> String {
    let entry = site.handbook.entry(ix);
    let (body, outline, on_page) = (entry.body_text(), &entry.outline, Around::new(site, ix, Half::Page));
    if kinds::own_twin(&entry.fields).is_some() {
        return markdown::html(body, outline, &on_page, &site.highlighter);
    }
    let in_twin = Around::new(site, ix, Half::Twin);
    let (html, twin) = markdown::html_and_markdown(body, outline, &on_page, &in_twin, &site.highlighter);
    site.twin_bodies.leave(ix, twin);
    html
}

/// What replaces an entry, where it is deprecated: a field that stands there before it is says nothing yet.
fn replacement(site: &Site, ix: Ix) -> Option<LinkView> {
    let deprecated = site.handbook.entry(ix).status() == Some(Status::Deprecated);
    let target = site.handbook.referred(ix, Common::KEYS.replaced_by).next().filter(|_| deprecated)?;
    Some(site.entry_link(target))
}

/// The table of contents: two levels, since a third has more lines than one looks through.
fn headings(entry: &Entry) -> Vec<HeadingView> {
    let shown = entry.outline.sections().filter(|heading| heading.level <= 3);
    shown.map(|h| HeadingView { level: h.level, text: h.text.clone(), anchor: encode(&h.anchor) }).collect()
}

/// Where the source of an entry can be edited, in the pattern of the config; empty without one.
fn edit_url(site: &Site, entry: &Entry) -> String {
    site.handbook.config.edit_url.replace(PATH, &encode(entry.source.path.as_str()))
}

/// Facets, skills and tags, those that the entry has, each a link to its list. The team is not among them: it is a
/// fact.
fn terms(site: &Site, ix: Ix) -> Vec<TermsView> {
    let entry = site.handbook.entry(ix);
    let mut all = Vec::new();
    for (group, terms) in site.handbook.facet_terms(ix) {
        let terms = terms.map(|term| links::to_term(group, term)).collect();
        all.push(TermsView { label: links::group_label(site, group), path: links::index_path(group), terms });
    }
    let skill = |skill: &Skill| {
        // The group of skills has a term for each, in the order of the enum, used or not.
        let term = &site.handbook.skills.terms[*skill as usize];
        LinkView { label: site.word(skill.word()).to_owned(), ..links::to_term(&site.handbook.skills, term) }
    };
    let skills = entry.common.skills.iter().map(|written| skill(&written.value)).collect();
    let of = |group: &Group, terms| TermsView {
        label: links::group_label(site, group),
        path: links::index_path(group),
        terms,
    };
    all.push(of(&site.handbook.skills, skills));
    let tags = entry.common.tags.iter().map(|tag| links::term_link(&site.handbook.tags, tag)).collect();
    all.push(of(&site.handbook.tags, tags));
    all.retain(|terms| !terms.terms.is_empty());
    all
}

/// How many entries that refer to it in one way a page names: a brand voice is used by thousands. The rest is a number.
const BACKLINKS: usize = 24;

/// The fields by which others refer, in the order of the page, each with the key of its heading; last come links. A field
/// that is not here makes no backlink on any page; a test asks for each that refers to entries.
const VIA: [(Option<FieldKey>, &str); 12] = [
    (Some(ContextItem::KEY), "via_context"),
    (Some(ContextModule::KEYS.includes), "via_includes"),
    (Some(Project::KEYS.prompts), "via_prompts"),
    (Some(Workflow::KEYS.steps), "via_steps"),
    (Some(Collection::KEYS.entries), "via_entries"),
    (Some(Prompt::KEYS.works_with), "via_works_with"),
    (Some(Prompt::KEYS.examples), "via_examples"),
    (Some(Variable::KEYS.options_from), "via_options_from"),
    (Some(Common::KEYS.replaced_by), "via_replaced_by"),
    (Some(Common::KEYS.adapted_from), "via_adapted_from"),
    (Some(Common::KEYS.related), "via_related"),
    (None, "via_link"),
];

/// Who refers to an entry, each once, under the strongest of its fields: that which comes first in [`VIA`].
fn backlinks(site: &Site, ix: Ix, path: &str) -> Result<Vec<CardsView>, Box<Diagnostic>> {
    let mut shown: HashSet<Ix> = HashSet::new();
    let mut groups = Vec::new();
    for (via, key) in VIA {
        let from =
            site.handbook.backlinks(ix).iter().filter(|backlink| backlink.via == via).map(|backlink| backlink.from);
        // `insert` is false for whoever was shown under a stronger field.
        let fresh: Vec<Ix> = from.filter(|from| shown.insert(*from)).collect();
        groups.extend(site.short_cards_under(site.word(key), &fresh, BACKLINKS, path)?);
    }
    Ok(groups)
}

/// Entries to read next, without those that the page names as using it anyway.
fn related(site: &Site, ix: Ix, path: &str) -> Result<Option<CardsView>, Box<Diagnostic>> {
    let is_named = |other: &Ix| site.handbook.backlinks(ix).iter().any(|backlink| backlink.from == *other);
    let fresh: Vec<Ix> = site.handbook.related(ix).iter().copied().filter(|other| !is_named(other)).collect();
    site.short_cards_under(site.word("related"), &fresh, fresh.len(), path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Kind;
    use crate::content::kinds::all_fields;
    use crate::fields::{Part, Shape};

    /// The keys by which a field, or what is in it, refers to entries that show who does.
    fn keys(outer: &'static str, own: &'static str, shape: &Shape) -> Vec<&'static str> {
        match shape {
            Shape::Reference(target) if target.folder == Some(Kind::Person.folder()) => Vec::new(),
            Shape::Reference(target) => vec![if target.part == Part::List { own } else { outer }],
            Shape::List(item) | Shape::Map(item) => keys(outer, own, item),
            Shape::Either(shapes) => shapes.iter().flat_map(|shape| keys(outer, own, shape)).collect(),
            Shape::Table(table) => table.fields.iter().flat_map(|field| keys(outer, field.key, &field.shape)).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn every_field_that_refers_has_a_heading_where_it_leads() {
        for field in all_fields() {
            for key in keys(field.key, field.key, &field.shape) {
                assert!(
                    VIA.iter().any(|(via, _)| via.is_some_and(|via| via.as_str() == key)),
                    "`{key}` is not in `VIA`"
                );
            }
        }
    }
}
