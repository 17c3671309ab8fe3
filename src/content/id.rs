//! Ids: what an entry is called, which says what sort of entry it is.

use std::fmt;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::content::Kind;

/// An entry's id: its path below `content/` without `.md`, in Unicode form NFC, with `/` on every system.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(String);

impl Id {
    /// The id of a path below `content/`, with or without `.md`.
    pub fn of_path(path: &str) -> Self {
        Self::written(path.strip_suffix(".md").unwrap_or(path))
    }

    /// The id that is written so, be it of a file `x.md.md`.
    pub fn written(id: &str) -> Self {
        Self(if is_nfc(id) { id.to_owned() } else { id.nfc().collect() })
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands after the last `/`.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The folder, without a `/` at its end; empty for an entry right below `content/`.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The kind, which the first folder decides.
    pub fn kind(&self) -> Kind {
        let folder = self.0.split_once('/').map_or("", |(first, _)| first);
        Kind::of_folder(folder).unwrap_or(Kind::Page)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_folder_decides() {
        assert_eq!(Id::of_path("context/personas/cfo.md").kind(), Kind::ContextModule);
        assert_eq!(Id::of_path("about.md").kind(), Kind::Page);
        assert_eq!(Id::of_path("guides/prompts.md").kind(), Kind::Page);
        assert_eq!(Id::of_path("context/personas/cfo.md").folder(), "context/personas");
    }
}
