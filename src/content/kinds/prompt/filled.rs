//! How much a prompt comes to when it is filled: values times their uses.

use std::collections::HashMap;

use super::{Example, Prompt};
use crate::content::limits::{FILLED_MOST, USES_MOST};
use crate::content::{Entry, template};
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::text::{Span, Spanned};

/// The most examples that are looked at: more are too many already.
const EXAMPLES: usize = 50;

/// Reports defaults, or inputs of an example, with which the prompt comes to more than [`FILLED_MOST`] bytes.
pub(super) fn check(prompt: &Prompt, entry: &Entry, problems: &mut Problems) {
    // A text with too many uses is reported as that already.
    if entry.messages.iter().map(|message| message.template.uses.len()).sum::<usize>() > USES_MOST {
        return;
    }
    let defaults = defaults(prompt);
    if let Some(bytes) = too_much(entry, &defaults) {
        problems.push(problem(bytes, largest_default(prompt, entry), "its defaults"));
        return;
    }
    for example in prompt.examples.iter().take(EXAMPLES) {
        let mut values = defaults.clone();
        values.extend(inputs(example));
        if let Some(bytes) = too_much(entry, &values) {
            problems.push(problem(bytes, example.span, "the inputs of this example"));
        }
    }
}

/// For each name how many bytes its value has.
type Sizes<'p> = HashMap<&'p str, usize>;

fn defaults(prompt: &Prompt) -> Sizes<'_> {
    prompt.variables.iter().map(|variable| (variable.name(), variable.default_value().len())).collect()
}

fn inputs(example: &Example) -> impl Iterator<Item = (&str, usize)> {
    example.inputs.0.iter().map(|(name, value)| (name.value.as_str(), value.value.0.len()))
}

/// What the text comes to, where that is too much.
fn too_much(entry: &Entry, sizes: &Sizes<'_>) -> Option<usize> {
    let of = |name: &str| sizes.get(name).copied().unwrap_or(0);
    let texts = entry.messages.iter().map(|message| template::size(&message.template.segments, &of));
    Some(texts.fold(0, usize::saturating_add)).filter(|bytes| *bytes > FILLED_MOST)
}

fn largest_default(prompt: &Prompt, entry: &Entry) -> Span {
    let defaults = prompt.variables.iter().filter_map(|variable| variable.default.as_ref());
    let title = entry.common.title.as_ref().map_or(Span::file(entry.source.id), |title| title.span);
    defaults.max_by_key(|default: &&Spanned<_>| default.value.0.len()).map_or(title, |default| default.span)
}

fn problem(bytes: usize, at: Span, with: &str) -> Diagnostic {
    let message =
        format!("the prompt comes to {} KiB with {with}, more than {}", bytes.div_ceil(1024), FILLED_MOST / 1024);
    Diagnostic::new(Rule::TooLarge, at, message).help("shorten the value, or use it fewer times in the text")
}
