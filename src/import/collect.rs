//! Drafts become entries: the part of an import that is the same for all formats.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::config::Config;
use crate::content::{Flaw, Id, Reserved, SUMMARY_LIMIT, Status, canonical, unusable_id};
use crate::fields::FRONT_MATTER_LIMIT;
use crate::files::FILE_LIMIT;
use crate::text::{hidden, slug};

use crate::import::bounds;
use crate::import::clean::{self, code_points, quoted};
use crate::import::draft::Draft;
use crate::import::entry::{self, Value, Values};
use crate::import::field::Field;
use crate::import::ids::Ids;
use crate::import::limits::{self, Measure};
use crate::import::placeholders::{self, Converted};
use crate::import::report::{Item, Outcome, Report};
use crate::import::{Error, File, Import, Origin, Request, summary};

/// Takes drafts one after the other and gives the import.
pub(super) struct Collector<'a> {
    request: &'a Request<'a>,
    ids: Ids<'a>,
    /// Where each title and prompt was read, to find duplicates.
    seen: BTreeMap<(String, String), Origin>,
    files: Vec<File>,
    report: Report,
}

/// A draft on its way to an entry.
struct Work<'a> {
    draft: &'a Draft,
    title: String,
    changes: Vec<String>,
    hints: Vec<String>,
}

/// Why a draft is left out, in a sentence.
struct Skip(String);

/// The folder for the entries without slashes at its ends, if entries in it are prompts and have an address.
pub(super) fn folder<'i>(into: &'i str, reserved: &Reserved) -> Result<&'i str, Error> {
    let folder = into.trim_matches('/');
    if folder != "prompts" && !folder.starts_with("prompts/") {
        return Err(Error::Into { into: into.to_owned() });
    }
    match unusable_id(&Id::of_path(&format!("{folder}/a")), reserved) {
        Some(Flaw { reason, help, .. }) => Err(Error::Folder { into: into.to_owned(), reason, help }),
        None => Ok(folder),
    }
}

impl<'a> Collector<'a> {
    /// A collector for the request, in which each draft comes of a `part`; the folder comes from [`folder`].
    pub(super) fn new(request: &'a Request<'a>, part: &'static str, folder: &'a str) -> Self {
        let ids = Ids::new(folder, request.taken, request.reserved);
        Self { request, ids, seen: BTreeMap::new(), files: Vec::new(), report: Report::of(part) }
    }

    /// Makes an entry of a draft, or says why not. Either way it is in the report.
    pub(super) fn add(&mut self, draft: &Draft) {
        let mut work = Work { draft, title: String::new(), changes: draft.changes.clone(), hints: Vec::new() };
        let item = match self.take(&mut work) {
            Ok((id, converted)) => {
                let variables = converted.variables.len();
                work.item(Outcome::Imported { id }, converted.placeholders, variables)
            }
            Err(Skip(reason)) => work.item(Outcome::Skipped { reason }, Vec::new(), 0),
        };
        self.report.items.push(item);
    }

    /// The import, with the notes that the format has for its report.
    pub(super) fn finish(self, notes: Vec<String>) -> Import {
        Import { files: self.files, report: Report { notes, ..self.report } }
    }

    fn take(&mut self, work: &mut Work<'_>) -> Result<(String, Converted), Skip> {
        // The title is settled first, so that what is skipped can be found by it.
        work.settle_title();
        let prompt = work.prompt()?;
        let mut converted = placeholders::convert(&prompt);
        work.changes.append(&mut converted.changes);
        work.hints.append(&mut converted.hints);
        work.title_from(&converted.words);
        self.refuse_duplicate(work, prompt)?;
        if let Some(reason) = bounds::too_much(&converted) {
            return Err(Skip(reason));
        }
        // What the handbook has was read without hidden characters.
        if let Some(id) = self.request.prompts.get(hidden::strip(&converted.template).trim_end()) {
            return Err(Skip(format!("its prompt is that of {} already, word for word", quoted(id))));
        }
        let values = work.values(&converted.words, self.request);
        let text = write(&values, &converted)?;
        let id = self.id(work);
        self.files.push(File { id: id.clone(), text, origin: work.draft.origin });
        Ok((id, converted))
    }

    fn refuse_duplicate(&mut self, work: &Work<'_>, prompt: String) -> Result<(), Skip> {
        match self.seen.entry((work.title.clone(), prompt)) {
            Entry::Occupied(first) => Err(Skip(format!("it has the same title and prompt as {}", first.get()))),
            Entry::Vacant(free) => {
                free.insert(work.draft.origin);
                Ok(())
            }
        }
    }

    fn id(&mut self, work: &mut Work<'_>) -> String {
        let allotted = self.ids.allot(&work.title, work.draft.origin);
        if let Some(other) = allotted.instead_of {
            work.changes.push(format!("the id is {}, since {} is taken", quoted(&allotted.id), quoted(&other)));
        }
        allotted.id
    }
}

/// The whole file, if it is within the limits of an entry.
fn write(values: &Values, converted: &Converted) -> Result<String, Skip> {
    let front_matter = entry::front_matter(values, &converted.variables);
    if front_matter.len() > FRONT_MATTER_LIMIT {
        let number = converted.variables.len();
        return Err(Skip(format!("its front matter with {number} variables would be larger than 64 KiB")));
    }
    let text = format!("{front_matter}\n{}", entry::body(&converted.template));
    if text.len() > MOST_BYTES { Err(Skip(TOO_LARGE.to_owned())) } else { Ok(text) }
}

/// The most bytes of an entry's file.
#[allow(clippy::cast_possible_truncation)]
const MOST_BYTES: usize = FILE_LIMIT as usize;
const TOO_LARGE: &str = "the entry would be larger than 1 MiB";

impl Work<'_> {
    fn item(self, outcome: Outcome, placeholders: Vec<placeholders::Placeholder>, variables: usize) -> Item {
        let Self { draft, title, changes, hints } = self;
        // What would have been changed is of no interest when nothing was written.
        let (changes, hints) = if matches!(outcome, Outcome::Imported { .. }) {
            (changes, hints)
        } else {
            (draft.changes.clone(), Vec::new())
        };
        Item { origin: draft.origin, title, outcome, changes, hints, placeholders, variables }
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
        let given = self.line(Field::Title);
        self.title = bounds::title(&given, &mut self.changes);
        if self.raw(Field::Title).trim().contains(['\n', '\r']) {
            self.changes.push("the title was put on one line".to_owned());
        }
    }

    /// Finds a title in the prompt if the draft has none.
    fn title_from(&mut self, words: &str) {
        if !self.title.is_empty() {
            return;
        }
        let found = summary::title(words);
        let part = self.draft.origin.part;
        let from = if found.is_some() { "the prompt's first words".to_owned() } else { format!("its {part}") };
        self.title = found.unwrap_or_else(|| format!("Prompt of {}", self.draft.origin));
        if self.draft.values.contains_key(&Field::Title) {
            self.changes.push(format!("the title is empty, so it was made from {from}"));
        }
    }

    /// The text of the prompt, without what no prompt can have.
    fn prompt(&mut self) -> Result<String, Skip> {
        let raw = self.raw(Field::Prompt);
        if raw.len() > MOST_BYTES {
            return Err(Skip(TOO_LARGE.to_owned()));
        }
        let prompt = clean::prompt(raw);
        // What only holds characters that nobody sees is left out when it is read, and then nothing is left to send.
        if hidden::strip(&prompt.text).trim().is_empty() {
            let all_empty = self.draft.values.values().all(|value| value.trim().is_empty());
            let what = if all_empty { self.draft.origin.part } else { "prompt" };
            return Err(Skip(format!("the {what} is empty")));
        }
        self.note_characters(&prompt);
        self.note_escapes(&prompt.text);
        Ok(prompt.text)
    }

    fn note_characters(&mut self, prompt: &clean::Prompt) {
        if !prompt.dropped.is_empty() {
            let what = code_points(&prompt.dropped);
            self.changes.push(format!("control or hidden characters were dropped from the prompt: {what}"));
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
    fn values(&mut self, words: &str, request: &Request<'_>) -> Values {
        let title = Some(Value::Text(self.title.clone()));
        let [status, audience] = self.limits(request);
        let parts = [
            (Field::Title, title),
            (Field::Summary, self.summary(words)),
            (Field::Authors, self.authors()),
            (Field::Owner, self.text(Field::Owner)),
            (Field::Team, self.text(Field::Team)),
            (Field::Status, status),
            (Field::Audience, audience),
            (Field::Created, self.day(Field::Created)),
            (Field::Updated, self.day(Field::Updated)),
            (Field::Roles, self.terms(Field::Roles, request.config)),
            (Field::Tasks, self.terms(Field::Tasks, request.config)),
            (Field::Channels, self.terms(Field::Channels, request.config)),
            (Field::Tags, list(self.items(Field::Tags))),
            (Field::AdaptedFrom, self.source(request.taken)),
        ];
        let given = parts.into_iter().filter_map(|(field, value)| Some((field, value?))).collect();
        bounds::values(given, &mut self.changes)
    }

    /// The summary of the draft, else one from the prompt.
    fn summary(&mut self, words: &str) -> Option<Value> {
        let given = self.line(Field::Summary);
        if !given.is_empty() {
            let cut = summary::cut(&given, SUMMARY_LIMIT);
            if cut != given {
                self.changes.push(format!("the summary was cut to {SUMMARY_LIMIT} characters"));
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

    /// The terms of a facet, spelt as the config spells them; others in the way of those that come with every handbook.
    fn terms(&mut self, field: Field, config: &Config) -> Option<Value> {
        let facet = config.facets.iter().find(|facet| facet.name == field.name());
        let known = facet.map(|facet| facet.terms.as_slice()).unwrap_or_default();
        let as_known = |written: &str| known.iter().find(|term| canonical(term) == canonical(written)).cloned();
        let mut terms = Vec::new();
        for item in self.items(field) {
            let slug = slug::ascii(&item);
            let term = as_known(&item).or_else(|| as_known(&slug)).unwrap_or(slug);
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

    /// The status and the audience of the draft, as far as it has some; what was imported is to be reviewed.
    fn limits(&mut self, request: &Request<'_>) -> [Option<Value>; 2] {
        let Request { config, today, .. } = *request;
        let verdict = limits::verdict(&self.draft.limits, Measure { config, today, part: self.draft.origin.part });
        self.changes.extend(verdict.changes);
        let status = verdict.status.unwrap_or(Status::InReview);
        let audience = verdict.audience.map(|audience| config.audiences[audience.0].clone());
        [Some(Value::Text(status.word().to_owned())), audience.map(Value::Text)]
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

fn list(items: Vec<String>) -> Option<Value> {
    (!items.is_empty()).then_some(Value::List(items))
}

/// The day at the start of a date, with or without a time behind it, if the calendar has that day.
fn day_in(text: &str) -> Option<&str> {
    let (day, rest) = text.split_at_checked(10)?;
    let date: Date = day.parse().ok()?;
    // Other ways to write a day are not those of front matter.
    (date.to_string() == day && (rest.is_empty() || rest.starts_with(['T', ' ']))).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::fixture;

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
        let reserved = fixture::reserved();
        assert_eq!(folder("/prompts/imported/", &reserved), Ok("prompts/imported"));
        assert_eq!(folder("prompts", &reserved), Ok("prompts"));
        for into in ["", "wins", "promptsx", "Prompts"] {
            assert!(matches!(folder(into, &reserved), Err(Error::Into { .. })), "{into}");
        }
        for name in ["../wins", "/a", ".git", "a\\b", "a\n", "x.html", "con"] {
            let into = format!("prompts/{name}");
            assert!(matches!(folder(&into, &reserved), Err(Error::Folder { .. })), "{into}");
        }
    }
}
