//! Facts about an entry: those by which one decides whether to trust it, and the others.
//!
//! Which fields are facts says their declaration, and which facts decide says the kind: a field that is added is on the
//! page without a line here. Only fields of which the handbook knows more than what is written have an arm.

use jiff::civil::Date;

use crate::fields::{Fact, FieldSpec, Shape, ValueRef};
use crate::handbook::Ix;
use crate::site::Site;
use crate::site::links::{term_link, web_link};
use crate::theme::view::{FactView, LinkView};

/// The facts of an entry in two lists: for the top of its page, in the order of the kind's list, and the rest, in the
/// order of declarations. Each is in one of them.
pub(super) fn facts(site: &Site, ix: Ix) -> (Vec<FactView>, Vec<FactView>) {
    let entry = site.handbook.entry(ix);
    let mut all = all(site, ix);
    let mut first = Vec::new();
    for key in entry.kind.spec().decisive {
        if let Some(at) = all.iter().position(|fact| fact.key == *key) {
            first.push(all.remove(at));
        }
    }
    (first, all)
}

/// All facts: of the common fields, of the kind's own, and last of the common ones that are declared to stand aside.
fn all(site: &Site, ix: Ix) -> Vec<FactView> {
    let mut facts = Facts { site, ix, list: Vec::new() };
    let [common, own] = site.handbook.entry(ix).records();
    for (record, are_aside) in [(common, false), (own, false), (common, true)] {
        record.each(&mut |spec, _, value| match spec.fact {
            Some(fact) if (fact == Fact::Aside) == are_aside => facts.field(spec, fact, value),
            _ => {}
        });
    }
    facts.list
}

/// The entry that it was adapted from; else the address, where one is written. What is neither is not shown.
fn adapted_from(site: &Site, ix: Ix) -> Vec<LinkView> {
    if let Some(target) = site.handbook.referred(ix, "adapted_from").next() {
        return vec![site.entry_link(target)];
    }
    let written = site.handbook.entry(ix).common.adapted_from.as_ref().filter(|from| from.contains("://"));
    written.map(|address| web_link(address, None)).into_iter().collect()
}

/// The facts while they are gathered. One without a value is none: no method adds an empty one.
struct Facts<'s> {
    site: &'s Site,
    ix: Ix,
    list: Vec<FactView>,
}

impl Facts<'_> {
    /// Adds a fact. Its label is the interface's word of its key, which is the field's name.
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

    /// A field as it is written; of some the handbook knows more.
    fn field(&mut self, spec: &'static FieldSpec, fact: Fact, value: ValueRef<'_>) {
        let handbook = &self.site.handbook;
        let entry = handbook.entry(self.ix);
        match spec.key {
            "authors" => {
                let people = handbook.authors(self.ix).iter();
                self.links(spec.key, people.map(|person| self.site.person_link(*person)).collect());
            }
            "team" => {
                let team = entry.common.team.iter();
                self.links(spec.key, team.map(|team| term_link(&handbook.teams, team)).collect());
            }
            "updated" => self.date(spec.key, entry.updated),
            "adapted_from" => self.links(spec.key, adapted_from(self.site, self.ix)),
            // What everything is for need not be said of each.
            "audience" if Some(entry.audience) == handbook.config.audience => {}
            "audience" => self.text(spec.key, handbook.config.audiences.get(entry.audience.0).cloned()),
            _ => self.written(spec, fact, value),
        }
    }

    /// A fact as it is written, by the sort of its value. Names become links to people where the handbook knows them.
    fn written(&mut self, spec: &'static FieldSpec, fact: Fact, value: ValueRef<'_>) {
        let is_name = matches!(spec.shape, Shape::Reference(_) | Shape::List(Shape::Reference(_)));
        match value {
            ValueRef::Text(name) if is_name => self.links(spec.key, vec![self.site.person(self.ix, name)]),
            ValueRef::Text(text) => self.text(spec.key, Some(text.to_owned())),
            ValueRef::Day(day) => self.date(spec.key, Some(day)),
            ValueRef::Whole(minutes) if fact == Fact::Minutes => {
                self.text(spec.key, Some(self.site.minutes(minutes)));
            }
            ValueRef::Whole(number) => self.text(spec.key, Some(number.to_string())),
            ValueRef::List(items) => {
                let mut links = Vec::new();
                items.each(&mut |_, item| {
                    if let ValueRef::Text(name) = item {
                        links.push(self.site.person(self.ix, name));
                    }
                });
                self.links(spec.key, links);
            }
            _ => {}
        }
    }
}

impl Site {
    /// A time as people read it: `45 min`, `5 h 30 min`. Units are words of the interface, hours are the largest.
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
