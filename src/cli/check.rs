//! `handbook check`.

use clap::Args;

use crate::cli::report::{Colour, Format, closing, entries, has_errors};
use crate::cli::workspace::{Where, Workspace};
use crate::cli::{Failure, Outcome, print_exact, say};

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Where,
    /// Count warnings as errors
    #[arg(long)]
    strict: bool,
    /// How problems are written
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
}

/// Names every problem on stdout.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut workspace = Workspace::open(&arguments.place)?;
    let problems = workspace.report(arguments.strict);
    let colour = Colour::of(&std::io::stdout());
    print_exact(&arguments.format.text(&problems, &workspace.root, &workspace.sources, colour))?;
    let count = entries(workspace.catalog.entries.len());
    say(&format!("checked {count}: {}", closing(&problems, &workspace.sources)));
    Ok(if has_errors(&problems) { Outcome::ContentProblems } else { Outcome::Clean })
}
