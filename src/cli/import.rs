//! `handbook import`.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{self, Read as _, Write};
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use clap::error::ErrorKind;
use clap::{Arg, ArgMatches, Args, Command, FromArgMatches};

use crate::cli::open::{self, Where};
use crate::cli::outcome::{Failure, Outcome};
use crate::cli::output::{print, say};
use crate::cli::report::entries;
use crate::config::Config;
use crate::content::canonical;
use crate::diagnostics::Problems;
use crate::files::{FOLDER, below};
use crate::import::formats::{IMPORTERS, Importer, Opt};
use crate::import::{Import, Request};
use crate::site;
use crate::workspace::{self, Read, Stages};

/// Arguments of `import`: a format of the registry, and what is said of the input.
#[derive(Debug)]
pub(super) struct Arguments {
    importer: &'static Importer,
    /// The format's own options.
    options: BTreeMap<&'static str, String>,
    input: Input,
}

/// Arguments of every format.
#[derive(Debug, Args)]
struct Input {
    /// The file, or `-` for standard input
    file: Utf8PathBuf,
    /// The folder below `content/` for the new entries
    #[arg(long, value_name = "FOLDER", default_value = "prompts/imported")]
    into: String,
    /// Say what would be imported and write nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    place: Where,
}

impl Args for Arguments {
    fn augment_args(command: Command) -> Command {
        let formats = IMPORTERS.iter().map(|importer| {
            let own = importer.options.iter().map(option);
            Input::augment_args(Command::new(importer.name).args(own)).about(importer.what)
        });
        command.subcommand_required(true).arg_required_else_help(true).subcommands(formats)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Arguments {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let chosen = matches.subcommand().and_then(|(name, own)| Some((Importer::named(name)?, own)));
        let (importer, matches) = chosen.ok_or_else(|| clap::Error::new(ErrorKind::MissingSubcommand))?;
        let given = importer.options.iter().filter_map(|own| Some((own.name, matches.get_one::<String>(own.name)?)));
        let options = given.map(|(name, value)| (name, value.clone())).collect();
        Ok(Self { importer, options, input: Input::from_arg_matches(matches)? })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

fn option(own: &'static Opt) -> Arg {
    let check = move |written: &str| (own.check)(written).map(|()| written.to_owned());
    Arg::new(own.name).long(own.name).value_name(own.value).help(own.what).value_parser(check).default_value("")
}

/// Writes the entries and prints the report.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let Arguments { importer, options, input } = arguments;
    let root = open::root(input.place.root.as_deref())?;
    let bytes = read(importer, &input.file)?;
    let into = input.into.trim_matches('/');
    let there = There::read(&root, into)?;
    let request = Request {
        input: &bytes,
        options,
        into,
        taken: &|id: &str| there.ids.contains(&canonical(id)),
        prompts: &there.prompts,
        reserved: &site::reserved(&there.config),
        config: &there.config,
        today: input.place.today.unwrap_or_else(open::today),
    };
    let mut import = importer
        .import(&request)
        .map_err(|reasons| Failure::several(&format!("cannot import `{}`", input.file), reasons.into_iter()))?;
    let written = if input.dry_run { Ok(()) } else { write(&root, &mut import) };
    print(&import.report.render())?;
    let verb = if input.dry_run { "would write" } else { "wrote" };
    say(&format!("{verb} {} into content/{into}\n", entries(import.files.len())));
    written.map(|()| Outcome::Clean)
}

/// The most bytes that an import reads: half a million prompts.
const INPUT_LIMIT: u64 = 256 * 1024 * 1024;

fn read(importer: &Importer, file: &Utf8Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = if file == "-" {
        io::stdin().lock().take(INPUT_LIMIT + 1).read_to_end(&mut bytes)
    } else {
        read_file(file, &mut bytes)
    };
    let size = read.map_err(|error| {
        let failure = Failure::new(format!("cannot read `{file}`: {error}"));
        let name = importer.name;
        let help =
            format!("name the file itself, or give its text on standard input: `handbook import {name} - <FILE`");
        if error.kind() == io::ErrorKind::InvalidInput { failure.help(help) } else { failure }
    })?;
    if size as u64 > INPUT_LIMIT {
        let failure = Failure::new(format!("`{file}` has more than {} MiB", INPUT_LIMIT / 1024 / 1024));
        return Err(failure.help(importer.smaller));
    }
    Ok(bytes)
}

/// Reads a file, which is no link, and of one that is too large nothing.
fn read_file(path: &Utf8Path, bytes: &mut Vec<u8>) -> io::Result<usize> {
    let file = below::open_itself(path)?;
    let size = file.metadata()?.len();
    if size > INPUT_LIMIT {
        return Ok(usize::try_from(size).unwrap_or(usize::MAX));
    }
    // It may have grown since its size was asked for.
    file.take(INPUT_LIMIT + 1).read_to_end(bytes)
}

/// What the handbook has already.
struct There {
    config: Arc<Config>,
    ids: HashSet<String>,
    /// The prompts in the folder of the import, with their ids.
    prompts: HashMap<String, String>,
}

impl There {
    fn read(root: &Utf8Path, into: &str) -> Result<Self, Failure> {
        // What is wrong with the handbook does not matter to an import.
        let mut problems = Problems::default();
        let read = workspace::read(root, &mut problems, &mut Stages::default());
        let Read { config, entries, .. } = read.map_err(|error| Failure::new(error.to_string()))?;
        let ids = entries.iter().map(|entry| canonical(entry.id.as_str())).collect();
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
            let origin = file.origin;
            import.files.truncate(at);
            import.report.items.retain(|known| known.origin < origin);
            let reason = match error.kind() {
                io::ErrorKind::AlreadyExists => "something of that name is there already".to_owned(),
                _ => error.to_string(),
            };
            return Err(Failure::new(format!("cannot write `{FOLDER}/{path}`: {reason}")).help(format!(
                "{origin} and those after it were not imported; when you import again, the {}s before it are skipped",
                origin.part
            )));
        }
    }
    Ok(())
}
