//! Printing problems for the commands that find some.

use std::fmt::Write as _;
use std::io::IsTerminal;

use camino::Utf8Path;
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::cli::open::prefix;
use crate::cli::outcome::Failure;
use crate::cli::output::{print_exact, show};
use crate::diagnostics::printers::{Colour, DEFAULT, PRINTERS, Printer, Reader, View};
use crate::diagnostics::{self, Diagnostic, Severity};
use crate::text::Sources;

/// How problems are written: a printer of the registry, by its name.
#[derive(Debug, Clone, Args)]
pub(super) struct Format {
    /// How problems are written
    #[arg(long = "format", value_name = "FORMAT", value_parser = printers(), default_value = DEFAULT.name)]
    printer: &'static Printer,
}

fn printers() -> impl TypedValueParser<Value = &'static Printer> {
    let values = PRINTERS.iter().map(|printer| PossibleValue::new(printer.name).help(printer.what));
    let named = |name: String| Printer::named(&name).ok_or("no printer has this name");
    PossibleValuesParser::new(values).try_map(named)
}

impl Format {
    /// Writes all problems at once: with what else a command says where a person reads both, else as its whole result.
    pub(super) fn tell(&self, problems: &[Diagnostic], root: &Utf8Path, sources: &Sources) -> Result<(), Failure> {
        match self.printer.reader {
            Reader::Person => {
                show(&text(self.printer, problems, root, sources, colour_of(&std::io::stderr())));
                Ok(())
            }
            Reader::Program => print_exact(&text(self.printer, problems, root, sources, Colour::Never)),
        }
    }

    /// Writes all problems as a command's result.
    pub(super) fn print(&self, problems: &[Diagnostic], root: &Utf8Path, sources: &Sources) -> Result<(), Failure> {
        print_exact(&text(self.printer, problems, root, sources, colour_of(&std::io::stdout())))
    }
}

/// Shows problems to the person at the terminal.
pub(super) fn show_problems(problems: &[Diagnostic], root: &Utf8Path, sources: &Sources) {
    show(&text(DEFAULT, problems, root, sources, colour_of(&std::io::stderr())));
}

fn text(printer: &Printer, problems: &[Diagnostic], root: &Utf8Path, sources: &Sources, colour: Colour) -> String {
    let prefix = prefix(root);
    printer.print(problems, View { sources, prefix: &prefix, colour })
}

/// Whether a stream shows colour; the usual variables can turn it off or on.
fn colour_of(stream: &impl IsTerminal) -> Colour {
    let forced = std::env::var_os("CLICOLOR_FORCE").is_some_and(|value| value != "0");
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if (stream.is_terminal() || forced) && !refused { Colour::Always } else { Colour::Never }
}

/// Whether any problem is an error.
pub(super) fn has_errors(problems: &[Diagnostic]) -> bool {
    problems.iter().any(|problem| problem.severity == Severity::Error)
}

/// How many entries, in words.
pub(super) fn entries(count: usize) -> String {
    if count == 1 { "1 entry".to_owned() } else { format!("{count} entries") }
}

/// The closing line of a report; it names the first of the worst problems.
pub(super) fn closing(problems: &[Diagnostic], sources: &Sources) -> String {
    let mut line = diagnostics::count(problems, sources);
    if let Some(first) = problems.iter().min_by_key(|problem| problem.severity) {
        let _ = write!(line, "; `handbook explain {}` says more", first.rule.name());
    }
    line.push('\n');
    line
}
