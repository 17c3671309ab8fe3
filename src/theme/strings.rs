//! The words of the interface, in the handbook's language.

use std::collections::BTreeMap;

use crate::diagnostics::Problems;
use crate::fields::{self, Known, Pairs, Parts};
use crate::files::theme::ThemeFile;
use crate::text::Source;

/// Words by key.
#[derive(Debug, Clone, Default)]
pub struct Strings {
    words: BTreeMap<String, String>,
}

/// The language that has every word.
const COMPLETE: &str = "en";

impl Strings {
    /// English, then what the theme has for the language, then what the user's theme has: later words replace
    /// earlier ones. `de-AT` also takes those of `de`.
    pub(super) fn read(built_in: &[ThemeFile], user: &[ThemeFile], language: &str, problems: &mut Problems) -> Self {
        let mut strings = Self::default();
        let base = language.split('-').next().unwrap_or(language);
        for language in [COMPLETE, base, language] {
            let path = format!("strings/{language}.toml");
            for (_, source) in built_in.iter().chain(user).filter(|(name, _)| *name == path) {
                strings.add(source, problems);
            }
        }
        strings
    }

    fn add(&mut self, source: &Source, problems: &mut Problems) {
        // A bare `Keys::all` is not general enough in its lifetimes for the parser.
        #[allow(clippy::redundant_closure_for_method_calls)]
        let Pairs(words) =
            fields::parse(source, &Parts::all(source, 0), &Known::default, problems, |keys| keys.all::<String>()).value;
        self.words.extend(words.into_iter().map(|(key, word)| (key.value, word.value)));
    }

    /// The word of a key; the key itself where no language has it. Keys are of the program alone: what a team calls
    /// something is never one, be it `edit` or `search`.
    pub fn word(&self, key: &'static str) -> &str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// The word of the program's own word in a family of keys: that of `trust_high`; the own word where no language has it.
    pub fn word_of(&self, family: &'static str, own: &'static str) -> &str {
        self.words.get(&format!("{family}_{own}")).map_or(own, String::as_str)
    }

    /// All words, for templates.
    pub fn all(&self) -> &BTreeMap<String, String> {
        &self.words
    }
}
