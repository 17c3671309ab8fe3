//! `handbook guide`.

use std::fmt::Write as _;

use clap::Args;

use crate::cli::{Failure, Outcome, print};
use crate::schema::guide::PAGES;
use crate::text::suggest;

/// Arguments of `guide`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The page; all pages when there is none
    page: Option<String>,
}

/// Prints a page of the guide as Markdown, or the list of pages.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let Some(name) = &arguments.page else {
        print(&list())?;
        return Ok(Outcome::Clean);
    };
    let page = PAGES.iter().find(|page| page.name == name).ok_or_else(|| {
        let known: Vec<&str> = PAGES.iter().map(|page| page.name).collect();
        let help = suggest::help(name, &known).unwrap_or_else(|| "`handbook guide` lists all pages".to_owned());
        Failure::new(format!("there is no page `{name}`")).help(help)
    })?;
    print(&page.markdown())?;
    Ok(Outcome::Clean)
}

fn list() -> String {
    let mut text = String::new();
    for page in PAGES {
        let _ = writeln!(text, "{:<22} {}", page.name, page.what);
    }
    text
}
