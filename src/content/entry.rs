//! One entry: a Markdown file, understood.

use std::collections::HashSet;
use std::ops::{Deref, Range};
use std::sync::Arc;

use jiff::civil::Date;

use crate::config::{Audience, Config, Facet, unknown_audience};
use crate::content::common::SUMMARY_LIMIT;
use crate::content::{
    Common, Fields, Id, Kind, Message, Reference, Status, kinds, limits, message, reference, second_head, web_link,
};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::fields::{
    self, Doubt, Due, Fences, Fielded, Guard, Keys, List, Parts, Record, Shape, Syntax, Telling, ValueRef, quoted,
    walk, write,
};
use crate::files::EntryFile;
use crate::markdown::{Heading, Outline, outline};
use crate::text::spelling::canonical;
use crate::text::words::{capitalised, one_line};
use crate::text::{Source, Span, Spanned, suggest};

/// A Markdown file, typed by its kind.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its id.
    pub id: Id,
    /// What sort of entry it is.
    pub kind: Kind,
    /// Its file.
    pub source: Arc<Source>,
    /// The notation of its front matter; the house style where it has none.
    pub syntax: Syntax,
    /// Whether all of its front matter could be parsed.
    pub is_whole: bool,
    /// Where the body stands in the file.
    pub body: Range<usize>,
    /// The fields that every kind has.
    pub common: Common,
    /// Its terms in each facet of the config, in the config's order.
    pub facets: Vec<FacetTerms>,
    /// Who may see it. In doubt it is for the fewest.
    pub audience: Audience,
    /// What decides who may see it and could not be understood.
    pub doubt: Doubt,
    /// The day before which another tool would not show it.
    pub due: Option<Due>,
    /// Whether that day is still to come, which whoever loads it [settles](super::to_come::settle).
    pub is_to_come: bool,
    /// The fields of its kind.
    pub fields: Fields,
    /// What its body holds.
    pub outline: Outline,
    /// The prompt blocks of its body.
    pub messages: Vec<Message>,
    /// The day of its last change: as written, else as git knows it.
    pub updated: Option<Date>,
    /// Every field that names another entry, in the order of the fields. Walking all fields takes longer than anything
    /// that is done with them, and an entry is kept while others change.
    pub references: Vec<Reference>,
    /// The dates that tell when something happened.
    pub past_dates: Vec<PastDate>,
    title: String,
}

/// A date of an entry that tells when something happened, also of fields within tables and lists.
#[derive(Debug, Clone, Copy)]
pub struct PastDate {
    /// The innermost key: of a test it is `tested_on`.
    pub key: &'static str,
    /// The day.
    pub day: Date,
    /// Where it is written.
    pub span: Span,
}

/// The terms of an entry in one facet, as places in the config's list, ascending, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FacetTerms(pub Vec<usize>);

/// Front matter as records, before anything is derived from it: what there is of a file even where nothing could be
/// understood.
struct Front {
    common: Common,
    facets: Vec<List<String>>,
    fields: Fields,
}

impl Entry {
    /// Reads a file and reports everything that can be seen in it alone.
    pub(super) fn read(file: &EntryFile, config: &Config, problems: &mut Problems) -> Self {
        let source = &file.source;
        let id = Id::of_path(&file.path);
        let kind = id.kind();
        // Of a file that could not be read nothing else is told, and nothing of it is shown.
        let split = |problems| fields::split(source, &kinds::is_head_key, problems);
        let parts = if file.intact { split(&mut *problems) } else { Parts::unread(source) };
        let known = || kinds::known_fields(kind, config);
        let front = fields::parse(source, &parts, &known, problems, |keys| read_front(keys, kind, config));
        let is_sound = front.is_whole;
        let (doubt, due, front) = (front.doubt, front.due, front.value);
        let readable = is_sound || front.common.title.is_some();
        // Where nobody knows what belongs between its fences, the rest is reported as that.
        let is_open = parts.fences == Fences::Open;
        let has_second = !is_open && second_head::check(source, &parts, &kinds::is_head_key, problems);
        let doubt = if has_second { Doubt { status: true, audience: true } } else { doubt };
        let written_title = front.common.title.as_ref().map(|title| title.value.as_str());
        let outline = outline(source, parts.body.clone(), written_title, problems);
        let messages = message::messages(&outline.fences, problems);
        let audience = audience(front.common.audience.as_ref(), doubt, config, problems);
        let broken = !is_sound || problems.has(Rule::FrontMatterSyntax);
        let audience = audience.filter(|_| !broken || !speaks_of_audience(source, config));
        let status = doubt.status || broken && mentions(source, "draft");
        let mut entry = Self {
            id,
            kind,
            source: Arc::clone(source),
            syntax: parts.syntax,
            is_whole: is_sound,
            body: parts.body.clone(),
            audience: audience.unwrap_or(config.narrowest()),
            doubt: Doubt { status, audience: audience.is_none() },
            due,
            is_to_come: false,
            facets: facets(&front.facets, config, problems),
            updated: front.common.updated.as_ref().map(|date| date.value),
            common: front.common,
            fields: front.fields,
            outline,
            messages,
            references: Vec::new(),
            past_dates: Vec::new(),
            title: String::new(),
        };
        entry.title = entry.made_title();
        if file.intact && readable {
            entry.check(problems);
        }
        entry.dedup();
        entry.references = reference::references(entry.records());
        entry.past_dates = past_dates(entry.records());
        entry
    }

    /// The title: that of the front matter, else the first heading of level 1, else a name made from the file's.
    pub fn title(&self) -> &str {
        &self.title
    }

    fn made_title(&self) -> String {
        let written = self.common.title.as_ref().map(|title| title.value.as_str());
        written.or(self.heading_title()).map_or_else(|| spaced(self.id.name()), one_line)
    }

    /// The summary; empty where there is none.
    pub fn summary(&self) -> String {
        self.common.summary.as_ref().map(|summary| one_line(summary)).unwrap_or_default()
    }

    /// The text of the body, as written.
    pub fn body_text(&self) -> &str {
        self.source.slice(self.body.clone())
    }

    /// Everything that its page shows of the body as text, blocks apart by line feeds. Made anew at each call.
    pub fn shown_text(&self) -> String {
        self.outline.text.of(self.body_text())
    }

    /// Whether it is built only with `--drafts`.
    pub fn is_draft(&self) -> bool {
        self.doubt.status || self.is_to_come || self.status() == Some(Status::Draft)
    }

    /// How far it has come.
    pub fn status(&self) -> Option<Status> {
        self.common.status.as_ref().map(|status| status.value)
    }

    /// Its fields, those of every kind first, to be walked.
    pub fn records(&self) -> [&dyn Fielded; 2] {
        [&self.common, self.fields.record()]
    }

    /// Its front matter with fences: what was read of the file's, in either notation.
    pub fn front_matter(&self, config: &Config, syntax: Syntax) -> String {
        let names = config.facets.iter().map(|facet| facet.name.as_str());
        front_matter(self.records(), &names.zip(self.facet_words(config)).collect::<Vec<_>>(), syntax)
    }

    /// Its terms in each facet as they are written.
    fn facet_words<'c>(&self, config: &'c Config) -> impl Iterator<Item = Vec<&'c str>> {
        let words =
            |(facet, own): (&'c Facet, &FacetTerms)| own.0.iter().map(|nth| facet.terms[*nth].as_str()).collect();
        config.facets.iter().zip(&self.facets).map(words)
    }

    fn check(&self, problems: &mut Problems) {
        self.check_title(problems);
        self.check_summary(problems);
        self.check_limits(problems);
        self.check_dates(problems);
        self.check_addresses(problems);
        self.fields.check(self, problems);
    }

    fn check_title(&self, problems: &mut Problems) {
        if self.common.title.is_some() {
            return;
        }
        if let Some(heading) = self.outline.title() {
            return limit_title(heading, problems);
        }
        let file = Span::file(self.source.id);
        let message = format!("the entry has no title, so it is called `{}` after its file", self.title());
        let line = self.syntax.line(Common::KEYS.title.as_str(), &quoted("…"));
        let problem = Diagnostic::new(Rule::MissingTitle, file, message);
        problems.push_missing(
            file,
            Common::KEYS.title.as_str(),
            problem.help(format!("add `{line}`, or begin the text with `# …`")),
        );
    }

    /// The first heading of level 1, which is the title where the front matter has none.
    fn heading_title(&self) -> Option<&str> {
        self.outline.title().map(|heading| heading.text.as_str())
    }

    fn check_summary(&self, problems: &mut Problems) {
        let Some(summary) = &self.common.summary else { return };
        let length = summary.chars().count();
        if length > SUMMARY_LIMIT && length <= limits::SUMMARY_MOST {
            let message = format!("the summary has {length} characters, more than {SUMMARY_LIMIT}");
            problems.push(
                Diagnostic::new(Rule::Summary, summary.span, message).help("keep the sentence that says what you get"),
            );
        }
    }

    /// What other pages repeat, or makes pages of its own, must be in proportion.
    fn check_limits(&self, problems: &mut Problems) {
        limits::links(&self.outline, problems);
        for record in self.records() {
            limits::record(record, problems);
        }
    }

    /// What leads out of the handbook must be an address that may be followed.
    fn check_addresses(&self, problems: &mut Problems) {
        for record in self.records() {
            walk(record, &mut |leaf| {
                if let (Shape::Address, ValueRef::Text(url)) = (leaf.shape, leaf.value) {
                    web_link::check_address(url, leaf.span, problems);
                }
            });
        }
    }

    fn check_dates(&self, problems: &mut Problems) {
        let Some(created) = &self.common.created else { return };
        for (name, date) in
            [(Common::KEYS.updated, &self.common.updated), (Common::KEYS.review_by, &self.common.review_by)]
        {
            if let Some(date) = date.as_ref().filter(|date| date.value < created.value) {
                let problem = Diagnostic::new(Rule::InvalidValue, date.span, format!("`{name}` is before `created`"));
                problems.push(problem.place(created.span, "created here").help("correct one of the two dates"));
            }
        }
    }

    /// A value that is written twice counts once.
    fn dedup(&mut self) {
        let common = &mut self.common;
        once_each(&mut common.tags);
        once_each(&mut common.authors);
        once_each(&mut common.related);
        for alias in &mut common.aliases {
            alias.value = below_root(&alias.value);
        }
        once_each(&mut common.aliases);
    }
}

/// Front matter with fences: the fields of every kind, terms of facets, and the fields of the kind.
pub fn front_matter(records: [&dyn Fielded; 2], facets: &[(&str, Vec<&str>)], syntax: Syntax) -> String {
    let [common, own] = records;
    let facets = facets.iter().filter(|(_, terms)| !terms.is_empty());
    let facets = facets.map(|(name, terms)| (*name, ValueRef::List(terms)));
    let pairs: Vec<_> = write::present(common).into_iter().chain(facets).chain(write::present(own)).collect();
    write::front_matter(&pairs, syntax)
}

fn past_dates(records: [&dyn Fielded; 2]) -> Vec<PastDate> {
    let mut dates = Vec::new();
    for record in records {
        walk(record, &mut |leaf| {
            if let (true, ValueRef::Day(day)) = (leaf.field.is_past, leaf.value) {
                dates.push(PastDate { key: leaf.field.key, day, span: leaf.span });
            }
        });
    }
    dates
}

/// An address in the style of those that begin with a slash and name a folder, as a path below the site's root.
fn below_root(alias: &str) -> String {
    let path = if alias.contains("//") { alias } else { alias.strip_prefix('/').unwrap_or(alias) };
    match path.strip_suffix('/') {
        Some(folder) if !folder.is_empty() => format!("{folder}/index"),
        _ => path.to_owned(),
    }
}

fn once_each<T: Deref<Target = str>>(list: &mut List<T>) {
    let mut seen = HashSet::new();
    list.retain(|item| seen.insert(item.value.to_owned()));
}

/// Whether a file whose front matter cannot be read, at least not all of it, may say that it is for some and not for all.
fn speaks_of_audience(source: &Source, config: &Config) -> bool {
    let usual = config.audience.unwrap_or(config.narrowest());
    mentions(source, "audience") || config.audiences.iter().skip(usual.0 + 1).any(|name| mentions(source, name))
}

fn mentions(source: &Source, word: &str) -> bool {
    canonical(&source.text).contains(&canonical(word))
}

fn read_front(keys: &mut Keys<'_, '_, '_>, kind: Kind, config: &Config) -> Front {
    keys.accept_foreign(kinds::fields_of(kind), kind.spec().also, kind.spec().unknown, &telling(config));
    let common = keys.record();
    // A facet with the name of a field is a mistake of the config; the field keeps its meaning.
    let facets = config.facets.iter();
    let facets =
        facets.map(|f| if kinds::is_field(&f.name) { List::new() } else { keys.named(&f.name, &f.terms) }).collect();
    keys.own_keys(kinds::fields_of(kind));
    let own = Fields::read(kind, keys);
    keys.report_unknown(|key| kinds::belongs_elsewhere(key, kind, config));
    Front { common, facets, fields: own }
}

/// The names of the audiences that are narrower than that of an entry which names none.
fn telling(config: &Config) -> Telling {
    let usual = config.audience.unwrap_or(config.narrowest());
    config.audiences.iter().skip(usual.0 + 1).map(|name| (name.clone(), Guard::Audience)).collect()
}

/// Who may see an entry; `None` where nobody can say.
fn audience(
    written: Option<&Spanned<String>>,
    doubt: Doubt,
    config: &Config,
    problems: &mut Problems,
) -> Option<Audience> {
    if doubt.audience {
        return None;
    }
    let Some(name) = written else { return config.audience };
    let known = config.audience_named(name);
    if known.is_none() {
        problems.push(unknown_audience(name, &config.audiences));
    }
    known
}

fn facets(written: &[List<String>], config: &Config, problems: &mut Problems) -> Vec<FacetTerms> {
    let mut all = Vec::with_capacity(written.len());
    for (facet, terms) in config.facets.iter().zip(written) {
        let mut places: Vec<usize> = Vec::with_capacity(terms.len());
        for term in terms {
            match facet.terms.iter().position(|known| *known == term.value) {
                Some(place) => places.push(place),
                None if !config.knows_facets => {}
                None => problems.push(unknown_term(facet, term, terms).in_list(terms[0].span)),
            }
        }
        places.sort_unstable();
        places.dedup();
        all.push(FacetTerms(places));
    }
    all
}

fn unknown_term(facet: &Facet, term: &Spanned<String>, written: &List<String>) -> Diagnostic {
    let known: Vec<&str> = facet.terms.iter().map(String::as_str).collect();
    let name = &facet.name;
    let message = format!("`{}` is not one of the handbook's `{name}`", term.value);
    let problem = Diagnostic::new(Rule::UnknownTerm, term.span, message);
    let add = format!("add it to `{name}` under `[facets]` in `handbook.toml`");
    match suggest::nearest(term, known.iter().copied()) {
        Some(near) => problem.help(format!("did you mean `{near}`?")).fix(mended(near, term, written)),
        None => problem.help(match suggest::help(term, &known) {
            Some(known) => format!("{known}, or {add}"),
            None => add,
        }),
    }
}

/// What a term's place is to say: the term, or all of them where they were written as one text.
fn mended(near: &str, term: &Spanned<String>, written: &List<String>) -> String {
    let is_of_text = |other: &&Spanned<String>| other.span == term.span;
    let all = written.iter().filter(is_of_text).map(|other| quoted(if other == term { near } else { &other.value }));
    let all: Vec<String> = all.collect();
    if all.len() == 1 { quoted(near) } else { format!("[{}]", all.join(", ")) }
}

/// A file's name as words: `launch-email` is `Launch email`; a day is one word.
fn spaced(name: &str) -> String {
    if name.parse::<Date>().is_ok() {
        return name.to_owned();
    }
    capitalised(&name.replace(['-', '_'], " "))
}

/// Reports a heading that is the title of an entry and has more characters than a title that is written as one.
fn limit_title(heading: &Heading, problems: &mut Problems) {
    let most = Common::TABLE.field("title").map_or(usize::MAX, |spec| spec.most_characters);
    let length = heading.text.chars().count();
    if length > most {
        let message = format!("the heading that is the title has {length} characters, more than {most}");
        let help = "shorten it, or give the entry a `title`: other pages repeat it";
        problems.push(Diagnostic::new(Rule::TooLarge, heading.span, message).help(help));
    }
}
