//! A prompt: the text with its blanks, what goes along, what to check, and how it went.
//!
//! The script of the page fills in what is finished here: [`fill`] has the data that it reads, and [`View`] what is
//! drawn before it runs. Without a script the page shows the text with its blanks, and the form does nothing.

use std::fmt::Write as _;

use serde::Serialize;

use super::Presented;
use crate::content::kinds::{Asks, Check, Example, Prompt, Variable, VariableType, WorksWith};
use crate::diagnostics::Diagnostic;
use crate::markdown;
use crate::site::parts::{InTwin, OnPage, item, line, text};
use crate::site::{Site, fill};
use crate::theme::view::{ContextView, DayView, LinkView};

/// What the template of a prompt sees as `own`.
#[derive(Serialize)]
pub(super) struct View {
    /// The text to send, finished: a block for each message.
    messages: String,
    /// What the page's script fills in, as JSON that can stand in an attribute between single quotes.
    fill: String,
    /// Its blanks.
    variables: Vec<VariableView>,
    /// Its context.
    context: Vec<ContextView>,
    /// Whether some of the context stands before the text.
    context_before: bool,
    /// Models it was tried with.
    works_with: Vec<WorksWithView>,
    /// What to check.
    checks: Vec<String>,
    /// Worked examples.
    examples: Vec<ExampleView>,
}

/// A blank.
#[derive(Serialize)]
struct VariableView {
    /// The name between the braces.
    name: String,
    /// What the form calls it.
    label: String,
    /// What to write there.
    help: String,
    /// What it holds, as a word.
    kind: String,
    /// Whether it is needed.
    required: bool,
    /// What is sent when nothing is written.
    default: String,
    /// What a good value looks like.
    example: String,
    /// Its choices.
    options: Vec<OptionView>,
}

/// A choice.
#[derive(Serialize)]
struct OptionView {
    /// What it says and sends.
    value: String,
    /// Whether it is part of the default.
    chosen: bool,
}

/// A test with a model.
#[derive(Serialize)]
struct WorksWithView {
    /// The model.
    model: LinkView,
    /// When.
    tested_on: DayView,
    /// How it went, as a word; may be empty.
    result: String,
    /// How it went, as people read it.
    result_label: String,
    /// What to know.
    note: String,
}

/// A worked example.
#[derive(Serialize)]
struct ExampleView {
    /// What it is of.
    title: String,
    /// Label and value of each blank.
    inputs: Vec<(String, String)>,
    /// What came back.
    output: String,
    /// The model that wrote it.
    model: String,
}

impl Presented for Prompt {
    type View = View;

    fn view(&self, page: &OnPage<'_>) -> Result<View, Box<Diagnostic>> {
        let context = page.context();
        Ok(View {
            messages: page.messages(),
            fill: fill::json(page.site, page.ix),
            variables: self.variables.iter().map(|variable| variable_view(page, variable)).collect(),
            context_before: context.iter().any(|item| item.stands_before),
            context,
            works_with: self.works_with.iter().map(|test| test_view(page, test)).collect(),
            checks: self.checks.iter().map(|check| sentence(page.site, check)).collect(),
            examples: self.examples.iter().map(|example| example_view(page, self, example)).collect(),
        })
    }

    // Before the text, because a tool that fills the blanks should know what they hold when it meets them.
    fn before(&self, twin: &mut InTwin<'_>) {
        if !self.variables.is_empty() {
            twin.heading("variables");
        }
        for variable in &self.variables {
            write_variable(twin, variable);
        }
    }

    // In the order in which one needs it: what goes along, what to check, how it may look, and where it was tried.
    fn after(&self, twin: &mut InTwin<'_>) {
        twin.context(&self.context);
        let checks: Vec<String> = self.checks.iter().map(|check| line(&sentence(twin.site, check))).collect();
        twin.items("checks", checks);
        // Without an output there is nothing to see; the rule that needs one reports it.
        let examples: Vec<_> = self.examples.iter().filter(|example| example.output.is_some()).collect();
        if !examples.is_empty() {
            twin.heading("examples");
        }
        for example in examples {
            write_example(twin, self, example);
        }
        let tests: Vec<String> = self.works_with.iter().map(|test| test_line(twin, test)).collect();
        twin.items("works_with", tests);
    }
}

/// What the form calls a variable; its name where the prompt has none of that name, as an example may that is older
/// than its prompt.
fn label_of(prompt: &Prompt, name: &str) -> String {
    let variable = prompt.variables.iter().find(|variable| variable.name() == name);
    variable.map_or_else(|| name.to_owned(), |variable| variable.label())
}

/// An example, with the labels that the form has for its inputs.
fn example_view(page: &OnPage<'_>, prompt: &Prompt, example: &Example) -> ExampleView {
    let inputs = example.inputs.0.iter().map(|(name, value)| (label_of(prompt, name), value.0.clone()));
    ExampleView {
        title: text(example.title.as_ref()),
        inputs: inputs.collect(),
        output: text(example.output.as_ref()),
        model: example.model.as_ref().map(|name| page.model(Prompt::KEYS.examples, name).label).unwrap_or_default(),
    }
}

/// A variable as the form draws it. Its options may come from a module, so the handbook is asked.
fn variable_view(page: &OnPage<'_>, variable: &Variable) -> VariableView {
    VariableView {
        name: variable.name().to_owned(),
        label: variable.label(),
        help: text(variable.help.as_ref()),
        options: options(variable, page.site.handbook.options(page.ix, variable)),
        kind: variable.variable_type().word().to_owned(),
        required: variable.is_required(),
        default: variable.default_value().to_owned(),
        example: variable.example.as_ref().map(|example| example.0.clone()).unwrap_or_default(),
    }
}

/// The choices of a variable, and which of them are its default. Of several the default is a list with commas; an
/// option that has a comma itself is chosen where it is all of the default.
fn options(variable: &Variable, values: Vec<String>) -> Vec<OptionView> {
    let default = variable.default_value();
    let is_several = variable.variable_type() == VariableType::Multi;
    let chosen = |value: &str| {
        !default.is_empty() && (value == default || is_several && default.split(',').any(|one| one.trim() == value))
    };
    values.into_iter().map(|value| OptionView { chosen: chosen(&value), value }).collect()
}

/// A test: the word of its result is for the style sheet, the other for people.
fn test_view(page: &OnPage<'_>, test: &WorksWith) -> WorksWithView {
    let result = test.result.as_ref().map(|result| result.word());
    WorksWithView {
        model: test.model.as_ref().map(|name| page.model(Prompt::KEYS.works_with, name)).unwrap_or_default(),
        tested_on: page.site.maybe_day(test.tested_on.as_ref().map(|date| date.value)),
        result: result.unwrap_or_default().to_owned(),
        result_label: result.map(|result| page.site.word_of("result", result).to_owned()).unwrap_or_default(),
        note: text(test.note.as_ref()),
    }
}

/// A check as a sentence. Those that the program can judge are put into words of the interface.
fn sentence(site: &Site, check: &Check) -> String {
    match check.asks() {
        Asks::Sentence(sentence) => sentence.to_owned(),
        Asks::MustNotContain(words) => format!("{} “{words}”", site.word("must_not_contain")),
        Asks::MaxWords(count) => format!("{} {count}", site.word("max_words")),
    }
}

/// A variable on one line: name, type, whether it is needed, label and help, then options and default. Names are
/// identifiers, so a code span holds them as they are.
fn write_variable(twin: &mut InTwin<'_>, variable: &Variable) {
    let site = twin.site;
    let need = site.word(if variable.is_required() { "required" } else { "optional" });
    let (name, sort) = (variable.name(), variable.variable_type().word());
    let _ = write!(twin.text, "- `{name}` ({sort}, {need}): {}", line(&variable.label()));
    if let Some(help) = &variable.help {
        let _ = write!(twin.text, ". {}", line(help));
    }
    let options = site.handbook.options(twin.ix, variable);
    for (key, value) in [("options", options.join("; ").as_str()), ("default", variable.default_value())] {
        if !value.is_empty() {
            let _ = write!(twin.text, " ({}: {})", site.word(key), line(value));
        }
    }
    twin.text.push('\n');
}

/// An example: its inputs as a list, and the output in a fence, since it is quoted and may have any Markdown in it.
fn write_example(twin: &mut InTwin<'_>, prompt: &Prompt, example: &Example) {
    let title = example.title.as_ref().map_or_else(|| twin.site.word("example").to_owned(), |title| line(title));
    let _ = write!(twin.text, "### {title}\n\n");
    if let Some(model) = &example.model {
        twin.written_fact("model", &twin.model(Prompt::KEYS.examples, model));
    }
    for (name, value) in &example.inputs.0 {
        let _ = writeln!(twin.text, "- {}: {}", line(&label_of(prompt, name)), item(&value.0));
    }
    // A fence may follow a list directly (CommonMark, 4.5), but without a blank line it is hard to read; after a
    // heading the line is there.
    if !twin.text.ends_with("\n\n") {
        twin.text.push('\n');
    }
    let output = example.output.as_ref().map_or("", |output| output.value.as_str());
    // Longer than any run of backticks in the output, or the output could close it.
    let fence = markdown::fence(output);
    let _ = write!(twin.text, "{fence}\n{}\n{fence}\n\n", output.trim_end());
}

/// A test on one line, with its note behind it, which may have more.
fn test_line(twin: &InTwin<'_>, test: &WorksWith) -> String {
    let model = test.model.as_ref().map(|name| twin.model(Prompt::KEYS.works_with, name)).unwrap_or_default();
    let result = test.result.as_ref().map(|result| twin.site.word_of("result", result.word()).to_owned());
    let day = test.tested_on.as_ref().map(|day| day.value.to_string());
    let facts: Vec<String> = result.into_iter().chain(day).collect();
    let facts = if facts.is_empty() { String::new() } else { format!(" ({})", facts.join(", ")) };
    let note = test.note.as_ref().map(|note| format!(": {}", item(note))).unwrap_or_default();
    format!("{model}{facts}{note}")
}
