//! `handbook serve`.

use std::sync::{Mutex, PoisonError};

use camino::Utf8PathBuf;
use clap::Args;

use crate::cli::report::{closing, entries, show_problems};
use crate::cli::workspace::{self, For, Where, Workspace};
use crate::cli::{Failure, Outcome, say};
use crate::files::{FOLDER, fingerprint};
use crate::history::Memory;
use crate::serve::{self, Loading, Preview};
use crate::site::Routes;

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
    let root: Utf8PathBuf = workspace::root(arguments.place.root.as_deref())?;
    let (arguments, history) = (arguments.clone(), Mutex::default());
    let port = arguments.port;
    let loading = Loading {
        load: Box::new(move || load(&arguments, &mut history.lock().unwrap_or_else(PoisonError::into_inner))),
        look: Box::new(move || fingerprint(&root)),
    };
    let ready = |address: &str| {
        say(&format!("serving on http://{address}/  (stop with Ctrl-C)\nreload a page to see your changes\n"));
    };
    serve::run(port, loading, &ready).map_err(|error| Failure::new(error.to_string()))?;
    Ok(Outcome::Clean)
}

/// Reads the handbook anew and says what is wrong with it; the site is shown all the same.
fn load(arguments: &Arguments, history: &mut Memory) -> Result<Preview, String> {
    let mut workspace = Workspace::open_again(&arguments.place, history).map_err(|failure| failure.to_string())?;
    let reading = workspace.reading(&arguments.whom).map_err(|failure| failure.to_string())?;
    let problems = workspace.report_for(reading, false);
    let Workspace { root, sources, catalog, theme, .. } = workspace;
    show_problems(&problems, &root, &sources);
    let mut site = workspace::site_of(catalog, theme, reading, Some(""));
    say(&format!("{}: {}", entries(site.handbook.len()), closing(&problems, &sources)));
    "/".clone_into(&mut site.location);
    if let Some(failure) = workspace::nobody_sees(&site.handbook, &arguments.whom) {
        say(&format!("note: {failure}\n"));
    }
    let routes = Routes::of(&site);
    Ok(Preview { site, routes, attachments: root.join(FOLDER) })
}
