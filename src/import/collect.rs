//! Drafts become entries: the part of an import that is the same for all formats.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::content::kinds::Prompt;
use crate::content::{Common, Flaw, Id, Reserved, SUMMARY_LIMIT, Status, unusable_id};
use crate::fields::{FRONT_MATTER_LIMIT, Guard};
use crate::files::FILE_LIMIT;
use crate::text::hidden;

use crate::import::bounds;
use crate::import::clean::{self, code_points, quoted};
use crate::import::draft::Draft;
use crate::import::entry::{self, Records};
use crate::import::field::{PROMPT, SUMMARY, TITLE};
use crate::import::given::Given;
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
    given: Given<'a>,
    title: String,
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
        let given = Given { draft, taken: self.request.taken, changes: draft.changes.clone(), hints: Vec::new() };
        let mut work = Work { given, title: String::new() };
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
        work.given.changes.append(&mut converted.changes);
        work.given.hints.append(&mut converted.hints);
        work.title_from(&converted.words);
        self.refuse_duplicate(work, prompt)?;
        if let Some(reason) = bounds::too_much(&converted) {
            return Err(Skip(reason));
        }
        // What the handbook has was read without hidden characters.
        if let Some(id) = self.request.prompts.get(hidden::strip(&converted.template).trim_end()) {
            return Err(Skip(format!("its prompt is that of {} already, word for word", quoted(id))));
        }
        let text = write(&work.records(&converted, self.request), &converted.template)?;
        let id = self.id(work);
        self.files.push(File { id: id.clone(), text, origin: work.given.draft.origin });
        Ok((id, converted))
    }

    fn refuse_duplicate(&mut self, work: &Work<'_>, prompt: String) -> Result<(), Skip> {
        match self.seen.entry((work.title.clone(), prompt)) {
            Entry::Occupied(first) => Err(Skip(format!("it has the same title and prompt as {}", first.get()))),
            Entry::Vacant(free) => {
                free.insert(work.given.draft.origin);
                Ok(())
            }
        }
    }

    fn id(&mut self, work: &mut Work<'_>) -> String {
        let allotted = self.ids.allot(&work.title, work.given.draft.origin);
        if let Some(other) = allotted.instead_of {
            work.given.changes.push(format!("the id is {}, since {} is taken", quoted(&allotted.id), quoted(&other)));
        }
        allotted.id
    }
}

/// The whole file, if it is within the limits of an entry.
fn write(records: &Records<'_>, template: &str) -> Result<String, Skip> {
    let front_matter = records.front_matter();
    if front_matter.len() > FRONT_MATTER_LIMIT {
        let number = records.prompt.variables.len();
        return Err(Skip(format!("its front matter with {number} variables would be larger than 64 KiB")));
    }
    let text = format!("{front_matter}\n{}", entry::body(template));
    if text.len() > MOST_BYTES { Err(Skip(TOO_LARGE.to_owned())) } else { Ok(text) }
}

/// The most bytes of an entry's file.
#[allow(clippy::cast_possible_truncation)]
const MOST_BYTES: usize = FILE_LIMIT as usize;
const TOO_LARGE: &str = "the entry would be larger than 1 MiB";

impl Work<'_> {
    fn item(self, outcome: Outcome, placeholders: Vec<placeholders::Placeholder>, variables: usize) -> Item {
        let Self { given: Given { draft, changes, hints, .. }, title } = self;
        // What would have been changed is of no interest when nothing was written.
        let (changes, hints) = if matches!(outcome, Outcome::Imported { .. }) {
            (changes, hints)
        } else {
            (draft.changes.clone(), Vec::new())
        };
        Item { origin: draft.origin, title, outcome, changes, hints, placeholders, variables }
    }

    fn settle_title(&mut self) {
        let given = self.given.line(TITLE);
        self.title = bounds::title(&given, &mut self.given.changes);
        if self.given.raw(TITLE).trim().contains(['\n', '\r']) {
            self.given.changes.push("the title was put on one line".to_owned());
        }
    }

    /// Finds a title in the prompt if the draft has none.
    fn title_from(&mut self, words: &str) {
        if !self.title.is_empty() {
            return;
        }
        let found = summary::title(words);
        let draft = self.given.draft;
        let part = draft.origin.part;
        let from = if found.is_some() { "the prompt's first words".to_owned() } else { format!("its {part}") };
        self.title = found.unwrap_or_else(|| format!("Prompt of {}", draft.origin));
        if draft.values.contains_key(TITLE) {
            self.given.changes.push(format!("the title is empty, so it was made from {from}"));
        }
    }

    /// The text of the prompt, without what no prompt can have.
    fn prompt(&mut self) -> Result<String, Skip> {
        let draft = self.given.draft;
        let raw = self.given.raw(PROMPT);
        if raw.len() > MOST_BYTES {
            return Err(Skip(TOO_LARGE.to_owned()));
        }
        let prompt = clean::prompt(raw);
        // What only holds characters that nobody sees is left out when it is read, and then nothing is left to send.
        if hidden::strip(&prompt.text).trim().is_empty() {
            let all_empty = draft.values.values().all(|value| value.trim().is_empty());
            let what = if all_empty { draft.origin.part } else { "prompt" };
            return Err(Skip(format!("the {what} is empty")));
        }
        self.note_characters(&prompt);
        self.note_escapes(&prompt.text);
        Ok(prompt.text)
    }

    fn note_characters(&mut self, prompt: &clean::Prompt) {
        if !prompt.dropped.is_empty() {
            let what = code_points(&prompt.dropped);
            self.given.changes.push(format!("control or hidden characters were dropped from the prompt: {what}"));
        }
        if !prompt.hidden.is_empty() {
            let what = code_points(&prompt.hidden);
            self.given.hints.push(format!("the prompt has characters that cannot be seen; they were kept: {what}"));
        }
    }

    /// Points to `\n` that a badly written export left instead of line breaks; JSON may mean it, so it stays.
    fn note_escapes(&mut self, prompt: &str) {
        let number = prompt.matches("\\n").count();
        if number >= 2 && !prompt.contains('\n') {
            self.given
                .hints
                .push(format!("the prompt is one line with {number} times `\\n`; they may have been line breaks"));
        }
    }

    /// What the entry says of itself.
    fn records<'c>(&mut self, converted: &Converted, request: &Request<'c>) -> Records<'c> {
        let (status, audience) = self.limits(request);
        let made = [
            (TITLE, Some(self.title.clone())),
            (SUMMARY, self.summary(&converted.words)),
            (Guard::Status.key(), Some(status)),
            (Guard::Audience.key(), audience),
        ];
        let common: Common = self.given.record(&made);
        let facets = self.given.facets(request.config);
        let variables = converted.variables.iter().map(entry::declared).collect();
        Records { common, facets, prompt: Prompt { variables, ..self.given.record(&[]) } }
    }

    /// The summary of the draft, else one from the prompt.
    fn summary(&mut self, words: &str) -> Option<String> {
        let given = self.given.line(SUMMARY);
        if !given.is_empty() {
            let cut = summary::cut(&given, SUMMARY_LIMIT);
            if cut != given {
                self.given.changes.push(format!("the summary was cut to {SUMMARY_LIMIT} characters"));
            }
            return Some(cut);
        }
        let found = summary::summary(words);
        if found.is_none() {
            self.given.hints.push("it has no summary, since the prompt is data and has no first sentence".to_owned());
        }
        found
    }

    /// The status and the audience of the draft, as far as it has some; what was imported is to be reviewed.
    fn limits(&mut self, request: &Request<'_>) -> (String, Option<String>) {
        let Request { config, today, .. } = *request;
        let draft = self.given.draft;
        let verdict = limits::verdict(&draft.limits, Measure { config, today, part: draft.origin.part });
        self.given.changes.extend(verdict.changes);
        let status = verdict.status.unwrap_or(Status::InReview);
        let audience = verdict.audience.map(|audience| config.audiences[audience.0].clone());
        (status.word().to_owned(), audience)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::fixture;

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
