//! `handbook check`.

use clap::Args;

use crate::cli::open::{self, Where};
use crate::cli::outcome::{Failure, Outcome};
use crate::cli::output::say;
use crate::cli::report::{Format, closing, entries, has_errors};

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Where,
    /// Count warnings as errors
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    format: Format,
}

/// Names every problem on stdout.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut workspace = open::open(&arguments.place)?;
    let problems = workspace.report(open::strictness(arguments.strict));
    arguments.format.print(&problems, &workspace.root, &workspace.sources)?;
    let count = entries(workspace.catalog.entries.len());
    say(&format!("checked {count}: {}", closing(&problems, &workspace.sources)));
    Ok(if has_errors(&problems) { Outcome::ContentProblems } else { Outcome::Clean })
}
