//! `handbook assemble`.

use clap::Args;

use crate::cli::open::{self, For, Where};
use crate::cli::report::{has_errors, show_problems};
use crate::cli::{Failure, Outcome, print_exact, say};
use crate::content::Kind;
use crate::content::limits::ASSEMBLED_MOST;
use crate::handbook::{self, Handbook, Inputs, Ix, Lack};
use crate::text::{hidden, shown, suggest};
use crate::workspace::{Strictness, Workspace};

/// Arguments of `assemble`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The prompt's id, e.g. `prompts/launch-email`
    prompt: String,
    /// A value for a variable, `name=value`; again for a variable that takes several
    #[arg(long = "var", value_name = "NAME=VALUE", value_parser = pair)]
    values: Vec<(String, String)>,
    /// The module for a slot, `slot=ID`; `slot=` leaves an optional one empty
    #[arg(long = "slot", value_name = "NAME=ID", value_parser = pair)]
    slots: Vec<(String, String)>,
    /// An optional context module to leave out
    #[arg(long, value_name = "ID")]
    without: Vec<String>,
    #[command(flatten)]
    whom: For,
    #[command(flatten)]
    place: Where,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write it as name=value")?;
    Ok((name.trim().to_owned(), value.to_owned()))
}

/// Prints the text that the prompt's page copies.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut workspace = open::open(&arguments.place)?;
    let reading = arguments.whom.reading(&workspace.catalog.config)?;
    let problems = workspace.report_for(reading, Strictness::Normal);
    let Workspace { root, sources, catalog, .. } = workspace;
    let handbook = Handbook::new(catalog, reading);
    let ix = find(&handbook, &arguments.prompt)?;
    let own: Vec<_> =
        problems.into_iter().filter(|problem| problem.span.source == handbook.entry(ix).source.id).collect();
    if has_errors(&own) {
        show_problems(&own, &root, &sources);
        return Ok(Outcome::ContentProblems);
    }
    let inputs = inputs(&handbook, arguments)?;
    for (name, value) in &arguments.values {
        say_hidden(name, value);
    }
    match handbook::assemble(&handbook, ix, &inputs) {
        Ok(assembled) => {
            for name in &assembled.defused {
                say(&format!("a tag like the one around context got a backslash, in the value of `{name}`\n"));
            }
            print_exact(&format!("{}\n", assembled.text()))?;
            Ok(Outcome::Clean)
        }
        Err(lacks) => {
            for lack in &lacks {
                say(&format!("{}\n", shown::line(&complaint(&handbook, ix, lack))));
            }
            Ok(Outcome::ContentProblems)
        }
    }
}

/// Says what is left out of a value.
fn say_hidden(name: &str, value: &str) {
    // Line ends of every system become line feeds, and hide nothing.
    let unix = value.replace("\r\n", "\n").replace('\r', "\n");
    if let Some(found) = hidden::find(&unix) {
        say(&format!("left out of the value of `{}`: {found}\n", name.escape_debug()));
    }
}

fn find(handbook: &Handbook, written: &str) -> Result<Ix, Failure> {
    let takes = [Kind::Prompt, Kind::Project];
    if let Some(ix) = takes.iter().find_map(|kind| handbook.find_in(*kind, written)) {
        return Ok(ix);
    }
    if let Some(ix) = handbook.find(written).filter(|ix| !takes.contains(&handbook.entry(*ix).kind)) {
        let noun = handbook.entry(ix).kind.noun();
        return Err(Failure::new(format!("`{written}` is a {noun}, not a prompt")));
    }
    let ids: Vec<&str> = handbook.of_kind(Kind::Prompt).map(|(_, entry)| entry.id.as_str()).collect();
    let wanted = if written.contains('/') { written.to_owned() } else { format!("prompts/{written}") };
    let failure = Failure::new(format!("there is no prompt `{written}` for this audience"));
    Err(match suggest::nearest(&wanted, ids) {
        Some(near) => failure.help(format!("did you mean `{near}`?")),
        None => failure
            .help("an id is a path below `content/` without `.md`; `--audience` and `--drafts` show more entries"),
    })
}

fn inputs(handbook: &Handbook, arguments: &Arguments) -> Result<Inputs, Failure> {
    let module = |id: &str| {
        let found = handbook.find_in(Kind::ContextModule, id);
        found.ok_or_else(|| Failure::new(format!("there is no context module `{id}` for this audience")))
    };
    let mut inputs = Inputs::default();
    for (name, value) in &arguments.values {
        inputs.values.entry(name.clone()).or_default().push(value.clone());
    }
    for (slot, id) in &arguments.slots {
        let module = if id.trim().is_empty() { None } else { Some(module(id.trim())?) };
        inputs.slots.insert(slot.clone(), module);
    }
    for id in &arguments.without {
        inputs.without.insert(module(id)?);
    }
    Ok(inputs)
}

fn complaint(handbook: &Handbook, ix: Ix, lack: &Lack) -> String {
    match lack {
        Lack::Value(name, label) => format!("missing: {label}, give it with --var {name}=…"),
        Lack::Unfit(name, reason) => format!("does not fit: {name}: {reason}"),
        Lack::TooLong(bytes) => {
            let (kib, most) = (bytes.div_ceil(1024), ASSEMBLED_MOST / 1024);
            format!("too long: with these values the prompt comes to {kib} KiB, more than {most}")
        }
        Lack::Kept(id) => format!("cannot be left out: `{id}` is not an optional module of the prompt"),
        Lack::Slot(name) => format!("missing: the module for the slot `{name}`, give it with --slot {name}=ID"),
        Lack::Module(id) => {
            format!("missing: the context module `{id}`: it does not exist, is a draft, or is not for this audience")
        }
        Lack::Unknown(name) => {
            let uses = handbook.entry(ix).messages.iter().flat_map(|message| &message.template.uses);
            let known: Vec<&str> = uses.map(|used| used.name.as_str()).filter(|name| !name.is_empty()).collect();
            let help =
                suggest::nearest(name, known).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            format!("unknown: the prompt has no `{name}`{help}")
        }
    }
}
