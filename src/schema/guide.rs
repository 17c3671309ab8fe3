//! The pages of the guide that list what is declared: every field, every rule.
//!
//! What no declaration says stands in a text of the page's own, beside this file, with a mark where a list goes:
//! `<!-- fields prompt -->`, `<!-- words -->`, `<!-- rule wrong-type -->`, `<!-- limits -->`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::content::{Common, Kind, kinds};
use crate::diagnostics::{Rule, Severity};
use crate::fields::{
    FieldSpec, Need, Part, Record, Shape, Strength, Syntax, TableSpec, Target, Terms, doc_text, with_article, write,
};
use crate::text::slug;
use crate::text::words::capitalised;

/// A page of the guide.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// Its name in commands, which is that of its file below `content/guides/`.
    pub name: &'static str,
    /// What it lists.
    pub what: &'static str,
    /// What is not derived, with marks.
    text: &'static str,
}

/// Every page.
pub const PAGES: &[Page] = &[
    Page { name: "fields", what: "every field of every kind", text: include_str!("guide/fields.md") },
    Page { name: "rules", what: "every rule, and the limits", text: include_str!("guide/rules.md") },
];

impl Page {
    /// The page as Markdown with front matter.
    ///
    /// # Panics
    ///
    /// Where its text has a mark that nobody knows: a test writes every page.
    pub fn markdown(&self) -> String {
        let mut page = String::new();
        for line in self.text.lines() {
            match line.strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->")) {
                Some(mark) => page.push_str(&list(mark)),
                None => page.push_str(line),
            }
            page.push('\n');
        }
        page
    }
}

/// The fields of one kind as Markdown, for who writes an entry of it: its own, those of the tables in them, and those that
/// every entry has.
pub fn of_kind(kind: Kind) -> String {
    let mut text = format!("# {}\n\n", capitalised(kind.spec().one));
    let mut open = vec![kinds::table_of(kind)];
    let mut seen: Vec<&str> = Vec::new();
    while let Some(table) = open.pop().filter(|table| !table.fields.is_empty()) {
        if seen.contains(&table.noun) {
            continue;
        }
        if !seen.is_empty() {
            let _ = writeln!(text, "## {}\n", capitalised(&with_article(table.noun)));
        }
        seen.push(table.noun);
        let _ = writeln!(text, "{}", fields(table));
        open.extend(table.fields.iter().rev().filter_map(|field| field.shape.table()));
    }
    let _ = write!(text, "## As in every entry\n\n{}", fields(Common::TABLE));
    text
}

/// What stands where a mark is, without the line end behind it.
fn list(mark: &str) -> String {
    let (what, name) = mark.split_once(' ').unwrap_or((mark, ""));
    let text = match what {
        "fields" => fields(tables().get(name).unwrap_or_else(|| panic!("there is no table `{name}`"))),
        "words" => words(),
        "rule" => rule(Rule::named(name).unwrap_or_else(|| panic!("there is no rule `{name}`"))),
        "limits" => limits_of_fields(),
        _ => panic!("unknown mark `{mark}`"),
    };
    text.trim_end().to_owned()
}

/// Every table that entries can have, by its noun; the fields of all kinds are those of an `entry`.
fn tables() -> BTreeMap<&'static str, &'static TableSpec> {
    let mut all = BTreeMap::new();
    let mut open = vec![Common::TABLE];
    open.extend(Kind::ALL.iter().map(|kind| kinds::table_of(*kind)));
    while let Some(table) = open.pop() {
        if all.insert(table.noun, table).is_none() {
            open.extend(table.fields.iter().filter_map(|field| field.shape.table()));
        }
    }
    all
}

/// A table of fields.
fn fields(table: &TableSpec) -> String {
    let rows = table.fields.iter().map(|spec| [format!("`{}`", spec.key), wanted(spec), said(spec)]);
    grid(["Key", "Must be", "What it means"], rows)
}

/// What a field takes, with an example where the words of a list are not one already.
fn wanted(spec: &FieldSpec) -> String {
    let is_shown = spec.example.is_some_and(|written| written != "…");
    if !is_shown || spec.shape.is_table() || terms_of(&spec.shape).is_some() {
        return must_be(&spec.shape);
    }
    format!("{}, like `{}`", must_be(&spec.shape), write::example(spec, Syntax::Toml))
}

/// What a field means, and what holds where it is absent.
fn said(spec: &FieldSpec) -> String {
    let mut text = spec.meaning();
    if matches!(spec.need, Need::Required(_)) {
        text.insert_str(0, "**Needed.** ");
    }
    if let Some(default) = spec.default.filter(|_| !text.contains("Default ")) {
        let _ = write!(text, " Without it `{default}`.");
    }
    if let Some(table) = spec.shape.table() {
        let _ = write!(text, " [The keys](#{})", slug::ascii(with_article(table.noun).as_str()));
    }
    text
}

/// What a value must be, in the words of the page.
fn must_be(shape: &Shape) -> String {
    match shape {
        Shape::Text => "text".to_owned(),
        Shape::Long => "long text".to_owned(),
        Shape::Whole => "whole number".to_owned(),
        Shape::YesNo => "yes or no".to_owned(),
        Shape::Day => "date".to_owned(),
        Shape::Address => "web address".to_owned(),
        Shape::Reference(target) => named(target),
        Shape::Term(terms) => format!("one of {}", words_of(terms)),
        Shape::Scalar => "text, number, date, yes or no".to_owned(),
        Shape::List(item) => format!("list of {}", many(item)),
        Shape::Table(_) => "table".to_owned(),
        Shape::Map(item) => format!("table of names, each with a {}", must_be(item)),
        Shape::Either(shapes) => shapes.iter().map(must_be).collect::<Vec<_>>().join(" or "),
    }
}

/// Many of it, as items of a list.
fn many(shape: &Shape) -> String {
    match shape {
        Shape::Reference(target) => match target.strength {
            Strength::Name => target.many.to_owned(),
            Strength::Entry => format!("ids of {}", target.many),
        },
        Shape::Term(terms) => words_of(terms),
        Shape::Scalar => "texts or numbers".to_owned(),
        Shape::Address => "web addresses".to_owned(),
        Shape::Either(shapes) => shapes.iter().map(many).collect::<Vec<_>>().join(" or "),
        Shape::Long => "texts".to_owned(),
        other => format!("{}s", must_be(other)),
    }
}

fn named(target: &Target) -> String {
    match (target.part, target.strength) {
        (Part::List, _) => format!("id of {}, `/`, name of a list", target.noun),
        (Part::Whole, Strength::Name) => format!("name, or id of {}", target.noun),
        (Part::Whole, Strength::Entry) => format!("id of {}", target.noun),
    }
}

fn words_of(terms: &Terms) -> String {
    terms.names().iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// Every closed list, a table each, by the field that takes its words.
fn words() -> String {
    let mut lists: Vec<(&str, &Terms)> = Vec::new();
    for spec in all_fields() {
        if let Some(terms) = terms_of(&spec.shape).filter(|terms| !lists.iter().any(|(_, known)| known == terms)) {
            lists.push((spec.key, terms));
        }
    }
    let tables = lists.iter().map(|(key, terms)| {
        let rows = terms.words.iter().map(|(word, doc)| [format!("`{word}`"), doc_text(doc)]);
        grid([&format!("`{key}`"), "What it says"], rows)
    });
    tables.collect::<Vec<_>>().join("\n")
}

/// Every field of every table, those that all kinds have first.
fn all_fields() -> impl Iterator<Item = &'static FieldSpec> {
    let others = tables().into_values().filter(|table| !std::ptr::eq(*table, Common::TABLE));
    Common::TABLE.fields.iter().chain(others.flat_map(|table| table.fields))
}

fn terms_of(shape: &Shape) -> Option<&'static Terms> {
    match shape {
        Shape::Term(terms) => Some(terms),
        Shape::List(item) => terms_of(item),
        _ => None,
    }
}

/// The manual of a rule below its name.
fn rule(rule: Rule) -> String {
    let severity = match (rule.severity(), rule.is_fixed()) {
        (_, true) => "Always an error",
        (Severity::Error, _) => "Error",
        (Severity::Warning, _) => "Warning",
        (Severity::Hint, _) => "Hint",
    };
    format!("### `{}`\n\n{severity}. {}", rule.name(), unwrapped(&rule.doc()))
}

/// Markdown with each paragraph on one line, as the pages of the guide have them; blocks of code stay.
fn unwrapped(text: &str) -> String {
    let mut is_code = false;
    let mut page = String::new();
    for line in text.lines() {
        let is_fence = line.starts_with("```");
        let goes_on = !is_code && !is_fence && !line.is_empty() && !page.is_empty() && !page.ends_with('\n');
        page.push_str(if goes_on { " " } else { "" });
        page.push_str(line);
        is_code ^= is_fence;
        if is_code || is_fence {
            page.push('\n');
        } else if line.is_empty() {
            page.push_str(if page.ends_with('\n') { "\n" } else { "\n\n" });
        }
    }
    page
}

/// The most items and characters of each field that has a limit.
fn limits_of_fields() -> String {
    let most = |limit: usize| if limit == usize::MAX { String::new() } else { grouped(limit) };
    let rows = kinds::limits_of_fields();
    let rows = rows.into_iter().map(|(key, (items, characters))| [format!("`{key}`"), most(items), most(characters)]);
    grid(["Field", "Most items", "Most characters of each"], rows)
}

/// A number with a comma before each three digits.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A table in Markdown.
fn grid<const COLUMNS: usize>(head: [&str; COLUMNS], rows: impl Iterator<Item = [String; COLUMNS]>) -> String {
    let mut text = format!("| {} |\n|{}\n", head.join(" | "), ":---|".repeat(COLUMNS));
    for row in rows {
        let _ = writeln!(text, "| {} |", row.map(|cell| cell.replace('|', "\\|")).join(" | "));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::RULES;

    fn text(name: &str) -> &'static str {
        PAGES.iter().find(|page| page.name == name).expect("a page").text
    }

    #[test]
    fn every_table_and_rule_has_its_place_once() {
        let fields: Vec<String> = tables()
            .values()
            .filter(|table| !table.fields.is_empty())
            .map(|table| format!("fields {}", table.noun))
            .collect();
        let rules: Vec<String> = RULES.iter().map(|rule| format!("rule {}", rule.name())).collect();
        for (page, marks) in [("fields", fields), ("rules", rules)] {
            for mark in marks {
                let places = text(page).lines().filter(|line| *line == format!("<!-- {mark} -->")).count();
                assert_eq!(places, 1, "{mark} on the page of {page}");
            }
        }
    }

    #[test]
    fn paragraphs_become_lines_and_code_stays() {
        assert_eq!(unwrapped("a\nb\n\n```x\n1\n2\n```\n\nc\nd"), "a b\n\n```x\n1\n2\n```\n\nc d");
    }
}
