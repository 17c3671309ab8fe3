//! `handbook serve`.

use std::sync::{Mutex, PoisonError};

use camino::Utf8PathBuf;
use clap::Args;

use crate::cli::open::{self, For, Where};
use crate::cli::report::{closing, entries, show_problems};
use crate::cli::{Failure, Outcome, say};
use crate::files::{FOLDER, Watch};
use crate::handbook::Handbook;
use crate::history::Memory;
use crate::serve::{self, Loading, Preview};
use crate::site::{Routes, Site};
use crate::workspace::{Kept, Strictness, Workspace};

/// Arguments of `serve`.
#[derive(Clone, Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    whom: For,
    /// The port on this machine; another one is taken when it is busy
    #[arg(long, default_value_t = 4321)]
    port: u16,
}

/// Serves the site on loopback until it is stopped.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let root: Utf8PathBuf = open::root(arguments.place.root.as_deref())?;
    let (arguments, last, watch) = (arguments.clone(), Mutex::default(), Mutex::new(Watch::new(root)));
    let port = arguments.port;
    let loading = Loading {
        load: Box::new(move || load(&arguments, &mut last.lock().unwrap_or_else(PoisonError::into_inner))),
        look: Box::new(move || watch.lock().unwrap_or_else(PoisonError::into_inner).look()),
    };
    let ready = |address: &str| {
        say(&format!("serving on http://{address}/  (stop with Ctrl-C)\nreload a page to see your changes\n"));
    };
    serve::run(port, loading, &ready).map_err(|error| Failure::new(error.to_string()))?;
    Ok(Outcome::Clean)
}

/// What is kept from one load for the next.
type Last = (Memory, Kept);

/// Reads the handbook anew and says what is wrong with it; the site is shown all the same.
fn load(arguments: &Arguments, (history, kept): &mut Last) -> Result<Preview, String> {
    let mut workspace = open::open_again(&arguments.place, history, kept).map_err(|failure| failure.to_string())?;
    let reading = arguments.whom.reading(&workspace.catalog.config).map_err(|failure| failure.to_string())?;
    let problems = workspace.report_for(reading, Strictness::Normal);
    let Workspace { root, sources, catalog, theme, .. } = workspace;
    show_problems(&problems, &root, &sources);
    let site = Site::at_root(Handbook::new(catalog, reading), theme);
    say(&format!("{}: {}", entries(site.handbook.len()), closing(&problems, &sources)));
    if let Some(failure) = open::nobody_sees(&site.handbook, &arguments.whom) {
        say(&format!("note: {failure}\n"));
    }
    let routes = Routes::of(&site);
    Ok(Preview { site, routes, attachments: root.join(FOLDER) })
}
