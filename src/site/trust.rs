//! Facts about an entry: those by which one decides whether to trust it, and the others.

use jiff::civil::Date;

use crate::content::{Fields, kinds};
use crate::handbook::Ix;
use crate::site::Site;
use crate::site::links::{term_link, web_link};
use crate::theme::view::{FactView, LinkView};

/// The facts of an entry in two lists: for the top of its page, and the rest.
pub(super) fn facts(site: &Site, ix: Ix) -> (Vec<FactView>, Vec<FactView>) {
    let entry = site.handbook.entry(ix);
    let mut all = all(site, ix);
    let mut first = Vec::new();
    for key in kinds::decisive(entry.kind) {
        if let Some(at) = all.iter().position(|fact| fact.key == *key) {
            first.push(all.remove(at));
        }
    }
    (first, all)
}

fn all(site: &Site, ix: Ix) -> Vec<FactView> {
    let entry = site.handbook.entry(ix);
    let common = &entry.common;
    let mut facts = Facts { site, ix, list: Vec::new() };
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
    if Some(entry.audience) != site.handbook.config.audience {
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

struct Facts<'s> {
    site: &'s Site,
    ix: Ix,
    list: Vec<FactView>,
}

impl Facts<'_> {
    fn add(&mut self, key: &'static str, fact: FactView) {
        let label = self.site.word(key).to_owned();
        self.list.push(FactView { key: key.to_owned(), label, ..fact });
    }

    fn text(&mut self, key: &'static str, text: Option<String>) {
        if let Some(text) = text {
            self.add(key, FactView { text, ..FactView::default() });
        }
    }

    fn date(&mut self, key: &'static str, date: Option<Date>) {
        if let Some(date) = date {
            self.add(key, FactView { day: self.site.day(date), ..FactView::default() });
        }
    }

    fn links(&mut self, key: &'static str, links: Vec<LinkView>) {
        if !links.is_empty() {
            self.add(key, FactView { links, ..FactView::default() });
        }
    }

    fn person(&mut self, key: &'static str, name: Option<&str>) {
        self.links(key, name.map(|name| self.site.person(self.ix, name)).into_iter().collect());
    }

    fn minutes(&mut self, key: &'static str, minutes: Option<u32>) {
        self.text(key, minutes.map(|minutes| self.site.minutes(minutes)));
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
                self.links("who", win.who.iter().map(|name| self.site.person(self.ix, name)).collect());
                self.minutes("minutes_saved", win.minutes_saved.as_ref().map(|m| m.value));
            }
            Fields::Model(model) => {
                self.text("vendor", model.vendor.as_ref().map(|vendor| vendor.value.clone()));
                self.date("checked_on", model.checked_on.as_ref().map(|date| date.value));
            }
            Fields::Project(_) | Fields::Collection(_) | Fields::Page(_) => {}
        }
    }
}

impl Site {
    /// A time as people read it: `45 min`, `5 h 30 min`.
    fn minutes(&self, minutes: u32) -> String {
        let (hours, rest) = (minutes / 60, minutes % 60);
        let (hour, minute) = (self.word("hours_unit"), self.word("minutes_unit"));
        match (hours, rest) {
            (0, _) => format!("{rest} {minute}"),
            (_, 0) => format!("{hours} {hour}"),
            _ => format!("{hours} {hour} {rest} {minute}"),
        }
    }
}
