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
mod report;
mod schema;
mod search;
mod serve;

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use clap::{Parser, Subcommand};

use crate::text::shown;

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

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Clean,
    ContentProblems,
}

/// Why a command could not do its work: something about the call or the machine, in words for the user.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
struct Failure {
    message: String,
    help: Option<String>,
}

impl Failure {
    fn new(message: impl AsRef<str>) -> Self {
        Self { message: shown::line(message.as_ref()).into_owned(), help: None }
    }

    /// Several reasons for one failure, a line each.
    fn several(what: &str, reasons: impl Iterator<Item = String>) -> Self {
        let lines: Vec<String> = reasons.map(|reason| shown::line(&reason).into_owned()).collect();
        Self { message: format!("{}: {}", shown::line(what), lines.join("\n       ")), help: None }
    }

    fn help(mut self, help: impl AsRef<str>) -> Self {
        self.help = Some(shown::line(help.as_ref()).into_owned());
        self
    }
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

/// Writes to stderr what may hold names and values of the content. A closed stderr is nobody's problem.
fn say(text: &str) {
    show(&shown::log(text));
}

/// Writes to stderr what was made to be shown, with colour only where that is seen.
fn show(text: &str) {
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

/// Writes a result to stdout that may hold names and values of the content.
fn print(text: &str) -> Result<(), Failure> {
    print_exact(&shown::log(text))
}

/// Writes a result to stdout as it is: a report that was made to be shown, or a prompt that is used byte for byte.
fn print_exact(text: &str) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        // The reader of a pipe may stop early: that is an end, not a failure.
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("cannot write the result: {error}")))
        }
        _ => Ok(()),
    }
}
