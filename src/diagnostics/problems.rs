//! The list that gathers problems, and the report that is made of it.

use std::collections::BTreeMap;

use crate::diagnostics::{Diagnostic, Rule, Severities};
use crate::text::{Sources, Span};

/// Problems as they are found, in any order.
#[derive(Debug, Default, Clone)]
pub struct Problems {
    list: Vec<Diagnostic>,
    /// Keys that are there but could not be read, with the place of their table.
    flaws: Vec<(Span, String)>,
    /// Keys of whose values some could not be understood, with the place of their table.
    gaps: Vec<(Span, String)>,
}

impl Problems {
    /// Adds one.
    pub fn push(&mut self, problem: Diagnostic) {
        self.list.push(problem);
    }

    /// Records that a table has a key, though nothing could be made of what it says. The file's own keys are those of
    /// [`Span::file`].
    pub fn note_flaw(&mut self, table: Span, key: &str) {
        self.flaws.push((table, key.to_owned()));
    }

    /// Records that something that the value of a key says could not be understood.
    pub fn note_gap(&mut self, table: Span, key: &str) {
        self.gaps.push((table, key.to_owned()));
    }

    /// Whether something of a key's value could not be understood: what is not in it may be there.
    pub fn has_gap(&self, table: Span, key: &str) -> bool {
        self.gaps.iter().any(|(place, gap)| *place == table && gap == key)
    }

    /// Adds the problem of an absent key, unless the key is there and was reported as flawed: then it is wrong, not
    /// absent.
    pub fn push_missing(&mut self, table: Span, key: &str, problem: Diagnostic) {
        if !self.is_flawed(table, key) {
            self.push(problem);
        }
    }

    /// Whether a table has a key of which nothing could be made, or not all.
    pub fn is_flawed(&self, table: Span, key: &str) -> bool {
        self.flaws.iter().any(|(place, flawed)| *place == table && flawed == key)
    }

    /// The problems added since [`len`](Self::len) was `before`.
    pub fn since(&mut self, before: usize) -> impl Iterator<Item = &mut Diagnostic> {
        self.list[before..].iter_mut()
    }

    /// Marks the problems added since [`len`](Self::len) was `before` as those of an item of a list, as far as they
    /// concern the whole item: the report shortens a list of like ones.
    pub fn note_item(&mut self, list: Span, item: Span, before: usize) {
        for problem in self.list[before..].iter_mut().filter(|problem| problem.span == item) {
            problem.list = Some(list);
        }
    }

    /// Whether a check has found something.
    pub fn has(&self, rule: Rule) -> bool {
        self.list.iter().any(|problem| problem.rule == rule)
    }

    /// Adds the problems of another list. Its flaws stay behind: they settle what is missing in one file, and `other`
    /// has been through that.
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

    /// The report: severities as the handbook sets them, sorted by path and place, the settings first, each problem once.
    pub fn report(mut self, severities: &Severities, sources: &Sources) -> Vec<Diagnostic> {
        self.list.retain_mut(|problem| severities.apply(problem));
        let path = |problem: &Diagnostic| sources.get(problem.span.source).path.as_str();
        self.list.sort_by(|a, b| {
            let place = |p: &Diagnostic| (p.span.start, p.span.end, p.rule.name());
            // What is wrong in the settings is often the cause of what follows.
            let is_entry = |p: &Diagnostic| !path(p).as_bytes().ends_with(b".toml");
            is_entry(a)
                .cmp(&is_entry(b))
                .then_with(|| path(a).cmp(path(b)))
                .then_with(|| place(a).cmp(&place(b)))
                .then_with(|| a.message.cmp(&b.message))
        });
        self.list.dedup();
        for problem in &mut self.list {
            // A repair that changes nothing would be applied for ever.
            problem
                .fix
                .take_if(|fix| sources.get(fix.span.source).text.get(fix.span.range()) == Some(&fix.replacement));
        }
        shorten(self.list)
    }
}

impl Extend<Diagnostic> for Problems {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, problems: T) {
        self.list.extend(problems);
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
