//! Small sites for tests.

use std::sync::Arc;

use crate::config::{Audience, Config};
use crate::content;
use crate::diagnostics::Problems;
use crate::files::{EntryFile, Files};
use crate::handbook::{Catalog, Handbook, Reading};
use crate::site::Site;
use crate::text::Sources;
use crate::theme::Theme;

/// A site of some entries, each an id and a file's text.
pub(super) fn site(config: &str, entries: &[(&str, &str)]) -> Site {
    site_at("", config, entries)
}

/// The same at an address.
pub(super) fn site_at(base_url: &str, config: &str, entries: &[(&str, &str)]) -> Site {
    let (mut sources, mut problems) = (Sources::default(), Problems::default());
    let config = sources.add("handbook.toml", format!("title = \"T\"\n{config}"));
    let file = |(id, text): &(&str, &str), sources: &mut Sources| EntryFile {
        path: format!("{id}.md"),
        source: sources.add(format!("content/{id}.md"), *text),
        intact: true,
    };
    let mut entries: Vec<EntryFile> = entries.iter().map(|entry| file(entry, &mut sources)).collect();
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    let files = Files { root: "/".into(), sources, config, entries, assets: Vec::new() };
    let config = Arc::new(Config::read(&files.config, &mut problems));
    let read = content::read(&files, &config, &mut problems);
    let theme = Theme::new(&[], "en", &mut Sources::default(), &mut problems);
    let reading = Reading { audience: Audience(1), drafts: true };
    let handbook = Handbook::new(Catalog::new(config, read, Vec::new()), reading);
    Site::new(handbook, theme, base_url)
}
