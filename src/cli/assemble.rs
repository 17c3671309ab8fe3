//! `handbook assemble`.

use clap::Args;

use crate::cli::open::{self, For, Where};
use crate::cli::outcome::{Failure, Outcome};
use crate::cli::output::{print_exact, say};
use crate::cli::report::{has_errors, show_problems};
use crate::handbook::find::{self, Unfound, Written};
use crate::handbook::{self, Handbook, Ix, Lack};
use crate::text::{hidden, shown};
use crate::workspace::{Strictness, Workspace};

/// Arguments of `assemble`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The prompt's id, e.g. `prompts/launch-email`
    prompt: String,
    /// A value for a variable, `name=value`; again for a variable that takes several
    #[arg(long = "var", value_name = "NAME=VALUE", value_parser = pair)]
    values: Vec<(String, String)>,
    /// The module for a slot, `slot=ID`; `slot=` leaves an optional one empty
    #[arg(long = "slot", value_name = "NAME=ID", value_parser = pair)]
    slots: Vec<(String, String)>,
    /// An optional context module to leave out
    #[arg(long, value_name = "ID")]
    without: Vec<String>,
    #[command(flatten)]
    whom: For,
    #[command(flatten)]
    place: Where,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write it as name=value")?;
    Ok((name.trim().to_owned(), value.to_owned()))
}

/// Prints the text that the prompt's page copies.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut workspace = open::open(&arguments.place)?;
    let reading = arguments.whom.reading(&workspace.catalog.config)?;
    let problems = workspace.report_for(reading, Strictness::Normal);
    let Workspace { root, sources, catalog, .. } = workspace;
    let handbook = Handbook::new(catalog, reading);
    let ix = find::prompt(&handbook, &arguments.prompt).map_err(|what| unfound(&what))?;
    let own: Vec<_> =
        problems.into_iter().filter(|problem| problem.span.source == handbook.entry(ix).source.id).collect();
    if has_errors(&own) {
        show_problems(&own, &root, &sources);
        return Ok(Outcome::ContentProblems);
    }
    let Arguments { values, slots, without, .. } = arguments;
    let inputs = find::inputs(&handbook, Written { values, slots, without }).map_err(|what| unfound(&what))?;
    for (name, value) in values {
        say_hidden(name, value);
    }
    match handbook::assemble(&handbook, ix, &inputs) {
        Ok(assembled) => {
            for name in &assembled.defused {
                say(&format!("a tag like the one around context got a backslash, in the value of `{name}`\n"));
            }
            print_exact(&format!("{}\n", assembled.text()))?;
            Ok(Outcome::Clean)
        }
        Err(lacks) => {
            for lack in &lacks {
                say(&format!("{}\n", shown::line(&complaint(&handbook, ix, lack))));
            }
            Ok(Outcome::ContentProblems)
        }
    }
}

/// Says what is left out of a value.
fn say_hidden(name: &str, value: &str) {
    // Line ends of every system become line feeds, and hide nothing.
    let unix = value.replace("\r\n", "\n").replace('\r', "\n");
    if let Some(found) = hidden::find(&unix) {
        say(&format!("left out of the value of `{}`: {found}\n", name.escape_debug()));
    }
}

/// Says what is not there, and what may have been meant.
fn unfound(what: &Unfound) -> Failure {
    let failure = Failure::new(what.to_string());
    match what {
        Unfound::Prompt { nearest: Some(near), .. } => failure.help(format!("did you mean `{near}`?")),
        Unfound::Prompt { nearest: None, .. } => failure
            .help("an id is a path below `content/` without `.md`; `--audience` and `--drafts` show more entries"),
        Unfound::OtherKind { .. } | Unfound::Module(_) => failure,
    }
}

/// Says what lacks, and with which option to give it.
fn complaint(handbook: &Handbook, ix: Ix, lack: &Lack) -> String {
    let words = lack.words(handbook, ix);
    match lack {
        Lack::Value(name, _) => format!("{words}, give it with --var {name}=…"),
        Lack::Slot(name) => format!("{words}, give it with --slot {name}=ID"),
        _ => words,
    }
}
