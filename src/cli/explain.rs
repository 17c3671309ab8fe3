//! `handbook explain`.

use std::fmt::Write as _;

use clap::Args;

use crate::cli::outcome::{Failure, Outcome};
use crate::cli::output::print;
use crate::diagnostics::{RULES, Rule};
use crate::text::suggest;

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The rule's name, as a message shows it; all rules when there is none
    rule: Option<String>,
}

/// Prints a rule's manual page, or the list of rules.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let Some(name) = &arguments.rule else {
        print(&list())?;
        return Ok(Outcome::Clean);
    };
    let Some(rule) = Rule::named(name) else {
        let known: Vec<&str> = RULES.iter().map(|rule| rule.name()).collect();
        let help = suggest::help(name, &known).unwrap_or_else(|| "`handbook explain` lists all rules".to_owned());
        return Err(Failure::new(format!("there is no rule `{name}`")).help(help));
    };
    let fixed = if rule.is_fixed() { ", always" } else { "" };
    print(&format!("{} ({}{fixed})\n\n{}\n", rule.name(), rule.severity().word(), rule.doc()))?;
    Ok(Outcome::Clean)
}

fn list() -> String {
    let mut text = String::new();
    for rule in RULES {
        let first = rule.doc().lines().next().unwrap_or_default().to_owned();
        let _ = writeln!(text, "{:<22} {:<8} {first}", rule.name(), rule.severity().word());
    }
    text
}
