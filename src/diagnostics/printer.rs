//! A way to write a report, and what it needs beside the problems.

use camino::Utf8Path;

use crate::diagnostics::Diagnostic;
use crate::text::Sources;

/// A way to write a report.
#[derive(Debug)]
pub struct Printer {
    /// Its name, which is the value of `--format`.
    pub name: &'static str,
    /// What it writes and for whom: a line of help.
    pub what: &'static str,
    /// Who reads it.
    pub reader: Reader,
    pub(super) write: fn(&[Diagnostic], View<'_>) -> String,
}

/// Who reads a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// Somebody who also reads what else a command says.
    Person,
    /// A program, to which the report is the command's whole result.
    Program,
}

/// Whether text goes to somebody who sees colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// With colour.
    Always,
    /// Without.
    Never,
}

/// What a printer needs beside the problems.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The files that spans point into.
    pub sources: &'a Sources,
    /// Put before every path, so that it opens from where the command was run; empty when run at the root.
    pub prefix: &'a Utf8Path,
    /// For whom a printer that knows colours may use them.
    pub colour: Colour,
}

impl Printer {
    /// The whole report, ending with a line feed unless it is empty.
    pub fn print(&self, problems: &[Diagnostic], view: View<'_>) -> String {
        (self.write)(problems, view)
    }
}

impl View<'_> {
    /// The path itself, which a program opens; a name may hold anything, line breaks too.
    pub(super) fn path(&self, relative: &Utf8Path) -> String {
        self.prefix.join(relative).into_string().replace('\\', "/")
    }
}
