//! The account of an import: what became of every row.

use std::fmt::Write as _;

use super::clean::quoted;
use super::field::Field;
use super::placeholders::Placeholder;
use crate::text::shown;

/// What became of the file's rows and columns.
#[derive(Debug, Default)]
pub struct Report {
    /// Every row of data, in the order of the file, each exactly once.
    pub rows: Vec<Row>,
    /// Every column, in the order of the file.
    pub columns: Vec<Column>,
    /// What is to be known about the file as a whole, in sentences.
    pub notes: Vec<String>,
}

/// A column and what it was used for.
#[derive(Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in the header, or its number if it has none.
    pub name: String,
    /// The fields that it fills; none if it was not used.
    pub fields: Vec<Field>,
}

/// What became of one row.
#[derive(Debug)]
pub struct Row {
    /// Its number in a spreadsheet: the header is row 1.
    pub row: usize,
    /// The prompt's title, as far as there is one.
    pub title: String,
    /// Whether it is an entry now.
    pub outcome: Outcome,
    /// What the entry says differently than the row, in sentences.
    pub changes: Vec<String>,
    /// What was kept and is worth a look, in sentences.
    pub hints: Vec<String>,
    /// Every place of a variable in the prompt, in the order of the text, with what stood there.
    pub placeholders: Vec<Placeholder>,
    /// How many variables the entry declares.
    pub variables: usize,
}

/// The fate of a row.
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

impl Row {
    /// Whether the row became an entry.
    #[must_use]
    pub const fn is_imported(&self) -> bool {
        matches!(self.outcome, Outcome::Imported { .. })
    }
}

impl Report {
    /// How many rows became entries.
    #[must_use]
    pub fn imported(&self) -> usize {
        self.rows.iter().filter(|row| row.is_imported()).count()
    }

    /// How many rows were left out.
    #[must_use]
    pub fn skipped(&self) -> usize {
        self.rows.len() - self.imported()
    }

    /// How many imported rows have changes.
    #[must_use]
    pub fn changed(&self) -> usize {
        self.rows.iter().filter(|row| row.is_imported() && !row.changes.is_empty()).count()
    }

    /// How many variables the entries declare.
    #[must_use]
    pub fn variables(&self) -> usize {
        self.rows.iter().map(|row| row.variables).sum()
    }

    /// The report for a terminal: totals, columns, then each row that was changed, skipped or is worth a look.
    #[must_use]
    pub fn render(&self) -> String {
        let mut text = self.totals();
        self.push_columns(&mut text);
        for note in &self.notes {
            push(&mut text, note);
        }
        for row in &self.rows {
            push_row(&mut text, row);
        }
        text
    }

    fn totals(&self) -> String {
        format!(
            "imported {} of {}, skipped {}; {} changed, with {}\n",
            self.imported(),
            counted(self.rows.len(), "row"),
            self.skipped(),
            self.changed(),
            counted(self.variables(), "variable"),
        )
    }

    fn push_columns(&self, text: &mut String) {
        let is_used = |column: &&Column| !column.fields.is_empty();
        let used: Vec<String> = self.columns.iter().filter(is_used).map(describe).collect();
        let unused: Vec<String> =
            self.columns.iter().filter(|column| !is_used(column)).map(|column| quoted(&column.name)).collect();
        if !used.is_empty() {
            push(text, &format!("columns: {}", used.join(", ")));
        }
        if !unused.is_empty() {
            push(text, &format!("columns that were not used: {}", unused.join(", ")));
        }
    }
}

/// A used column and its fields, such as `act` → title.
fn describe(column: &Column) -> String {
    let fields: Vec<&str> = column.fields.iter().map(|field| field.name()).collect();
    format!("{} → {}", quoted(&column.name), fields.join(" and "))
}

fn push_row(text: &mut String, row: &Row) {
    let quiet = row.is_imported() && row.changes.is_empty() && row.hints.is_empty();
    if quiet {
        return;
    }
    let fate = match &row.outcome {
        Outcome::Imported { id } => format!(": {id}"),
        Outcome::Skipped { reason } if row.title.is_empty() => format!(" skipped: {reason}"),
        Outcome::Skipped { reason } => format!(" skipped, {}: {reason}", quoted(&row.title)),
    };
    text.push('\n');
    push(text, &format!("row {}{fate}", row.row));
    for change in &row.changes {
        push(text, &format!("  - {change}"));
    }
    for hint in &row.hints {
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

    fn row(row: usize, outcome: Outcome, changes: &[&str], hints: &[&str]) -> Row {
        let sentences = |texts: &[&str]| texts.iter().map(ToString::to_string).collect();
        let title = String::new();
        Row {
            row,
            title,
            outcome,
            changes: sentences(changes),
            hints: sentences(hints),
            placeholders: Vec::new(),
            variables: 1,
        }
    }

    #[test]
    fn totals_come_first_and_quiet_rows_not_at_all() {
        let imported = |id: &str| Outcome::Imported { id: id.to_owned() };
        let report = Report {
            rows: vec![
                row(2, imported("prompts/a"), &[], &[]),
                row(3, imported("prompts/b"), &["x became y"], &["z"]),
                row(4, Outcome::Skipped { reason: "the prompt is empty".to_owned() }, &[], &[]),
            ],
            columns: vec![
                Column { name: "act".to_owned(), fields: vec![Field::Title] },
                Column { name: "type".to_owned(), fields: Vec::new() },
            ],
            notes: vec!["a note".to_owned()],
        };
        assert_eq!(
            report.render(),
            "imported 2 of 3 rows, skipped 1; 1 changed, with 3 variables\n\
             columns: `act` → title\n\
             columns that were not used: `type`\n\
             a note\n\
             \nrow 3: prompts/b\n  - x became y\n  - look at this: z\n\
             \nrow 4 skipped: the prompt is empty\n"
        );
    }
}
