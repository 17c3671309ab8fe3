//! Reading a handbook, the way everybody does.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil::Date;

use crate::check::{self, Scope};
use crate::config::Config;
use crate::content::{self, Entry, last_change, to_come};
use crate::diagnostics::{Diagnostic, Problems, Withheld};
use crate::files::{self, AssetFile, Failure, Files};
use crate::handbook::{Catalog, Reading};
use crate::history::{Memory, Note};
use crate::site;
use crate::text::Sources;
use crate::theme::Theme;
use crate::workspace::{Kept, Stages};

/// A handbook, read and checked, before any audience filter.
#[derive(Debug)]
pub struct Workspace {
    /// Where it lies.
    pub root: Utf8PathBuf,
    /// Every text that a problem can point into.
    pub sources: Sources,
    /// Every entry, resolved.
    pub catalog: Catalog,
    /// The look.
    pub theme: Theme,
    /// Everything that is wrong, in no order yet.
    pub problems: Problems,
    /// How long reading and checking took.
    pub stages: Stages,
}

/// What is to be read.
#[derive(Debug)]
pub struct Loader<'l> {
    root: &'l Utf8Path,
    today: Date,
    history: Option<&'l mut Memory>,
    kept: Option<&'l mut Kept>,
    /// Why entries show no day though they could, after loading; also where that failed later.
    pub note: Option<Note>,
}

/// What lies in a handbook's folder, each entry by itself.
#[derive(Debug)]
pub struct Read {
    /// Every text.
    pub sources: Sources,
    /// The settings.
    pub config: Arc<Config>,
    /// The entries, in the order of their files.
    pub entries: Vec<Arc<Entry>>,
    /// The files beside them.
    pub assets: Vec<AssetFile>,
}

/// What warnings count as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// Warnings.
    Normal,
    /// Errors.
    Strict,
}

/// Reads the config and every entry.
///
/// # Errors
///
/// When the folder cannot be read.
pub fn read(root: &Utf8Path, problems: &mut Problems, stages: &mut Stages) -> Result<Read, Failure> {
    read_again(root, &mut Kept::default(), problems, stages)
}

/// The same, where what has not changed since the last time is not read again.
fn read_again(root: &Utf8Path, kept: &mut Kept, problems: &mut Problems, stages: &mut Stages) -> Result<Read, Failure> {
    let files = stages.time("read", || files::read_again(root, &mut kept.files, problems))?;
    let config = kept.config(&files.config, problems);
    let entries = stages.time("parse", || content::read_again(&files, &config, &mut kept.entries, problems));
    let Files { sources, assets, .. } = files;
    Ok(Read { sources, config, entries, assets })
}

impl<'l> Loader<'l> {
    /// Of the handbook in a folder, compared with a day.
    pub fn new(root: &'l Utf8Path, today: Date) -> Self {
        Self { root, today, history: None, kept: None, note: None }
    }

    /// The same, where git says when entries changed. Who loads again and again keeps the memory.
    #[must_use]
    pub fn with_history(self, history: &'l mut Memory) -> Self {
        Self { history: Some(history), ..self }
    }

    /// The same, where what has not changed since the last time is not read again. The workspace is the same as without.
    #[must_use]
    pub fn with_kept(self, kept: &'l mut Kept) -> Self {
        Self { kept: Some(kept), ..self }
    }

    /// Reads and checks the handbook.
    ///
    /// # Errors
    ///
    /// When something of it cannot be read. What is wrong with its content is a problem, not a failure.
    pub fn load(&mut self) -> Result<Workspace, Failure> {
        let (mut problems, mut stages) = (Problems::default(), Stages::default());
        let mut own = Kept::default();
        let kept = self.kept.take().unwrap_or(&mut own);
        let read = read_again(self.root, kept, &mut problems, &mut stages);
        let Read { mut sources, config, mut entries, assets } = read?;
        self.add_dates(&mut entries);
        to_come::settle(&mut entries, self.today);
        kept.entries.keep(&entries);
        let catalog = stages.time("resolve", || Catalog::new(Arc::clone(&config), entries, assets));
        let reserved = site::reserved(&config);
        let scope = Scope { catalog: &catalog, reserved: &reserved, today: self.today };
        let mut of_theme = Problems::default();
        let check = || stages.time("check", || check::check(&scope, &mut problems));
        let ((), theme) = rayon::join(check, || theme(self.root, &config, &mut sources, &mut of_theme));
        problems.append(of_theme);
        let theme = theme?;
        Ok(Workspace { root: self.root.to_owned(), sources, catalog, theme, problems, stages })
    }

    fn add_dates(&mut self, entries: &mut [Arc<Entry>]) {
        let Some(memory) = &mut self.history else { return };
        let answer = memory.ask(self.root, last_change::undated(entries));
        last_change::date(entries, answer.history, self.today);
        self.note = answer.note;
    }
}

/// The theme that the config names.
fn theme(root: &Utf8Path, config: &Config, sources: &mut Sources, problems: &mut Problems) -> Result<Theme, Failure> {
    let own = files::theme::read(root, &config.theme, sources, problems)?;
    Ok(Theme::new(&own, &config.language, sources, problems))
}

impl Workspace {
    /// The sorted report for those who write, with the severities of the config.
    pub fn report(&mut self, strictness: Strictness) -> Vec<Diagnostic> {
        let mut severities = self.catalog.config.severities.clone();
        severities.strict = strictness == Strictness::Strict;
        std::mem::take(&mut self.problems).report(&severities, &self.sources)
    }

    /// The report for those for whom something is made: of a file that they may not see it names the path and quotes
    /// nothing. From then on the sources have nothing else of it either.
    pub fn report_for(&mut self, reading: Reading, strictness: Strictness) -> Vec<Diagnostic> {
        let problems = self.report(strictness);
        let left_out = self.catalog.entries.iter().filter(|entry| !reading.sees(entry));
        let withheld: Withheld = left_out.map(|entry| entry.source.id).collect();
        let problems = withheld.leave_out(problems, &self.sources);
        self.sources = withheld.without_text(&self.sources);
        problems
    }
}
