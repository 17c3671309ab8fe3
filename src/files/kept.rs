//! Files of an earlier time, for who reads the same folder again and again.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::config::FILE_NAME;
use crate::diagnostics::Problems;
use crate::files::stamp::Stamp;
use crate::files::text_file::{self, Text};
use crate::files::{AssetFile, EntryFile, Seen};
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
    /// It was not opened.
    Same(ReadText),
    /// It says the same, under other metadata.
    Touched(ReadText),
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

    /// Keeps a text, tells what is wrong with it, and puts it among the sources where it is not there yet.
    pub(super) fn keep_text(
        &mut self,
        path: String,
        reading: Reading,
        sources: &mut Sources,
        problems: &mut Problems,
    ) -> ReadText {
        let (text, is_known) = match reading {
            Reading::Same(text) => (text, true),
            Reading::New(text, stamp) => {
                let mut found = Problems::default();
                let (source, intact) = text_file::add(&path, text, sources, &mut found);
                (ReadText { source, intact, problems: (!found.is_empty()).then(|| Arc::new(found)), stamp }, false)
            }
            Reading::Touched(text) => (text, false),
        };
        if let Some(found) = &text.problems {
            problems.append(Problems::clone(found));
        }
        if !is_known {
            let old = self.texts.insert(path, text.clone());
            if let Some(old) = old.filter(|old| old.source.id != text.source.id) {
                sources.forget(old.source.id);
            }
        }
        text
    }

    /// Keeps attachments, and no others.
    pub(super) fn keep_assets(&mut self, assets: Vec<ReadAsset>) -> Vec<AssetFile> {
        let files = assets.iter().map(|asset| asset.file.clone()).collect();
        self.assets = assets.into_iter().map(|asset| (asset.file.path.clone(), asset)).collect();
        files
    }

    /// Keeps no texts but those of the settings and of these entries, nor do the sources.
    pub(super) fn forget_others(&mut self, entries: &[EntryFile], sources: &mut Sources) {
        // All of them are kept by now, so nothing else is if there are no more.
        if self.texts.len() == entries.len() + 1 {
            return;
        }
        let there: HashSet<&str> = entries.iter().map(|entry| entry.source.path.as_str()).collect();
        let is_there = |path: &String| path == FILE_NAME || there.contains(path.as_str());
        for (_, old) in self.texts.extract_if(|path, _| !is_there(path)) {
            sources.forget(old.source.id);
        }
    }
}
