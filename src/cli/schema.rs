//! `handbook schema`.

use camino::Utf8PathBuf;
use clap::Args;
use serde_json::to_string_pretty;

use crate::cli::open::{self, Where};
use crate::cli::outcome::{Failure, Outcome};
use crate::cli::output::{print_exact, say};
use crate::schema::Offers;
use crate::schema::json_schema::{self, Subject};
use crate::text::{shown, suggest};

/// Arguments of `schema`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A kind of entry, or `handbook.toml`; every kind when there is none
    subject: Option<String>,
    /// Without the terms and ids of a handbook
    #[arg(long)]
    general: bool,
    /// The handbook's folder [default: the nearest folder upward with a handbook.toml, if there is one]
    #[arg(long, value_name = "DIR", conflicts_with = "general")]
    root: Option<Utf8PathBuf>,
}

/// Prints a JSON Schema.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let subject = arguments.subject.as_deref().map_or(Ok(Subject::Entry), subject)?;
    let schema = json_schema::of(subject, &offers(arguments)?);
    let document = to_string_pretty(&schema).expect("texts and numbers always serialize");
    print_exact(&(shown::json(&document) + "\n"))?;
    Ok(Outcome::Clean)
}

fn subject(name: &str) -> Result<Subject, Failure> {
    Subject::named(name).ok_or_else(|| {
        let known: Vec<&str> = Subject::all().map(Subject::name).collect();
        let help = suggest::help(name, &known).unwrap_or_else(|| format!("one of {}", suggest::list(&known)));
        Failure::new(format!("there is no kind of entry `{name}`")).help(help)
    })
}

/// What the handbook that this is run in offers; what every one does, where it is run in none.
fn offers(arguments: &Arguments) -> Result<Offers, Failure> {
    let is_outside = arguments.root.is_none() && open::root(None).is_err();
    if arguments.general || is_outside {
        return Ok(Offers::general());
    }
    let workspace = open::open(&Where { root: arguments.root.clone(), today: None })?;
    if !workspace.catalog.config.knows_facets {
        say(
            "note: the facets in `handbook.toml` cannot be read, so the schema takes any term; `handbook check` says why\n",
        );
    }
    Ok(Offers::of(&workspace.catalog))
}
