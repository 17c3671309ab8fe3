//! Facts about an entry: those by which one decides whether to trust it, and the others.
//!
//! Which fields are facts says their declaration, which facts decide says the kind, and how a fact is said follows from
//! its shape: a field that is added is on the page without a line here. Only fields of which the handbook knows more than
//! what is written have an arm.

use jiff::civil::Date;

use crate::content::{Common, Reference};
use crate::fields::{Fact, FieldSpec, Guard, Leaf, Shape, Strength, Target, ValueRef};
use crate::handbook::{Ix, Meant};
use crate::site::Site;
use crate::site::links::{term_link, web_link};
use crate::text::Span;
use crate::theme::view::{FactView, LinkView};

/// The facts of an entry in two lists: for the top of its page, in the order of the kind's list, and the rest, in the
/// order of declarations. Each is in one of them.
pub(super) fn facts(site: &Site, ix: Ix) -> (Vec<FactView>, Vec<FactView>) {
    let entry = site.handbook.entry(ix);
    let mut all = all(site, ix);
    let mut first = Vec::new();
    for key in entry.kind.spec().decisive {
        if let Some(at) = all.iter().position(|fact| fact.key == key.as_str()) {
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
        match spec.field_key() {
            // Each team has a page.
            key if key == Common::KEYS.team => {
                let team = entry.common.team.iter();
                self.links(spec.key, team.map(|team| term_link(&handbook.teams, team)).collect());
            }
            // Where it is not written, git may know it.
            key if key == Common::KEYS.updated => self.date(spec.key, entry.updated),
            // What everything is for need not be said of each.
            _ if spec.guards == Some(Guard::Audience) => {
                let other = Some(entry.audience).filter(|own| Some(*own) != handbook.config.audience);
                self.text(spec.key, other.and_then(|own| handbook.config.audiences.get(own.0)).cloned());
            }
            _ => self.written(spec, fact, value),
        }
    }

    /// A fact as it is written, by the shape of its value: a day as one, what leads somewhere as links, all else as a text.
    fn written(&mut self, spec: &'static FieldSpec, fact: Fact, value: ValueRef<'_>) {
        let leaf = |shape, value| Leaf { outer: spec, field: spec, shape, span: Span::default(), value };
        match (value, &spec.shape) {
            (ValueRef::Day(day), _) => self.date(spec.key, Some(day)),
            (ValueRef::List(items), Shape::List(shape)) => {
                let mut links: Vec<LinkView> = Vec::new();
                // Somebody who is written in two ways is one.
                items.each(&mut |_, item| {
                    links.extend(self.said(fact, leaf(shape, item)).filter(|link| !links.contains(link)));
                });
                self.links(spec.key, links);
            }
            (value, shape) => match self.said(fact, leaf(shape, value)) {
                Some(link) if link.path.is_empty() => self.text(spec.key, Some(link.label)),
                link => self.links(spec.key, link.into_iter().collect()),
            },
        }
    }

    /// What a page says for a plain value, with the way to where it leads; `None` where it says nothing.
    fn said(&self, fact: Fact, leaf: Leaf<'_>) -> Option<LinkView> {
        let label = match leaf.value {
            ValueRef::Text(text) => return self.said_of_text(leaf, text),
            ValueRef::Day(day) => self.site.day(day).text,
            ValueRef::Whole(minutes) if fact == Fact::Minutes => self.site.minutes(minutes),
            ValueRef::Whole(number) => number.to_string(),
            ValueRef::YesNo(true) => self.site.word("yes").to_owned(),
            ValueRef::YesNo(false) => self.site.word("no").to_owned(),
            ValueRef::Absent | ValueRef::List(_) | ValueRef::Table(_) | ValueRef::Map(_) => return None,
        };
        Some(LinkView { label, ..LinkView::default() })
    }

    fn said_of_text(&self, leaf: Leaf<'_>, text: &str) -> Option<LinkView> {
        let label = match leaf.shape.of_text(text) {
            Shape::Reference(target) => return self.referred(leaf, target, text),
            Shape::Address => return Some(web_link(text, None)),
            Shape::Term(terms) => {
                let word = terms.names().into_iter().find(|word| *word == text);
                word.map_or(text, |word| self.site.word_of(leaf.field.key, word))
            }
            _ => text,
        };
        Some(LinkView { label: label.to_owned(), ..LinkView::default() })
    }

    /// A link to whom or what a reference means. A plain name that means no entry is said as it is; an id that means none
    /// here is not.
    fn referred(&self, leaf: Leaf<'_>, target: &Target, written: &str) -> Option<LinkView> {
        match self.site.handbook.meant(self.ix, Reference::field_of(&leaf, target), target, written) {
            Some(Meant::Person(person)) => Some(self.site.person_link(person)),
            Some(Meant::Entry(ix)) => Some(self.site.entry_link(ix)),
            None => {
                let is_name = target.strength == Strength::Name;
                is_name.then(|| LinkView { label: written.to_owned(), ..LinkView::default() })
            }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::AnyRef;
    use crate::content::kinds::Trust;
    use crate::fields::{Field, Fielded, List, record};
    use crate::site::fixture::site;
    use crate::text::Spanned;

    record! {
        /// A fact of each shape that no kind has yet.
        struct Odd ("odd") {
            /// References to entries; the key is that of the entry's field.
            related: List<AnyRef> [fact],
            /// A term.
            trust: Field<Trust> [fact],
            /// Yes or no.
            optional: Field<bool> [fact],
            /// Numbers.
            numbers: List<u32> [fact],
        }
    }

    fn at<T>(value: T) -> Spanned<T> {
        Spanned::new(value, Span::default())
    }

    #[test]
    fn a_fact_is_said_by_its_shape() {
        let front = "+++\nrelated = [\"models/m\", \"m\", \"models/none\"]\n+++\n# A\n";
        let site = site("", &[("prompts/a", front), ("models/m", "# M and more\n")]);
        let related = ["models/m", "m", "models/none"].map(|id| at(AnyRef::from(id.to_owned())));
        let odd = Odd {
            related: related.into(),
            trust: Some(at(Trust::High)),
            optional: Some(at(false)),
            numbers: vec![at(2), at(3)],
        };
        let ix = site.handbook.find("prompts/a").expect("the entry");
        let mut facts = Facts { site: &site, ix, list: Vec::new() };
        odd.each(&mut |spec, _, value| facts.field(spec, Fact::Plain, value));
        let said = facts.list.iter().map(|fact| {
            let links = fact.links.iter().map(|link| format!("{} <{}>", link.label, link.path));
            format!("{}: {}", fact.key, [fact.text.clone()].into_iter().chain(links).collect::<Vec<_>>().join("|"))
        });
        assert_eq!(
            said.collect::<Vec<_>>(),
            ["related: |M and more <models/m.html>", "trust: high", "optional: No", "numbers: |2 <>|3 <>"]
        );
    }
}
