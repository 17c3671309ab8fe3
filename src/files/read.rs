//! The files of a handbook, each read once.

use std::io;
use std::sync::Arc;

use camino::Utf8Path;
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::config::FILE_NAME;
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::files::text_file::{self, Text};
use crate::files::{AssetFile, EntryFile, FOLDER, Failure, Files, Refusal, attachment};
use crate::text::{Source, Sources, Span};

/// Reads a handbook's config and every file below `content/`.
///
/// # Errors
///
/// When `handbook.toml` or the folder `content` cannot be read. Files that cannot be used are problems, not failures.
pub fn read(root: &Utf8Path, problems: &mut Problems) -> Result<Files, Failure> {
    let mut sources = Sources::default();
    let config = read_config(root, &mut sources, problems)?;
    let found = find(root, &mut sources, problems)?;
    let folder = root.join(FOLDER);
    let texts: Vec<Result<Text, Failure>> =
        found.entries.par_iter().map(|path| text_file::read(&folder, path)).collect();
    let mut entries = Vec::with_capacity(texts.len());
    for (path, text) in found.entries.into_iter().zip(texts) {
        entries.push(entry_file(&path, text?, &mut sources, problems));
    }
    let mut assets: Vec<AssetFile> = found.assets.into_par_iter().map(|path| asset_file(root, path)).collect();
    assets.extend(found.others);
    assets.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Files { root: root.to_owned(), sources, config, entries, assets })
}

fn read_config(root: &Utf8Path, sources: &mut Sources, problems: &mut Problems) -> Result<Arc<Source>, Failure> {
    let text = text_file::read(root, FILE_NAME)?;
    Ok(text_file::add(FILE_NAME, text, sources, problems).0)
}

struct Found {
    entries: Vec<String>,
    assets: Vec<String>,
    /// Links, pipes and devices.
    others: Vec<AssetFile>,
}

fn find(root: &Utf8Path, sources: &mut Sources, problems: &mut Problems) -> Result<Found, Failure> {
    let folder = root.join(FOLDER);
    expect_folder(&folder)?;
    let mut found = Found { entries: Vec::new(), assets: Vec::new(), others: Vec::new() };
    let visible = |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
    for entry in WalkDir::new(&folder).into_iter().filter_entry(visible) {
        let entry = entry.map_err(|error| Failure::listing(&folder, error))?;
        if !entry.file_type().is_dir() {
            sort_out(&entry, &folder, &mut found, sources, problems);
        }
    }
    // The order of folders differs between systems; the order of the handbook may not.
    found.entries.sort();
    Ok(found)
}

/// Listing a file would find that one file, and no entry in it.
fn expect_folder(folder: &Utf8Path) -> Result<(), Failure> {
    match folder.symlink_metadata() {
        Ok(found) if found.is_dir() => Ok(()),
        Ok(_) => Err(Failure::NotAFolder(folder.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Failure::NoFolder(folder.to_owned())),
        Err(error) => Err(Failure::Io { action: "list", path: folder.to_owned(), error }),
    }
}

fn sort_out(entry: &DirEntry, folder: &Utf8Path, found: &mut Found, sources: &mut Sources, problems: &mut Problems) {
    // Joined part by part: on most systems a `\` is a letter of a name, and taken for a `/` it would lead elsewhere.
    let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
    let shown = below.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
    let mut here = || Span::file(sources.add(format!("{FOLDER}/{}", shown.escape_debug()), "").id);
    let Some(path) = Utf8Path::from_path(entry.path()) else {
        let problem = Diagnostic::new(
            Rule::UnusableName,
            here(),
            format!("the file name `content/{}` is not UTF-8", shown.escape_debug()),
        );
        problems.push(problem.help("rename the file"));
        return;
    };
    if let Some(what) = no_file(entry) {
        let problem = Diagnostic::new(Rule::NotAFile, here(), format!("`content/{}` is {what}", shown.escape_debug()));
        problems.push(problem.help("copy the file itself here, or take it away"));
        let refused = Refusal { reason: format!("it is {what}"), help: "copy the file itself here" };
        found.others.push(AssetFile { path: shown, refused: Some(refused), intact: false });
        return;
    }
    match path.extension() {
        Some("md") => found.entries.push(shown),
        Some(other) if other.eq_ignore_ascii_case("md") || other == "markdown" => {
            let problem =
                Diagnostic::new(Rule::UnusableName, here(), format!("`content/{shown}` does not end in `.md`"));
            problems.push(problem.help("rename the file so that it does; as it is, it is not read"));
        }
        _ => found.assets.push(shown),
    }
}

fn entry_file(path: &str, text: Text, sources: &mut Sources, problems: &mut Problems) -> EntryFile {
    let (source, intact) = text_file::add(&format!("{FOLDER}/{path}"), text, sources, problems);
    EntryFile { path: path.to_owned(), source, intact }
}

fn asset_file(root: &Utf8Path, path: String) -> AssetFile {
    let refused = attachment::refusal(&root.join(FOLDER), &path);
    AssetFile { path, refused, intact: true }
}

/// What something is that is neither a folder nor a file with a text.
pub(super) fn no_file(entry: &DirEntry) -> Option<&'static str> {
    let kind = entry.file_type();
    let what = if kind.is_symlink() { "a symbolic link" } else { "not an ordinary file" };
    (!kind.is_file()).then_some(what)
}
