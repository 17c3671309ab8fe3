//! The command line: arguments, colour and exit codes, and nothing else that a library user would want.
//!
//! Takes the arguments, gives an exit code: 0 clean, 1 problems in the content, 2 wrong usage or environment. Results
//! go to stdout, everything else to stderr. It never decides what is right in a handbook: that is asked of the floors
//! below. One file a command; `open` says which handbook is read and for whom. To add a command: a file here with its
//! `mod` line, a variant of `Command`, and its line in `dispatch`.

mod assemble;
mod build;
mod check;
mod explain;
mod guide;
mod import;
mod open;
mod outcome;
mod output;
mod report;
mod schema;
mod search;
mod serve;

use std::fmt::Write as _;
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use clap::{Parser, Subcommand};

use crate::cli::outcome::{Failure, Outcome};
use crate::cli::output::show;

/// A team's prompt handbook: Markdown in, a searchable site for people and files for AI tools out.
#[derive(Debug, Parser)]
#[command(name = "handbook", version, propagate_version = true, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the site into a folder, all or nothing
    Build(build::Arguments),
    /// Check the content and name every problem
    Check(check::Arguments),
    /// Look at the site while you write: pages are made when you open them
    Serve(serve::Arguments),
    /// Print a prompt with its variables and context put in, as its page copies it
    Assemble(assemble::Arguments),
    /// Search the handbook, with the ranking of the site
    Search(search::Arguments),
    /// Bring prompts from other tools into the handbook
    Import(import::Arguments),
    /// Say what a rule is about and how to mend it
    Explain(explain::Arguments),
    /// Print a page of the guide: every field, or every rule
    Guide(guide::Arguments),
    /// Print a JSON Schema of the fields, for editors and programs
    Schema(schema::Arguments),
}

/// Reads the arguments, runs the command, and gives the exit code.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    match dispatch(arguments.command) {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::ContentProblems) => ExitCode::from(1),
        Err(failure) => {
            complain(&failure);
            ExitCode::from(2)
        }
    }
}

fn dispatch(command: Command) -> Result<Outcome, Failure> {
    match command {
        Command::Build(arguments) => build::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Assemble(arguments) => assemble::run(&arguments),
        Command::Search(arguments) => search::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Guide(arguments) => guide::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
    }
}

fn complain(failure: &Failure) {
    let red = Style::new().fg_color(Some(AnsiColor::Red.into())).bold();
    let mut text = format!("{red}error{red:#}: {failure}\n");
    if let Some(help) = &failure.help {
        let _ = writeln!(text, "  help: {help}");
    }
    show(&text);
}
