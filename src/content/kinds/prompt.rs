//! A tested prompt with typed variables and the context it needs.

mod filled;

use std::collections::HashSet;

use super::{ContextModule, KindFields, Model, missing};
use crate::content::context_use::check_context;
use crate::content::{Common, ContextItem, Entry, KindSpec, ListIn, Name, limits, template};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::fields::{
    Field, List, Long, Node, Pairs, Reader, Record, Scalar, Shape, Syntax, Value, ValueRef, Weight, record, terms,
};
use crate::text::words::capitalised;
use crate::text::{Span, Spanned, suggest};
use jiff::civil::Date;

/// How many variables a prompt may have.
pub const VARIABLES_LIMIT: usize = 200;

/// How many options a variable may have.
pub const OPTIONS_LIMIT: usize = 1000;

/// What to do about a variable with more options.
pub const MANY_OPTIONS: &str = "nobody looks through so long a list: take the type `text`, or a shorter list";

record! {
    /// The fields that a prompt adds.
    pub struct Prompt ("prompt") {
        /// Models it was tried with: `model`, `tested_on`, `result`, `note`.
        works_with: List<WorksWith> [items(50), example(r#"[{ model = "claude", tested_on = 2026-05-20, result = "good" }]"#)],
        /// Context modules that go along: ids, or tables with `module`, `required` and `slot`.
        context: List<ContextItem> [items(100), example(r#"["brand-voice", { module = "personas/cfo", slot = "persona" }]"#)],
        /// How many minutes it saves each time. Measure it, or leave it out.
        minutes_saved: Field<u32> [minutes, example("45")],
        /// What to check in the output: sentences, `{ must_not_contain = "…" }`, `{ max_words = 180 }`.
        checks: List<Check> [items(100), searched(Weight::Body), example(r#"["Every claim is in the brief", { max_words = 180 }]"#)],
        /// The blanks that the reader fills.
        variables: List<Variable> [items(VARIABLES_LIMIT), example(r#"[{ name = "feature", example = "Smart Segments" }]"#)],
        /// Worked examples: `title`, `inputs`, `output`, `model`.
        examples: List<Example> [items(50), example(r#"[{ title = "May", inputs = { feature = "Smart Segments" }, output = "…" }]"#)],
    }
}

record! {
    /// A model that a prompt was tried with.
    pub struct WorksWith ("test") {
        /// The model's name, or the id of an entry in `models/`.
        model: Field<Name<Model>> [example("claude")],
        /// When it was tried.
        tested_on: Field<Date> [past, example("2026-05-20")],
        /// How it went.
        result: Field<TestResult> [example("good")],
        /// What to know.
        note: Field<Long> [example("Keeps the call to action short")],
    }
}

terms! {
    /// How a test went.
    pub enum TestResult ("result") {
        /// Ready to use.
        Good = "good",
        /// Usable after changes.
        Mixed = "mixed",
        /// Not usable.
        Poor = "poor",
    }
}

terms! {
    /// What a variable holds, which decides its form field.
    pub enum VariableType ("type") {
        /// One line.
        Text = "text",
        /// Several lines.
        Long = "long",
        /// One of the options.
        Choice = "choice",
        /// Any of the options.
        Multi = "multi",
        /// A number.
        Number = "number",
        /// A day.
        Date = "date",
        /// Yes or no; no counts as having no value.
        YesNo = "yes-no",
        /// An e-mail address.
        Email = "email",
        /// A web address.
        Url = "url",
    }
}

record! {
    /// A blank in a prompt.
    pub struct Variable ("variable") {
        /// The name between the braces: lower case letters, digits and `_`.
        name: Field<String> [required, example("feature")],
        /// What the form calls it; made from the name where it is absent.
        label: Field<String> [searched(Weight::Headings), example("Feature name")],
        /// What to write there.
        help: Field<Long> [searched(Weight::Body), example("As it is written on the pricing page")],
        /// What it holds: text, long, choice, multi, number, date, yes-no, email or url. Default text; where there are options, choice.
        variable_type as "type": Field<VariableType> [default("text"), example("choice")],
        /// Whether the prompt needs it. Default true unless there is a default or the type is `yes-no`.
        required: Field<bool> [default("true"), example("false")],
        /// What is sent when the reader writes nothing. For `multi` it may be a list.
        default: Field<Scalar> [example("three")],
        /// What a good value looks like.
        example: Field<Scalar> [example("Smart Segments")],
        /// The choices of `choice` and `multi`.
        options: List<Scalar> [words, items(OPTIONS_LIMIT), example(r#"["first", "second"]"#)],
        /// A context module and a list of its `[values]` that are the choices, e.g. `personas/names`.
        options_from: Field<ListIn<ContextModule>> [example("personas/names")],
    }
}

/// Where the choices of a variable come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Options<'v> {
    /// The variable takes anything.
    None,
    /// Listed with the variable.
    Listed(&'v [Spanned<Scalar>]),
    /// A module's id and the name of a list in it.
    From(&'v str, &'v str),
}

impl Variable {
    /// Its name; empty when it lacks one.
    pub fn name(&self) -> &str {
        self.name.as_ref().map_or("", |name| &name.value)
    }

    /// What the form calls it.
    pub fn label(&self) -> String {
        if let Some(label) = &self.label {
            return label.value.clone();
        }
        capitalised(&self.name().replace('_', " "))
    }

    /// What it holds.
    pub fn variable_type(&self) -> VariableType {
        let listed = !self.options.is_empty() || self.options_from.is_some();
        let default = if listed { VariableType::Choice } else { VariableType::Text };
        self.variable_type.as_ref().map_or(default, |written| written.value)
    }

    /// Whether the prompt cannot do without a value.
    pub fn is_required(&self) -> bool {
        let optional = self.default.is_some() || self.variable_type() == VariableType::YesNo;
        self.required.as_ref().map_or(!optional, |required| required.value)
    }

    /// What is sent when nothing is given; empty for nothing.
    pub fn default_value(&self) -> &str {
        self.default.as_ref().map_or("", |default| &default.0)
    }

    /// Where its choices come from.
    pub fn options(&self) -> Options<'_> {
        if !self.options.is_empty() {
            return Options::Listed(&self.options);
        }
        let from = self.options_from.as_ref().and_then(|from| from.rsplit_once('/'));
        from.map_or(Options::None, |(module, list)| Options::From(module, list))
    }
}

record! {
    /// A worked example.
    pub struct Example ("example") {
        /// What it is of.
        title: Field<String> [searched(Weight::Body), example("Smart Segments, May")],
        /// A value for each variable. The keys are their names.
        inputs: Pairs<Scalar> [example(r#"{ feature = "Smart Segments" }"#)],
        /// What came back. As it came, unpolished.
        output: Field<Long> [required, example("…")],
        /// The model that wrote it.
        model: Field<Name<Model>> [example("claude")],
    }
}

/// A check as written: a sentence for a person, or a table of what a program can judge, which says one thing.
#[derive(Debug, Clone, PartialEq)]
pub enum Check {
    /// A sentence.
    Sentence(String),
    /// A table.
    Table(CheckTable),
}

record! {
    /// A check as a table.
    pub struct CheckTable ("check") {
        /// A text that must not be in the output.
        must_not_contain: Field<String> [example("revolutionary")],
        /// The most words that the output may have.
        max_words: Field<u32> [example("180")],
    }
}

/// What a check asks of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks<'c> {
    /// What a sentence says, which only a person can judge.
    Sentence(&'c str),
    /// That a text is not in it.
    MustNotContain(&'c str),
    /// That it has no more words.
    MaxWords(u32),
}

impl Check {
    /// What it asks of the output.
    pub fn asks(&self) -> Asks<'_> {
        match self {
            Self::Sentence(sentence) => Asks::Sentence(sentence),
            Self::Table(CheckTable { must_not_contain: Some(text), .. }) => Asks::MustNotContain(text),
            // A table that says nothing is not kept.
            Self::Table(table) => Asks::MaxWords(table.max_words.as_ref().map_or(u32::MAX, |words| words.value)),
        }
    }
}

impl Value for Check {
    const SHAPE: Shape = Shape::Either(&[Shape::Long, CheckTable::SHAPE]);

    fn read(value: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        if value.as_text().is_some() {
            return String::read(value, reader).map(Self::Sentence);
        }
        let table: CheckTable = reader.nested(value, &Self::SHAPE)?;
        if let Some(problem) = not_one(value, reader.syntax()).or_else(|| no_words(&table, reader.syntax())) {
            reader.report(problem);
            return None;
        }
        // What is wrong with a single key was reported where it was read.
        (table != CheckTable::default()).then_some(Self::Table(table))
    }

    fn view(&self) -> ValueRef<'_> {
        match self {
            Self::Sentence(sentence) => ValueRef::Text(sentence),
            Self::Table(table) => ValueRef::Table(table),
        }
    }

    fn is_blank(&self) -> bool {
        matches!(self, Self::Sentence(sentence) if sentence.trim().is_empty())
    }
}

/// The problem of a check that has not one key, judged by what is written: one without a value may be meant as well.
fn not_one(value: &Node<'_>, syntax: Syntax) -> Option<Diagnostic> {
    let table = value.as_table()?;
    let mut keys = table.iter().filter(|(key, ..)| CheckTable::TABLE.field(key).is_some());
    let (first, second) = (keys.next(), keys.next());
    let message = "a check has either `must_not_contain` or `max_words`";
    let problem = |span| Diagnostic::new(Rule::InvalidValue, span, message);
    let problem = match (first, second) {
        (Some((_, first, _)), Some((_, second, _))) => {
            problem(second).label("a second one").place(first, "the first is here")
        }
        (None, _) if table.is_empty() => problem(value.span),
        _ => return None,
    };
    let (text, words) = (syntax.braces("must_not_contain", "\"…\""), syntax.braces("max_words", "180"));
    Some(problem.help(match second {
        Some(_) => format!("make two checks of it: `{text}` and `{words}`"),
        None => format!("write `{text}` or `{words}`"),
    }))
}

fn no_words(table: &CheckTable, syntax: Syntax) -> Option<Diagnostic> {
    let words = table.max_words.as_ref().filter(|words| words.value == 0)?;
    let problem = Diagnostic::new(Rule::InvalidValue, words.span, "no output has 0 words");
    let written = syntax.braces("max_words", "180");
    Some(problem.help(format!("write the most words that the output may have: `{written}`")))
}

impl KindFields for Prompt {
    const SPEC: KindSpec = KindSpec {
        about: "A tested prompt with typed variables and the context it needs.",
        word: "prompt",
        one: "a prompt",
        many: "prompts",
        folder: "prompts",
        decisive: &[Common::KEYS.owner, Common::KEYS.version, Self::KEYS.minutes_saved, Common::KEYS.review_by],
        sends_text: true,
        ..KindSpec::USUAL
    };

    fn variables(&self) -> &[Spanned<Variable>] {
        &self.variables
    }

    fn context(&self) -> &[Spanned<ContextItem>] {
        &self.context
    }

    fn check(&self, entry: &Entry, problems: &mut Problems) {
        check_context(&self.context, entry.syntax, problems);
        check_names(&self.variables, problems);
        for variable in &self.variables {
            check_variable(variable, entry.syntax, problems);
        }
        // A test of no model waits to be filled in.
        let says = |test: &WorksWith| test.tested_on.is_some() || test.result.is_some() || test.note.is_some();
        for test in self.works_with.iter().filter(|test| test.model.is_none() && says(test)) {
            missing::<WorksWith>(problems, test.span, WorksWith::KEYS.model, entry.syntax);
        }
        for example in &self.examples {
            self.check_example(example, entry, problems);
        }
        entry.check_text(problems);
        filled::check(self, entry, problems);
    }
}

impl Prompt {
    fn check_example(&self, example: &Spanned<Example>, entry: &Entry, problems: &mut Problems) {
        // What could not be read may be the variable.
        if problems.has_gap(Span::file(entry.source.id), Self::KEYS.variables.as_str()) {
            return;
        }
        let known: Vec<&str> = self.variables.iter().map(|variable| variable.name()).collect();
        for (name, _) in &example.inputs.0 {
            if !known.contains(&name.value.as_str()) {
                let problem = Diagnostic::new(
                    Rule::UndeclaredVariable,
                    name.span,
                    format!("`{}` is not a variable of this prompt", name.value),
                );
                problems.push(problem.maybe_help(suggest::help(name, &known)));
            }
        }
    }
}

fn check_names(variables: &[Spanned<Variable>], problems: &mut Problems) {
    for (nth, variable) in variables.iter().enumerate() {
        let Some(name) = &variable.name else { continue };
        if template::is_reserved(name) {
            let message = format!("`{}` has a meaning of its own in a prompt", name.value);
            problems.push(Diagnostic::new(Rule::InvalidValue, name.span, message).help("choose another name"));
        } else if !template::is_name(name) {
            let problem =
                Diagnostic::new(Rule::InvalidValue, name.span, format!("`{}` is not a variable's name", name.value));
            let near = crate::text::slug::ascii(name).replace('-', "_");
            let near = if template::is_name(&near) { near } else { "launch_date".to_owned() };
            problems.push(
                problem
                    .help(format!("lower case letters, digits and `_`, e.g. `{near}`; the `label` may say anything")),
            );
        }
        if let Some(first) =
            variables[..nth].iter().filter_map(|v| v.name.as_ref()).find(|other| other.value == name.value)
        {
            let problem = Diagnostic::new(
                Rule::InvalidValue,
                name.span,
                format!("the variable `{}` is declared twice", name.value),
            );
            let problem = problem.label("again here").place(first.span, "first here");
            problems.push(problem.help("give each variable a name of its own"));
        }
    }
}

fn check_variable(variable: &Spanned<Variable>, syntax: Syntax, problems: &mut Problems) {
    let kind = variable.variable_type();
    let picks = matches!(kind, VariableType::Choice | VariableType::Multi);
    let invalid = |span, message: String| Diagnostic::new(Rule::InvalidValue, span, message);
    if picks && variable.options() == Options::None && variable.options_from.is_none() {
        missing::<Variable>(problems, variable.span, Variable::KEYS.options, syntax);
    }
    let listed = variable.options.first().map(|option| option.span);
    let from = variable.options_from.as_ref().map(|from| from.span);
    if !picks && let Some(span) = listed.or(from) {
        let message = format!("a {} variable has no options", kind.word());
        problems.push(invalid(span, message).help(format!(
            "use `{}` or `{}`",
            syntax.line("type", "\"choice\""),
            syntax.line("type", "\"multi\"")
        )));
    } else if let (Some(listed), Some(from)) = (listed, from) {
        let problem = invalid(from, "`options_from` has no effect beside `options`".to_owned());
        problems.push(problem.place(listed, "these are the options").help("keep one of the two"));
    }
    limits::options(variable.options.iter().map(|option| (option.0.as_str(), option.span)), problems);
    if let Some(from) = variable.options_from.as_ref().filter(|from| !from.contains('/')) {
        problems.push(
            invalid(from.span, format!("`{}` names no list", from.value))
                .help("write the module's id, `/` and the list: `personas/names`"),
        );
    }
    if let Some(default) = &variable.default
        && let Err(reason) = variable.accepts(&default.0, &variable.listed())
    {
        problems.push(invalid(default.span, format!("the default {reason}")));
    }
}

impl Variable {
    /// The options written with it.
    pub fn listed(&self) -> Vec<&str> {
        self.options.iter().map(|option| option.0.as_str()).collect()
    }

    /// Whether a value fits the variable's type and, where there are any, its options.
    ///
    /// # Errors
    ///
    /// The reason, as the end of a sentence: `is not one of …`.
    pub fn accepts(&self, value: &str, options: &[&str]) -> Result<(), String> {
        let fits = match self.variable_type() {
            VariableType::Choice => return one_of(value, options),
            VariableType::Multi if is_list_of(value, options) => true,
            VariableType::Multi => return value.split(',').map(str::trim).try_for_each(|part| one_of(part, options)),
            VariableType::Text | VariableType::Long => true,
            VariableType::Number => value.trim().parse::<f64>().is_ok_and(f64::is_finite),
            VariableType::Date => is_day(value.trim()),
            VariableType::YesNo => matches!(value, "yes" | "no"),
            VariableType::Email => is_email(value.trim()),
            VariableType::Url => is_web_address(value.trim()),
        };
        if fits { Ok(()) } else { Err(format!("`{value}` is not {}", self.variable_type().wanted())) }
    }
}

/// Whether a text is a day as a form writes it: the other forms of ISO 8601 are dates to the parser only.
fn is_day(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    shape == "0000-00-00" && text.parse::<Date>().is_ok()
}

fn is_email(text: &str) -> bool {
    let is_host = |host: &str| host.contains('.') && host.split('.').all(|label| !label.is_empty());
    let parts = text.split_once('@').filter(|(name, host)| !name.is_empty() && !host.contains('@') && is_host(host));
    parts.is_some() && !text.contains(char::is_whitespace)
}

/// Whether a text is an address that says plainly where it leads.
fn is_web_address(text: &str) -> bool {
    crate::text::address::past_scheme(text).is_some() && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// Whether a value is some of the options with commas between them; an option may hold a comma itself.
fn is_list_of(value: &str, options: &[&str]) -> bool {
    let (mut starts, mut seen) = (vec![value], HashSet::new());
    while let Some(rest) = starts.pop() {
        let rest = rest.trim_start();
        // Options that begin alike lead to the same place in many ways.
        if !seen.insert(rest.len()) {
            continue;
        }
        for after in options.iter().filter_map(|option| rest.strip_prefix(option)).map(str::trim_start) {
            if after.is_empty() {
                return true;
            }
            starts.extend(after.strip_prefix(','));
        }
    }
    false
}

fn one_of(value: &str, options: &[&str]) -> Result<(), String> {
    if options.is_empty() || options.contains(&value) {
        return Ok(());
    }
    Err(format!("`{value}` is not one of {}", suggest::list(options)))
}

impl VariableType {
    /// What a value must be, in words.
    fn wanted(self) -> &'static str {
        match self {
            Self::Number => "a number",
            Self::Date => "a date like 2026-05-04",
            Self::YesNo => "`yes` or `no`",
            Self::Email => "an e-mail address",
            Self::Url => "a web address",
            Self::Text | Self::Long | Self::Choice | Self::Multi => "a text",
        }
    }
}
