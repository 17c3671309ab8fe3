//! One entry: a Markdown file, understood.

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use crate::config::{Audience, Config, unknown_audience};
use crate::content::common::SUMMARY_LIMIT;
use crate::content::{Common, Fields, Id, Kind, Message, Reference, Status, body, kinds, limits, names, second_head};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::files::EntryFile;
use crate::front_matter::{self, List};
use crate::markdown::{Outline, outline};
use crate::text::{Source, Span, Spanned, hidden, suggest};

/// A Markdown file, typed by its kind.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its id.
    pub id: Id,
    /// What sort of entry it is.
    pub kind: Kind,
    /// Its file.
    pub source: Arc<Source>,
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
    /// The fields of its kind.
    pub fields: Fields,
    /// What its body holds.
    pub outline: Outline,
    /// The prompt blocks of its body.
    pub messages: Vec<Message>,
    /// The day of its last change: as written, else as git knows it.
    pub updated: Option<Date>,
}

/// The terms of an entry in one facet, as places in the config's list, ascending, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FacetTerms(pub Vec<usize>);

/// What was written of who may see an entry, and nobody can say what was meant. Problems tell of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Doubt {
    /// Whether it is about `status`: the entry then counts as a draft.
    pub status: bool,
    /// Whether it is about `audience`, the entry's own or the one that the config sets for all.
    pub audience: bool,
}

/// The least an entry's file is: what was read before it was understood.
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
        let before = problems.len();
        let parts = front_matter::split(source, problems);
        let range = parts.front.clone().unwrap_or(parts.body.start..parts.body.start);
        let front = front_matter::parse(source, range, problems, |fields| read_front(fields, kind, config));
        let readable = problems.len() == before || front.common.title.is_some();
        if parts.front.is_some() {
            second_head::check(source, parts.body.clone(), problems);
        }
        let outline = outline(source, parts.body.clone(), problems);
        let messages = body::messages(&outline.fences, problems);
        let audience = audience(front.common.audience.as_ref(), config, problems);
        let broken = problems.has(Rule::FrontMatterSyntax) || parts.front.is_none() && is_foreign(source);
        let audience = audience.filter(|_| !broken || !speaks_of_audience(source, config));
        let status = problems.has_doubt("status") || broken && mentions(source, "draft");
        let mut entry = Self {
            id,
            kind,
            source: Arc::clone(source),
            body: parts.body.clone(),
            audience: audience.unwrap_or(config.narrowest()),
            doubt: Doubt { status, audience: audience.is_none() },
            facets: facets(&front.facets, config, problems),
            updated: front.common.updated.as_ref().map(|date| date.value),
            common: front.common,
            fields: front.fields,
            outline,
            messages,
        };
        if file.intact && readable {
            entry.check(parts.front.is_some(), problems);
        }
        entry.dedup();
        entry
    }

    /// The title; where it is missing, a name made from the file's.
    pub fn title(&self) -> String {
        self.common.title.as_ref().map_or_else(|| spaced(self.id.name()), |title| one_line(title))
    }

    /// The summary; empty where there is none.
    pub fn summary(&self) -> String {
        self.common.summary.as_ref().map(|summary| one_line(summary)).unwrap_or_default()
    }

    /// The text of the body, as written.
    pub fn body_text(&self) -> &str {
        self.source.slice(self.body.clone())
    }

    /// Whether it is built only with `--drafts`.
    pub fn is_draft(&self) -> bool {
        self.doubt.status || self.status() == Some(Status::Draft)
    }

    /// How far it has come.
    pub fn status(&self) -> Option<Status> {
        self.common.status.as_ref().map(|status| status.value)
    }

    /// Every field that names another entry.
    pub fn references(&self) -> Vec<Reference> {
        let common = &self.common;
        let person = |field, name| Reference::name(field, Kind::Person, name);
        let mut all: Vec<_> = common.authors.iter().map(|name| person("authors", name)).collect();
        all.extend(common.owner.iter().map(|name| person("owner", name)));
        all.extend(common.reviewed_by.iter().map(|name| person("reviewed_by", name)));
        all.extend(self.fields.references());
        all.extend(common.related.iter().map(|id| Reference::any("related", id)));
        all.extend(common.replaced_by.iter().map(|id| Reference::any("replaced_by", id)));
        let adapted = common.adapted_from.iter().filter(|from| !from.contains("://"));
        all.extend(adapted.map(|id| Reference::any("adapted_from", id)));
        all
    }

    fn check(&self, has_front: bool, problems: &mut Problems) {
        self.check_title(has_front, problems);
        self.check_summary(problems);
        self.check_limits(problems);
        self.check_dates(problems);
        if let Some(from) = self.common.adapted_from.as_ref().filter(|from| from.contains("://")) {
            kinds::shared::check_address(from, problems);
        }
        self.fields.check(self, problems);
    }

    fn check_title(&self, has_front: bool, problems: &mut Problems) {
        if self.common.title.is_some() {
            return;
        }
        let problem = Diagnostic::new(Rule::MissingTitle, Span::file(self.source.id), "the entry has no title");
        let problem = match (has_front, is_foreign(&self.source)) {
            (true, _) => problem.help("add `title = \"…\"` to the front matter"),
            (false, true) => {
                problem.fixed().help("front matter is TOML between two `+++` lines; this file begins with `---`")
            }
            (false, false) => problem.help("begin the file with `+++`, a line `title = \"…\"`, and `+++` again"),
        };
        problems.push_missing(Span::file(self.source.id), "title", problem);
    }

    fn check_summary(&self, problems: &mut Problems) {
        let Some(summary) = &self.common.summary else {
            let at = self.common.title.as_ref().map_or(Span::file(self.source.id), |title| title.span);
            let problem = Diagnostic::new(Rule::Summary, at, "the entry has no summary");
            let problem = problem.help("add `summary = \"…\"`: one plain sentence that says what you get");
            problems.push_missing(Span::file(self.source.id), "summary", problem);
            return;
        };
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
        let common = &self.common;
        let lists = [
            ("tags", &common.tags),
            ("authors", &common.authors),
            ("aliases", &common.aliases),
            ("related", &common.related),
        ];
        for (field, items) in lists {
            limits::list(field, items, problems);
            for item in items {
                limits::text(field, item, problems);
            }
        }
        let texts = [
            ("title", &common.title),
            ("summary", &common.summary),
            ("team", &common.team),
            ("version", &common.version),
            ("owner", &common.owner),
            ("reviewed_by", &common.reviewed_by),
        ];
        for (field, text) in texts {
            if let Some(text) = text {
                limits::text(field, text, problems);
            }
        }
    }

    fn check_dates(&self, problems: &mut Problems) {
        let Some(created) = &self.common.created else { return };
        for (name, date) in [("updated", &self.common.updated), ("review_by", &self.common.review_by)] {
            if let Some(date) = date.as_ref().filter(|date| date.value < created.value) {
                let problem = Diagnostic::new(Rule::InvalidValue, date.span, format!("`{name}` is before `created`"));
                problems.push(problem.place(created.span, "created here").help("correct one of the two dates"));
            }
        }
    }

    /// A value that is written twice counts once.
    fn dedup(&mut self) {
        for list in
            [&mut self.common.tags, &mut self.common.authors, &mut self.common.related, &mut self.common.aliases]
        {
            let mut seen = std::collections::HashSet::new();
            list.retain(|item| seen.insert(item.value.clone()));
        }
    }
}

/// Whether a file without front matter begins as those of other tools do that have some, behind empty lines too.
fn is_foreign(source: &Source) -> bool {
    let unseen = |c: char| c.is_whitespace() || hidden::is_hidden(c);
    source.text.trim_start_matches(unseen).starts_with("---")
}

/// Whether a file whose front matter cannot be read, at least not all of it, may say that it is for some and not for all.
fn speaks_of_audience(source: &Source, config: &Config) -> bool {
    let usual = config.audience.unwrap_or(config.narrowest());
    mentions(source, "audience") || config.audiences.iter().skip(usual.0 + 1).any(|name| mentions(source, name))
}

fn mentions(source: &Source, word: &str) -> bool {
    names::canonical(&source.text).contains(&names::canonical(word))
}

fn read_front(fields: &mut front_matter::Fields<'_, '_, '_>, kind: Kind, config: &Config) -> Front {
    let common = fields.record();
    // A facet with the name of a field is a mistake of the config; the field keeps its meaning.
    let facets = config.facets.iter();
    let facets = facets.map(|f| if kinds::is_field(&f.name) { List::new() } else { fields.named(&f.name) }).collect();
    fields.own_keys(kinds::fields_of(kind));
    let own = Fields::read(kind, fields);
    fields.report_unknown(|key| kinds::belongs_elsewhere(key, kind, config));
    Front { common, facets, fields: own }
}

/// Who may see an entry; `None` where nobody can say.
fn audience(written: Option<&Spanned<String>>, config: &Config, problems: &mut Problems) -> Option<Audience> {
    if problems.has_doubt("audience") {
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
                None => problems.push(unknown_term(&facet.name, term, &facet.terms).in_list(terms[0].span)),
            }
        }
        places.sort_unstable();
        places.dedup();
        all.push(FacetTerms(places));
    }
    all
}

fn unknown_term(facet: &str, term: &Spanned<String>, terms: &[String]) -> Diagnostic {
    let known: Vec<&str> = terms.iter().map(String::as_str).collect();
    let message = format!("`{}` is not one of the handbook's `{facet}`", term.value);
    let problem = Diagnostic::new(Rule::UnknownTerm, term.span, message);
    let add = format!("add it to `{facet}` under `[facets]` in `handbook.toml`");
    match suggest::nearest(term, known.iter().copied()) {
        Some(near) => problem.help(format!("did you mean `{near}`?")).fix(format!("\"{near}\"")),
        None => problem.help(match suggest::help(term, &known) {
            Some(known) => format!("{known}, or {add}"),
            None => add,
        }),
    }
}

/// A file's name as words: `launch-email` is `Launch email`.
fn spaced(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
