//! Git, asked so that nothing of the content configures it.
//!
//! A repository's `config` can name programs: an archive that was unpacked brings its own, and a change can add a
//! whole bare repository beside `handbook.toml`. So git is asked twice. [`find`] has it say where the repository is and
//! what its newest commit is, from the folder that holds `.git`, with a command that runs nothing whatever is
//! configured; git itself decides there whose repository it trusts. [`log`] then reads the commits through a git
//! directory of our own with a config of our own: of the repository it sees the objects alone.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};
use tempfile::TempDir;

use crate::files::FOLDER;
use crate::history::limits;

/// How long git may take to say what its newest commit is: it reads a few small files.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// How long it may take to go through all commits: about as long as it does for a million.
const PATIENCE_FOR_ALL: Duration = Duration::from_secs(30);

/// A repository that has commits, and where the handbook lies in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Repository {
    /// Where its objects are.
    objects: Utf8PathBuf,
    /// The name of its newest commit.
    head: String,
    /// Whether it has only its last commits.
    pub(super) is_shallow: bool,
    /// The handbook's root below the root of the work tree: empty, or with a slash at its end.
    below: String,
    /// The program that answered.
    program: PathBuf,
}

/// The repository that the handbook lies in; none where there is none, or no commit in it.
///
/// # Errors
///
/// Why git cannot say, or must not be asked.
pub(super) fn find(root: &Utf8Path) -> Result<Option<Repository>, String> {
    let root = root.canonicalize_utf8().map_err(|error| format!("`{root}` cannot be looked at: {error}"))?;
    let has_git = |folder: &&Utf8Path| folder.join(".git").symlink_metadata().is_ok();
    let tops: Vec<&Utf8Path> = root.ancestors().filter(has_git).collect();
    if tops.is_empty() {
        return if is_bare(&root) { Err(BARE.to_owned()) } else { Ok(None) };
    }
    // What lies in the repository is content too.
    let program =
        program(tops[0]).ok_or("no folder that `PATH` names from the root of the disk has a program `git`")?;
    let mut first_refusal = None;
    for top in tops {
        match ask(&program, &root, top) {
            // An empty folder of that name, for example: git looks on above it, and so do we.
            Err(refusal) if refusal.starts_with("not a git repository") => _ = first_refusal.get_or_insert(refusal),
            answer => return answer,
        }
    }
    first_refusal.map_or(Ok(None), Err)
}

/// What git says of the repository whose `.git` lies in a folder: from there, so that it meets it before a bare repository
/// among the files, and of no folder above, so that the config cannot say that its files are elsewhere.
fn ask(program: &Path, root: &Utf8Path, top: &Utf8Path) -> Result<Option<Repository>, String> {
    let mut command = command(program);
    command.current_dir(top).env("GIT_CEILING_DIRECTORIES", top.parent().unwrap_or(top));
    command.args(["-c", "safe.bareRepository=explicit", "-c", "core.fsmonitor=false", "rev-parse"]);
    command.args(["--is-bare-repository", "--is-shallow-repository", "--git-common-dir", "HEAD"]);
    let answer = limits::run(command, PATIENCE)?;
    let lines: Vec<&str> = answer.out.lines().collect();
    let [is_bare, is_shallow, common, rest @ ..] = lines.as_slice() else {
        return Err(answer.complaint());
    };
    if *is_bare != "false" {
        return Err(BARE.to_owned());
    }
    let head = rest.first().filter(|head| is_object_name(head));
    Ok(head.map(|head| Repository {
        objects: top.join(common).join("objects"),
        head: (*head).to_owned(),
        is_shallow: *is_shallow == "true",
        below: with_slash(root.strip_prefix(top).unwrap_or(root)),
        program: program.to_owned(),
    }))
}

const BARE: &str = "the repository is a bare one, and these are not asked";

/// Whether git would take a folder for a repository without `.git`.
fn is_bare(folder: &Utf8Path) -> bool {
    ["HEAD", "objects", "refs"].iter().all(|name| folder.join(name).symlink_metadata().is_ok())
}

/// Whether this names a commit, in SHA-1 or SHA-256.
fn is_object_name(name: &str) -> bool {
    matches!(name.len(), 40 | 64) && name.bytes().all(|b| b.is_ascii_hexdigit())
}

fn with_slash(folder: &Utf8Path) -> String {
    folder.components().flat_map(|part| [part.as_str(), "/"]).collect()
}

/// The most paths that git is asked for by name, and the most bytes that they may have together. By their names it leaves
/// out all folders that hold none of them, however much an old commit put there; but it compares each file with each name.
const NAMED: (usize, usize) = (300, 16 * 1024);

/// Every commit that is in the history of the newest one and changed one of some files, by their paths below the
/// handbook's root: a line `\u{1}2026-05-04 1777888999` with its day and its moment, then the paths that it changed, as
/// seen from the root. Where there are too many files, those that changed anything of the content.
///
/// # Errors
///
/// Why git cannot say.
pub(super) fn log(repository: &Repository, paths: &[String]) -> Result<String, String> {
    let own = own_directory(repository).map_err(|error| format!("there is no place to ask it from: {error}"))?;
    let mut command = command(&repository.program);
    isolate(&mut command, own.path());
    command.env("GIT_OBJECT_DIRECTORY", &repository.objects);
    command.args(["--literal-pathspecs", "-c", "core.quotePath=off", "log", "--format=%x01%cs %ct", "--name-only"]);
    command.args(["--no-renames", "--no-color", "--no-show-signature", "--no-ext-diff", "--no-textconv"]);
    if !repository.below.is_empty() {
        command.arg(format!("--relative={}", repository.below));
    }
    command.args([&repository.head, "--"]);
    let is_few = paths.len() <= NAMED.0 && paths.iter().map(String::len).sum::<usize>() <= NAMED.1;
    if is_few {
        command.args(paths.iter().map(|path| format!("{}{path}", repository.below)));
    } else {
        command.arg(format!("{}{FOLDER}", repository.below));
    }
    let answer = limits::run(command, PATIENCE_FOR_ALL)?;
    if answer.is_success { Ok(answer.out) } else { Err(answer.complaint()) }
}

/// A git directory that holds nothing but the name of the newest commit and a config that runs nothing.
fn own_directory(repository: &Repository) -> io::Result<TempDir> {
    let own = tempfile::Builder::new().prefix("handbook-").tempdir()?;
    for folder in ["objects", "refs"] {
        fs::create_dir(own.path().join(folder))?;
    }
    fs::write(own.path().join("HEAD"), format!("{}\n", repository.head))?;
    let format = if repository.head.len() == 64 { "1\n[extensions]\n\tobjectFormat = sha256" } else { "0" };
    fs::write(own.path().join("config"), format!("[core]\n\tbare = true\n\trepositoryFormatVersion = {format}\n"))?;
    Ok(own)
}

/// Keeps every config but that of our own directory away: the repository's, the user's and the system's.
fn isolate(command: &mut Command, own: &Path) {
    command.current_dir(own).env("GIT_DIR", own);
    for name in ["HOME", "XDG_CONFIG_HOME", "USERPROFILE"] {
        command.env(name, own);
    }
    command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", own.join("none")).env("GIT_ATTR_NOSYSTEM", "1");
}

/// Git with nothing of its own in the environment, which neither asks, fetches, writes nor shows anything.
fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    for (name, _) in env::vars_os() {
        if name.to_string_lossy().to_ascii_uppercase().starts_with("GIT_") {
            command.env_remove(name);
        }
    }
    for (name, value) in [
        ("GIT_NO_LAZY_FETCH", "1"),
        ("GIT_NO_REPLACE_OBJECTS", "1"),
        ("GIT_OPTIONAL_LOCKS", "0"),
        ("GIT_TERMINAL_PROMPT", "0"),
        ("LC_ALL", "C"),
    ] {
        command.env(name, value);
    }
    command.env("PATH", env::join_paths(absolute_path()).unwrap_or_default());
    command.arg("--no-pager").stdin(Stdio::null());
    command
}

/// The folders of `PATH` that are the same from wherever they are looked up.
fn absolute_path() -> impl Iterator<Item = PathBuf> {
    let path: OsString = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).filter(|folder| folder.is_absolute()).collect::<Vec<_>>().into_iter()
}

/// The first git of `PATH` that is no file of the repository's.
fn program(top: &Utf8Path) -> Option<PathBuf> {
    let name = format!("git{}", env::consts::EXE_SUFFIX);
    let found = absolute_path().map(|folder| folder.join(&name)).filter(|program| is_program(program));
    let mut outside = found.filter(|program| program.canonicalize().is_ok_and(|real| !real.starts_with(top)));
    outside.next()
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;

    path.metadata().is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}
