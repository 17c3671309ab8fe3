//! Files of an earlier time, for who reads the same folder again and again.

use std::collections::HashMap;
use std::sync::Arc;

use crate::diagnostics::Problems;
use crate::files::AssetFile;
use crate::files::Seen;
use crate::files::stamp::Stamp;
use crate::files::text_file::{self, Text};
use crate::text::{Source, Sources};

/// What was read the last time.
#[derive(Debug, Default)]
pub struct Kept {
    /// By path below the root.
    texts: HashMap<String, ReadText>,
    /// By path below `content/`.
    assets: HashMap<String, ReadAsset>,
    /// What was there at a look since, for the next time.
    seen: Option<Arc<Seen>>,
}

/// A text as it was read.
#[derive(Debug, Clone)]
pub(super) struct ReadText {
    /// Its text.
    pub(super) source: Arc<Source>,
    /// Whether it could be read whole.
    pub(super) intact: bool,
    /// What was wrong with it as a file.
    pub(super) problems: Option<Arc<Problems>>,
    /// Its metadata as they were before it was read.
    pub(super) stamp: Option<Stamp>,
}

/// An attachment as it was looked at.
#[derive(Debug, Clone)]
pub(super) struct ReadAsset {
    pub(super) file: AssetFile,
    pub(super) stamp: Option<Stamp>,
}

/// A file's text: the kept one where it cannot be another.
pub(super) enum Reading {
    /// It was not opened, or says the same.
    Same(ReadText),
    /// What it says, and the metadata by which it may be new.
    New(Text, Option<Stamp>),
}

impl ReadText {
    /// Whether nothing is wrong with the file, so that what it says is all of it.
    pub(super) fn is_plain(&self) -> bool {
        self.intact && self.problems.is_none()
    }
}

impl Kept {
    /// Has the next reading trust a look at the files instead of looking once more. What has changed after that look is
    /// what the look after it will find.
    pub fn trust(&mut self, seen: Arc<Seen>) {
        self.seen = Some(seen);
    }

    pub(super) fn seen(&mut self) -> Option<Arc<Seen>> {
        self.seen.take()
    }

    pub(super) fn text(&self, path: &str) -> Option<&ReadText> {
        self.texts.get(path)
    }

    pub(super) fn asset(&self, path: &str) -> Option<&ReadAsset> {
        self.assets.get(path)
    }

    /// All texts, with the numbers that they have.
    pub(super) fn sources(&self) -> Sources {
        Sources::keeping(self.texts.values().map(|text| Arc::clone(&text.source)))
    }

    /// Keeps a text, tells what is wrong with it, and adds it to the sources where it is not among them.
    pub(super) fn add_text(
        &mut self,
        path: String,
        reading: Reading,
        sources: &mut Sources,
        problems: &mut Problems,
    ) -> ReadText {
        let text = match reading {
            Reading::Same(text) => text,
            Reading::New(text, stamp) => {
                let mut found = Problems::default();
                let (source, intact) = text_file::add(&path, text, sources, &mut found);
                ReadText { source, intact, problems: (!found.is_empty()).then(|| Arc::new(found)), stamp }
            }
        };
        if let Some(found) = &text.problems {
            problems.append(Problems::clone(found));
        }
        self.texts.insert(path, text.clone());
        text
    }

    /// Keeps attachments.
    pub(super) fn add_assets(&mut self, assets: Vec<ReadAsset>) -> Vec<AssetFile> {
        let files = assets.iter().map(|asset| asset.file.clone()).collect();
        self.assets = assets.into_iter().map(|asset| (asset.file.path.clone(), asset)).collect();
        files
    }

    /// Keeps what there is now, and takes out of the sources what there is no more.
    pub(super) fn replace(&mut self, next: Self, sources: &mut Sources) {
        #[expect(clippy::iter_over_hash_type, reason = "each is forgotten by its own number")]
        for (path, old) in &self.texts {
            if next.text(path).is_none_or(|new| new.source.id != old.source.id) {
                sources.forget(old.source.id);
            }
        }
        *self = next;
    }
}
