//! A page for each entry.

use crate::content::{Entry, Fields, Kind, Skill, Status};
use crate::diagnostics::Diagnostic;
use crate::handbook::{Group, Ix};
use crate::markdown;
use crate::site::address::{Half, encode, entry_path, twin_path};
use crate::site::surroundings::Around;
use crate::site::{Rendered, Route, Site};
use crate::theme::view::{CardsView, EntryView, FactView, HeadingView, LinkView, TermsView};

/// A route for every entry but the front page's introduction.
pub(super) fn routes(site: &Site) -> Vec<Route> {
    let entries = site.handbook.entries().filter(|(_, entry)| entry.id.as_str() != "index");
    entries.map(|(ix, entry)| Route::new(entry_path(&entry.id), move |site| render(site, ix))).collect()
}

fn render(site: &Site, ix: Ix) -> Rendered {
    let entry = site.handbook.entry(ix);
    let path = entry_path(&entry.id);
    let mut page = site.page(&path, entry.title(), site.crumbs(entry));
    page.description = entry.summary();
    page.twin = encode(&twin_path(&entry.id));
    let view = view(site, ix, &path)?;
    site.render(template(entry.kind), page, view)
}

/// The template of a kind; each extends `entry.html`.
fn template(kind: Kind) -> &'static str {
    match kind {
        Kind::Prompt => "prompt.html",
        Kind::Project => "project.html",
        Kind::WorkingDescription => "working-description.html",
        Kind::ContextModule => "context-module.html",
        Kind::Workflow => "workflow.html",
        Kind::Win => "win.html",
        Kind::Model => "model.html",
        Kind::Person => "person.html",
        Kind::Collection => "collection.html",
        Kind::Page => "entry.html",
    }
}

/// Everything an entry's template sees.
pub(super) fn view(site: &Site, ix: Ix, path: &str) -> Result<EntryView, Box<Diagnostic>> {
    let entry = site.handbook.entry(ix);
    let status = entry.status().map_or("", |status| status.word());
    Ok(EntryView {
        kind: entry.kind.word().to_owned(),
        kind_label: site.kind_label(entry.kind),
        status: status.to_owned(),
        status_label: if status.is_empty() { String::new() } else { site.word(status).to_owned() },
        replacement: replacement(site, ix),
        facts: facts(site, ix),
        terms: terms(site, entry),
        html: body(site, ix),
        headings: headings(entry),
        backlinks: backlinks(site, ix, path)?,
        related: site.cards_under(site.word("related"), site.handbook.related(ix), path)?,
        edit_url: edit_url(site, entry),
        own: super::own_view::view(site, ix, path)?,
    })
}

/// The body as HTML.
pub(super) fn body(site: &Site, ix: Ix) -> String {
    let entry = site.handbook.entry(ix);
    markdown::html(entry.body_text(), &entry.outline, &Around::new(site, ix, Half::Page), &site.highlighter)
}

fn replacement(site: &Site, ix: Ix) -> Option<LinkView> {
    let deprecated = site.handbook.entry(ix).status() == Some(Status::Deprecated);
    let target = site.handbook.referred(ix, "replaced_by").next().filter(|_| deprecated)?;
    Some(site.entry_link(target))
}

fn headings(entry: &Entry) -> Vec<HeadingView> {
    let shown = entry.outline.headings.iter().filter(|heading| heading.level <= 3);
    shown.map(|h| HeadingView { level: h.level, text: h.text.clone(), anchor: encode(&h.anchor) }).collect()
}

fn edit_url(site: &Site, entry: &Entry) -> String {
    let repository = &site.handbook.config.repo_url;
    if repository.is_empty() {
        return String::new();
    }
    format!("{repository}/edit/main/{}", encode(entry.source.path.as_str()))
}

/// Owner, version, dates and the like, then those of the kind.
fn facts(site: &Site, ix: Ix) -> Vec<FactView> {
    let entry = site.handbook.entry(ix);
    let common = &entry.common;
    let mut facts = Facts { site, list: Vec::new() };
    facts.links("authors", site.handbook.authors(ix).iter().map(|person| site.person_link(*person)).collect());
    facts.person("owner", common.owner.as_ref().map(|name| name.value.as_str()));
    facts.person("reviewed_by", common.reviewed_by.as_ref().map(|name| name.value.as_str()));
    facts.links("team", common.team.iter().map(|team| term_link(&site.handbook.teams, team)).collect());
    facts.text("version", common.version.as_ref().map(|version| version.value.clone()));
    facts.date("created", common.created.as_ref().map(|date| date.value));
    facts.date("updated", entry.updated);
    facts.date("review_by", common.review_by.as_ref().map(|date| date.value));
    facts.of_kind(&entry.fields);
    facts.links("adapted_from", adapted_from(site, ix));
    if entry.audience != site.handbook.config.audience {
        facts.text("audience", site.handbook.config.audiences.get(entry.audience.0).cloned());
    }
    facts.list
}

fn adapted_from(site: &Site, ix: Ix) -> Vec<LinkView> {
    if let Some(target) = site.handbook.referred(ix, "adapted_from").next() {
        return vec![site.entry_link(target)];
    }
    let written = site.handbook.entry(ix).common.adapted_from.as_ref().filter(|from| from.contains("://"));
    written.map(|address| web_link(address, None)).into_iter().collect()
}

/// A link out of the handbook; text only when the address must not be followed.
pub(super) fn web_link(address: &str, label: Option<&str>) -> LinkView {
    let label = label.unwrap_or(address).to_owned();
    match crate::markdown::Destination::of(address) {
        crate::markdown::Destination::External(path) => LinkView { label, path, external: true, count: 0 },
        _ => LinkView { label, ..LinkView::default() },
    }
}

struct Facts<'s> {
    site: &'s Site,
    list: Vec<FactView>,
}

impl Facts<'_> {
    fn add(&mut self, key: &str, fact: FactView) {
        let label = self.site.word(key).to_owned();
        self.list.push(FactView { label, ..fact });
    }

    fn text(&mut self, key: &str, text: Option<String>) {
        if let Some(text) = text {
            self.add(key, FactView { text, ..FactView::default() });
        }
    }

    fn date(&mut self, key: &str, date: Option<jiff::civil::Date>) {
        if let Some(date) = date {
            self.add(key, FactView { date: date.to_string(), ..FactView::default() });
        }
    }

    fn links(&mut self, key: &str, links: Vec<LinkView>) {
        if !links.is_empty() {
            self.add(key, FactView { links, ..FactView::default() });
        }
    }

    fn person(&mut self, key: &str, name: Option<&str>) {
        self.links(key, name.map(|name| self.site.person(name)).into_iter().collect());
    }

    fn minutes(&mut self, key: &str, minutes: Option<u32>) {
        self.text(key, minutes.map(|minutes| format!("{minutes} {}", self.site.word("minutes_unit"))));
    }

    fn of_kind(&mut self, fields: &Fields) {
        match fields {
            Fields::Prompt(prompt) => self.minutes("minutes_saved", prompt.minutes_saved.as_ref().map(|m| m.value)),
            Fields::WorkingDescription(work) => {
                self.minutes("minutes_saved", work.minutes_saved.as_ref().map(|m| m.value));
            }
            Fields::Workflow(workflow) => self.minutes("minutes", workflow.minutes.as_ref().map(|m| m.value)),
            Fields::Person(person) => self.text("role", person.role.as_ref().map(|role| role.value.clone())),
            Fields::ContextModule(module) => {
                self.text("type", module.module_type.as_ref().map(|word| word.value.clone()));
                self.person("approved_by", module.approved_by.as_ref().map(|name| name.value.as_str()));
                self.date("valid_until", module.valid_until.as_ref().map(|date| date.value));
            }
            Fields::Win(win) => {
                self.date("date", win.date.as_ref().map(|date| date.value));
                self.links("who", win.who.iter().map(|name| self.site.person(name)).collect());
                self.minutes("minutes_saved", win.minutes_saved.as_ref().map(|m| m.value));
            }
            Fields::Model(model) => {
                self.text("vendor", model.vendor.as_ref().map(|vendor| vendor.value.clone()));
                self.date("checked_on", model.checked_on.as_ref().map(|date| date.value));
                self.links("open_url", model.open_url.iter().map(|url| web_link(url, None)).collect());
            }
            Fields::Project(_) | Fields::Collection(_) | Fields::Page(_) => {}
        }
    }
}

/// A link to a term's page, or the word alone when no page has it.
fn term_link(group: &Group, written: &str) -> LinkView {
    match group.term(written) {
        Some(term) => super::term_pages::link(group, term),
        None => LinkView { label: written.to_owned(), ..LinkView::default() },
    }
}

/// Facets, skills and tags, those that the entry has.
fn terms(site: &Site, entry: &Entry) -> Vec<TermsView> {
    let mut all = Vec::new();
    for (group, places) in site.handbook.facets.iter().zip(&entry.facets) {
        let terms = places.0.iter().map(|place| super::term_pages::link(group, &group.terms[*place])).collect();
        all.push(TermsView { label: super::term_pages::group_label(site, group), terms });
    }
    let skill = |skill: &Skill| {
        let term = &site.handbook.skills.terms[*skill as usize];
        LinkView { label: site.word(skill.word()).to_owned(), ..super::term_pages::link(&site.handbook.skills, term) }
    };
    let skills = entry.common.skills.iter().map(|written| skill(&written.value)).collect();
    all.push(TermsView { label: site.word("skills").to_owned(), terms: skills });
    let tags = entry.common.tags.iter().map(|tag| term_link(&site.handbook.tags, tag)).collect();
    all.push(TermsView { label: site.word("tags").to_owned(), terms: tags });
    all.retain(|terms| !terms.terms.is_empty());
    all
}

/// The fields by which others refer, in the order of the page.
const WAYS: [(&str, &str); 12] = [
    ("context", "via_context"),
    ("includes", "via_includes"),
    ("prompts", "via_prompts"),
    ("steps", "via_steps"),
    ("entries", "via_entries"),
    ("works_with", "via_works_with"),
    ("examples", "via_examples"),
    ("options_from", "via_options_from"),
    ("replaced_by", "via_replaced_by"),
    ("adapted_from", "via_adapted_from"),
    ("related", "via_related"),
    ("link", "via_link"),
];

/// Who refers to an entry, each under the strongest of its ways.
fn backlinks(site: &Site, ix: Ix, path: &str) -> Result<Vec<CardsView>, Box<Diagnostic>> {
    let mut shown: std::collections::HashSet<Ix> = std::collections::HashSet::new();
    let mut groups = Vec::new();
    for (via, key) in WAYS {
        let from =
            site.handbook.backlinks(ix).iter().filter(|backlink| backlink.via == via).map(|backlink| backlink.from);
        let fresh: Vec<Ix> = from.filter(|from| shown.insert(*from)).collect();
        groups.extend(site.cards_under(site.word(key), &fresh, path)?);
    }
    Ok(groups)
}
