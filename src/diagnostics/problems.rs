//! The one diagnostic, and the list that gathers them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::diagnostics::Rule;
use crate::text::{SourceId, Sources, Span, shown};

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The site cannot be published with it.
    Error,
    /// Something a reader would stumble over; `--strict` makes it an error.
    Warning,
    /// A way to make the entry better.
    Hint,
}

impl Severity {
    /// The word that every printer uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }
}

/// A further place that belongs to a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What this place is.
    pub text: String,
}

/// A change of the source that mends the problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What is replaced.
    pub span: Span,
    /// What stands there afterwards.
    pub replacement: String,
}

/// One problem in the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which check found it.
    pub rule: Rule,
    /// How much it matters here, after the config's `[rules]` and `--strict`.
    pub severity: Severity,
    /// Whether it stays an error whatever the config's `[rules]` say of its rule.
    pub is_fixed: bool,
    /// What is wrong, in the reader's words: lower case, no full stop, names in backticks.
    pub message: String,
    /// Where.
    pub span: Span,
    /// What the place is; may be empty.
    pub label: String,
    /// The list of which this is about an item, where it is.
    pub list: Option<Span>,
    /// Further places.
    pub places: Vec<Label>,
    /// Other files whose words the texts may have: who may not read those files may not read the texts.
    pub quoted: Vec<SourceId>,
    /// What to do.
    pub help: Option<String>,
    /// The mending, where it is certain.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A problem with the rule's own severity.
    pub fn new(rule: Rule, span: Span, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.severity(),
            is_fixed: rule.is_fixed(),
            message: readable(message.into()),
            span,
            label: String::new(),
            list: None,
            places: Vec::new(),
            quoted: Vec::new(),
            help: None,
            fix: None,
        }
    }

    /// Says that the texts may have words of another file, beside its name.
    #[must_use]
    pub fn quotes(mut self, source: SourceId) -> Self {
        self.quoted.push(source);
        self
    }

    /// Says that it is about an item of a list: of many that are alike a report names a few.
    #[must_use]
    pub fn in_list(mut self, list: Span) -> Self {
        self.list = Some(list);
        self
    }

    /// Keeps it an error whatever the config says of its rule: something could get out that must not.
    #[must_use]
    pub fn fixed(mut self) -> Self {
        self.is_fixed = true;
        self
    }

    /// Says what the place is.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.label = readable(text.into());
        self
    }

    /// Adds a further place.
    #[must_use]
    pub fn place(mut self, span: Span, text: impl Into<String>) -> Self {
        self.places.push(Label { span, text: readable(text.into()) });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(readable(text.into()));
        self
    }

    /// Says what to do, where there is something to say.
    #[must_use]
    pub fn maybe_help(mut self, text: Option<String>) -> Self {
        self.help = text.map(readable).or(self.help);
        self
    }

    /// Offers the mending: the place of the problem becomes `replacement`.
    #[must_use]
    pub fn fix(mut self, replacement: impl Into<String>) -> Self {
        self.fix = Some(Fix { span: self.span, replacement: replacement.into() });
        self
    }
}

/// Problems as they are found, in any order.
#[derive(Debug, Default)]
pub struct Problems {
    list: Vec<Diagnostic>,
    /// Keys that are there but could not be read, with the place of their table.
    flaws: Vec<(Span, String)>,
}

impl Problems {
    /// Adds one.
    pub fn push(&mut self, problem: Diagnostic) {
        self.list.push(problem);
    }

    /// Notes that a table has a key, though nothing could be made of what it says. The file's own keys are those of
    /// [`Span::file`].
    pub fn note_flaw(&mut self, table: Span, key: &str) {
        self.flaws.push((table, key.to_owned()));
    }

    /// Adds the problem of an absent key, unless the key is there and was told of: then it is wrong, not absent.
    pub fn push_missing(&mut self, table: Span, key: &str, problem: Diagnostic) {
        if !self.flaws.iter().any(|(place, flawed)| *place == table && flawed == key) {
            self.push(problem);
        }
    }

    /// What was found since there were `before` problems.
    pub fn since(&mut self, before: usize) -> impl Iterator<Item = &mut Diagnostic> {
        self.list[before..].iter_mut()
    }

    /// Says of what was found since there were `before` problems that it is about an item of a list, where it is about
    /// all of the item.
    pub fn note_item(&mut self, list: Span, item: Span, before: usize) {
        for problem in self.list[before..].iter_mut().filter(|problem| problem.span == item) {
            problem.list = Some(list);
        }
    }

    /// Whether a check has found something.
    pub fn has(&self, rule: Rule) -> bool {
        self.list.iter().any(|problem| problem.rule == rule)
    }

    /// Adds those of another list.
    pub fn append(&mut self, mut other: Self) {
        self.list.append(&mut other.list);
    }

    /// How many there are so far.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether none was found so far.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The report: severities as the handbook sets them, sorted by path and place, each problem once.
    pub fn report(mut self, severities: &Severities, sources: &Sources) -> Vec<Diagnostic> {
        self.list.retain_mut(|problem| severities.apply(problem));
        let path = |problem: &Diagnostic| sources.get(problem.span.source).path.as_str();
        self.list.sort_by(|a, b| {
            let place = |p: &Diagnostic| (p.span.start, p.span.end, p.rule.name());
            path(a).cmp(path(b)).then_with(|| place(a).cmp(&place(b))).then_with(|| a.message.cmp(&b.message))
        });
        self.list.dedup();
        shorten(self.list)
    }
}

/// The most problems of one rule in one file that a report names: nobody reads more, and a file made to have a hundred
/// thousand would else take hours to print.
const SAME_LIMIT: usize = 100;

/// The same for the items of one list: who made the same mistake four times knows it.
const SAME_ITEMS_LIMIT: usize = 4;

/// Names the first problems of each rule in each list and in each file, and counts the rest.
fn shorten(list: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let same = |problem: &Diagnostic| (problem.span.source, problem.rule, problem.severity);
    let in_list = |problem: &Diagnostic| problem.list.map(|list| (list, problem.rule, problem.severity));
    let list = first_of_each(list, SAME_ITEMS_LIMIT, "list", in_list);
    first_of_each(list, SAME_LIMIT, "file", |problem| Some(same(problem)))
}

/// Names the first problems of each group, and counts the rest; those without a group are all named.
fn first_of_each<G: Ord + Copy>(
    list: Vec<Diagnostic>,
    limit: usize,
    place: &str,
    group: impl Fn(&Diagnostic) -> Option<G>,
) -> Vec<Diagnostic> {
    let mut counts: BTreeMap<G, usize> = BTreeMap::new();
    let mut rests = Vec::new();
    let mut kept = Vec::new();
    for problem in list {
        let Some(same) = group(&problem) else {
            kept.push(problem);
            continue;
        };
        let count = counts.entry(same).or_default();
        *count += 1;
        if *count <= limit {
            kept.push(problem);
        } else if *count == limit + 1 {
            rests.push((kept.len(), same));
            kept.push(Diagnostic { severity: problem.severity, ..Diagnostic::new(problem.rule, problem.span, "") });
        }
    }
    for (at, same) in rests {
        let rest = counts[&same] - limit;
        let problems = if rest == 1 { "problem" } else { "problems" };
        kept[at].message = format!("{rest} more {problems} like those before it in this {place}");
    }
    kept
}

/// The longest message, in characters: longer ones quote a value that nobody reads to its end.
const MESSAGE_LIMIT: usize = 400;

/// A message on one line, whatever the names and values in it hold, without the middle of what is too long.
fn readable(message: String) -> String {
    let message = match shown::line(&message) {
        Cow::Borrowed(_) => message,
        Cow::Owned(shown) => shown,
    };
    let length = message.chars().count();
    if length <= MESSAGE_LIMIT {
        return message;
    }
    let start: String = message.chars().take(MESSAGE_LIMIT / 2).collect();
    let end: String = message.chars().skip(length - MESSAGE_LIMIT / 4).collect();
    format!("{start} … {end}")
}

impl Extend<Diagnostic> for Problems {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, problems: T) {
        self.list.extend(problems);
    }
}

/// The severities of a run: the config's `[rules]`, then `--strict`.
#[derive(Debug, Clone, Default)]
pub struct Severities {
    /// What the config sets; `None` turns a rule off.
    pub set: BTreeMap<&'static str, Option<Severity>>,
    /// Whether warnings count as errors.
    pub strict: bool,
}

impl Severities {
    /// Gives a problem its severity; false when its rule is off.
    fn apply(&self, problem: &mut Diagnostic) -> bool {
        match self.set.get(problem.rule.name()).filter(|_| !problem.is_fixed) {
            Some(None) => return false,
            Some(Some(severity)) => problem.severity = *severity,
            None => {}
        }
        if self.strict && problem.severity == Severity::Warning {
            problem.severity = Severity::Error;
        }
        true
    }
}
