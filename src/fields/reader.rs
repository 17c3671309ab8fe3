//! The one reader of fields.

use std::borrow::Cow;

use super::asked::Asked;
use super::comment;
use super::foreign::{self, Foreign, Unknown};
use super::guard::{self, Doubt};
use super::kept_back::{self, Due, Telling};
use super::quotes;
use super::record::{FieldType, Record, Value};
use super::repair::{self, Fit};
use super::shape::{Shape, Terms};
use super::spec::{FieldKey, FieldSpec, Guard, Need};
use super::syntax::{Syntax, quoted};
use super::tree::{Data, Node, Table};
use super::value::Pairs;
use super::view::Fielded;
use super::words::Single;
use super::write;
use crate::diagnostics::{Diagnostic, Fix, Problems, Rule, Severity};
use crate::text::{SourceId, Span, hidden, suggest};

/// What is known of the file while its values are read, and where problems go.
#[derive(Debug)]
pub struct Reader<'p> {
    file: Span,
    syntax: Syntax,
    problems: &'p mut Problems,
    /// The keys of the file itself, for those that stand in one of its tables by mistake.
    outer: Vec<Cow<'static, str>>,
    doubt: Doubt,
    /// Words that say who may see the entry, whatever key of another tool they stand behind.
    telling: Telling,
    /// The last day before which another tool would not show the entry.
    due: Option<Due>,
    lost: Lost,
    /// Whether values are those of another tool's keys, which are read if they can be.
    is_foreign: bool,
    /// What is known of the field whose value is read.
    asked: Asked,
    /// How many values of lists could not be understood so far.
    dropped: usize,
    /// The problems of fields that are absent, with their tables and keys: a key may still be found in a wrong place.
    missing: Vec<(Span, &'static str, Diagnostic)>,
}

/// What lines that could not be parsed may have said: a key in them is wrong, not absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Lost {
    /// Nothing.
    Nothing,
    /// Keys that are known, which may be those of a table.
    Keys,
    /// Nobody knows what.
    Unknown,
}

impl<'p> Reader<'p> {
    /// A reader for a file.
    pub(super) fn new(source: SourceId, syntax: Syntax, problems: &'p mut Problems) -> Self {
        let file = Span::file(source);
        Self {
            file,
            syntax,
            problems,
            outer: Vec::new(),
            doubt: Doubt::default(),
            telling: Telling::new(),
            due: None,
            lost: Lost::Nothing,
            is_foreign: false,
            asked: Asked::default(),
            dropped: 0,
            missing: Vec::new(),
        }
    }

    /// The notation of the file.
    pub fn syntax(&self) -> Syntax {
        self.syntax
    }

    /// Whether one value will do for a list.
    pub(super) fn is_lenient(&self) -> bool {
        self.is_foreign || self.syntax == Syntax::Yaml
    }

    /// Whether a text may stand where a list of a shape belongs, in a notation or key that takes one for it.
    pub(super) fn takes_single(&self, item: &Shape) -> bool {
        item.is_text() || self.asked.single == Single::Words
    }

    /// What a single text is where the list of the field belongs that is read.
    pub(super) fn single(&self) -> Single {
        self.asked.single
    }

    /// Notes that a value of a list could not be understood.
    pub(super) fn note_dropped(&mut self) {
        self.dropped += 1;
    }

    /// Makes the mending of one item of a text with several, since there were `before` problems, one of the whole text.
    pub(super) fn mend_whole(&mut self, items: &[Node<'_>], nth: usize, before: usize) {
        let place = items[nth].span;
        for fix in self.problems.since(before).filter_map(|problem| problem.fix.as_mut()) {
            if fix.span == place {
                let text = |item: &Node<'_>| quoted(item.as_text().unwrap_or_default());
                let mut written: Vec<String> = items.iter().map(text).collect();
                written[nth] = std::mem::take(&mut fix.replacement);
                fix.replacement = format!("[{}]", written.join(", "));
            }
        }
    }

    /// The file as a whole.
    pub(super) fn file(&self) -> Span {
        self.file
    }

    /// Reports what is missing, and gives what decides who may see the entry and could not be understood, and the day
    /// before which it is not to be shown.
    pub(super) fn finish(self) -> (Doubt, Option<Due>) {
        for (table, key, problem) in self.missing {
            self.problems.push_missing(table, key, problem);
        }
        (self.doubt, self.due)
    }

    /// Records that part of the file could not be read at all: no field counts as missing, since it may stand there, also
    /// one of who may see the entry.
    pub(super) fn note_unknown(&mut self) {
        self.lost = Lost::Unknown;
        self.doubt = Doubt::ALL;
    }

    /// Records the keys of lines that could not be parsed: they are wrong, not missing, and leave a doubt.
    pub(super) fn note_lost(&mut self, keys: &[Option<String>], doubt: Doubt) {
        self.doubt.join(doubt);
        for key in keys {
            self.lost = self.lost.max(if key.is_some() { Lost::Keys } else { Lost::Unknown });
            if let Some(key) = key {
                self.problems.note_flaw(self.file, key);
            }
        }
    }

    /// Reports a problem.
    pub fn report(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    /// How many problems were reported so far.
    pub(super) fn reported(&self) -> usize {
        self.problems.len()
    }

    /// Marks the problems reported since a count of [`reported`](Self::reported), as far as they concern a whole item,
    /// as problems of an item of `list`, so that a report can shorten a list of like ones.
    pub(super) fn note_item(&mut self, list: Span, item: Span, before: usize) {
        self.problems.note_item(list, item, before);
    }

    /// Marks the errors reported since a count of [`reported`](Self::reported) as concerning who may see the entry:
    /// nobody can say what was meant, so the entry is in [`Doubt`], and no config lowers the severity of such an error.
    pub(super) fn guard(&mut self, guard: Option<Guard>, before: usize) {
        let Some(guard) = guard else { return };
        for problem in self.problems.since(before).filter(|problem| problem.severity == Severity::Error) {
            problem.is_fixed = true;
            self.doubt.add(guard);
        }
    }

    /// Reports a text of a key of which nobody may guess what it says: one of blanks, or with a character that nobody sees.
    /// An empty one waits to be filled in.
    fn expect_words(&mut self, value: &Node<'_>, key: &str) {
        if let Data::List(items) = &value.data {
            return items.iter().for_each(|item| self.expect_words(item, key));
        }
        let Some(text) = value.as_text().filter(|text| !text.is_empty()) else { return };
        let problem = |message: String| Diagnostic::new(Rule::InvalidValue, value.span, message);
        if hidden::strip(text).trim().is_empty() {
            let problem = problem(format!("`{key}` says nothing"));
            self.report(problem.help("write what it is, or take the line away"));
        } else if let Some(found) = hidden::find(text) {
            self.report(problem(format!("in `{key}` there is a {found}")).help("delete the value and type it again"));
        }
    }

    /// Reports what the notation took for a comment, or for a part of a text, in a value or in one of its list or map.
    fn report_slips(&mut self, value: &Node<'_>, shape: &Shape, single: Single) {
        self.problems.extend(comment::told(value, shape, single).or_else(|| quotes::told(value, shape)));
        match (&value.data, shape) {
            (Data::List(items), Shape::List(item)) => {
                for value in items {
                    self.report_slips(value, item, Single::Item);
                }
            }
            (Data::Table(table), Shape::Map(item)) => {
                for (_, _, value) in table.iter() {
                    self.report_slips(value, item, Single::Item);
                }
            }
            _ => {}
        }
    }

    /// Reports that a value is not what its field takes. What the parser of the notation has reported is not reported
    /// again.
    pub fn wrong_type(&mut self, value: &Node<'_>, shape: &Shape) {
        if matches!(value.data, Data::Broken) {
            return;
        }
        let found = value.describe();
        let message = format!("expected {}, found {found}", shape.wanted(self.syntax));
        let problem = Diagnostic::new(Rule::WrongType, value.span, message).label(format!("this is {found}"));
        let problem = match repair::of(value, shape, self.asked, self.syntax) {
            Some((help, replacement)) => problem.help(help).fix(replacement),
            None => problem
                .maybe_help(repair::advice(shape, self.asked.field, self.syntax))
                .maybe_help(repair::name_alone(value, shape)),
        };
        self.report(problem);
    }

    /// Text without characters that nobody sees, which are reported, and with the line ends of every system as line
    /// feeds.
    pub(super) fn clean(&mut self, span: Span, text: &str) -> String {
        if let Some(found) = hidden::find(text) {
            let help = found.cause.limit().unwrap_or(hidden::LEFT_OUT);
            let problem = Diagnostic::new(Rule::HiddenCharacter, span, found.to_string());
            self.report(problem.label("somewhere in this text").help(help));
        }
        hidden::strip(&text.replace("\r\n", "\n")).into_owned()
    }

    /// A word of a closed list; blank text counts as absent, anything else is reported with the nearest word.
    pub fn term(&mut self, value: &Node<'_>, terms: &'static Terms) -> Option<&'static str> {
        let Some(word) = value.as_text() else {
            self.wrong_type(value, &Shape::Term(terms));
            return None;
        };
        let names = terms.names();
        if let Some(known) = names.iter().find(|known| **known == word) {
            return Some(known);
        }
        if word.trim().is_empty() {
            return None;
        }
        let problem = Diagnostic::new(Rule::UnknownTerm, value.span, format!("unknown {} `{word}`", terms.noun));
        let near = if self.asked.guards.is_some() {
            suggest::certain(word, &names)
        } else {
            suggest::nearest(word, names.iter().copied())
        };
        self.report(match near {
            Some(near) => problem.help(format!("did you mean `{near}`?")).fix(quoted(near)),
            None => problem.help(format!("one of {}", suggest::list(&names))),
        });
        None
    }

    /// Reads a nested record from a value that must be a table; its unknown keys are reported too.
    pub fn nested<T: Record>(&mut self, value: &Node<'_>, shape: &Shape) -> Option<T> {
        let Data::Table(table) = &value.data else {
            self.wrong_type(value, shape);
            return None;
        };
        let mut keys = Keys::new(table, value.span, self);
        let read = keys.record();
        keys.report_unknown(|_| None);
        Some(read)
    }
}

/// The keys of one table, asked for one by one.
#[derive(Debug)]
pub struct Keys<'t, 'r, 'p> {
    table: &'t Table<'t>,
    span: Span,
    reader: &'r mut Reader<'p>,
    known: Vec<&'static str>,
    declared: Vec<&'static FieldSpec>,
    extra: Vec<String>,
    foreign: Foreign<'t>,
}

impl<'t, 'r, 'p> Keys<'t, 'r, 'p> {
    /// The keys of a table that stands at `span`; the file's own are those of [`Span::file`].
    pub(super) fn new(table: &'t Table<'t>, span: Span, reader: &'r mut Reader<'p>) -> Self {
        Self {
            table,
            span,
            reader,
            known: Vec::new(),
            declared: Vec::new(),
            extra: Vec::new(),
            foreign: Foreign::default(),
        }
    }

    /// The value of a field, or its default when the key is absent or its value wrong.
    pub fn field<T: FieldType>(&mut self, spec: &'static FieldSpec) -> T {
        self.known.push(spec.key);
        self.declared.push(spec);
        match self.foreign.of(spec, self.table) {
            Some((key, span, value)) => self.adopted(spec, key, span, value).unwrap_or_default(),
            None => self.value(spec.key, Asked::of(spec)),
        }
    }

    /// Says that keys of other tools may stand here: `own` are the fields that are still to be read, whose keys are none,
    /// and `also` further keys of other tools, each with that of the field; `telling` are the handbook's own words for who
    /// may see an entry, with which such a key may say it.
    pub fn accept_foreign(
        &mut self,
        own: &'static [FieldSpec],
        also: &'static [(&'static str, FieldKey)],
        unknown: Unknown,
        telling: &Telling,
    ) {
        let everywhere = kept_back::TELLING.iter().map(|(word, guard)| ((*word).to_owned(), *guard));
        let own_words = telling.iter().map(|(word, guard)| (kept_back::plain_word(word), *guard));
        self.reader.telling = own_words.chain(everywhere).collect();
        self.foreign = Foreign { is_of_entry: true, own, also, unknown, ..Foreign::default() };
    }

    /// A value that stands behind another tool's key; `None` where nothing can be made of it.
    fn adopted<T: FieldType>(
        &mut self,
        spec: &'static FieldSpec,
        key: &'t str,
        span: Span,
        value: &Node<'_>,
    ) -> Option<T> {
        let mut unheard = Problems::default();
        if foreign::is_empty(value) {
            self.foreign.adopted.push(key);
            return None;
        }
        let file = self.reader.file.source;
        let mut reader =
            Reader { is_foreign: true, asked: Asked::of(spec), ..Reader::new(file, self.reader.syntax, &mut unheard) };
        let read = T::read(value, &mut reader);
        let Some(read) = read.filter(|read| unheard.is_empty() && foreign::fits(spec, read.view().1)) else {
            self.foreign.unread.push(key);
            return None;
        };
        self.foreign.adopted.push(key);
        let before = self.reader.reported();
        self.reader.report_slips(value, &spec.shape, spec.single());
        let is_right = self.reader.reported() == before;
        let line = is_right.then(|| foreign::line(spec, value, read.view().1, self.reader.syntax)).flatten();
        self.reader.report(foreign::adopted(spec, (key, span), value, line));
        Some(read)
    }

    /// As [`field`](Self::field), for a key that the config names with its terms.
    pub fn named<T: FieldType>(&mut self, key: &str, terms: &[String]) -> T {
        self.extra.push(key.to_owned());
        let is_term = |text: &str| terms.iter().any(|term| term == text);
        let is_one = self.table.get(key).and_then(Node::as_text).is_some_and(is_term);
        let single = if is_one { Single::Item } else { Single::Words };
        self.value(key, Asked { single, ..Asked::default() })
    }

    /// Every key with its value, for a file whose keys are the author's own.
    pub fn all<T: Value>(&mut self) -> Pairs<T> {
        Pairs::of_table(self.table, self.reader)
    }

    /// Reads a record from these keys, and reports what it cannot do without.
    pub fn record<T: Record>(&mut self) -> T {
        let read = T::read(self);
        self.report_missing(&read);
        read
    }

    /// Says which keys are the file's own, those that were asked for and `more`: in a table they are reported as
    /// misplaced. What stands behind `[[…]]` belongs to that table (TOML 1.0, "Array of Tables"), which few people
    /// expect.
    pub fn own_keys(&mut self, more: &'static [FieldSpec]) {
        let known = self.known.iter().copied().chain(more.iter().map(|field| field.key));
        self.reader.outer = known.map(Cow::Borrowed).chain(self.extra.iter().cloned().map(Cow::Owned)).collect();
    }

    /// Reports a problem of these fields.
    pub fn report(&mut self, problem: Diagnostic) {
        self.reader.report(problem);
    }

    /// Reports every field that is needed and absent: of a file at its beginning, of a table where it stands.
    fn report_missing(&mut self, read: &dyn Fielded) {
        let is_file = self.span == self.reader.file;
        if self.reader.lost > if is_file { Lost::Keys } else { Lost::Nothing } {
            return;
        }
        let noun = read.table().noun;
        let (syntax, span) = (self.reader.syntax, self.span);
        let missing = &mut self.reader.missing;
        read.each(&mut |spec, _, value| {
            let (Need::Required(rule) | Need::Recommended(rule)) = spec.need else { return };
            if value.is_absent() {
                let problem = Diagnostic::new(rule, span, format!("the {noun} has no `{}`", spec.key));
                missing.push((span, spec.key, problem.help(write::advice(spec, syntax))));
            }
        });
    }

    /// Reports every key that was not asked for. `elsewhere` may say where such a key belongs.
    pub fn report_unknown(&mut self, elsewhere: impl Fn(&str) -> Option<String>) {
        let mut unused = Vec::new();
        let mut moved = Vec::new();
        for (key, span, value) in self.table.iter() {
            let is_known = self.known.contains(&key) || self.extra.iter().any(|extra| extra == key);
            if is_known {
                continue;
            }
            let is_day = self.note_due(key, value);
            if self.foreign.adopted.contains(&key) || is_day && self.is_foreign(key, value, &elsewhere) {
                continue;
            }
            match kept_back::says_draft(key, value).filter(|_| self.foreign.is_of_entry) {
                Some(true) => {
                    self.reader.report(foreign::draft(key, span, self.reader.syntax));
                    self.reader.doubt.add(Guard::Status);
                }
                // It is as without it.
                Some(false) => {}
                None if self.foreign.unknown == Unknown::Foreign && foreign::is_address(key) => moved.push((key, span)),
                None if self.foreign.unread.contains(&key) || self.is_foreign(key, value, &elsewhere) => {
                    unused.extend((!foreign::is_empty(value)).then_some((key, span)));
                }
                None => self.report_unknown_key(key, span, value, &elsewhere),
            }
        }
        self.reader.problems.extend(foreign::unused(&unused));
        self.reader.problems.extend(foreign::moved(&moved, self.reader.syntax));
    }

    /// Whether a key that nobody asked for is another tool's: no slip of one that is known, and nothing of who may see the
    /// entry.
    fn is_foreign(&self, key: &str, value: &Node<'_>, elsewhere: &impl Fn(&str) -> Option<String>) -> bool {
        let known = self.known.iter().copied().chain(self.extra.iter().map(String::as_str));
        self.foreign.unknown == Unknown::Foreign
            && hidden::find(key).is_none()
            && suggest::Known::new(known).slip(key).is_none()
            && self.guards(key, value, &[]).is_none()
            // Parts such as variables were written for an entry of another kind.
            && !(foreign::is_of_parts(value) && elsewhere(key).is_some())
    }

    /// Notes the day before which another tool would not show the entry, where a key tells one.
    fn note_due(&mut self, key: &str, value: &Node<'_>) -> bool {
        let Some(due) = kept_back::due(key, value).filter(|_| self.foreign.is_of_entry) else { return false };
        if self.reader.due.as_ref().is_none_or(|last| last.day.value < due.day.value) {
            self.reader.due = Some(due);
        }
        true
    }

    /// What a key that nobody asked for may say of who may see the entry.
    fn guards(&self, key: &str, value: &Node<'_>, known: &[&str]) -> Option<Guard> {
        guard::meant(key, known)
            .filter(|_| kept_back::due(key, value).is_none())
            .or_else(|| guard::inside(value))
            .or_else(|| kept_back::says(key, value))
            .or_else(|| kept_back::told(key, value, &self.reader.telling))
    }

    /// The field that is needed, absent and all that a value can be that stands behind an unknown key, with what to do.
    fn meant_missing(&self, key: &str, span: Span, value: &Node<'_>) -> Option<(&'static str, String, Fix)> {
        if self.guards(key, value, &[]).is_some() {
            return None;
        }
        let missing = self.reader.missing.iter().filter(|(table, ..)| *table == self.span);
        let mut fitting = missing.filter_map(|(_, field, _)| {
            let spec = self.declared.iter().find(|spec| spec.key == *field)?;
            Some((spec.key, repair::fit(value, &spec.shape)?))
        });
        let (field, fit) = fitting.next().filter(|_| fitting.next().is_none())?;
        let (span, replacement) = match fit {
            Fit::As(written) => (Span { end: value.span.end, ..span }, self.reader.syntax.line(field, &written)),
            Fit::Whole => (span, field.to_owned()),
        };
        Some((field, format!("did you mean `{field}`?"), Fix { span, replacement }))
    }

    fn report_unknown_key(
        &mut self,
        key: &str,
        span: Span,
        value: &Node<'_>,
        elsewhere: &impl Fn(&str) -> Option<String>,
    ) {
        let known: Vec<&str> = self.known.iter().copied().chain(self.extra.iter().map(String::as_str)).collect();
        let before = self.reader.reported();
        // One more of the parts of a list, each below a heading of its own, is no second value of the key.
        let is_part = self.reader.syntax == Syntax::Toml && foreign::is_of_parts(value);
        let mut problem = unknown_key(key, span, &known, |other| self.table.has(other) && !is_part);
        if let Some((field, help, fix)) = self.meant_missing(key, span, value).filter(|_| problem.fix.is_none()) {
            self.reader.problems.note_flaw(self.span, field);
            self.reader.report(Diagnostic { fix: Some(fix), ..problem.help(help) });
            return;
        }
        if let Some(meant) = &problem.fix {
            self.reader.problems.note_flaw(self.span, &meant.replacement);
        }
        let is_outer = self.span != self.reader.file && self.reader.outer.iter().any(|outer| outer == key);
        if is_outer {
            // It is there, in the wrong place: it does not count as missing as well.
            self.reader.problems.note_flaw(self.reader.file, key);
        }
        let guard = self.guards(key, value, &known);
        let said_by = guard.map(Guard::key);
        if let Some(said_by) =
            said_by.filter(|key| problem.fix.is_none() && known.contains(key) && !self.table.has(key))
        {
            problem = problem.help(format!("what this may say is said by `{said_by}`: write that instead"));
        }
        if self.foreign.is_of_entry && foreign::is_address(key) {
            problem = problem.help(foreign::moved_help(self.reader.syntax));
        }
        let outer = said_by.filter(|key| !known.contains(key)).or(is_outer.then_some(key));
        if let Some(place) = outer.map(|key| misplaced(key, self.reader.syntax)).or_else(|| elsewhere(key)) {
            problem.fix = None;
            problem = problem.help(place);
        }
        self.reader.report(problem);
        self.reader.guard(guard, before);
    }

    fn value<T: FieldType>(&mut self, key: &str, asked: Asked) -> T {
        let Some(value) = self.table.get(key) else { return T::default() };
        let (guards, before) = (asked.guards, self.reader.reported());
        // What decides who may see the entry is one of few words, whatever else it is.
        self.reader.report_slips(value, if guards.is_some() { &Shape::YesNo } else { &T::SHAPE }, asked.single);
        if matches!(value.data, Data::Nothing) {
            if self.reader.reported() > before {
                self.reader.problems.note_flaw(self.span, key);
            }
            self.reader.guard(guards, before);
            return T::default();
        }
        let slips = self.reader.reported();
        if guards.is_some() {
            self.reader.expect_words(value, key);
        }
        // What nobody can read is told once.
        let is_plain = slips == self.reader.reported();
        let (outer, dropped) = (std::mem::replace(&mut self.reader.asked, asked), self.reader.dropped);
        let read = if is_plain { T::read(value, self.reader) } else { None };
        self.reader.asked = outer;
        if read.is_none() || self.reader.dropped > dropped {
            self.reader.problems.note_gap(self.span, key);
        }
        let read = read.unwrap_or_default();
        let is_wrong = self.reader.reported() > before || matches!(value.data, Data::Broken);
        if is_wrong {
            self.reader.problems.note_flaw(self.span, key);
        }
        // A key of the entry may have slipped into the value.
        self.reader.guard(guards.or_else(|| is_wrong.then(|| guard::inside(value)).flatten()), before);
        if let (Some(guard), Data::Broken) = (guards, &value.data) {
            self.reader.doubt.add(guard);
        }
        read
    }
}

/// The problem of a key that nobody asked for, with the nearest known one as its fix; one that is `there` already
/// is none.
fn unknown_key(key: &str, span: Span, known: &[&str], there: impl Fn(&str) -> bool) -> Diagnostic {
    if hidden::find(key).is_some() {
        let message = format!("the key `{}` has an invisible character", hidden::strip(key));
        return Diagnostic::new(Rule::UnknownKey, span, message).help("delete it and type the name again");
    }
    let problem = Diagnostic::new(Rule::UnknownKey, span, format!("unknown key `{key}`"));
    let plain = "take it away, or write it into the body";
    match suggest::nearest(key, known.iter().copied()) {
        Some(name) if there(name) => problem.help(format!("`{name}` is there already: take this one away")),
        // Under another key it would decide who may see the entry.
        Some(name) if guard::of_key(name).is_some() && suggest::certain(key, &[name]).is_none() => problem.help(plain),
        Some(name) => problem.help(format!("did you mean `{name}`?")).fix(name),
        None => problem.help(plain).maybe_help(suggest::choice(known)),
    }
}

/// What to do with a key of the file that stands in one of its tables.
fn misplaced(key: &str, syntax: Syntax) -> String {
    let place = match syntax {
        Syntax::Toml => "put it above the first `[[…]]`",
        Syntax::Yaml => "begin its line without blanks",
    };
    format!("`{key}` belongs to the entry, not to this part of it: {place}")
}
