//! The files of a handbook, each read once.

use std::ffi::OsStr;
use std::fs::FileType;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use camino::Utf8Path;
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::config::FILE_NAME;
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::files::below::Folder;
use crate::files::kept::{Kept, ReadAsset, ReadText, Reading};
use crate::files::stamp::{self, Stamp};
use crate::files::text_file::{self, Text};
use crate::files::{AssetFile, EntryFile, FOLDER, Failure, Files, Refusal, Seen, attachment};
use crate::text::{Sources, Span};

/// Reads a handbook's config and every file below `content/`.
///
/// # Errors
///
/// When `handbook.toml` or the folder `content` cannot be read. Files that cannot be used are problems, not failures.
pub fn read(root: &Utf8Path, problems: &mut Problems) -> Result<Files, Failure> {
    read_again(root, &mut Kept::default(), problems)
}

/// The same, where only those files are opened that may have changed since they were read the last time. What is the same
/// has the same [`Source`](crate::text::Source).
///
/// # Errors
///
/// The same.
pub fn read_again(root: &Utf8Path, kept: &mut Kept, problems: &mut Problems) -> Result<Files, Failure> {
    let stamps = Stamps { now: SystemTime::now(), seen: kept.seen() };
    let mut sources = kept.sources();
    let config = read_one(&mut Folder::new(root), FILE_NAME, kept.text(FILE_NAME), &stamps)?;
    let config = kept.keep_text(FILE_NAME.to_owned(), config, &mut sources, problems).source;
    let found = find(root, stamps.seen.as_deref(), &mut sources, problems)?;
    let folder = root.join(FOLDER);
    let read = |folder: &mut Folder<'_>, path: &String| {
        let shown = format!("{FOLDER}/{path}");
        read_one(folder, path, kept.text(&shown), &stamps).map(|reading| (shown, reading))
    };
    let texts: Vec<Result<(String, Reading), Failure>> =
        found.entries.par_iter().map_init(|| Folder::new(&folder), read).collect();
    let mut entries = Vec::with_capacity(texts.len());
    for (path, text) in found.entries.into_iter().zip(texts) {
        let (shown, reading) = text?;
        let ReadText { source, intact, .. } = kept.keep_text(shown, reading, &mut sources, problems);
        entries.push(EntryFile { path, source, intact });
    }
    let assets: Vec<ReadAsset> =
        found.assets.into_par_iter().map(|path| asset_file(&folder, path, kept, &stamps)).collect();
    let mut assets = kept.keep_assets(assets);
    assets.extend(found.others);
    assets.sort_by(|a, b| a.path.cmp(&b.path));
    kept.forget_others(&entries, &mut sources);
    Ok(Files { root: root.to_owned(), sources, config, entries, assets })
}

/// What the system tells of files, or has just told.
struct Stamps {
    now: SystemTime,
    seen: Option<Arc<Seen>>,
}

impl Stamps {
    fn of(&self, path: &Utf8Path) -> Option<Stamp> {
        match &self.seen {
            Some(seen) => seen.stamp(path),
            None => Stamp::of(path, self.now),
        }
    }
}

fn read_one(folder: &mut Folder<'_>, path: &str, kept: Option<&ReadText>, stamps: &Stamps) -> Result<Reading, Failure> {
    let is_same = |kept: &&ReadText| stamp::is_same(kept.stamp.as_ref(), stamps.of(&folder.path.join(path)).as_ref());
    if let Some(kept) = kept.filter(is_same) {
        return Ok(Reading::Same(kept.clone()));
    }
    // The stamp is of before it is read: what changes in between is then new the next time.
    let (text, metadata) = text_file::read(folder, path)?;
    let stamp = Some(Stamp::new(&metadata, stamps.now));
    Ok(match (kept, &text) {
        (Some(kept), Text::Whole(text)) if kept.is_plain() && kept.source.text == *text => {
            Reading::Touched(ReadText { stamp, ..kept.clone() })
        }
        _ => Reading::New(text, stamp),
    })
}

struct Found {
    entries: Vec<String>,
    assets: Vec<String>,
    /// Links, pipes and devices.
    others: Vec<AssetFile>,
}

fn find(
    root: &Utf8Path,
    seen: Option<&Seen>,
    sources: &mut Sources,
    problems: &mut Problems,
) -> Result<Found, Failure> {
    let folder = root.join(FOLDER);
    expect_folder(&folder)?;
    let mut found = Found { entries: Vec::new(), assets: Vec::new(), others: Vec::new() };
    let is_visible = |name: &OsStr| !name.as_encoded_bytes().starts_with(b".");
    let mut add = |path: &Path, kind| {
        let below = path.strip_prefix(&folder).unwrap_or(path);
        if below.iter().all(is_visible) {
            sort_out(below, kind, &mut found, sources, problems);
        }
    };
    if let Some(all) = seen.and_then(|seen| seen.below(root, &folder)) {
        all.for_each(|(path, kind)| add(path, kind));
    } else {
        let visible = |entry: &DirEntry| entry.depth() == 0 || is_visible(entry.file_name());
        for entry in WalkDir::new(&folder).into_iter().filter_entry(visible) {
            let entry = entry.map_err(|error| Failure::listing(&folder, error))?;
            if !entry.file_type().is_dir() {
                add(entry.path(), entry.file_type());
            }
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

/// Takes what is at a path below the folder for what it is.
fn sort_out(path: &Path, kind: FileType, found: &mut Found, sources: &mut Sources, problems: &mut Problems) {
    // Joined part by part: on most systems a `\` is a letter of a name, and taken for a `/` it would lead elsewhere.
    let shown = path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
    let mut here = || Span::file(sources.add(format!("{FOLDER}/{}", shown.escape_debug()), "").id);
    let Some(path) = Utf8Path::from_path(path) else {
        let problem = Diagnostic::new(
            Rule::UnusableName,
            here(),
            format!("the file name `content/{}` is not UTF-8", shown.escape_debug()),
        );
        problems.push(problem.help("rename the file"));
        return;
    };
    if let Some(what) = no_file(kind) {
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

fn asset_file(folder: &Utf8Path, path: String, kept: &Kept, stamps: &Stamps) -> ReadAsset {
    let stamp = stamps.of(&folder.join(&path));
    if let Some(kept) = kept.asset(&path).filter(|kept| stamp::is_same(kept.stamp.as_ref(), stamp.as_ref())) {
        return kept.clone();
    }
    let refused = attachment::refusal(folder, &path);
    ReadAsset { file: AssetFile { path, refused, intact: true }, stamp }
}

/// What something is that is neither a folder nor a file with a text.
pub(super) fn no_file(kind: FileType) -> Option<&'static str> {
    let what = if kind.is_symlink() { "a symbolic link" } else { "not an ordinary file" };
    (!kind.is_file()).then_some(what)
}
