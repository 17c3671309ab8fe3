//! Drafts become entries: the part of an import that is the same for all formats.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use crate::text::slug;

use super::clean::{self, code_points, quoted};
use super::entry::{self, Value, Values};
use super::field::Field;
use super::ids::Ids;
use super::placeholders::{self, Converted};
use super::report::{Column, Outcome, Report, Row};
use super::{Error, File, Import, Request, summary};

/// What a format has read of one prompt.
#[derive(Debug)]
pub(super) struct Draft {
    /// Its row, as a spreadsheet counts.
    pub row: usize,
    /// The values as they were read; a field without a value is absent or empty.
    pub values: BTreeMap<Field, String>,
    /// What the format found odd about the row, in sentences.
    pub changes: Vec<String>,
}

/// Takes drafts one after the other and gives the import.
pub(super) struct Collector<'a> {
    taken: &'a dyn Fn(&str) -> bool,
    ids: Ids<'a>,
    /// The row of each title and prompt, to find duplicates.
    seen: BTreeMap<(String, String), usize>,
    files: Vec<File>,
    rows: Vec<Row>,
}

/// A row on its way to an entry.
struct Work<'a> {
    draft: &'a Draft,
    title: String,
    changes: Vec<String>,
    hints: Vec<String>,
}

/// Why a row is left out, in a sentence.
struct Skip(String);

/// The folder for the entries without slashes at its ends, if entries in it are prompts.
pub(super) fn folder(into: &str) -> Result<&str, Error> {
    let folder = into.trim_matches('/');
    let in_prompts = folder == "prompts" || folder.starts_with("prompts/");
    if in_prompts && folder.split('/').all(is_folder_name) {
        Ok(folder)
    } else {
        Err(Error::Into { into: into.to_owned() })
    }
}

/// Whether every file system and address can have a folder of this name.
fn is_folder_name(name: &str) -> bool {
    let plain = !name.contains(['\\', ':', '<', '>', '"', '|', '?', '*', '#', '%']);
    let dotted = name.starts_with('.') || name.ends_with('.');
    !name.is_empty() && plain && !dotted && clean::one_line(name).text == name
}

impl<'a> Collector<'a> {
    /// A collector for the request; the folder comes from [`folder`].
    pub(super) fn new(request: &Request<'a>, folder: &'a str) -> Self {
        let ids = Ids::new(folder, request.taken);
        Self { taken: request.taken, ids, seen: BTreeMap::new(), files: Vec::new(), rows: Vec::new() }
    }

    /// Makes an entry of a draft, or says why not. Either way its row is in the report.
    pub(super) fn add(&mut self, draft: &Draft) {
        let mut work = Work { draft, title: String::new(), changes: draft.changes.clone(), hints: Vec::new() };
        let row = match self.take(&mut work) {
            Ok((id, converted)) => {
                let variables = converted.variables.len();
                work.row(Outcome::Imported { id }, converted.placeholders, variables)
            }
            Err(Skip(reason)) => work.row(Outcome::Skipped { reason }, Vec::new(), 0),
        };
        self.rows.push(row);
    }

    /// The import, with the columns and notes that the format has for its report.
    pub(super) fn finish(self, columns: Vec<Column>, notes: Vec<String>) -> Import {
        Import { files: self.files, report: Report { rows: self.rows, columns, notes } }
    }

    fn take(&mut self, work: &mut Work<'_>) -> Result<(String, Converted), Skip> {
        // The title is settled first, so that a skipped row can be found by it.
        work.settle_title();
        let prompt = work.prompt()?;
        let mut converted = placeholders::convert(&prompt);
        work.changes.append(&mut converted.changes);
        work.hints.append(&mut converted.hints);
        work.title_from(&converted.words);
        self.refuse_duplicate(work, prompt)?;
        let values = work.values(&converted.words, self.taken);
        let text = write(&values, &converted)?;
        let id = self.id(work);
        self.files.push(File { id: id.clone(), text, row: work.draft.row });
        Ok((id, converted))
    }

    fn refuse_duplicate(&mut self, work: &Work<'_>, prompt: String) -> Result<(), Skip> {
        match self.seen.entry((work.title.clone(), prompt)) {
            Entry::Occupied(first) => Err(Skip(format!("it has the same title and prompt as row {}", first.get()))),
            Entry::Vacant(free) => {
                free.insert(work.draft.row);
                Ok(())
            }
        }
    }

    fn id(&mut self, work: &mut Work<'_>) -> String {
        let allotted = self.ids.allot(&work.title, work.draft.row);
        if let Some(other) = allotted.instead_of {
            work.changes.push(format!("the id is {}, since {} is taken", quoted(&allotted.id), quoted(&other)));
        }
        allotted.id
    }
}

/// The whole file, if it is within the limits of an entry.
fn write(values: &Values, converted: &Converted) -> Result<String, Skip> {
    let front_matter = entry::front_matter(values, &converted.variables);
    if front_matter.len() > entry::MOST_FRONT_MATTER {
        let number = converted.variables.len();
        return Err(Skip(format!("its front matter with {number} variables would be larger than 64 KiB")));
    }
    let text = format!("{front_matter}\n{}", entry::body(&converted.template));
    if text.len() > entry::MOST_BYTES { Err(Skip(TOO_LARGE.to_owned())) } else { Ok(text) }
}

const TOO_LARGE: &str = "the entry would be larger than 1 MiB";

impl Work<'_> {
    fn row(self, outcome: Outcome, placeholders: Vec<placeholders::Placeholder>, variables: usize) -> Row {
        let Self { draft, title, changes, hints } = self;
        // What would have been changed is of no interest when nothing was written.
        let (changes, hints) = if matches!(outcome, Outcome::Imported { .. }) {
            (changes, hints)
        } else {
            (draft.changes.clone(), Vec::new())
        };
        Row { row: draft.row, title, outcome, changes, hints, placeholders, variables }
    }

    /// A field's value as it was read.
    fn raw(&self, field: Field) -> &str {
        self.draft.values.get(&field).map_or("", String::as_str)
    }

    /// A field's value on one line; what is dropped is reported.
    fn line(&mut self, field: Field) -> String {
        let line = clean::one_line(self.raw(field));
        if !line.dropped.is_empty() {
            let what = code_points(&line.dropped);
            self.changes.push(format!("hidden or control characters were dropped from the {}: {what}", field.name()));
        }
        line.text
    }

    fn settle_title(&mut self) {
        self.title = self.line(Field::Title);
        if self.raw(Field::Title).trim().contains(['\n', '\r']) {
            self.changes.push("the title was put on one line".to_owned());
        }
    }

    /// Finds a title in the prompt if the row has none.
    fn title_from(&mut self, words: &str) {
        if !self.title.is_empty() {
            return;
        }
        let found = summary::title(words);
        let from = if found.is_some() { "the prompt's first words" } else { "its row" };
        self.title = found.unwrap_or_else(|| format!("Prompt of row {}", self.draft.row));
        if self.draft.values.contains_key(&Field::Title) {
            self.changes.push(format!("the title is empty, so it was made from {from}"));
        }
    }

    /// The text of the prompt, without what no prompt can have.
    fn prompt(&mut self) -> Result<String, Skip> {
        let raw = self.raw(Field::Prompt);
        if raw.len() > entry::MOST_BYTES {
            return Err(Skip(TOO_LARGE.to_owned()));
        }
        let prompt = clean::prompt(raw);
        if prompt.text.trim().is_empty() {
            let all_empty = self.draft.values.values().all(|value| value.trim().is_empty());
            return Err(Skip(if all_empty { "the row is empty" } else { "the prompt is empty" }.to_owned()));
        }
        self.note_characters(&prompt);
        self.note_escapes(&prompt.text);
        Ok(prompt.text)
    }

    fn note_characters(&mut self, prompt: &clean::Prompt) {
        if !prompt.dropped.is_empty() {
            let what = code_points(&prompt.dropped);
            self.changes.push(format!("control characters were dropped from the prompt: {what}"));
        }
        if !prompt.hidden.is_empty() {
            let what = code_points(&prompt.hidden);
            self.hints.push(format!("the prompt has characters that cannot be seen; they were kept: {what}"));
        }
    }

    /// Points to `\n` that a badly written export left instead of line breaks; JSON may mean it, so it stays.
    fn note_escapes(&mut self, prompt: &str) {
        let number = prompt.matches("\\n").count();
        if number >= 2 && !prompt.contains('\n') {
            self.hints
                .push(format!("the prompt is one line with {number} times `\\n`; they may have been line breaks"));
        }
    }

    /// The front matter, but for the variables.
    fn values(&mut self, words: &str, taken: &dyn Fn(&str) -> bool) -> Values {
        let title = Some(Value::Text(self.title.clone()));
        let parts = [
            (Field::Title, title),
            (Field::Summary, self.summary(words)),
            (Field::Authors, self.authors()),
            (Field::Owner, self.text(Field::Owner)),
            (Field::Team, self.text(Field::Team)),
            (Field::Status, Some(self.status())),
            (Field::Created, self.day(Field::Created)),
            (Field::Updated, self.day(Field::Updated)),
            (Field::Roles, self.terms(Field::Roles)),
            (Field::Tasks, self.terms(Field::Tasks)),
            (Field::Channels, self.terms(Field::Channels)),
            (Field::Tags, list(self.items(Field::Tags))),
            (Field::AdaptedFrom, self.source(taken)),
        ];
        parts.into_iter().filter_map(|(field, value)| value.map(|value| (field, value))).collect()
    }

    /// The summary of the row, else one from the prompt.
    fn summary(&mut self, words: &str) -> Option<Value> {
        let given = self.line(Field::Summary);
        if !given.is_empty() {
            let cut = summary::cut(&given, summary::MOST);
            if cut != given {
                self.changes.push(format!("the summary was cut to {} characters", summary::MOST));
            }
            return Some(Value::Text(cut));
        }
        let found = summary::summary(words);
        if found.is_none() {
            self.hints.push("it has no summary, since the prompt is data and has no first sentence".to_owned());
        }
        found.map(Value::Text)
    }

    fn text(&mut self, field: Field) -> Option<Value> {
        let text = self.line(field);
        (!text.is_empty()).then_some(Value::Text(text))
    }

    fn authors(&mut self) -> Option<Value> {
        let authors = self.items(Field::Authors);
        let mails: Vec<&str> = authors.iter().map(String::as_str).filter(|author| author.contains('@')).collect();
        if !mails.is_empty() {
            let mails = clean::quoted_list(mails.into_iter());
            self.hints.push(format!("an author is an e-mail address, which the site would publish: {mails}"));
        }
        list(authors)
    }

    /// The parts of a value between commas, each once.
    fn items(&mut self, field: Field) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let line = self.line(field);
        let parts = line.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
        parts.filter(|part| seen.insert(*part)).map(str::to_owned).collect()
    }

    /// The terms of a facet, spelt as the configuration spells terms.
    fn terms(&mut self, field: Field) -> Option<Value> {
        let mut terms = Vec::new();
        for item in self.items(field) {
            let term = slug::ascii(&item);
            if term != item {
                let (item, term) = (quoted(&item), quoted(&term));
                self.changes.push(format!("the term {item} of {} became {term}", field.name()));
            }
            if !term.is_empty() && !terms.contains(&term) {
                terms.push(term);
            }
        }
        list(terms)
    }

    /// The status of the row if it is one; what was imported is to be reviewed.
    fn status(&mut self) -> Value {
        let given = self.line(Field::Status);
        let status = slug::ascii(&given);
        if STATUSES.contains(&status.as_str()) {
            return Value::Text(status);
        }
        if !given.is_empty() {
            self.changes.push(format!("the status {} is not known, so it became `in-review`", quoted(&given)));
        }
        Value::Text("in-review".to_owned())
    }

    fn day(&mut self, field: Field) -> Option<Value> {
        let given = self.line(field);
        let day = day_in(&given);
        if day.is_none() && !given.is_empty() {
            let (name, given) = (field.name(), quoted(&given));
            self.changes
                .push(format!("the day {given} in {name} was left out, since it is not of the form `2026-05-04`"));
        }
        day.map(|day| Value::Date(day.to_owned()))
    }

    /// Where the prompt comes from: an address, or an entry that there is.
    fn source(&mut self, taken: &dyn Fn(&str) -> bool) -> Option<Value> {
        let given = self.line(Field::AdaptedFrom);
        let is_address = given.starts_with("https://") || given.starts_with("http://");
        if given.is_empty() {
            None
        } else if is_address && !given.contains(' ') || taken(&given) {
            Some(Value::Text(given))
        } else {
            self.changes
                .push(format!("the source {} was left out, since it is no web address and no entry", quoted(&given)));
            None
        }
    }
}

const STATUSES: [&str; 4] = ["draft", "in-review", "approved", "deprecated"];

fn list(items: Vec<String>) -> Option<Value> {
    (!items.is_empty()).then_some(Value::List(items))
}

/// The day at the start of a date, with or without a time behind it, if the calendar has that day.
fn day_in(text: &str) -> Option<&str> {
    let (day, rest) = text.split_at_checked(10)?;
    let mut parts = day.split('-');
    let mut part = |length| {
        let digits =
            parts.next().filter(|part: &&str| part.len() == length && part.bytes().all(|b| b.is_ascii_digit()))?;
        digits.parse::<u32>().ok()
    };
    let (year, month, date) = (part(4)?, part(2)?, part(2)?);
    let real = (1..=12).contains(&month) && (1..=days_of(year, month)).contains(&date);
    (real && (rest.is_empty() || rest.starts_with(['T', ' ']))).then_some(day)
}

const fn days_of(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_one_of_the_calendar() {
        assert_eq!(day_in("2024-02-29T10:00:00Z"), Some("2024-02-29"));
        assert_eq!(day_in("2026-05-04"), Some("2026-05-04"));
        for text in ["2023-02-29", "2026-13-01", "2026-05-045", "05/04/2026", "2026-5-4", "", "2026-05-0é"] {
            assert_eq!(day_in(text), None, "{text}");
        }
    }

    #[test]
    fn only_folders_for_prompts_are_taken() {
        assert_eq!(folder("/prompts/imported/"), Ok("prompts/imported"));
        assert_eq!(folder("prompts"), Ok("prompts"));
        for into in
            ["", "wins", "promptsx", "prompts/../wins", "prompts//a", "prompts/.git", "prompts/a\\b", "prompts/a\n"]
        {
            assert!(folder(into).is_err(), "{into}");
        }
    }
}
