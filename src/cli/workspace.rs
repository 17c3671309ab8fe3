//! Reading a handbook, the way every command does.

use std::sync::Arc;
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;
use jiff::civil::Date;

use crate::cli::{Failure, say};
use crate::config::{Config, FILE_NAME};
use crate::content::{self, last_change};
use crate::diagnostics::{Diagnostic, Problems, Withheld};
use crate::files::{self, Files};
use crate::handbook::{Catalog, Handbook, Reading};
use crate::history::Memory;
use crate::text::{Sources, suggest};
use crate::theme::Theme;
use crate::{check, site};

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

/// How long each stage took, in order.
#[derive(Debug, Default)]
pub(super) struct Stages {
    /// Name and time.
    pub(super) list: Vec<(&'static str, Duration)>,
}

impl Stages {
    pub(super) fn time<T>(&mut self, name: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let done = work();
        self.list.push((name, start.elapsed()));
        done
    }
}

/// A handbook, read and checked, before any audience filter.
#[derive(Debug)]
pub(super) struct Workspace {
    /// Where it lies.
    pub(super) root: Utf8PathBuf,
    /// Every text that a problem can point into.
    pub(super) sources: Sources,
    /// Every entry, resolved.
    pub(super) catalog: Catalog,
    /// The look.
    pub(super) theme: Theme,
    /// Everything that is wrong, in no order yet.
    pub(super) problems: Problems,
    /// How long reading and checking took.
    pub(super) stages: Stages,
}

impl Workspace {
    /// Reads and checks the handbook that the arguments name.
    pub(super) fn open(place: &Where) -> Result<Self, Failure> {
        Self::open_again(place, &mut Memory::default())
    }

    /// The same for a command that does so again and again: what git said is kept until it would say something else.
    pub(super) fn open_again(place: &Where, history: &mut Memory) -> Result<Self, Failure> {
        let root = root(place.root.as_deref())?;
        let today = place.today.unwrap_or_else(today);
        let mut stages = Stages::default();
        let mut problems = Problems::default();
        let files = stages.time("read", || files::read(&root, &mut problems)).map_err(|e| explain(&e))?;
        let config = Arc::new(Config::read(&files.config, &mut problems));
        let mut entries = stages.time("parse", || content::read(&files, &config, &mut problems));
        let answer = history.ask(&root, last_change::undated(&entries));
        if let Some(history) = answer.history {
            last_change::date(&mut entries, history, today);
        }
        if let Some(note) = answer.note {
            say(&format!("note: {note}\n"));
        }
        let Files { mut sources, assets, .. } = files;
        let catalog = stages.time("resolve", || Catalog::new(Arc::clone(&config), entries, assets));
        stages.time("check", || check::check(&catalog, today, &mut problems));
        let theme = theme(&root, &config, &mut sources, &mut problems)?;
        Ok(Self { root, sources, catalog, theme, problems, stages })
    }

    /// The reading that the arguments name.
    pub(super) fn reading(&self, whom: &For) -> Result<Reading, Failure> {
        let config = &self.catalog.config;
        let audience = match &whom.audience {
            None => config.build_audience(),
            Some(name) => config.audience_named(name).ok_or_else(|| unknown_audience(name, config))?,
        };
        Ok(Reading { audience, drafts: whom.drafts })
    }

    /// The report for those for whom something is made, in which nothing of what they may not see is told but its path.
    /// From then on the sources have nothing else of it either.
    pub(super) fn report_for(&mut self, reading: Reading, strict: bool) -> Vec<Diagnostic> {
        let problems = self.report(strict);
        let left_out = self.catalog.entries.iter().filter(|entry| !reading.sees(entry));
        let withheld: Withheld = left_out.map(|entry| entry.source.id).collect();
        let problems = withheld.leave_out(problems, &self.sources);
        self.sources = withheld.without_text(&self.sources);
        problems
    }

    /// The sorted report for those who write, with the severities of the config.
    pub(super) fn report(&mut self, strict: bool) -> Vec<Diagnostic> {
        let mut severities = self.catalog.config.severities.clone();
        severities.strict = strict;
        std::mem::take(&mut self.problems).report(&severities, &self.sources)
    }
}

/// A handbook for one reading with its look.
pub(super) fn site_of(catalog: Catalog, mut theme: Theme, reading: Reading, base_url: Option<&str>) -> site::Site {
    let base_url = base_url.map_or_else(|| catalog.config.base_url.clone(), |url| url.trim_end_matches('/').to_owned());
    let handbook = Handbook::new(catalog, reading);
    theme.set_site(&site::Site::view(&handbook, &theme, &base_url));
    site::Site::new(Arc::new(handbook), Arc::new(theme), &base_url)
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

fn theme(root: &Utf8Path, config: &Config, sources: &mut Sources, problems: &mut Problems) -> Result<Theme, Failure> {
    let user = files::theme::read(root, &config.theme, sources, problems).map_err(|error| explain(&error))?;
    Ok(Theme::new(&user, &config.language, sources, problems))
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
