//! The files of a handbook's own theme, and which folders a theme has.

use std::sync::Arc;

use camino::Utf8Path;
use walkdir::WalkDir;

use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::files::below::Folder;
use crate::files::read::no_file;
use crate::files::text_file::{self, Text};
use crate::files::{Failure, THEMES};
use crate::text::{Source, Sources, Span, Spanned};

/// A file of a theme: its path in the theme's folder, and its text.
pub type ThemeFile = (String, Arc<Source>);

/// The folders of a theme with the endings of their files.
const THEME_PARTS: [(&str, &[&str]); 8] = [
    ("templates/", &[".html", ".xml"]),
    ("styles/", &[".css"]),
    ("home/", &[".css"]),
    ("scripts/", &[".js"]),
    ("bench/", &[".js"]),
    ("search/", &[".js"]),
    ("text/", &[".js"]),
    ("strings/", &[".toml"]),
];

/// Reads the files of a handbook's own theme; none where it has no folder of that name and the theme is built in.
///
/// # Errors
///
/// When a file cannot be read. A theme that is not there is a problem of the config.
pub fn read(
    root: &Utf8Path,
    name: &Spanned<String>,
    sources: &mut Sources,
    problems: &mut Problems,
) -> Result<Vec<ThemeFile>, Failure> {
    let folder = root.join(THEMES).join(&name.value);
    if let Some(link) = [folder.parent(), Some(&folder)].into_iter().flatten().find(|folder| folder.is_symlink()) {
        return Err(Failure::NotAFolder(link.to_owned()));
    }
    if !folder.is_dir() {
        if name.value != "default" {
            let problem =
                Diagnostic::new(Rule::InvalidValue, name.span, format!("there is no folder `themes/{}`", name.value));
            problems.push(problem.help("make the folder, or write `default` for the built-in theme"));
        }
        return Ok(Vec::new());
    }
    let mut files = Vec::new();
    let mut opened = Folder::new(&folder);
    for entry in WalkDir::new(&folder).sort_by_file_name() {
        let entry = entry.map_err(|error| Failure::listing(&folder, error))?;
        let Some(path) = Utf8Path::from_path(entry.path()).filter(|_| !entry.file_type().is_dir()) else { continue };
        let below = path.strip_prefix(&folder).unwrap_or(path);
        let relative = below.components().map(|part| part.as_str()).collect::<Vec<_>>().join("/");
        let shown = format!("themes/{}/{relative}", name.value);
        let unused = unused_theme_file(&relative, no_file(entry.file_type()));
        if let Some((message, help)) = unused {
            let at = Span::file(sources.add(shown, "").id);
            problems.push(Diagnostic::new(Rule::UnusedThemeFile, at, message).help(help));
        } else if is_theme_text(&relative) {
            let (text, _) = text_file::read(&mut opened, &relative)?;
            let (source, _) = text_file::add(&shown, without_mark(text), sources, problems);
            files.push((relative, source));
        }
    }
    files.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(files)
}

fn is_theme_text(path: &str) -> bool {
    THEME_PARTS
        .iter()
        .any(|(folder, endings)| path.starts_with(folder) && endings.iter().any(|ending| path.ends_with(ending)))
}

/// What is wrong with a file that nothing reads, and what to do. A theme may hold what is written about it, and what
/// systems leave behind; any other file was meant to do something.
fn unused_theme_file(path: &str, no_file: Option<&str>) -> Option<(String, String)> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_note =
        !path.contains('/') && (name == "theme.toml" || name.strip_suffix(".md").is_some() || !name.contains('.'));
    if name.starts_with('.') {
        return None;
    }
    if let Some(what) = no_file {
        let message = format!("the theme's `{path}` has no effect: it is {what}");
        return Some((message, "copy the file itself here, or take it away".to_owned()));
    }
    if is_note || is_theme_text(path) {
        return None;
    }
    let message = format!("the theme's file `{path}` has no effect");
    if let Some((folder, endings)) = THEME_PARTS.iter().find(|(folder, _)| path.starts_with(folder)) {
        return Some((message, format!("files in `{folder}` end in `{}`", endings.join("` or `"))));
    }
    let folders: Vec<String> = THEME_PARTS.iter().map(|(folder, _)| format!("`{folder}`")).collect();
    Some((message, format!("a theme has {}; pictures and fonts go into a style sheet as `data:`", folders.join(", "))))
}

/// Some editors begin a file with a byte-order mark: inside a page or a style sheet made of several it is a letter.
fn without_mark(text: Text) -> Text {
    let rest = |text: &str| text.strip_prefix('\u{feff}').map(str::to_owned);
    match text {
        Text::Whole(text) => Text::Whole(rest(&text).unwrap_or(text)),
        other => other,
    }
}
