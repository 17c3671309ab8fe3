//! Small handbooks in folders of their own, and the `handbook` command run on them as a user does.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A day that every test runs on, so that none changes with the calendar.
pub const TODAY: &str = "2026-11-20";

/// The least `handbook.toml`.
pub const CONFIG: &str = "title = \"Test\"\n";

/// A handbook in a temporary folder.
pub struct Handbook {
    folder: TempDir,
}

impl Handbook {
    /// An empty one with the least config.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(folder.path().join("content")).expect("a folder");
        let handbook = Self { folder };
        handbook.file("handbook.toml", CONFIG);
        handbook
    }

    /// The starter handbook of this repository, built into `public`.
    pub fn starter() -> Self {
        let handbook = Self::new();
        for (path, bytes) in files_below(&repository().join("content")) {
            handbook.file(&format!("content/{path}"), bytes);
        }
        handbook.file("handbook.toml", fs::read(repository().join("handbook.toml")).expect("the config"));
        handbook.build(&[]);
        handbook
    }

    /// Writes a file, with the folders above it.
    pub fn file(&self, path: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("folders");
        fs::write(path, content).expect("a file");
        self
    }

    /// Writes an entry that has a title and a body, and further lines of front matter.
    pub fn entry(&self, id: &str, front_matter: &str, body: &str) -> &Self {
        let title = if front_matter.contains("title =") { String::new() } else { format!("title = \"{id}\"\n") };
        self.file(&format!("content/{id}.md"), format!("+++\n{title}{front_matter}\n+++\n{body}\n"))
    }

    /// Where a file lies.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// A file's text.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Runs `handbook` in the folder.
    pub fn run(&self, arguments: &[&str]) -> Run {
        run_in(self.folder.path(), arguments)
    }

    /// Builds into `public` and expects success.
    pub fn build(&self, arguments: &[&str]) -> &Self {
        let all: Vec<&str> = ["build", "--today", TODAY].iter().chain(arguments).copied().collect();
        self.run(&all).expect_code(0);
        self
    }

    /// Every file below a folder with its bytes, by path.
    pub fn files(&self, folder: &str) -> Vec<(String, Vec<u8>)> {
        files_below(&self.path(folder))
    }
}

/// Every file below a folder with its bytes, by path with `/`.
pub fn files_below(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("a listed file"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path =
                entry.path().strip_prefix(folder).expect("below the folder").to_string_lossy().replace('\\', "/");
            (path, fs::read(entry.path()).expect("a readable file"))
        })
        .collect();
    files.sort();
    files
}

/// How a command ended.
#[derive(Debug)]
pub struct Run {
    /// The exit code.
    pub code: i32,
    /// Its results.
    pub stdout: String,
    /// What it said.
    pub stderr: String,
}

impl Run {
    /// Expects an exit code.
    pub fn expect_code(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

/// The command, ready for arguments, with nothing of the tester's surroundings that could change its words.
pub fn handbook() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_handbook"));
    command.env_remove("CLICOLOR_FORCE").env("NO_COLOR", "1");
    command
}

/// Runs `handbook` in a folder.
pub fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    handbook().current_dir(folder).args(arguments).output().expect("the command starts").into()
}

/// The root of this repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
