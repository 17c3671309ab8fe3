//! `handbook import`.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Read, Write};

use camino::{Utf8Path, Utf8PathBuf};
use clap::{Args, Subcommand};

use crate::cli::workspace::{self, Where};
use crate::cli::{Failure, Outcome, print, say};
use crate::content::canonical;
use crate::content::source::{self, FOLDER};
use crate::diagnostics::Problems;
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
    let split = |part: &str| {
        let (field, column) = part.split_once('=').ok_or_else(|| format!("`{part}` is not field=column"))?;
        Ok((field.trim().to_owned(), column.trim().to_owned()))
    };
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts.map(split).collect::<Result<Vec<_>, String>>().map(Pairs)
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
    let taken = taken_ids(&root)?;
    let request = Request {
        text: &bytes,
        map: &table.map.0,
        into: table.into.trim_matches('/'),
        taken: &|id: &str| taken.contains(&canonical(id)),
    };
    let import = match import::csv::import(&request) {
        Ok(import) => import,
        Err(errors) => {
            let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
            return Err(Failure::new(format!("cannot import `{}`: {}", table.file, lines.join("\n       "))));
        }
    };
    if !table.dry_run {
        write(&root, &import)?;
    }
    print(&import.report.render())?;
    let verb = if table.dry_run { "would write" } else { "wrote" };
    say(&format!("{verb} {} entries into content/{}\n", import.files.len(), request.into));
    Ok(Outcome::Clean)
}

fn read(file: &Utf8Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = if file == "-" {
        io::stdin().lock().read_to_end(&mut bytes).map(|_| ())
    } else {
        fs::read(file).map(|read| bytes = read)
    };
    read.map_err(|error| Failure::new(format!("cannot read `{file}`: {error}")))?;
    Ok(bytes)
}

fn taken_ids(root: &Utf8Path) -> Result<HashSet<String>, Failure> {
    // What is wrong with other entries does not matter to an import.
    let files = source::read(root, &mut Problems::default()).map_err(|error| Failure::new(error.to_string()))?;
    Ok(files.entries.iter().map(|file| canonical(file.id.as_str())).collect())
}

fn write(root: &Utf8Path, import: &Import) -> Result<(), Failure> {
    for file in &import.files {
        let path = root.join(FOLDER).join(format!("{}.md", file.id));
        create(&path, &file.text)
            .map_err(|error| Failure::new(format!("cannot write `{path}` (row {}): {error}", file.row)))?;
    }
    Ok(())
}

/// Writes a new file; one that is there is never replaced.
fn create(path: &Utf8Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::File::create_new(path)?.write_all(text.as_bytes())
}
