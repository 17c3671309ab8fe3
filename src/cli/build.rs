//! `handbook build`.

use std::fmt::Write as _;
use std::io::IsTerminal;
use std::mem::ManuallyDrop;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::open::{self, For, Where};
use crate::cli::outcome::{Failure, Outcome};
use crate::cli::output::say;
use crate::cli::report::{Format, closing, entries, has_errors};
use crate::config;
use crate::diagnostics::Diagnostic;
use crate::files::FOLDER;
use crate::handbook::Handbook;
use crate::publish::{self, Job, Out, Published};
use crate::site::{Routes, Site};
use crate::text::Sources;
use crate::workspace::{Stages, Workspace};

/// Arguments of `build`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    whom: For,
    /// The folder for the site [default: public, in the handbook's folder]
    #[arg(long, value_name = "DIR")]
    out: Option<Utf8PathBuf>,
    /// Where the site will be, for what must be absolute [default: the config's `base_url`]
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Count warnings as errors
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    format: Format,
}

/// Builds the site into its folder. The summary goes to stderr, and so do the problems, unless they are for a program.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let start = Instant::now();
    let mut workspace = open::open(&arguments.place)?;
    let reading = arguments.whom.reading(&workspace.catalog.config)?;
    let out = out_folder(arguments.out.as_deref(), &workspace.root)?;
    check_base_url(arguments.base_url.as_deref())?;
    let mut problems = workspace.report_for(reading, open::strictness(arguments.strict));
    let Workspace { root, sources, catalog, theme, mut stages, .. } = workspace;
    if has_errors(&problems) {
        return stop(&arguments.format, &problems, &root, &sources);
    }
    if catalog.entries.is_empty() {
        let failure = Failure::new(format!("there is no entry in `{FOLDER}/`, so nothing was built"));
        return Err(failure.help("write one, such as `content/index.md`, or name another handbook with `--root DIR`"));
    }
    // The process ends after this, and takes its memory back faster than piece by piece.
    let sources = ManuallyDrop::new(sources);
    let base_url = arguments.base_url.as_deref().unwrap_or(&catalog.config.base_url).trim_end_matches('/').to_owned();
    let site = stages.time("relate", || Site::new(Handbook::new(catalog, reading), theme, &base_url));
    let site = ManuallyDrop::new(site);
    if let Some(mut failure) = open::nobody_sees(&site.handbook, &arguments.whom) {
        failure.message.push_str(", so nothing was built");
        return Err(failure);
    }
    let routes = ManuallyDrop::new(stages.time("routes", || Routes::of(&site)));
    stages.time("index", || site.search());
    let published = match stages.time("render and write", || write(&site, &routes, &out, &root)) {
        Err(publish::Failure::Render(mistakes)) => {
            problems.extend(distinct(mistakes));
            return stop(&arguments.format, &problems, &root, &sources);
        }
        published => published.map_err(|failure| Failure::new(failure.to_string())),
    };
    arguments.format.tell(&problems, &root, &sources)?;
    say(&summary(&site, &published?, &stages, start.elapsed(), out.path()));
    if !problems.is_empty() {
        say(&closing(&problems, &sources));
    }
    Ok(Outcome::Clean)
}

/// Tells why nothing was built.
fn stop(format: &Format, problems: &[Diagnostic], root: &Utf8Path, sources: &Sources) -> Result<Outcome, Failure> {
    format.tell(problems, root, sources)?;
    say(&format!("nothing was built: {}", closing(problems, sources)));
    Ok(Outcome::ContentProblems)
}

/// One mistake of a template shows up on many pages: it is reported once, for the first of them.
fn distinct(mistakes: impl IntoIterator<Item = Box<Diagnostic>>) -> Vec<Diagnostic> {
    let mut seen = std::collections::HashSet::new();
    mistakes.into_iter().map(|mistake| *mistake).filter(|m| seen.insert((m.span, m.message.clone()))).collect()
}

fn write(
    site: &Site,
    routes: &Routes,
    out: &Out,
    root: &Utf8Path,
) -> Result<Published, publish::Failure<Box<Diagnostic>>> {
    let list: Vec<_> = routes.iter().collect();
    let paths: Vec<Utf8PathBuf> = list.iter().map(|route| Utf8PathBuf::from(&route.path)).collect();
    let bar = Bar::new(paths.len());
    let render = |nth: usize| list[nth].render(site);
    let attachments = root.join(FOLDER);
    let progress = |count: usize| bar.advance(count);
    let waiting = || say(&format!("another build into `{}` is under way: waiting for its end\n", out.path()));
    let (attachments, render, progress, waiting) = (&*attachments, &render, &progress, &waiting);
    let job = Job { out, paths: &paths, attachments, render, progress, waiting };
    let published = publish::publish(&job);
    bar.finish();
    published
}

/// A progress bar that only shows when there is a terminal and something to wait for.
struct Bar {
    shown: ProgressBar,
    done: AtomicUsize,
    start: Instant,
}

/// How long a build may take before it shows that it is at work.
const PATIENCE: Duration = Duration::from_millis(500);

impl Bar {
    fn new(total: usize) -> Self {
        let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} files");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self { shown: bar, done: AtomicUsize::new(0), start: Instant::now() }
    }

    fn advance(&self, count: usize) {
        let done = self.done.fetch_add(count, Ordering::Relaxed) + count;
        // Looking at the clock for each of twenty thousand files would cost more than it tells.
        if done.is_multiple_of(64) && self.start.elapsed() > PATIENCE && std::io::stderr().is_terminal() {
            if self.shown.is_hidden() {
                self.shown.set_draw_target(ProgressDrawTarget::stderr());
            }
            self.shown.set_position(done as u64);
        }
    }

    fn finish(&self) {
        self.shown.finish_and_clear();
    }
}

/// The folder for the site, where nothing of the handbook lies.
fn out_folder(named: Option<&Utf8Path>, root: &Utf8Path) -> Result<Out, Failure> {
    let current = open::current_folder()?;
    let out = named.map_or_else(|| root.join("public"), Utf8Path::to_owned);
    Out::beside_sources(out.clone(), root, &current).ok_or_else(|| {
        let failure = Failure::new(format!("the folder `{out}` holds the handbook's own files"));
        failure.help("name a folder of its own with `--out DIR`; it is replaced as a whole")
    })
}

fn check_base_url(url: Option<&str>) -> Result<(), Failure> {
    let flaw = url.filter(|url| !url.is_empty()).and_then(|url| config::address_flaw(url, config::Use::Base));
    flaw.map_or(Ok(()), |(message, help)| Err(Failure::new(message).help(help)))
}

fn summary(site: &Site, published: &Published, stages: &Stages, total: Duration, out: &Utf8Path) -> String {
    let mut text = format!(
        "built {} as {} files, {} in {}\n",
        entries(site.handbook.len()),
        published.files,
        size(published.bytes),
        seconds(total)
    );
    let _ = writeln!(
        text,
        "  {} written, {} unchanged, {} removed",
        published.written, published.unchanged, published.removed
    );
    let times: Vec<String> = stages.list.iter().map(|(name, time)| format!("{name} {}", seconds(*time))).collect();
    let _ = writeln!(text, "  {}", times.join(", "));
    let _ = writeln!(text, "  open {}", out.join("index.html"));
    text
}

fn seconds(time: Duration) -> String {
    if time < Duration::from_secs(1) {
        format!("{} ms", time.as_millis())
    } else {
        format!("{:.2} s", time.as_secs_f64())
    }
}

fn size(bytes: u64) -> String {
    const MEGA: u64 = 1_000_000;
    if bytes < MEGA {
        return format!("{} kB", bytes.div_ceil(1000));
    }
    format!("{}.{} MB", bytes / MEGA, bytes % MEGA / (MEGA / 10))
}
