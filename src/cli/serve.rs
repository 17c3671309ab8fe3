//! `handbook serve`.

use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use camino::Utf8PathBuf;
use clap::Args;

use crate::cli::open::{self, For, Where};
use crate::cli::outcome::{Failure, Outcome};
use crate::cli::output::say;
use crate::cli::report::{closing, entries, show_problems};
use crate::files::{FOLDER, Seen, Watch};
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
    let (port, arguments) = (arguments.port, arguments.clone());
    let (watch, last) = (Arc::new(Mutex::new(Watch::new(root))), Mutex::default());
    let looked = Arc::clone(&watch);
    let said = in_background();
    let all_said = said.clone();
    let loading = Loading {
        load: Box::new(move || {
            let seen = unpoisoned(&looked).seen();
            load(&arguments, &mut unpoisoned(&last), seen, &said)
        }),
        look: Box::new(move || unpoisoned(&watch).look()),
    };
    let ready = |address: &str| {
        // What was wrong at the start stands above the address.
        let (done, wait) = mpsc::channel();
        let _ = all_said.send(Box::new(move || drop(done)));
        let _: Result<(), _> = wait.recv();
        say(&format!("serving on http://{address}/  (stop with Ctrl-C)\nreload a page to see your changes\n"));
    };
    serve::run(port, loading, &ready).map_err(|error| Failure::new(error.to_string()))?;
    Ok(Outcome::Clean)
}

/// What is kept from one load for the next.
type Last = (Memory, Kept);

/// Something to put into words and say.
type Saying = Box<dyn FnOnce() + Send>;

/// A thread that says what it is sent, one after another. Whoever edits waits for the page, and not for the list of what
/// is wrong on all the others.
fn in_background() -> Sender<Saying> {
    let (sender, sayings) = mpsc::channel::<Saying>();
    std::thread::spawn(move || sayings.into_iter().for_each(|say| say()));
    sender
}

fn unpoisoned<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads the handbook anew and says what is wrong with it; the site is shown all the same.
fn load(
    arguments: &Arguments,
    (history, kept): &mut Last,
    seen: Arc<Seen>,
    said: &Sender<Saying>,
) -> Result<Preview, String> {
    kept.trust(seen);
    let mut workspace = match open::open_again(&arguments.place, history, kept) {
        Ok(workspace) => workspace,
        // A file that was seen may have gone away since: without a look to trust, what is there now is read.
        Err(_) => open::open_again(&arguments.place, history, kept).map_err(|failure| failure.to_string())?,
    };
    let reading = arguments.whom.reading(&workspace.catalog.config).map_err(|failure| failure.to_string())?;
    let problems = workspace.report_for(reading, Strictness::Normal);
    let Workspace { root, sources, catalog, theme, .. } = workspace;
    let site = Site::at_root(Handbook::new(catalog, reading), theme);
    let (folder, count) = (root.clone(), site.handbook.len());
    let hidden = open::nobody_sees(&site.handbook, &arguments.whom).map(|failure| format!("note: {failure}\n"));
    let saying = move || {
        show_problems(&problems, &folder, &sources);
        say(&format!("{}: {}", entries(count), closing(&problems, &sources)));
        if let Some(note) = hidden {
            say(&note);
        }
    };
    let routes = Routes::of(&site);
    // Last, as it takes threads that others wait for. Fails only where the thread has ended, as the process does.
    let _ = said.send(Box::new(saying));
    Ok(Preview { site, routes, attachments: root.join(FOLDER) })
}
