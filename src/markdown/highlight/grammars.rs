//! The grammars, and the names of languages that have one.

use std::sync::LazyLock;

use syntect::parsing::{SyntaxReference, SyntaxSet};

#[cfg(feature = "onig")]
use crate::markdown::steps;

/// Grammars take milliseconds to load and are only needed once some block has a language.
pub(super) static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(|| {
    #[cfg(feature = "onig")]
    steps::limit(STEPS);
    two_face::syntax::extra_newlines()
});

/// How often one search for one pattern in a line may go back and try anew. Ordinary code needs a few hundred; there
/// are grammars whose patterns need the cube of a line's length, or a power of two, when somebody means harm. A search
/// that is stopped finds nothing, so the code is shown with less colour.
#[cfg(feature = "onig")]
const STEPS: u32 = 2_000;

/// Whether a word is the name of a language: what stands behind a fence is on no page and is read by tools, so nothing
/// else may stand there.
pub fn is_language(word: &str) -> bool {
    let is_of_name = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'#' | b'.' | b'_' | b'-');
    word.len() <= LANGUAGE_LIMIT && word.bytes().all(is_of_name) || grammar(word).is_some()
}

/// The most bytes in the name of a language that has no grammar here. It leaves no room for a sentence to a model.
const LANGUAGE_LIMIT: usize = 24;

/// The grammar of a language, by its name or the ending of its files; none for plain text, which needs no spans.
pub(super) fn grammar(language: &str) -> Option<&'static SyntaxReference> {
    if is_plain(language) {
        return None;
    }
    SYNTAXES.find_syntax_by_token(language).filter(|syntax| syntax.name != "Plain Text")
}

/// The words that mean no language. `prompt` is among them for blocks that a page shows as code.
pub(super) fn is_plain(language: &str) -> bool {
    matches!(language, "" | "text" | "txt" | "plain" | "prompt" | "none")
}
