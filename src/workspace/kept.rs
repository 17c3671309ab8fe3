//! What stays from one load to the next.

use std::sync::Arc;

use crate::config::Config;
use crate::content;
use crate::diagnostics::Problems;
use crate::files::{self, Seen};
use crate::text::Source;

/// What was read the last time. Whether something of it is still so is decided by what it was made from, and by nothing
/// else: a text by its file, the config by its text, an entry by its text and the config.
#[derive(Debug, Default)]
pub struct Kept {
    pub(super) files: files::Kept,
    pub(super) entries: content::Kept,
    config: Option<(Arc<Source>, Arc<Config>, Problems)>,
}

impl Kept {
    /// Has the next load trust a look at the files instead of looking once more.
    pub fn trust(&mut self, seen: Arc<Seen>) {
        self.files.trust(seen);
    }

    /// The config that a text says.
    pub(super) fn config(&mut self, source: &Arc<Source>, problems: &mut Problems) -> Arc<Config> {
        let is_same = self.config.as_ref().is_some_and(|(own, ..)| Arc::ptr_eq(own, source));
        if !is_same {
            self.config = None;
        }
        let (_, config, found) = self.config.get_or_insert_with(|| {
            let mut found = Problems::default();
            let config = Arc::new(Config::read(source, &mut found));
            (Arc::clone(source), config, found)
        });
        problems.append(found.clone());
        Arc::clone(config)
    }
}
