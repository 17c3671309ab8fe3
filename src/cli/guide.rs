//! `handbook guide`.

use std::fmt::Write as _;

use clap::Args;

use crate::cli::outcome::{Failure, Outcome};
use crate::cli::output::print;
use crate::content::Kind;
use crate::schema::guide::{self, PAGES};
use crate::text::suggest;

/// Arguments of `guide`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The page, or a kind for its fields alone; the list of pages when there is none
    page: Option<String>,
}

/// Prints a page of the guide as Markdown, or the list of pages.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let Some(name) = &arguments.page else {
        print(&list())?;
        return Ok(Outcome::Clean);
    };
    if let Some(kind) = Kind::ALL.iter().copied().find(|kind| kind.word() == name.replace(' ', "-")) {
        print(&guide::of_kind(kind))?;
        return Ok(Outcome::Clean);
    }
    let page = PAGES.iter().find(|page| page.name == name).ok_or_else(|| {
        let pages = PAGES.iter().map(|page| page.name);
        let known: Vec<&str> = pages.chain(Kind::ALL.iter().map(|kind| kind.word())).collect();
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
    for kind in Kind::ALL {
        let _ = writeln!(text, "{:<22} the fields of {}", kind.word(), kind.spec().one);
    }
    text
}
