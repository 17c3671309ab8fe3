//! The theme inside the binary.

use include_dir::{Dir, include_dir};

use crate::files::theme::ThemeFile;
use crate::text::Sources;

static FOLDER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// Its files, by path.
pub(super) fn files(sources: &mut Sources) -> Vec<ThemeFile> {
    let mut files = Vec::new();
    gather(&FOLDER, sources, &mut files);
    files.sort_by(|(a, _), (b, _)| a.cmp(b));
    files
}

fn gather(folder: &Dir<'_>, sources: &mut Sources, files: &mut Vec<ThemeFile>) {
    for file in folder.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        let text = file.contents_utf8().unwrap_or_default();
        let source = sources.add(format!("themes/default/{path}"), text);
        files.push((path, source));
    }
    for inner in folder.dirs() {
        gather(inner, sources, files);
    }
}
