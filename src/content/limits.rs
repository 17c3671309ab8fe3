//! How much of a thing there may be: what content decides costs no more than this.
//!
//! Far more than people use, and little enough that a site stays in proportion to what it is made of. Each is reported
//! where it is passed, by the rule `too-large`, and listed in `content/guides/rules.md`.

use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::fields::{FieldSpec, Fielded, ValueRef};
use crate::markdown::Outline;
use crate::text::Span;

/// The most slots among the `context` of an entry: each is a list of modules on its page.
pub const SLOTS_LIMIT: usize = 20;

/// The most characters of a summary; a hint asks for fewer, see [`SUMMARY_LIMIT`](super::SUMMARY_LIMIT).
pub const SUMMARY_MOST: usize = 1_000;

/// The pages that a handbook may make of tags, teams, aliases and names without a profile: this many, and
/// [`DERIVED_PER_ENTRY`] for each entry.
pub const DERIVED_PAGES: usize = 1_000;

/// See [`DERIVED_PAGES`].
pub const DERIVED_PER_ENTRY: usize = 5;

/// The options that the forms of a handbook may have, of slots and of lists that several forms take theirs from: this
/// many, and [`CHOICES_PER_ENTRY`] for each entry.
pub const CHOICES: usize = 100_000;

/// See [`CHOICES`].
pub const CHOICES_PER_ENTRY: usize = 300;

/// How many bytes of an option count as one more option, since a form has the whole text.
pub const CHOICE_BYTES: usize = 40;

/// The most characters of an option.
pub const OPTION_MOST: usize = 200;

/// The most links and images of an entry: a wikilink of a few letters is a whole title on the page.
pub const LINKS_MOST: usize = 5_000;

/// The most uses of variables in the text of a prompt: each is a mark on its page.
pub const USES_MOST: usize = 2_000;

/// The most bytes that a prompt comes to with its defaults, or with the inputs of an example.
pub const FILLED_MOST: usize = 1024 * 1024;

/// The most bytes of a prompt that is assembled, whatever was filled in.
pub const ASSEMBLED_MOST: usize = 4 * 1024 * 1024;

/// The most modules that a slot offers: those of its own type first.
pub const OFFERED: usize = 200;

/// Reports every list of a record that is longer, and every text that has more characters, than its field allows.
pub(super) fn record(record: &dyn Fielded, problems: &mut Problems) {
    record.each(&mut |spec, span, value| self::value(spec, span, value, problems));
}

fn value(spec: &'static FieldSpec, span: Span, value: ValueRef<'_>, problems: &mut Problems) {
    match value {
        ValueRef::Text(text) => self::text(spec, text, span, problems),
        ValueRef::Table(record) => self::record(record, problems),
        ValueRef::List(items) => {
            let mut nth = 0;
            items.each(&mut |span, item| {
                if nth == spec.most_items {
                    problems.push(too_many(spec, items.count(), span));
                }
                nth += 1;
                self::value(spec, span, item, problems);
            });
        }
        ValueRef::Map(pairs) => {
            let mut nth = 0;
            pairs.each(&mut |_, name, span, item| {
                if nth == spec.most_items {
                    problems.push(too_many(spec, pairs.count(), name));
                }
                nth += 1;
                self::value(spec, span, item, problems);
            });
        }
        ValueRef::Absent | ValueRef::Whole(_) | ValueRef::YesNo(_) | ValueRef::Day(_) => {}
    }
}

fn too_many(spec: &FieldSpec, count: usize, span: Span) -> Diagnostic {
    let message = format!("`{}` has {count} items, more than {}", spec.key, spec.most_items);
    let problem = Diagnostic::new(Rule::TooLarge, span, message).label("this is one too many");
    problem.help("keep those that matter most, or make more than one entry of this")
}

fn text(spec: &FieldSpec, text: &str, span: Span, problems: &mut Problems) {
    let (field, most) = (spec.key, spec.most_characters);
    // Bytes are at least as many as characters, and known.
    if text.len() > most && text.chars().nth(most).is_some() {
        let length = text.chars().count();
        let message = format!("a text in `{field}` has {length} characters, more than {most}");
        problems.push(
            Diagnostic::new(Rule::TooLarge, span, message)
                .help("shorten it, and say the rest in the body: other pages repeat this text"),
        );
    }
}

/// Reports the first option that is longer than [`OPTION_MOST`].
pub(super) fn options<'o>(options: impl IntoIterator<Item = (&'o str, Span)>, problems: &mut Problems) {
    let is_long = |text: &str| text.len() > OPTION_MOST && text.chars().nth(OPTION_MOST).is_some();
    if let Some((text, span)) = options.into_iter().find(|(text, _)| is_long(text)) {
        let message = format!("an option has {} characters, more than {OPTION_MOST}", text.chars().count());
        let help = "write a few words here, and what they stand for into the prompt";
        problems.push(Diagnostic::new(Rule::TooLarge, span, message).help(help));
    }
}

/// Reports more links and images than [`LINKS_MOST`].
pub(super) fn links(outline: &Outline, problems: &mut Problems) {
    if let Some(link) = outline.links.iter().chain(&outline.images).nth(LINKS_MOST) {
        let count = outline.links.len() + outline.images.len();
        let message = format!("the text has {count} links and images, more than {LINKS_MOST}");
        let problem = Diagnostic::new(Rule::TooLarge, link.span, message).label("this is one too many");
        problems.push(problem.help("make more than one entry of this"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::{Pairs, record};
    use crate::text::Spanned;

    record! {
        /// A record with bounds.
        struct Bounded ("bounded") {
            /// Texts with names.
            inputs: Pairs<String> [items(2), characters(3)],
        }
    }

    #[test]
    fn the_bounds_of_a_map_hold_for_its_names_and_its_texts() {
        let pair = |name: &str, text: &str| {
            (Spanned::new(name.to_owned(), Span::default()), Spanned::new(text.to_owned(), Span::default()))
        };
        let bounded = Bounded { inputs: Pairs(vec![pair("a", "abc"), pair("b", "abcd"), pair("c", "")]) };
        let mut problems = Problems::default();
        record(&bounded, &mut problems);
        let messages: Vec<String> = problems.since(0).map(|problem| problem.message.clone()).collect();
        assert_eq!(messages, ["a text in `inputs` has 4 characters, more than 3", "`inputs` has 3 items, more than 2"]);
    }
}
