//! `handbook search`.

use std::borrow::Cow;
use std::fmt::Write as _;

use clap::Args;

use crate::cli::open::{self, For, Where};
use crate::cli::outcome::{Failure, Outcome};
use crate::cli::output::{print, say};
use crate::handbook::Handbook;
use crate::search::tokenizer::{QUERY_LIMIT, WORDS_LIMIT};
use crate::search::{Answer, Index, Reading};
use crate::text::shown;

/// Arguments of `search`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The words, as typed into the site's search box
    #[arg(required = true)]
    words: Vec<String>,
    /// Say what each word gave to each result
    #[arg(long)]
    explain: bool,
    /// How many results
    #[arg(long, default_value_t = 10, value_name = "N")]
    limit: usize,
    #[command(flatten)]
    whom: For,
    #[command(flatten)]
    place: Where,
}

/// Prints what the site's search would show, in the same order.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let workspace = open::open(&arguments.place)?;
    let reading = arguments.whom.reading(&workspace.catalog.config)?;
    let handbook = Handbook::new(workspace.catalog, reading);
    let index = Index::new(&handbook);
    let query = arguments.words.join(" ");
    let answer = index.search(&query);
    if answer.hits.is_empty() {
        say(&nothing(&query, &answer));
    } else {
        print(&text(&handbook, &answer, arguments))?;
    }
    Ok(Outcome::Clean)
}

/// What to say where there is no result.
fn nothing(query: &str, answer: &Answer) -> String {
    if answer.words.is_empty() {
        return format!("nothing to search for in `{}`: single letters and signs are not searched\n", shown(query));
    }
    let note = if answer.is_cut { cut_note() } else { String::new() };
    format!("{note}nothing found for `{}`\n", shown(query))
}

/// What to say of a query that was not searched to its end.
fn cut_note() -> String {
    format!("the query is long: its first {QUERY_LIMIT} characters are searched, and of those {WORDS_LIMIT} words\n")
}

/// A query as a message repeats it.
fn shown(query: &str) -> Cow<'_, str> {
    const LONGEST: usize = 100;
    match query.char_indices().nth(LONGEST) {
        Some((end, _)) => Cow::Owned(format!("{}…", &query[..end])),
        None => Cow::Borrowed(query),
    }
}

fn text(handbook: &Handbook, answer: &Answer, arguments: &Arguments) -> String {
    let mut text = String::new();
    if answer.is_cut {
        text.push_str(&cut_note());
    }
    for (word, instead) in &answer.corrected {
        let _ = writeln!(text, "nothing has `{word}`; searched for {}", instead.join(", "));
    }
    if answer.reading == Reading::Any {
        text.push_str("no entry has all these words; these have some of them\n");
    }
    for hit in answer.hits.iter().take(arguments.limit) {
        let entry = handbook.entry(hit.entry);
        let _ = writeln!(text, "{:<44} {}", shown::line(entry.id.as_str()), shown::line(entry.title()));
        if arguments.explain {
            let parts: Vec<String> = hit.why.iter().map(|why| format!("{} {:.2}", why.term, why.score)).collect();
            let _ = writeln!(text, "    {:.2} = {}", hit.score, parts.join(" + "));
        }
    }
    if answer.hits.len() > arguments.limit {
        let _ = writeln!(text, "and {} more", answer.hits.len() - arguments.limit);
    }
    text
}
