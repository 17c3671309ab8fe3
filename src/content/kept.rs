//! The entries of the last reading, for whoever reads the same files again and again.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Config;
use crate::content::Entry;
use crate::diagnostics::Problems;
use crate::files::{EntryFile, Files};
use crate::text::SourceId;

/// A cache of the entries of the last reading. An entry is a pure function of its file's text and the config, so it is
/// reused where both are the same value in memory as then: comparing pointers is enough, and never wrong.
#[derive(Debug, Default)]
pub struct Kept {
    config: Option<Arc<Config>>,
    entries: Vec<Arc<Entry>>,
    /// What was wrong in the file of each entry, and whether it could be read whole.
    found: Vec<Found>,
}

#[derive(Debug, Clone)]
struct Found {
    problems: Arc<Problems>,
    intact: bool,
}

/// How many entries a thread takes at most without sharing them, so that none has many left when the others are done.
const AT_A_TIME: usize = 64;

/// Reads every entry, in the order of the files; what is cached is reused, and its problems are reported again. The
/// cache is empty afterwards: the caller [keeps](Kept::keep) the entries once they have been given their days.
pub fn read_again(files: &Files, config: &Arc<Config>, kept: &mut Kept, problems: &mut Problems) -> Vec<Arc<Entry>> {
    let known = kept.known(config);
    let read = |file: &EntryFile| known.entry(file).unwrap_or_else(|| read_file(file, config));
    let (entries, found): (Vec<Arc<Entry>>, Vec<Found>) =
        files.entries.par_iter().with_max_len(AT_A_TIME).map(read).unzip();
    for found in found.iter().filter(|found| !found.problems.is_empty()) {
        problems.append(Problems::clone(&found.problems));
    }
    *kept = Kept { config: Some(Arc::clone(config)), entries: Vec::new(), found };
    entries
}

fn read_file(file: &EntryFile, config: &Config) -> (Arc<Entry>, Found) {
    let mut problems = Problems::default();
    let entry = Entry::read(file, config, &mut problems);
    (Arc::new(entry), Found { problems: Arc::new(problems), intact: file.intact })
}

impl Kept {
    /// Keeps the entries that were just read, in their order.
    pub fn keep(&mut self, entries: &[Arc<Entry>]) {
        self.entries = entries.to_vec();
    }

    /// The entries that were read under a config, by the number of their file.
    fn known(&self, config: &Arc<Config>) -> Known<'_> {
        let is_same = self.config.as_ref().is_some_and(|own| Arc::ptr_eq(own, config));
        let entries = self.entries.iter().zip(&self.found).filter(|_| is_same);
        Known(entries.map(|(entry, found)| (entry.source.id, (entry, found))).collect())
    }
}

struct Known<'k>(HashMap<SourceId, (&'k Arc<Entry>, &'k Found)>);

impl Known<'_> {
    /// The cached entry of a file whose text is the same value in memory as then.
    fn entry(&self, file: &EntryFile) -> Option<(Arc<Entry>, Found)> {
        let (entry, found) = self.0.get(&file.source.id)?;
        let is_same = Arc::ptr_eq(&entry.source, &file.source) && found.intact == file.intact;
        is_same.then(|| (Arc::clone(entry), Found::clone(found)))
    }
}
