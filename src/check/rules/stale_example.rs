//! A worked example that its own prompt would not accept any more.
//!
//! Prompts change, and the example that convinced people stays. What can be judged without a model is judged here:
//! whether the form would take the inputs, and those checks of the output that are counts or forbidden words. A check
//! in prose is for people.

use crate::check::Scope;
use crate::content::kinds::{Asks, Example, Prompt, Variable};
use crate::content::{Entry, Fields};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::handbook::{Catalog, Ix};
use crate::text::{Span, Spanned, suggest};

pub(in crate::check) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    for (at, entry) in scope.catalog.entries.iter().enumerate() {
        let Fields::Prompt(prompt) = &entry.fields else { continue };
        let choices = |variable| choices(scope.catalog, Ix(at), variable);
        for example in &prompt.examples {
            check_inputs(prompt, example, &choices, problems);
            check_output(entry, prompt, example, problems);
        }
    }
}

/// What the form would refuse: values that a variable does not accept, each at its place, and all absent ones together
/// in one problem, because they are mended in one line. Inputs without a variable of their name are reported where the
/// entry is read.
fn check_inputs<'c>(
    prompt: &'c Prompt,
    example: &Spanned<Example>,
    choices: &dyn Fn(&'c Variable) -> Choices<'c>,
    problems: &mut Problems,
) {
    // An example may show its output alone.
    if example.inputs.0.is_empty() {
        return;
    }
    let mut absent = Vec::new();
    for variable in prompt.variables.iter().filter(|variable| variable.name.is_some()) {
        let given = example.inputs.0.iter().find(|(name, _)| name.value == variable.name());
        if given.is_none() && variable.is_required() {
            absent.push(variable.name());
        }
        let Some((_, value)) = given else { continue };
        // Options may come from a module that fewer readers may see: the message lists them, so it quotes that file.
        let (options, of) = choices(variable);
        if let Err(reason) = variable.accepts(&value.0, &options) {
            let problem = Diagnostic::new(Rule::StaleExample, value.span, format!("the example's {reason}"));
            let problem = problem.place(variable.span, "declared here");
            problems.push(of.map(|module| module.source.id).into_iter().fold(problem, Diagnostic::quotes));
        }
    }
    if !absent.is_empty() {
        let message = format!("the example has no value for {}, which the prompt needs", suggest::list(&absent));
        let problem = Diagnostic::new(Rule::StaleExample, place(example), message);
        problems.push(problem.help("add what is missing to the example's `inputs`"));
    }
}

/// The options of a variable, and the module that they are taken from; `None` where the variable lists them itself.
type Choices<'c> = (Vec<&'c str>, Option<&'c Entry>);

/// Options that are written with the variable win over those of `options_from`, as they do in the form.
fn choices<'c>(catalog: &'c Catalog, entry: Ix, variable: &'c Variable) -> Choices<'c> {
    let listed = variable.listed();
    let from = variable.options_from.as_ref().filter(|_| listed.is_empty());
    let module = from.and_then(|from| catalog.options_module(entry, from)).map(|(ix, _)| catalog.entry(ix));
    (from.and_then(|from| catalog.options(entry, from)).unwrap_or(listed), module)
}

/// What the checks of the prompt say of the output. Words are what white space separates, as people count them;
/// languages without spaces have one word a line then, so a limit of words never speaks against them.
fn check_output(entry: &Entry, prompt: &Prompt, example: &Spanned<Example>, problems: &mut Problems) {
    let Some(output) = &example.output else { return };
    for check in &prompt.checks {
        let problem = match check.asks() {
            Asks::Sentence(_) => continue,
            Asks::MustNotContain(text) => {
                if find(output, text).is_none() {
                    continue;
                }
                let message = format!("the example contains `{text}`");
                Diagnostic::new(Rule::StaleExample, written(entry, output.span, text), message)
                    .place(check.span, "which it must not")
            }
            Asks::MaxWords(most) => {
                let words = output.split_whitespace().count();
                if words <= most as usize {
                    continue;
                }
                let message = format!("the example has {words} words, more than {most}");
                Diagnostic::new(Rule::StaleExample, place(example), message).place(check.span, "the most it may have")
            }
        };
        problems.push(problem.help("run the prompt again and show what it gives now, or change the check"));
    }
}

/// Where an example begins: its title, which says more than its brackets.
fn place(example: &Spanned<Example>) -> Span {
    example.title.as_ref().map_or(example.span, |title| title.span)
}

/// Where a text stands in a value; the whole value where it is written with escapes, which the source does not show as
/// themselves.
fn written(entry: &Entry, value: Span, text: &str) -> Span {
    let Some(at) = find(entry.source.slice(value.range()), text) else { return value };
    let start = value.start as usize + at;
    Span::new(value.source, start..start + text.len())
}

/// Where a text begins in another, in bytes, whatever the case of its ASCII letters. Both are UTF-8, so a window that
/// equals the wanted text begins and ends at characters.
fn find(text: &str, wanted: &str) -> Option<usize> {
    let wanted = wanted.as_bytes();
    if wanted.is_empty() {
        return None;
    }
    text.as_bytes().windows(wanted.len()).position(|window| window.eq_ignore_ascii_case(wanted))
}
