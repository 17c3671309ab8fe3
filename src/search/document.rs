//! What an entry is found by: its texts, and how much each says about it.
//!
//! What is found must be seen: a hit on a word that its page does not show looks like a mistake, and a word of a hidden
//! field would give it away. The weights are folded into the index, so changing one changes every shard.

use crate::content::{Entry, Status};
use crate::fields::{Shape, ValueRef, Weight, walk};
use crate::handbook::{Handbook, Ix};

/// A text of an entry and the weight of the field it stands in.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Text {
    pub(super) weight: f32,
    pub(super) text: String,
}

/// The weights of the fields, most telling first. A word in the title says more than one in the middle of a text.
const TITLE: f32 = 8.0;
const TERMS: f32 = 4.0;
const HEADINGS: f32 = 3.0;
const SUMMARY: f32 = 3.0;
const BODY: f32 = 1.0;

/// The texts of an entry, field by field. All of it can be read on the entry's page. Always five, in this order: a sum
/// of floats depends on the order of adding, and an index has the same bytes on every machine.
pub(super) fn texts(handbook: &Handbook, ix: Ix) -> [Text; 5] {
    let entry = handbook.entry(ix);
    let text = |weight, text| Text { weight, text };
    [
        text(TITLE, entry.title().to_owned()),
        text(TERMS, terms(handbook, ix)),
        text(HEADINGS, headings(entry)),
        text(SUMMARY, entry.summary()),
        text(BODY, body(entry)),
    ]
}

/// How much an entry's words count: what is out of date comes after what replaced it.
pub(super) fn trust(entry: &Entry) -> f32 {
    if entry.status() == Some(Status::Deprecated) { 0.35 } else { 1.0 }
}

/// Tags, team, skills, facets and people, and the name of its file, one on each line: a line feed joins no words, so no
/// chain reaches from one term into the next.
fn terms(handbook: &Handbook, ix: Ix) -> String {
    let entry = handbook.entry(ix);
    let mut words = searched(entry, Weight::Terms);
    words.extend(handbook.facet_terms(ix).flat_map(|(_, terms)| terms).map(|term| term.label.as_str()));
    words.extend(handbook.authors(ix).iter().map(|person| handbook.people[person.0].name.as_str()));
    words.push(entry.id.name());
    words.join("\n")
}

/// The texts of the fields of a weight. References are left out: an entry is found by the name of the person that is
/// meant, not by how a field writes it.
fn searched(entry: &Entry, weight: Weight) -> Vec<&str> {
    let mut texts = Vec::new();
    for record in entry.records() {
        walk(record, &mut |leaf| {
            let is_name = matches!(leaf.shape, Shape::Reference(_));
            if let (true, false, ValueRef::Text(text)) = (leaf.field.weight == Some(weight), is_name, leaf.value) {
                texts.push(text);
            }
        });
    }
    texts
}

fn headings(entry: &Entry) -> String {
    let mut words: Vec<String> = entry.outline.sections().map(|heading| heading.text.clone()).collect();
    // Also labels of those that have none of their own: the form makes one of the name.
    words.extend(entry.fields.variables().iter().map(|variable| variable.label()));
    words.join("\n")
}

/// The body, and the long texts of the fields.
fn body(entry: &Entry) -> String {
    let mut text = entry.shown_text();
    for part in searched(entry, Weight::Body) {
        text.push('\n');
        text.push_str(part);
    }
    text
}
