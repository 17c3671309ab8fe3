//! `handbook import`.

use std::collections::{HashMap, HashSet};
use std::io::{self, Read, Write};

use camino::{Utf8Path, Utf8PathBuf};
use clap::{Args, Subcommand};

use crate::cli::report::entries;
use crate::cli::workspace::{self, Where};
use crate::cli::{Failure, Outcome, print, say};
use crate::config::Config;
use crate::content::{self, Id, canonical};
use crate::diagnostics::Problems;
use crate::files::{self, FOLDER, below};
use crate::interchange::import::{self, Import, Request};

/// Arguments of `import`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    format: Format,
}

#[derive(Debug, Subcommand)]
enum Format {
    /// A table with a prompt in each row
    Csv(Table),
}

/// Arguments of `import csv`.
#[derive(Debug, Args)]
struct Table {
    /// The file, or `-` for standard input
    file: Utf8PathBuf,
    /// Which column is which field, e.g. `title=act,prompt=prompt`; guessed from the header when left out
    #[arg(long, value_name = "FIELD=COLUMN,…", value_parser = pairs, default_value = "")]
    map: Pairs,
    /// The folder below `content/` for the new entries
    #[arg(long, value_name = "FOLDER", default_value = "prompts/imported")]
    into: String,
    /// Say what would be imported and write nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    place: Where,
}

#[derive(Debug, Clone)]
struct Pairs(Vec<(String, String)>);

fn pairs(text: &str) -> Result<Pairs, String> {
    let split = |part: &String| {
        let (field, column) = part.split_once('=').ok_or_else(|| format!("`{part}` is not field=column"))?;
        Ok((field.trim().to_owned(), column.trim().to_owned()))
    };
    parts(text)?.iter().filter(|part| !part.trim().is_empty()).map(split).collect::<Result<Vec<_>, String>>().map(Pairs)
}

/// The parts between commas. A comma of a column's name has a backslash before it, or the name stands in quotes.
fn parts(text: &str) -> Result<Vec<String>, String> {
    let mut parts = vec![String::new()];
    let mut quoted = false;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let part = parts.last_mut().expect("there is always one");
        match c {
            '\\' => part.push(rest.next_if(|next| matches!(next, ',' | '"')).unwrap_or(c)),
            '"' if quoted || part.trim_end().ends_with('=') => quoted = !quoted,
            ',' if !quoted => parts.push(String::new()),
            c => part.push(c),
        }
    }
    if quoted { Err("a quotation mark is never closed".to_owned()) } else { Ok(parts) }
}

/// Writes the entries and prints the report.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    match &arguments.format {
        Format::Csv(table) => csv(table),
    }
}

fn csv(table: &Table) -> Result<Outcome, Failure> {
    let root = workspace::root(table.place.root.as_deref())?;
    let bytes = read(&table.file)?;
    let into = table.into.trim_matches('/');
    let there = There::read(&root, into)?;
    let request = Request {
        text: &bytes,
        map: &table.map.0,
        into,
        taken: &|id: &str| there.ids.contains(&canonical(id)),
        prompts: &there.prompts,
        config: &there.config,
        today: table.place.today.unwrap_or_else(workspace::today),
    };
    let mut import = match import::csv::import(&request) {
        Ok(import) => import,
        Err(errors) => {
            let reasons = errors.iter().map(ToString::to_string);
            return Err(Failure::several(&format!("cannot import `{}`", table.file), reasons));
        }
    };
    let written = if table.dry_run { Ok(()) } else { write(&root, &mut import) };
    print(&import.report.render())?;
    let verb = if table.dry_run { "would write" } else { "wrote" };
    say(&format!("{verb} {} into content/{into}\n", entries(import.files.len())));
    written.map(|()| Outcome::Clean)
}

/// The most bytes that an import reads: half a million prompts.
const TABLE_LIMIT: u64 = 256 * 1024 * 1024;

fn read(file: &Utf8Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = if file == "-" {
        io::stdin().lock().take(TABLE_LIMIT + 1).read_to_end(&mut bytes)
    } else {
        read_file(file, &mut bytes)
    };
    let size = read.map_err(|error| {
        let failure = Failure::new(format!("cannot read `{file}`: {error}"));
        let help = "name the file itself, or give its text on standard input: `handbook import csv - <FILE`";
        if error.kind() == io::ErrorKind::InvalidInput { failure.help(help) } else { failure }
    })?;
    if size as u64 > TABLE_LIMIT {
        let failure = Failure::new(format!("`{file}` has more than {} MiB", TABLE_LIMIT / 1024 / 1024));
        return Err(failure.help("split it into several files, each with the row that names the columns"));
    }
    Ok(bytes)
}

/// Reads a file, which is no link, and of one that is too large nothing.
fn read_file(path: &Utf8Path, bytes: &mut Vec<u8>) -> io::Result<usize> {
    let file = below::open_itself(path)?;
    let size = file.metadata()?.len();
    if size > TABLE_LIMIT {
        return Ok(usize::try_from(size).unwrap_or(usize::MAX));
    }
    // It may have grown since its size was asked for.
    file.take(TABLE_LIMIT + 1).read_to_end(bytes)
}

/// What the handbook has already.
struct There {
    config: Config,
    ids: HashSet<String>,
    /// The prompts in the folder of the import, with their ids.
    prompts: HashMap<String, String>,
}

impl There {
    fn read(root: &Utf8Path, into: &str) -> Result<Self, Failure> {
        // What is wrong with the handbook does not matter to an import.
        let mut problems = Problems::default();
        let files = files::read(root, &mut problems).map_err(|error| Failure::new(error.to_string()))?;
        let config = Config::read(&files.config, &mut problems);
        let ids = files.entries.iter().map(|file| canonical(Id::of_path(&file.path).as_str())).collect();
        let entries = content::read(&files, &config, &mut problems);
        let prompts = entries.iter().filter(|entry| entry.id.folder() == into).filter_map(|entry| {
            let [fence] = entry.outline.fences.as_slice() else { return None };
            Some((fence.text.clone(), entry.id.to_string()))
        });
        Ok(Self { ids, prompts: prompts.collect(), config })
    }
}

/// Writes the files, none in place of another. Where that stops half-way, the import keeps what was written, so that its report is true.
fn write(root: &Utf8Path, import: &mut Import) -> Result<(), Failure> {
    for at in 0..import.files.len() {
        let file = &import.files[at];
        let path = format!("{}.md", file.id);
        let made = below::create_new(&root.join(FOLDER), &path);
        if let Err(error) = made.and_then(|mut made| made.write_all(file.text.as_bytes())) {
            let row = file.row;
            import.files.truncate(at);
            import.report.rows.retain(|known| known.row < row);
            let reason = match error.kind() {
                io::ErrorKind::AlreadyExists => "something of that name is there already".to_owned(),
                _ => error.to_string(),
            };
            return Err(Failure::new(format!("cannot write `{FOLDER}/{path}`: {reason}")).help(format!(
                "row {row} and those after it were not imported; when you import again, the rows before it are skipped"
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_may_have_a_comma_in_its_name() {
        let split = |text: &str| pairs(text).map(|pairs| pairs.0);
        let pair = |field: &str, column: &str| (field.to_owned(), column.to_owned());
        assert_eq!(split(""), Ok(Vec::new()));
        assert_eq!(split("title=act, prompt=p,"), Ok(vec![pair("title", "act"), pair("prompt", "p")]));
        let named = Ok(vec![pair("authors", "Name, full"), pair("prompt", "5\" text")]);
        assert_eq!(split("authors=\"Name, full\",prompt=5\" text"), named);
        assert_eq!(split("authors=Name\\, full,prompt=5\" text"), named);
        assert!(split("authors=\"Name, full").is_err() && split("title").is_err());
    }
}
