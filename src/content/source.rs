//! The files of a handbook, read once: the only place of the core that opens anything.

pub mod attachment;
pub mod below;
pub mod history;
pub mod picture;

use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Read};
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::config::FILE_NAME;
use crate::content::Id;
use crate::diagnostics::{Diagnostic, Problems, Rule};
use crate::text::{Source, Sources, Span, Spanned};

/// The folder below a handbook's root that holds its entries.
pub const FOLDER: &str = "content";

/// The most bytes that an entry's file may have.
pub const FILE_LIMIT: u64 = 1024 * 1024;

/// Everything that was read.
#[derive(Debug)]
pub struct Files {
    /// The handbook's root.
    pub root: Utf8PathBuf,
    /// Every text, the config first.
    pub sources: Sources,
    /// `handbook.toml`.
    pub config: Arc<Source>,
    /// The Markdown files below `content/`, sorted by path.
    pub entries: Vec<EntryFile>,
    /// The other files below `content/`, sorted by path.
    pub assets: Vec<AssetFile>,
}

/// A Markdown file.
#[derive(Debug)]
pub struct EntryFile {
    /// Its id.
    pub id: Id,
    /// Its text.
    pub source: Arc<Source>,
    /// Whether it could be read whole. Where not, that was reported and nothing else should be.
    pub intact: bool,
}

/// An image or attachment, which is copied only if an entry refers to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssetFile {
    /// Path below `content/`, with `/` on every system.
    pub path: String,
    /// Why it must not be published, where something forbids that.
    pub refused: Option<Refusal>,
    /// Whether it is an ordinary file. Where not, that was reported and nothing else should be.
    pub intact: bool,
}

/// Why a file must not be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What forbids it.
    pub reason: String,
    /// What to do instead.
    pub help: &'static str,
}

/// The world did not let us read.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Something could not be read.
    #[error("cannot {action} `{path}`: {error}")]
    Io {
        /// What was tried.
        action: &'static str,
        /// On what.
        path: Utf8PathBuf,
        /// What the system said.
        #[source]
        error: io::Error,
    },
    /// There is no `content/`.
    #[error("there is no folder `{0}`")]
    NoFolder(Utf8PathBuf),
    /// `content` is a file, a link or something else.
    #[error("`{0}` is {kind}, not a folder", kind = below::kind_of(.0))]
    NotAFolder(Utf8PathBuf),
    /// A link, a folder, a pipe or a device where a file must be.
    #[error("`{path}` is {kind}, not an ordinary file")]
    NotAFile {
        /// What should be a file.
        path: Utf8PathBuf,
        /// What it is.
        kind: &'static str,
    },
}

impl Failure {
    /// What to do, where that is known.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::Io { .. } => None,
            Self::NoFolder(_) => Some("make it, and put the entries there: `content/index.md`, `content/prompts/…`"),
            Self::NotAFolder(_) => Some("move it away, and make a folder of that name for the entries"),
            Self::NotAFile { .. } => Some("put the file itself there"),
        }
    }

    fn listing(folder: &Utf8Path, error: walkdir::Error) -> Self {
        let path = error.path().and_then(Utf8Path::from_path).unwrap_or(folder).to_owned();
        // The whole error would name the path a second time.
        let error = error.into_io_error().unwrap_or_else(|| io::Error::other("it leads to itself"));
        Self::Io { action: "list", path, error }
    }
}

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
    let texts: Vec<Result<Text, Failure>> = found.entries.par_iter().map(|path| text_of(&folder, path)).collect();
    let mut entries = Vec::with_capacity(texts.len());
    for (path, text) in found.entries.into_iter().zip(texts) {
        entries.push(entry_file(&path, text?, &mut sources, problems));
    }
    let mut assets: Vec<AssetFile> = found.assets.into_par_iter().map(|path| asset_file(root, path)).collect();
    assets.extend(found.others);
    assets.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Files { root: root.to_owned(), sources, config, entries, assets })
}

/// Reads the files of a handbook's own theme; none where it has no folder of that name and the theme is built in.
///
/// # Errors
///
/// When a file cannot be read. A theme that is not there is a problem of the config.
pub fn read_theme(
    root: &Utf8Path,
    name: &Spanned<String>,
    sources: &mut Sources,
    problems: &mut Problems,
) -> Result<Vec<ThemeFile>, Failure> {
    let folder = root.join("themes").join(&name.value);
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
    for entry in WalkDir::new(&folder).sort_by_file_name() {
        let entry = entry.map_err(|error| Failure::listing(&folder, error))?;
        let Some(path) = Utf8Path::from_path(entry.path()).filter(|_| !entry.file_type().is_dir()) else { continue };
        let below = path.strip_prefix(&folder).unwrap_or(path);
        let relative = below.components().map(|part| part.as_str()).collect::<Vec<_>>().join("/");
        let shown = format!("themes/{}/{relative}", name.value);
        let unused = unused_theme_file(&relative, no_file(&entry));
        if let Some((message, help)) = unused {
            let at = Span::file(sources.add(shown, "").id);
            problems.push(Diagnostic::new(Rule::UnusedThemeFile, at, message).help(help));
        } else if is_theme_text(&relative) {
            let (source, _) = add(&shown, without_mark(text_of(&folder, &relative)?), sources, problems);
            files.push((relative, source));
        }
    }
    files.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(files)
}

/// Some editors begin a file with a byte-order mark: inside a page or a style sheet made of several it is a letter.
fn without_mark(text: Text) -> Text {
    let rest = |text: &str| text.strip_prefix('\u{feff}').map(str::to_owned);
    match text {
        Text::Whole(text) => Text::Whole(rest(&text).unwrap_or(text)),
        other => other,
    }
}

/// A number that changes when a file of the handbook is added, changed or taken away.
pub fn fingerprint(root: &Utf8Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    for part in [FILE_NAME, FOLDER, "themes"] {
        let all = WalkDir::new(root.join(part)).follow_root_links(false).sort_by_file_name();
        for entry in all.into_iter().flatten() {
            let Ok(meta) = entry.metadata() else { continue };
            (entry.path(), meta.len(), meta.modified().ok()).hash(&mut hasher);
        }
    }
    hasher.finish()
}

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

fn read_config(root: &Utf8Path, sources: &mut Sources, problems: &mut Problems) -> Result<Arc<Source>, Failure> {
    let text = text_of(root, FILE_NAME)?;
    Ok(add(FILE_NAME, text, sources, problems).0)
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

/// What something is that is neither a folder nor a file with a text.
fn no_file(entry: &DirEntry) -> Option<&'static str> {
    let kind = entry.file_type();
    let what = if kind.is_symlink() { "a symbolic link" } else { "not an ordinary file" };
    (!kind.is_file()).then_some(what)
}

/// A file's bytes as text.
enum Text {
    Whole(String),
    /// The text with U+FFFD for what is not UTF-8, and where that begins.
    Broken(String, usize),
    TooLarge(u64),
}

/// The text of a file below a folder. No link is followed, also where one has come since the folder was listed.
fn text_of(folder: &Utf8Path, path: &str) -> Result<Text, Failure> {
    below::open(folder, path).and_then(read_text).map_err(|error| {
        let path = folder.join(path);
        match error.kind() {
            io::ErrorKind::InvalidInput => Failure::NotAFile { kind: below::kind_of(&path), path },
            _ => Failure::Io { action: "read", path, error },
        }
    })
}

fn read_text(file: File) -> io::Result<Text> {
    let size = file.metadata()?.len();
    if size > FILE_LIMIT {
        return Ok(Text::TooLarge(size));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
    // The file may have grown since its size was asked for.
    file.take(FILE_LIMIT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > FILE_LIMIT {
        return Ok(Text::TooLarge(bytes.len() as u64));
    }
    Ok(match String::from_utf8(bytes) {
        Ok(text) => Text::Whole(text),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            Text::Broken(String::from_utf8_lossy(error.as_bytes()).into_owned(), at)
        }
    })
}

fn entry_file(path: &str, text: Text, sources: &mut Sources, problems: &mut Problems) -> EntryFile {
    let (source, intact) = add(&format!("{FOLDER}/{path}"), text, sources, problems);
    EntryFile { id: Id::of_path(path), source, intact }
}

fn add(path: &str, text: Text, sources: &mut Sources, problems: &mut Problems) -> (Arc<Source>, bool) {
    match text {
        Text::Whole(text) => (sources.add(path, text), true),
        Text::Broken(text, at) => {
            let source = sources.add(path, text);
            let end = at + '\u{fffd}'.len_utf8();
            let problem = Diagnostic::new(Rule::NotUtf8, Span::new(source.id, at..end), "the file is not UTF-8 text");
            problems.push(problem.label("the first byte that is no character").help("save it again as UTF-8"));
            (source, true)
        }
        Text::TooLarge(size) => {
            let source = sources.add(path, "");
            let message =
                format!("the file has {} KiB, more than the {} KiB that are read", size / 1024, FILE_LIMIT / 1024);
            let problem = Diagnostic::new(Rule::TooLarge, Span::file(source.id), message);
            problems.push(problem.help("split it, or put the long part beside it as an attachment"));
            (source, false)
        }
    }
}

fn asset_file(root: &Utf8Path, path: String) -> AssetFile {
    let refused = attachment::refusal(&root.join(FOLDER), &path);
    AssetFile { path, refused, intact: true }
}
