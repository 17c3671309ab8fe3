//! Whether anything of a handbook has changed, without reading it.

use std::hash::{DefaultHasher, Hash, Hasher};

use camino::Utf8Path;
use walkdir::WalkDir;

use crate::config::FILE_NAME;
use crate::files::{FOLDER, THEMES};

/// A number that changes when a file of the handbook is added, changed or taken away.
pub fn fingerprint(root: &Utf8Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    for part in [FILE_NAME, FOLDER, THEMES] {
        let all = WalkDir::new(root.join(part)).follow_root_links(false).sort_by_file_name();
        for entry in all.into_iter().flatten() {
            let Ok(meta) = entry.metadata() else { continue };
            (entry.path(), meta.len(), meta.modified().ok()).hash(&mut hasher);
        }
    }
    hasher.finish()
}
