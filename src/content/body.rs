//! Whether the text to send is right, and all that it refers to is there.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use crate::content::kinds::Prompt;
use crate::content::limits::USES_MOST;
use crate::content::template::{Use, UseOf, is_name, is_reserved};
use crate::content::{ContextItem, Entry, short_module};
use crate::diagnostics::{Diagnostic, Label, Problems, Rule};
use crate::fields::{FieldKey, Syntax, quoted, write};
use crate::markdown::{Fence, means_prompt};
use crate::text::suggest::{self, Known};
use crate::text::{Source, Span};

/// Where the text of a prompt block stands in the source.
struct Places<'f> {
    source: &'f Source,
    fence: &'f Fence,
    /// For each line of the text its first byte, and that byte's place in the source; none where the whole text
    /// stands there as it is. In a list or quote every line lost the marks before it, and line ends may be of two
    /// bytes.
    lines: Vec<(usize, usize)>,
}

impl<'f> Places<'f> {
    fn of(source: &'f Source, fence: &'f Fence) -> Self {
        let written = source.slice(fence.text_span.range());
        let mut lines = Vec::new();
        if !written.starts_with(&fence.text) {
            let (mut text_at, mut source_at) = (0, fence.text_span.start as usize);
            for (line, whole) in fence.text.split('\n').zip(written.split_inclusive('\n')) {
                // What was lost stands at the line's beginning.
                let kept = whole.trim_end_matches(['\n', '\r']);
                lines.push((text_at, source_at + kept.rfind(line.trim_end_matches('\r')).unwrap_or(0)));
                text_at += line.len() + 1;
                source_at += whole.len();
            }
        }
        Self { source, fence, lines }
    }

    /// The place of a range of the text; the whole text where a line cannot be found.
    fn span(&self, range: Range<usize>) -> Span {
        let first = (0, self.fence.text_span.start as usize);
        let nth = self.lines.partition_point(|(text_at, _)| *text_at <= range.start);
        let (text_at, source_at) = nth.checked_sub(1).and_then(|nth| self.lines.get(nth)).copied().unwrap_or(first);
        let begin = source_at + (range.start - text_at);
        let place = begin..begin + range.len();
        if self.source.text.get(place.clone()).is_none() {
            return self.fence.text_span;
        }
        Span::new(self.source.id, place)
    }
}

impl Entry {
    /// Checks the text to send: that there is some, that its braces are right, and that everything it refers to
    /// is declared and everything declared is used.
    pub(super) fn check_text(&self, problems: &mut Problems) {
        if self.outline.fences.iter().all(|fence| fence.text.trim().is_empty()) {
            problems.push(self.no_text());
            return;
        }
        self.check_blocks(problems);
        let mut undeclared = Undeclared { declared: Declared::of(self), found: HashMap::new(), list: Vec::new() };
        for (fence, message) in self.outline.fences.iter().zip(&self.messages) {
            let places = Places::of(&self.source, fence);
            for mistake in &message.template.mistakes {
                let span = places.span(mistake.range.clone());
                problems.push(Diagnostic::new(Rule::TemplateSyntax, span, &mistake.message).help(&mistake.help));
            }
            for used in &message.template.uses {
                undeclared.add(used, || places.span(used.range.clone()));
            }
        }
        // What could not be read may have declared it.
        let may_be = |field: FieldKey| !self.is_whole || problems.has_gap(Span::file(self.source.id), field.as_str());
        let may_be_there = [
            (Prompt::KEYS.variables, UseOf::Variable),
            (ContextItem::KEY, UseOf::Slot),
            (ContextItem::KEY, UseOf::Module),
        ]
        .map(|(field, of)| (of, may_be(field)));
        let is_absent = |of: &UseOf| !may_be_there.contains(&(*of, true));
        problems.extend(undeclared.list.into_iter().filter(|(of, _)| is_absent(of)).map(|(_, problem)| problem));
        self.check_uses(problems);
        self.check_unused(problems);
    }

    /// Each use is a piece of the page's preview, which is rendered again at every keystroke.
    fn check_uses(&self, problems: &mut Problems) {
        let messages = self.outline.fences.iter().zip(&self.messages);
        let mut uses =
            messages.flat_map(|(fence, message)| message.template.uses.iter().map(move |used| (fence, used)));
        if let Some((fence, used)) = uses.nth(USES_MOST) {
            let count = USES_MOST + 1 + uses.count();
            let span = Places::of(&self.source, fence).span(used.range.clone());
            let message = format!("the text uses variables and context {count} times, more than {USES_MOST}");
            let problem = Diagnostic::new(Rule::TooLarge, span, message).label("this is one too many");
            problems.push(problem.help("nobody reads so long a text: split the prompt"));
        }
    }

    fn no_text(&self) -> Diagnostic {
        let message = format!("the {} has no text to send", self.kind.noun());
        if let Some(empty) = self.outline.fences.first() {
            let problem = Diagnostic::new(Rule::NoPromptText, self.first_line(empty), message);
            return problem.label("this block is empty").help("write the text between its first line and its last");
        }
        let near = self.outline.languages.iter().find(|word| suggest::nearest(word, ["prompt"]).is_some());
        if let Some(near) = near {
            let problem = Diagnostic::new(Rule::NoPromptText, near.span, message);
            return problem.help(format!("did you mean `prompt` instead of `{}`?", near.value)).fix("prompt");
        }
        if let Some(first) = self.outline.plain.first() {
            return self.plain_block(*first, message);
        }
        let place = Span::new(self.source.id, self.body.start..self.body.start);
        Diagnostic::new(Rule::NoPromptText, place, message)
            .help("put the text into a fenced block whose first line is three backticks and `prompt`")
    }

    /// The problem of a block that does not say that it is to be sent.
    fn plain_block(&self, first: Span, message: String) -> Diagnostic {
        let line = self.source.slice(first.range());
        let marks = &line[..line.len() - line.trim_start_matches(['`', '~']).len()];
        let name = if marks.starts_with('`') { "backticks" } else { "tildes" };
        let problem =
            Diagnostic::new(Rule::NoPromptText, first, message).label("this block does not say that it is sent");
        match self.outline.plain.len() {
            1 => problem.help(format!("write `prompt` behind the {name}")).fix(format!("{marks}prompt")),
            _ => problem.help(format!("write `prompt` behind the {name} of the block that is sent")),
        }
    }

    fn first_line(&self, fence: &Fence) -> Span {
        let block = self.source.slice(fence.span.range());
        let length = block.lines().next().unwrap_or_default().trim_end().len();
        let start = fence.span.range().start;
        Span::new(self.source.id, start..start + length)
    }

    /// Checks that every block that is meant to be sent is one, and ends where it is meant to.
    fn check_blocks(&self, problems: &mut Problems) {
        for fence in self.outline.fences.iter().filter(|fence| !fence.is_closed) {
            let problem =
                Diagnostic::new(Rule::UnclosedPrompt, self.first_line(fence), "this block has no end of its own");
            problems.push(
                problem
                    .label("everything below it is sent too")
                    .help("where the text to send ends, put a line with nothing but the same backticks or tildes"),
            );
        }
        for word in self.outline.languages.iter().filter(|word| means_prompt(word)) {
            let message = format!("a block called `{}` is not sent", word.value);
            let problem = Diagnostic::new(Rule::UnknownTerm, word.span, message);
            problems.push(problem.help("did you mean `prompt`?").fix("prompt"));
        }
    }

    fn check_unused(&self, problems: &mut Problems) {
        let used: HashSet<&str> = self
            .messages
            .iter()
            .flat_map(|m| &m.template.uses)
            .filter(|u| u.of == UseOf::Variable)
            .map(|u| u.name.as_str())
            .collect();
        let mut names: Vec<_> = self.fields.variables().iter().filter_map(|variable| variable.name.as_ref()).collect();
        // A name that no prompt can use, or that another variable has, is a problem already.
        names.retain(|name| is_name(name) && !is_reserved(name));
        names.sort_by(|a, b| a.value.cmp(&b.value).then(a.span.cmp(&b.span)));
        names.dedup_by(|later, first| later.value == first.value);
        for name in names {
            if !used.contains(name.value.as_str()) {
                let problem = Diagnostic::new(
                    Rule::UnusedVariable,
                    name.span,
                    format!("the variable `{}` is never used", name.value),
                );
                problems.push(
                    problem.help(format!("write `{{{{{}}}}}` in the prompt, or take the variable away", name.value)),
                );
            }
        }
    }
}

/// The most did-you-means in one text, and the most further places of one name: nobody reads more.
const SUGGESTIONS: usize = 200;
const PLACES: usize = 8;

/// What a text uses though it is not declared: a problem for each name, with all the places that have it.
struct Undeclared<'e> {
    declared: Declared<'e>,
    /// For each name that was looked at the place of its problem in the list, if it is one.
    found: HashMap<(UseOf, &'e str), Option<usize>>,
    list: Vec<(UseOf, Diagnostic)>,
}

impl<'e> Undeclared<'e> {
    fn add(&mut self, used: &'e Use, span: impl FnOnce() -> Span) {
        let key = (used.of, used.name.as_str());
        if let Some(known) = self.found.get(&key) {
            let problem = known.map(|at| &mut self.list[at].1);
            if let Some(problem) = problem.filter(|problem| problem.places.len() < PLACES) {
                problem.places.push(Label { span: span(), text: "and here".to_owned() });
            }
            return;
        }
        let missing = self.declared.missing(used.of, &used.name, self.list.len() < SUGGESTIONS);
        self.found.insert(key, missing.is_some().then_some(self.list.len()));
        let problem =
            |(message, help)| (used.of, Diagnostic::new(Rule::UndeclaredVariable, span(), message).help(help));
        self.list.extend(missing.map(problem));
    }
}

/// The names that a text may use.
#[derive(Default)]
struct Declared<'e> {
    /// The notation in which they are declared.
    syntax: Syntax,
    /// Whether the kind has variables at all.
    asks: bool,
    variables: Names<'e>,
    modules: Names<'e>,
    slots: Names<'e>,
    /// Slots that have a default, with its module.
    defaults: Vec<(&'e str, &'e str)>,
}

/// Names of one sort. They are prepared for suggestions when the first is wanted.
#[derive(Default)]
struct Names<'e> {
    names: BTreeSet<&'e str>,
    known: OnceCell<Known<&'e str>>,
}

impl<'e> Names<'e> {
    fn nearest(&self, written: &str) -> Option<&'e str> {
        self.known.get_or_init(|| Known::new(self.names.iter().copied())).nearest(written).copied()
    }
}

impl<'e> Declared<'e> {
    fn of(entry: &'e Entry) -> Self {
        let fields = &entry.fields;
        let asks = fields.record().table().field(Prompt::KEYS.variables.as_str()).is_some();
        let mut declared = Self { syntax: entry.syntax, asks, ..Self::default() };
        declared.variables.names = fields.variables().iter().map(|v| v.name()).filter(|name| is_name(name)).collect();
        for item in fields.context().iter().map(|item| &item.0) {
            let module = item.module.as_ref().map(|id| id.value.as_str());
            match &item.slot {
                Some(slot) => {
                    declared.slots.names.insert(&slot.value);
                    declared.defaults.extend(module.map(|module| (slot.value.as_str(), module)));
                }
                None => declared.modules.names.extend(module.map(short_module)),
            }
        }
        declared
    }

    /// How a variable is declared, beside those that are.
    fn declaration(&self, name: &str) -> String {
        let line = self.syntax.line("name", &quoted(name));
        if self.syntax == Syntax::Yaml && !self.variables.names.is_empty() {
            return format!("`  - {line}` below `variables:`");
        }
        write::part(Prompt::KEYS.variables.as_str(), &[line], self.syntax)
    }

    /// The message and help for a use of something that is not declared.
    fn missing(&self, of: UseOf, name: &str, suggests: bool) -> Option<(String, String)> {
        let (known, noun, declare) = match of {
            UseOf::Context => return None,
            UseOf::Variable if !self.asks => {
                (&self.variables, "variable", "only prompts have variables: write out what is meant".to_owned())
            }
            UseOf::Variable if matches!(name, "endif" | "end") => {
                (&self.variables, "variable", "write `{{/if}}` where a condition ends".to_owned())
            }
            UseOf::Variable => (&self.variables, "variable", format!("declare it with {}", self.declaration(name))),
            UseOf::Slot => {
                let slot = self.syntax.braces("slot", &quoted(name));
                (
                    &self.slots,
                    "slot",
                    format!("declare it with `{}`", self.syntax.line(ContextItem::KEY.as_str(), &format!("[{slot}]"))),
                )
            }
            UseOf::Module => (&self.modules, "context module", format!("add `\"{name}\"` to `context`")),
        };
        let wanted = if of == UseOf::Module { short_module(name) } else { name };
        if known.names.contains(wanted) {
            return None;
        }
        if of == UseOf::Module
            && let Some((slot, _)) = self.defaults.iter().find(|(_, module)| short_module(module) == wanted)
        {
            let help = format!("it fills a slot: write `{{{{slot:{slot}}}}}`");
            return Some((format!("the {noun} `{name}` is not declared"), help));
        }
        let near = suggests.then(|| known.nearest(wanted)).flatten();
        let help = match near {
            Some(near) => format!("did you mean `{near}`? If not, {declare}"),
            None => format!("{declare}, or write `\\{{{{` if the braces are meant as text"),
        };
        Some((format!("the {noun} `{name}` is not declared"), help))
    }
}
