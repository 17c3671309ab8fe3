//! Which handbook a command opens and for whom, as its arguments say, and the words where that fails.

use std::mem::ManuallyDrop;

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;
use jiff::civil::Date;

use crate::cli::outcome::Failure;
use crate::cli::output::say;
use crate::config::{Config, FILE_NAME};
use crate::files;
use crate::handbook::{Handbook, Reading};
use crate::history::Memory;
use crate::text::suggest;
use crate::workspace::{Kept, Loader, Strictness, Workspace};

/// Arguments of every command that reads a handbook.
#[derive(Debug, Clone, Args)]
pub(super) struct Where {
    /// The handbook's folder [default: the nearest folder upward with a handbook.toml]
    #[arg(long, value_name = "DIR")]
    pub(super) root: Option<Utf8PathBuf>,
    /// The day to compare dates with [default: today]
    #[arg(long, value_name = "DATE")]
    pub(super) today: Option<Date>,
}

/// Arguments of every command that shows a handbook to somebody.
#[derive(Debug, Clone, Args)]
pub(super) struct For {
    /// For whom: entries for this audience and for every wider one are shown [default: the config's audience]
    #[arg(long, value_name = "NAME")]
    pub(super) audience: Option<String>,
    /// Include drafts
    #[arg(long)]
    pub(super) drafts: bool,
}

impl For {
    /// The reading that the arguments name.
    pub(super) fn reading(&self, config: &Config) -> Result<Reading, Failure> {
        let audience = match &self.audience {
            None => config.build_audience(),
            Some(name) => config.audience_named(name).ok_or_else(|| unknown_audience(name, config))?,
        };
        Ok(Reading { audience, drafts: self.drafts })
    }
}

/// Reads and checks the handbook that the arguments name.
pub(super) fn open(place: &Where) -> Result<Workspace, Failure> {
    // The process ends after this, and takes its memory back faster than piece by piece.
    let mut kept = ManuallyDrop::new(Kept::default());
    open_again(place, &mut Memory::default(), &mut kept)
}

/// The same for a command that does so again and again: what git said is kept until it would say something else, and what
/// was read until it is changed.
pub(super) fn open_again(place: &Where, history: &mut Memory, kept: &mut Kept) -> Result<Workspace, Failure> {
    let root = root(place.root.as_deref())?;
    let mut loader = Loader::new(&root, place.today.unwrap_or_else(today)).with_history(history).with_kept(kept);
    let loaded = loader.load();
    if let Some(note) = loader.note {
        say(&format!("note: {note}\n"));
    }
    loaded.map_err(|failure| explain(&failure))
}

/// What warnings count as, by `--strict`.
pub(super) fn strictness(strict: bool) -> Strictness {
    if strict { Strictness::Strict } else { Strictness::Normal }
}

/// Why a handbook has nothing to show, where it has not: a site of it would only replace one that has.
pub(super) fn nobody_sees(handbook: &Handbook, whom: &For) -> Option<Failure> {
    if !handbook.is_empty() {
        return None;
    }
    let audience = &handbook.config.audiences[handbook.audience.0];
    let drafts = if whom.drafts { "" } else { " that is not a draft" };
    let failure = Failure::new(format!("the audience `{audience}` sees no entry{drafts}"));
    Some(failure.help(format!(
        "give an entry `audience = \"{audience}\"`, or name another audience with `--audience NAME`; `--drafts` shows drafts"
    )))
}

/// The nearest folder upward with a config, or the one that was named.
pub(super) fn root(named: Option<&Utf8Path>) -> Result<Utf8PathBuf, Failure> {
    if let Some(root) = named {
        if has_config(root) {
            return Ok(root.to_owned());
        }
        return Err(
            Failure::new(format!("there is no `{FILE_NAME}` in `{root}`")).help("name the folder that holds it")
        );
    }
    let current = current_folder()?;
    let found = current.ancestors().find(|folder| has_config(folder));
    found.map(Utf8Path::to_owned).ok_or_else(|| {
        Failure::new(format!("no `{FILE_NAME}` in this folder or any above it"))
            .help("run this inside a handbook, or name one with `--root DIR`")
    })
}

/// Whether a folder has anything of the config's name. What is no file is refused when it is read, and hides no other.
fn has_config(folder: &Utf8Path) -> bool {
    folder.join(FILE_NAME).symlink_metadata().is_ok()
}

pub(super) fn current_folder() -> Result<Utf8PathBuf, Failure> {
    let current =
        std::env::current_dir().map_err(|error| Failure::new(format!("cannot tell the current folder: {error}")))?;
    Utf8PathBuf::from_path_buf(current)
        .map_err(|path| Failure::new(format!("the path `{}` is not UTF-8", path.display())))
}

/// What to put before paths in messages, so that they open from the current folder.
pub(super) fn prefix(root: &Utf8Path) -> Utf8PathBuf {
    if root.is_relative() {
        return if root == "." { Utf8PathBuf::new() } else { root.to_owned() };
    }
    let Ok(current) = current_folder() else { return root.to_owned() };
    if let Ok(below) = root.strip_prefix(&current) {
        return below.to_owned();
    }
    match current.strip_prefix(root) {
        Ok(inside) => inside.components().map(|_| "..").collect(),
        Err(_) => root.to_owned(),
    }
}

/// The day of the run, as the calendars of the world's clock have it.
pub(super) fn today() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

fn explain(failure: &files::Failure) -> Failure {
    let (told, help) = (Failure::new(failure.to_string()), failure.help());
    help.into_iter().fold(told, Failure::help)
}

fn unknown_audience(name: &str, config: &Config) -> Failure {
    let known: Vec<&str> = config.audiences.iter().map(String::as_str).collect();
    let failure = Failure::new(format!("unknown audience `{name}`"));
    failure.help(suggest::help(name, &known).unwrap_or_default())
}
