//! The account of an import: what became of every part of the input.

use std::fmt::Write as _;

use crate::import::clean::quoted;
use crate::import::origin::Origin;
use crate::import::placeholders::Placeholder;
use crate::text::shown;

/// What became of all that was read.
#[derive(Debug)]
pub struct Report {
    /// What a part of the input is called, such as `row`.
    pub part: &'static str,
    /// Every part with a prompt or without one, in the order of the input, each exactly once.
    pub items: Vec<Item>,
    /// What is to be known about the input as a whole, in sentences.
    pub notes: Vec<String>,
}

/// What became of one part of the input.
#[derive(Debug)]
pub struct Item {
    /// Where it stands in the input.
    pub origin: Origin,
    /// The prompt's title, as far as there is one.
    pub title: String,
    /// Whether it is an entry now.
    pub outcome: Outcome,
    /// What the entry says differently than the input, in sentences.
    pub changes: Vec<String>,
    /// What was kept and is worth a look, in sentences.
    pub hints: Vec<String>,
    /// Every place of a variable in the prompt, in the order of the text, with what stood there.
    pub placeholders: Vec<Placeholder>,
    /// How many variables the entry declares.
    pub variables: usize,
}

/// The fate of a part.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is the entry with this id.
    Imported {
        /// The entry's id.
        id: String,
    },
    /// It was left out.
    Skipped {
        /// Why, in a sentence.
        reason: String,
    },
}

impl Item {
    /// Whether it became an entry.
    #[must_use]
    pub const fn is_imported(&self) -> bool {
        matches!(self.outcome, Outcome::Imported { .. })
    }
}

impl Report {
    /// A report of nothing yet, of an input whose parts are called so.
    pub(super) const fn of(part: &'static str) -> Self {
        Self { part, items: Vec::new(), notes: Vec::new() }
    }

    /// How many parts became entries.
    #[must_use]
    pub fn imported(&self) -> usize {
        self.items.iter().filter(|item| item.is_imported()).count()
    }

    /// How many parts were left out.
    #[must_use]
    pub fn skipped(&self) -> usize {
        self.items.len() - self.imported()
    }

    /// How many imported parts have changes.
    #[must_use]
    pub fn changed(&self) -> usize {
        self.items.iter().filter(|item| item.is_imported() && !item.changes.is_empty()).count()
    }

    /// How many variables the entries declare.
    #[must_use]
    pub fn variables(&self) -> usize {
        self.items.iter().map(|item| item.variables).sum()
    }

    /// The report for a terminal: totals, notes, then each part that was changed, skipped or is worth a look.
    #[must_use]
    pub fn render(&self) -> String {
        let mut text = self.totals();
        for note in &self.notes {
            push(&mut text, note);
        }
        for item in &self.items {
            push_item(&mut text, item);
        }
        text
    }

    fn totals(&self) -> String {
        format!(
            "imported {} of {}, skipped {}; {} changed, with {}\n",
            self.imported(),
            counted(self.items.len(), self.part),
            self.skipped(),
            self.changed(),
            counted(self.variables(), "variable"),
        )
    }
}

fn push_item(text: &mut String, item: &Item) {
    let quiet = item.is_imported() && item.changes.is_empty() && item.hints.is_empty();
    if quiet {
        return;
    }
    let fate = match &item.outcome {
        Outcome::Imported { id } => format!(": {id}"),
        Outcome::Skipped { reason } if item.title.is_empty() => format!(" skipped: {reason}"),
        Outcome::Skipped { reason } => format!(" skipped, {}: {reason}", quoted(&item.title)),
    };
    text.push('\n');
    push(text, &format!("{}{fate}", item.origin));
    for change in &item.changes {
        push(text, &format!("  - {change}"));
    }
    for hint in &item.hints {
        push(text, &format!("  - look at this: {hint}"));
    }
}

fn push(text: &mut String, line: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{}", shown::line(line));
}

fn counted(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(number: usize, outcome: Outcome, changes: &[&str], hints: &[&str]) -> Item {
        let sentences = |texts: &[&str]| texts.iter().map(ToString::to_string).collect();
        let title = String::new();
        Item {
            origin: Origin { part: "row", number },
            title,
            outcome,
            changes: sentences(changes),
            hints: sentences(hints),
            placeholders: Vec::new(),
            variables: 1,
        }
    }

    #[test]
    fn totals_come_first_and_quiet_items_not_at_all() {
        let imported = |id: &str| Outcome::Imported { id: id.to_owned() };
        let report = Report {
            part: "row",
            items: vec![
                item(2, imported("prompts/a"), &[], &[]),
                item(3, imported("prompts/b"), &["x became y"], &["z"]),
                item(4, Outcome::Skipped { reason: "the prompt is empty".to_owned() }, &[], &[]),
            ],
            notes: vec!["a note".to_owned()],
        };
        assert_eq!(
            report.render(),
            "imported 2 of 3 rows, skipped 1; 1 changed, with 3 variables\n\
             a note\n\
             \nrow 3: prompts/b\n  - x became y\n  - look at this: z\n\
             \nrow 4 skipped: the prompt is empty\n"
        );
    }
}
