//! What an entry may have no more of: left out of what is imported, and named in the report.

use std::collections::HashMap;

use crate::content::Common;
use crate::content::limits::{FILLED_MOST, USES_MOST};
use crate::content::template::{self, Template};
use crate::fields::{FieldSpec, Record};

use crate::import::clean::{quoted, quoted_list};
use crate::import::field::TITLE;
use crate::import::placeholders::Converted;
use crate::import::summary;

/// A title that fits; it is cut at a word.
pub(super) fn title(title: &str, changes: &mut Vec<String>) -> String {
    let most = Common::TABLE.field(TITLE).map_or(usize::MAX, |spec| spec.most_characters);
    let cut = summary::cut(title, most);
    if cut != title {
        changes.push(format!("the title was cut to {most} characters"));
    }
    cut
}

/// A text of a field, if it is not too long.
pub(super) fn text(spec: &FieldSpec, text: String, changes: &mut Vec<String>) -> Option<String> {
    let longest = spec.most_characters;
    if text.chars().count() <= longest {
        return Some(text);
    }
    let (name, text) = (spec.key, quoted(&text));
    changes.push(format!("the {name} {text} was left out, since it has more than {longest} characters"));
    None
}

/// The items of a field without those that are too long or too many.
pub(super) fn items(spec: &FieldSpec, items: Vec<String>, changes: &mut Vec<String>) -> Vec<String> {
    let (name, longest) = (spec.key, spec.most_characters);
    let (items, long): (Vec<_>, Vec<_>) = items.into_iter().partition(|item| item.chars().count() <= longest);
    let items = first(spec, items, changes);
    if !long.is_empty() {
        let long = quoted_list(long.iter().map(String::as_str));
        changes.push(format!("of {name}, what has more than {longest} characters was left out: {long}"));
    }
    items
}

/// The first of some items, as many as there may be.
fn first(spec: &FieldSpec, mut items: Vec<String>, changes: &mut Vec<String>) -> Vec<String> {
    let most = spec.most_items.min(items.len());
    let rest = items.split_off(most);
    if !rest.is_empty() {
        let (name, rest) = (spec.key, quoted_list(rest.iter().map(String::as_str)));
        changes.push(format!("of {name}, only the first {most} were kept, without {rest}"));
    }
    items
}

/// Why no page can have the prompt, if that is so: it uses variables too often, or comes to too much with their defaults.
pub(super) fn too_much(converted: &Converted) -> Option<String> {
    let template = Template::parse(&converted.template);
    if template.uses.len() > USES_MOST {
        return Some(format!("its prompt uses variables {} times, more than {USES_MOST}", template.uses.len()));
    }
    let default = |of: &Option<String>| of.as_ref().map_or(0, String::len);
    let sizes: HashMap<&str, usize> =
        converted.variables.iter().map(|variable| (variable.name.as_str(), default(&variable.default))).collect();
    let bytes = template::size(&template.segments, &|name| sizes.get(name).copied().unwrap_or(0));
    let (came_to, most) = (bytes.div_ceil(1024), FILLED_MOST / 1024);
    (bytes > FILLED_MOST).then(|| format!("its prompt comes to {came_to} KiB with its defaults, more than {most}"))
}
