//! How much of a thing there may be: what content decides costs no more than this.
//!
//! Far more than people use, and little enough that a site stays in proportion to what it is made of. Each is told where
//! it is passed, by the rule `too-large`, and listed in `content/guides/rules.md`.

use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::text::Spanned;

/// The most items of each list that an entry may have, by field.
pub const LISTS: &[(&str, usize)] = &[
    ("aliases", 100),
    ("authors", 50),
    ("checks", 100),
    ("context", 100),
    ("entries", 500),
    ("examples", 50),
    ("good_at", 100),
    ("includes", 50),
    ("iterations", 100),
    ("links", 100),
    ("poor_at", 100),
    ("prompts", 100),
    ("related", 100),
    ("setup", 50),
    ("steps", 100),
    ("tags", 50),
    ("who", 50),
    ("works_with", 50),
];

/// The most slots among the `context` of an entry: each is a list of modules on its page.
pub const SLOTS_LIMIT: usize = 20;

/// The most characters of a summary; a hint asks for fewer, see [`SUMMARY_LIMIT`](super::SUMMARY_LIMIT).
pub const SUMMARY_MOST: usize = 1_000;

/// The most characters of a text that other pages repeat, by field: the entry's, and each name of a list.
pub const TEXTS: &[(&str, usize)] = &[
    ("aliases", 200),
    ("authors", 100),
    ("owner", 100),
    ("reviewed_by", 100),
    ("summary", SUMMARY_MOST),
    ("tags", 100),
    ("team", 100),
    ("title", 200),
    ("type", 100),
    ("version", 100),
    ("who", 100),
];

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

/// The most modules that a slot offers: those of its own type first.
pub const OFFERED: usize = 200;

/// Reports a list of an entry that is longer than [`LISTS`] allows.
pub(super) fn list<T>(field: &str, items: &[Spanned<T>], problems: &mut Problems) {
    let most = most(LISTS, field);
    if let Some(item) = items.get(most) {
        let message = format!("`{field}` has {} items, more than {most}", items.len());
        let problem = Diagnostic::new(Rule::TooLarge, item.span, message).label("this is one too many");
        problems.push(problem.help("keep those that matter most, or make more than one entry of this"));
    }
}

/// Reports a text that is longer than [`TEXTS`] allows.
pub(super) fn text(field: &str, text: &Spanned<String>, problems: &mut Problems) {
    let most = most(TEXTS, field);
    // Bytes are at least as many as characters, and known.
    if text.len() > most && text.chars().nth(most).is_some() {
        let length = text.chars().count();
        let message = format!("a text in `{field}` has {length} characters, more than {most}");
        problems.push(
            Diagnostic::new(Rule::TooLarge, text.span, message)
                .help("shorten it, and say the rest in the body: other pages repeat this text"),
        );
    }
}

fn most(limits: &[(&str, usize)], field: &str) -> usize {
    limits.iter().find(|(known, _)| *known == field).map_or(usize::MAX, |(_, most)| *most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::kinds;

    #[test]
    fn limits_are_of_fields() {
        for (field, _) in LISTS.iter().chain(TEXTS) {
            assert!(kinds::is_field(field), "{field}");
        }
    }
}
