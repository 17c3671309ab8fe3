//! What an entry is found by: its texts, and how much each says about it.
//!
//! What is found must be seen: a hit on a word that its page does not show looks like a mistake, and a word of a hidden
//! field would give it away. The weights are folded into the index, so changing one changes every shard.

use std::borrow::Cow;

use crate::content::{Entry, Reference, Status};
use crate::fields::{Leaf, Shape, Strength, Target, ValueRef, Weight, walk};
use crate::handbook::{Handbook, Ix, Meant};
use crate::text::words::one_line;

/// A text of an entry and the weight of the fields it stands in.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Text {
    pub(super) weight: f32,
    pub(super) text: String,
}

/// How often a word counts. One in the title says more than one in the middle of a text.
fn factor(weight: Weight) -> f32 {
    match weight {
        Weight::Title => 8.0,
        Weight::Terms => 4.0,
        Weight::Headings | Weight::Summary => 3.0,
        Weight::Body => 1.0,
    }
}

/// The texts of an entry, weight by weight: of the fields that are declared to have it, and of what is searched with it
/// and no field. All of it can be read on the entry's page. Always one of each weight, in their order: a sum of floats
/// depends on the order of adding, and an index has the same bytes on every machine.
pub(super) fn texts(handbook: &Handbook, ix: Ix) -> [Text; Weight::ALL.len()] {
    let mut found = Found { handbook, ix, texts: Default::default() };
    found.body();
    found.headings();
    found.facets();
    found.fields();
    found.unwritten();
    let mut texts = found.texts;
    Weight::ALL.map(|weight| Text { weight: factor(weight), text: std::mem::take(&mut texts[weight as usize]) })
}

/// How much an entry's words count: what is out of date comes after what replaced it.
pub(super) fn trust(entry: &Entry) -> f32 {
    if entry.status() == Some(Status::Deprecated) { 0.35 } else { 1.0 }
}

/// The texts while they are gathered, by the number of their weight.
struct Found<'h> {
    handbook: &'h Handbook,
    ix: Ix,
    texts: [String; Weight::ALL.len()],
}

impl<'h> Found<'h> {
    /// Adds a text on lines of its own: a line feed joins no words, so no chain reaches from one text into the next.
    fn add(&mut self, weight: Weight, text: &str) {
        let all = &mut self.texts[weight as usize];
        if !all.is_empty() {
            all.push('\n');
        }
        all.push_str(text);
    }

    /// The fields that are declared to be searched, each with its weight.
    fn fields(&mut self) {
        for record in self.handbook.entry(self.ix).records() {
            walk(record, &mut |leaf| {
                if let (Some(weight), ValueRef::Text(text)) = (leaf.field.weight, leaf.value) {
                    self.field(weight, &leaf, text);
                }
            });
        }
    }

    fn field(&mut self, weight: Weight, leaf: &Leaf<'h>, text: &'h str) {
        match leaf.shape {
            Shape::Reference(target) => self.reference(weight, leaf, target, text),
            // It is shown on one line, however it is written.
            Shape::Text if text.contains('\n') => self.add(weight, &one_line(text)),
            _ => self.add(weight, text),
        }
    }

    /// What a reference means, not how a field writes it: somebody who is written in two ways is found once. A plain
    /// name that means no entry is shown as it is; an id that means none here is not shown.
    fn reference(&mut self, weight: Weight, leaf: &Leaf<'h>, target: &Target, written: &'h str) {
        let name = match self.handbook.meant(self.ix, Reference::field_of(leaf, target), target, written) {
            Some(Meant::Person(person)) => &self.handbook.people[person.0].name,
            Some(Meant::Entry(ix)) => self.handbook.entry(ix).title(),
            None if target.strength == Strength::Name => written,
            None => return,
        };
        let name: Cow<'_, str> = if name.contains('\n') { one_line(name).into() } else { name.into() };
        if !self.texts[weight as usize].lines().any(|line| line == name) {
            self.add(weight, &name);
        }
    }

    fn body(&mut self) {
        self.texts[Weight::Body as usize] = self.handbook.entry(self.ix).shown_text();
    }

    fn headings(&mut self) {
        for heading in self.handbook.entry(self.ix).outline.sections() {
            self.add(Weight::Headings, &heading.text);
        }
    }

    /// The terms of facets, which the config declares.
    fn facets(&mut self) {
        for term in self.handbook.facet_terms(self.ix).flat_map(|(_, terms)| terms) {
            self.add(Weight::Terms, &term.label);
        }
    }

    /// What the page says where no field does: the title of an entry without one is its first heading, else made of its
    /// file's name, and a variable without a label has one that is made of its name. The file's name is always there.
    fn unwritten(&mut self) {
        let entry = self.handbook.entry(self.ix);
        if entry.common.title.is_none() {
            self.add(Weight::Title, entry.title());
        }
        for variable in entry.fields.variables().iter().filter(|variable| variable.label.is_none()) {
            self.add(Weight::Headings, &variable.label());
        }
        self.add(Weight::Terms, entry.id.name());
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::config::{Audience, Config};
    use crate::content::kinds::table_of;
    use crate::content::{self, Common, Kind};
    use crate::diagnostics::Problems;
    use crate::fields::{FieldSpec, Record, TableSpec};
    use crate::files::{EntryFile, Files};
    use crate::handbook::{Catalog, Reading};
    use crate::text::Sources;

    fn handbook(path: &str, text: &str) -> Handbook {
        let (mut sources, mut problems) = (Sources::default(), Problems::default());
        let config = sources.add("handbook.toml", "title = \"T\"\n");
        let source = sources.add(format!("content/{path}"), text);
        let entries = vec![EntryFile { path: path.to_owned(), source, intact: true }];
        let files = Files { root: "/".into(), sources, config, entries, assets: Vec::new() };
        let config = Arc::new(Config::read(&files.config, &mut problems));
        let read = content::read(&files, &config, &mut problems);
        Handbook::new(Catalog::new(config, read, Vec::new()), Reading { audience: Audience(1), drafts: true })
    }

    /// A word that stands in one field only: that of a key in another field.
    fn word_of(outer: &str, spec: &FieldSpec) -> String {
        match plain(&spec.shape) {
            Shape::Term(terms) => terms.words[0].0.to_owned(),
            _ => format!("x{outer}x{}x", spec.key).replace('_', ""),
        }
    }

    fn plain(shape: &Shape) -> &Shape {
        match shape {
            Shape::List(item) | Shape::Map(item) => plain(item),
            other => other,
        }
    }

    /// Values of a shape in TOML, one for each way to write it.
    fn written(outer: &str, spec: &FieldSpec, shape: &Shape) -> Vec<String> {
        let one = match shape {
            Shape::Whole => "7".to_owned(),
            Shape::YesNo => "true".to_owned(),
            Shape::Day => "2026-05-04".to_owned(),
            Shape::List(item) => format!("[{}]", written(outer, spec, item).join(", ")),
            Shape::Map(item) => format!("{{ a = {} }}", written(outer, spec, item)[0]),
            Shape::Table(table) => format!("{{ {} }}", lines(outer, table, &|_| true).join(", ")),
            Shape::Either(shapes) => return shapes.iter().flat_map(|shape| written(outer, spec, shape)).collect(),
            _ => format!("{:?}", word_of(outer, spec)),
        };
        vec![one]
    }

    fn lines(outer: &str, table: &TableSpec, takes: &dyn Fn(&FieldSpec) -> bool) -> Vec<String> {
        let fields = table.fields.iter().filter(|spec| takes(spec));
        let key = |spec: &FieldSpec| if outer.is_empty() { spec.key } else { outer }.to_owned();
        fields.map(|spec| format!("{} = {}", spec.key, written(&key(spec), spec, &spec.shape)[0])).collect()
    }

    /// Every field that is marked as searched, with that of the entry in which it stands.
    fn searched(outer: Option<&'static str>, table: &TableSpec) -> Vec<(&'static str, &'static FieldSpec)> {
        let mut all = Vec::new();
        for spec in table.fields {
            let outer = outer.unwrap_or(spec.key);
            all.extend(spec.weight.map(|_| (outer, spec)));
            all.extend(spec.shape.table().into_iter().flat_map(|table| searched(Some(outer), table)));
        }
        all
    }

    #[test]
    fn every_field_that_is_marked_is_searched_with_its_weight() {
        for kind in Kind::ALL {
            // Nobody sees an entry for an audience that nobody knows.
            let takes = |spec: &FieldSpec| spec.guards.is_none();
            let tables = [Common::TABLE, table_of(*kind)];
            let front: Vec<String> = tables.into_iter().flat_map(|table| lines("", table, &takes)).collect();
            let folder = if kind.is_listed() { format!("{}/", kind.folder()) } else { String::new() };
            let handbook = handbook(&format!("{folder}a.md"), &format!("+++\n{}\n+++\n", front.join("\n")));
            let (ix, _) = handbook.entries().next().expect("the entry");
            let texts = texts(&handbook, ix);
            for (outer, spec) in tables.into_iter().flat_map(|table| searched(None, table)) {
                let text = &texts[spec.weight.expect("a mark") as usize].text;
                let word = word_of(outer, spec);
                assert!(text.contains(&word), "{}: `{word}` is not in {text:?}", kind.word());
            }
        }
    }

    #[test]
    fn what_no_field_says_is_found_as_the_page_says_it() {
        let handbook =
            handbook("prompts/a-b.md", "+++\nvariables = [{ name = \"their_ask\" }]\n+++\n# One\n\n## Two\n");
        let (ix, _) = handbook.entries().next().expect("the entry");
        let [title, terms, headings, ..] = texts(&handbook, ix);
        assert_eq!([title.text, terms.text, headings.text], ["One", "a-b", "Two\nTheir ask"]);
    }
}
