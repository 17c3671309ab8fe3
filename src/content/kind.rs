//! What sorts of entries there are: what each is called, and what is done with its entries.

use crate::content::{Common, Kind};
use crate::fields::{FieldKey, Unknown};

/// What a kind says of itself, beside its fields.
#[derive(Debug)]
pub struct KindSpec {
    /// Its word, by which classes, templates and programs know it: `context-module`.
    pub word: &'static str,
    /// What it is, in a sentence.
    pub about: &'static str,
    /// Its word in a sentence, with its article: `a context module`.
    pub one: &'static str,
    /// Its word in a sentence, of several: `context modules`.
    pub many: &'static str,
    /// The folder of its entries below `content/` and on the site; empty for what lies anywhere else.
    pub folder: &'static str,
    /// The facts by which a reader decides whether to trust it, by field, most telling first.
    pub decisive: &'static [FieldKey],
    /// What a key is that it does not have. Pages come from everywhere, with keys of every tool; what has a kind of ours
    /// was written for it.
    pub unknown: Unknown,
    /// What other tools call a field of every entry in entries of this kind alone: their key, and ours.
    pub also: &'static [(&'static str, FieldKey)],
    /// Whether its prompt blocks are a text that is copied and sent.
    pub sends_text: bool,
    /// Whether its entries are shared for others to use: they are news, and their authors are whom to ask.
    pub is_shared: bool,
    /// Whether its entries are called by their titles too: people and models are named in passing.
    pub is_called: bool,
}

impl KindSpec {
    /// What most kinds have in common.
    pub const USUAL: Self = Self {
        word: "",
        about: "",
        one: "",
        many: "",
        folder: "",
        decisive: &[Common::KEYS.owner, Common::KEYS.updated, Common::KEYS.review_by],
        unknown: Unknown::Mistake,
        also: &[("name", Common::KEYS.title)],
        sends_text: false,
        is_shared: true,
        is_called: false,
    };
}

impl KindSpec {
    /// The id of an entry of the kind by its name in the folder, which is also the address of a page there.
    pub fn id_of(&self, name: &str) -> String {
        if self.folder.is_empty() { name.to_owned() } else { format!("{}/{name}", self.folder) }
    }

    /// A reference to an entry of the kind without the folder, which it may drop.
    pub fn within<'r>(&self, reference: &'r str) -> &'r str {
        reference.strip_prefix(self.folder).and_then(|rest| rest.strip_prefix('/')).unwrap_or(reference)
    }
}

impl Kind {
    /// Its word, by which classes, templates and programs know it: `context-module`.
    pub const fn word(self) -> &'static str {
        self.spec().word
    }

    /// The folder below `content/` and on the site; empty for pages.
    pub const fn folder(self) -> &'static str {
        self.spec().folder
    }

    /// Whether its entries have a folder of their own, and so a list of all of them.
    pub const fn is_listed(self) -> bool {
        !self.folder().is_empty()
    }

    /// The kinds whose entries have a folder of their own, and so a list of all of them.
    pub fn listed() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|kind| kind.is_listed())
    }

    /// The kind whose entries lie in a folder below `content/`; none for that of pages, which lie anywhere else.
    pub fn of_folder(folder: &str) -> Option<Self> {
        Self::listed().find(|kind| kind.folder() == folder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::with_article;

    #[test]
    fn a_kind_is_called_the_same_everywhere() {
        for kind in Kind::ALL {
            assert_eq!(kind.word(), kind.noun().replace(' ', "-"));
            assert_eq!(kind.spec().one, with_article(kind.noun()));
            assert_ne!(kind.spec().many, kind.noun());
        }
    }

    #[test]
    fn a_reference_may_drop_the_folder_of_its_kind() {
        let spec = Kind::ContextModule.spec();
        for (written, name) in [("context/a/b", "a/b"), ("a/b", "a/b"), ("contexts/a", "contexts/a")] {
            assert_eq!(spec.within(written), name);
        }
        assert_eq!([spec.id_of("a"), Kind::Page.spec().id_of("a")], ["context/a", "a"]);
    }

    #[test]
    fn what_has_no_folder_is_a_page() {
        assert_eq!(Kind::of_folder("context"), Some(Kind::ContextModule));
        assert_eq!(Kind::of_folder(""), None);
        assert_eq!(Kind::ALL.iter().filter(|kind| !kind.is_listed()).collect::<Vec<_>>(), [&Kind::Page]);
    }
}
