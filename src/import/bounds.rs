//! What an entry may have no more of: left out of what is imported, and named in the report.

use std::collections::HashMap;

use crate::content::kinds;
use crate::content::limits::{FILLED_MOST, USES_MOST};
use crate::content::template::{self, Template};

use crate::import::clean::{quoted, quoted_list};
use crate::import::entry::{Value, Values};
use crate::import::field::Field;
use crate::import::placeholders::Converted;
use crate::import::summary;

/// The most items and the most characters of a field; without a bound for what is no field, a facet or the text.
fn most(field: Field) -> (usize, usize) {
    let spec = kinds::all_fields().find(|spec| spec.key == field.name() && field != Field::Prompt);
    spec.map_or((usize::MAX, usize::MAX), |spec| (spec.most_items, spec.most_characters))
}

/// A title that fits; it is cut at a word.
pub(super) fn title(title: &str, changes: &mut Vec<String>) -> String {
    let (_, most) = most(Field::Title);
    let cut = summary::cut(title, most);
    if cut != title {
        changes.push(format!("the title was cut to {most} characters"));
    }
    cut
}

/// The values without texts that are too long and items that are too many.
pub(super) fn values(values: Values, changes: &mut Vec<String>) -> Values {
    values.into_iter().filter_map(|(field, value)| Some((field, fitting(field, value, changes)?))).collect()
}

fn fitting(field: Field, value: Value, changes: &mut Vec<String>) -> Option<Value> {
    let (_, longest) = most(field);
    let fits = |text: &String| text.chars().count() <= longest;
    match value {
        Value::Text(text) if !fits(&text) => {
            let (name, text) = (field.name(), quoted(&text));
            changes.push(format!("the {name} {text} was left out, since it has more than {longest} characters"));
            None
        }
        Value::List(items) => {
            let (items, long): (Vec<_>, Vec<_>) = items.into_iter().partition(fits);
            let items = first(field, items, changes);
            if !long.is_empty() {
                let (name, long) = (field.name(), quoted_list(long.iter().map(String::as_str)));
                changes.push(format!("of {name}, what has more than {longest} characters was left out: {long}"));
            }
            (!items.is_empty()).then_some(Value::List(items))
        }
        value => Some(value),
    }
}

/// The first of some items, as many as there may be.
fn first(field: Field, mut items: Vec<String>, changes: &mut Vec<String>) -> Vec<String> {
    let most = most(field).0.min(items.len());
    let rest = items.split_off(most);
    if !rest.is_empty() {
        let (name, rest) = (field.name(), quoted_list(rest.iter().map(String::as_str)));
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
