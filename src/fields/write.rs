//! Records as front matter again, in either notation.
//!
//! What is written reads as the same record: texts stand in double quotes, which mean the same in TOML and YAML, those of
//! several lines too, and a table stands below its key, so that a person can go on from there.

use std::fmt::Write as _;

use super::declared::declared;
use super::shape::{Shape, TableSpec};
use super::spec::{FieldSpec, Need};
use super::syntax::{Syntax, quoted};
use super::tree::{Data, Node};
use super::view::{Fielded, Items, Named, ValueRef};

/// Front matter of keys and values, with its fences.
pub fn front_matter(pairs: &[(&str, ValueRef<'_>)], syntax: Syntax) -> String {
    let fence = syntax.fence();
    format!("{fence}\n{}{fence}\n", fields(pairs, syntax))
}

/// Keys and values, a line or more for each.
pub fn fields(pairs: &[(&str, ValueRef<'_>)], syntax: Syntax) -> String {
    let mut writer = Writer { text: String::new(), tables: String::new() };
    match syntax {
        Syntax::Toml => writer.toml(pairs, ""),
        Syntax::Yaml => writer.yaml(pairs, 0),
    }
    writer.text + &writer.tables
}

struct Writer {
    text: String,
    /// In TOML what stands behind a heading belongs to it, so tables come last.
    tables: String,
}

impl Writer {
    fn toml(&mut self, pairs: &[(&str, ValueRef<'_>)], path: &str) {
        for (name, value) in pairs {
            let name = key(name);
            match value {
                ValueRef::Table(record) => {
                    self.toml_table(&format!("[{path}{name}]"), &present(*record), &format!("{path}{name}."));
                }
                ValueRef::Map(map) => {
                    self.toml_table(&format!("[{path}{name}]"), &named(*map), &format!("{path}{name}."));
                }
                ValueRef::List(items) if is_of_tables(*items) => {
                    items.each(&mut |_, item| {
                        if let ValueRef::Table(record) = item {
                            self.toml_table(&format!("[[{path}{name}]]"), &present(record), &format!("{path}{name}."));
                        }
                    });
                }
                value => {
                    let _ = writeln!(self.text, "{name} = {}", inline(*value, Syntax::Toml));
                }
            }
        }
    }

    fn toml_table(&mut self, heading: &str, pairs: &[(&str, ValueRef<'_>)], path: &str) {
        let mut part = Self { text: String::new(), tables: String::new() };
        part.toml(pairs, path);
        let _ = write!(self.tables, "\n{heading}\n{}{}", part.text, part.tables);
    }

    fn yaml(&mut self, pairs: &[(&str, ValueRef<'_>)], depth: usize) {
        for (name, value) in pairs {
            let (name, indent) = (key(name), "  ".repeat(depth));
            match value {
                ValueRef::Table(record) => self.yaml_table(&format!("{indent}{name}:\n"), &present(*record), depth + 1),
                ValueRef::Map(map) => self.yaml_table(&format!("{indent}{name}:\n"), &named(*map), depth + 1),
                ValueRef::List(items) if is_of_tables(*items) => {
                    let _ = writeln!(self.text, "{indent}{name}:");
                    items.each(&mut |_, item| self.yaml_item(item, depth + 1));
                }
                value => {
                    let _ = writeln!(self.text, "{indent}{name}: {}", inline(*value, Syntax::Yaml));
                }
            }
        }
    }

    fn yaml_table(&mut self, heading: &str, pairs: &[(&str, ValueRef<'_>)], depth: usize) {
        if pairs.is_empty() {
            let _ = writeln!(self.text, "{} {{}}", heading.trim_end());
            return;
        }
        self.text.push_str(heading);
        self.yaml(pairs, depth);
    }

    /// An item of a list of tables: a hyphen stands where the blanks before its first key would.
    fn yaml_item(&mut self, item: ValueRef<'_>, depth: usize) {
        let ValueRef::Table(record) = item else { return };
        let pairs = present(record);
        let indent = "  ".repeat(depth);
        if pairs.is_empty() {
            let _ = writeln!(self.text, "{indent}- {{}}");
            return;
        }
        let mut part = Self { text: String::new(), tables: String::new() };
        part.yaml(&pairs, depth + 1);
        let _ = write!(self.text, "{indent}- {}", part.text.trim_start());
    }
}

/// The fields of a record that are there.
pub fn present(record: &dyn Fielded) -> Vec<(&'static str, ValueRef<'_>)> {
    let mut pairs = Vec::new();
    record.each(&mut |spec, _, value| {
        if !value.is_absent() {
            pairs.push((spec.key, value));
        }
    });
    pairs
}

fn named(map: &dyn Named) -> Vec<(&str, ValueRef<'_>)> {
    let mut pairs = Vec::new();
    map.each(&mut |name, _, _, value| pairs.push((name, value)));
    pairs
}

/// Whether a list holds tables alone, so that each can have a heading of its own.
fn is_of_tables(items: &dyn Items) -> bool {
    let mut all = items.count() > 0;
    items.each(&mut |_, item| all &= matches!(item, ValueRef::Table(_)));
    all
}

/// A value on one line.
pub fn inline(value: ValueRef<'_>, syntax: Syntax) -> String {
    match value {
        ValueRef::Absent => quoted(""),
        ValueRef::Text(text) => quoted(text),
        ValueRef::Whole(number) => number.to_string(),
        ValueRef::YesNo(truth) => truth.to_string(),
        ValueRef::Day(day) => day.to_string(),
        ValueRef::List(items) => {
            let mut written = Vec::new();
            items.each(&mut |_, item| written.push(inline(item, syntax)));
            format!("[{}]", written.join(", "))
        }
        ValueRef::Table(record) => braces(&present(record), syntax),
        ValueRef::Map(map) => braces(&named(map), syntax),
    }
}

fn braces(pairs: &[(&str, ValueRef<'_>)], syntax: Syntax) -> String {
    let written: Vec<String> =
        pairs.iter().map(|(name, value)| syntax.line(&key(name), &inline(*value, syntax))).collect();
    if written.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", written.join(", ")) }
}

/// A key; one that is no plain word, or that YAML would take for something else, in quotes.
fn key(name: &str) -> String {
    let is_plain = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
        && !matches!(name, "null" | "true" | "false" | "yes" | "no" | "on" | "off");
    if is_plain { name.to_owned() } else { quoted(name) }
}

/// The lines to add for a field that is absent, and what it means.
pub fn advice(spec: &FieldSpec, syntax: Syntax) -> String {
    format!("add {}: {}", lines(spec, syntax), spec.gist())
}

/// How a field is written, as a part of a sentence.
pub(super) fn lines(spec: &FieldSpec, syntax: Syntax) -> String {
    match spec.shape {
        Shape::List(Shape::Table(table)) => part(spec.key, &keys_of(table, syntax), syntax),
        _ => format!("`{}`", syntax.line(spec.key, &example(spec, syntax))),
    }
}

/// How a list of tables with one of them is written, as a part of a sentence: its keys as lines of the notation.
pub fn part(list: &str, keys: &[String], syntax: Syntax) -> String {
    let keys: Vec<String> = match syntax {
        Syntax::Toml => keys.iter().map(|line| format!("`{line}`")).collect(),
        Syntax::Yaml => {
            let sign = |nth| if nth == 0 { "  - " } else { "    " };
            keys.iter().enumerate().map(|(nth, line)| format!("`{}{line}`", sign(nth))).collect()
        }
    };
    format!("`{}`, and below it {}", syntax.heading(list), keys.join(" and "))
}

/// The lines of a table that says a little: what it needs, else what comes first. None names an entry that may not be
/// there.
pub(super) fn keys_of(table: &TableSpec, syntax: Syntax) -> Vec<String> {
    const FEW: usize = 2;
    let is_needed = |field: &&FieldSpec| matches!(field.need, Need::Required(_));
    let is_plain = |field: &&FieldSpec| !field.shape.is_table() && !field.shape.needs_entry();
    let needed = table.fields.iter().filter(is_needed);
    let count = needed.clone().count().max(FEW);
    let more = table.fields.iter().filter(|field| !is_needed(field) && is_plain(field));
    let shown: Vec<&str> = needed.chain(more).take(count).map(|field| field.key).collect();
    let shown = table.fields.iter().filter(|field| shown.contains(&field.key));
    shown.map(|field| syntax.line(field.key, &example(field, syntax))).collect()
}

/// The example of a field in a notation; three dots where it has none.
pub fn example(spec: &FieldSpec, syntax: Syntax) -> String {
    let written = spec.example.unwrap_or(if spec.shape.is_text() { "…" } else { "[]" });
    node(&declared(&spec.shape, written), syntax)
}

/// A tree on one line.
fn node(value: &Node<'_>, syntax: Syntax) -> String {
    match &value.data {
        Data::Text(text) | Data::Bare(text) => quoted(text),
        Data::Whole(text) | Data::Decimal(text) | Data::Moment(text) => text.clone().into_owned(),
        Data::Truth(truth) => truth.to_string(),
        Data::Nothing | Data::Broken => quoted(""),
        Data::List(items) => {
            format!("[{}]", items.iter().map(|item| node(item, syntax)).collect::<Vec<_>>().join(", "))
        }
        Data::Table(table) => {
            let pairs: Vec<String> =
                table.iter().map(|(name, _, value)| syntax.line(&key(name), &node(value, syntax))).collect();
            format!("{{ {} }}", pairs.join(", "))
        }
    }
}
