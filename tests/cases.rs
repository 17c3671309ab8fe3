//! Runs every file in `cases/`: a small handbook, a command, and what must come of it.
//!
//! A case is text with lines `-- name --` between its parts. What stands before the first is a comment: what the
//! case holds. Parts named as a path are files of the handbook (`handbook.toml` has a default). `run` has the
//! arguments of `handbook`, one command a line; `exit`, `stdout` and `stderr` are of the last one. `whole PATH` is
//! what a file must be afterwards, `lines PATH` are lines that must be in it, `not PATH` are texts that must not. A
//! case expects at least one of these, and has no other parts.
//!
//! `HANDBOOK_UPDATE=1` rewrites `exit`, `stdout`, `stderr` and `whole` parts with what came. Read the change.

use std::fs;
use std::path::{Path, PathBuf};

use crate::harness::{Handbook, Run, TODAY, repository};

struct Part {
    name: String,
    text: String,
}

struct Case {
    path: PathBuf,
    comment: String,
    parts: Vec<Part>,
}

#[test]
fn every_case_comes_out_as_written() {
    let mut failures = Vec::new();
    let mut count = 0;
    for path in case_files() {
        count += 1;
        if let Err(failure) = run(&path) {
            failures.push(format!("{}\n{failure}", path.strip_prefix(repository()).unwrap_or(&path).display()));
        }
    }
    assert!(count > 0, "no case was found");
    assert!(failures.is_empty(), "{} of {count} cases failed:\n\n{}", failures.len(), failures.join("\n\n"));
}

fn case_files() -> Vec<PathBuf> {
    let all = walkdir::WalkDir::new(repository().join("tests/cases")).sort_by_file_name();
    let files = all.into_iter().map(|entry| entry.expect("a listed file").into_path());
    files.filter(|path| path.extension().is_some_and(|ending| ending == "case")).collect()
}

/// The handbook of every case, before anything is run, with the name of its file.
pub fn handbooks() -> impl Iterator<Item = (String, Handbook)> {
    case_files().into_iter().map(|path| {
        let name = path.strip_prefix(repository()).unwrap_or(&path).display().to_string();
        (name, Case::read(&path).handbook())
    })
}

fn run(path: &Path) -> Result<(), String> {
    let mut case = Case::read(path);
    case.expect_sound()?;
    let handbook = case.handbook();
    let commands = case.text("run").unwrap_or("check").to_owned();
    let mut last = None;
    for line in commands.lines().filter(|line| !line.trim().is_empty()) {
        last = Some(handbook.run(&arguments(line)));
    }
    let last = last.ok_or("the case runs nothing")?;
    if std::env::var_os("HANDBOOK_UPDATE").is_some() {
        case.update(&last, &handbook);
        return Ok(());
    }
    case.compare(&last, &handbook)
}

/// The words of a command line; double quotes hold words together. Commands that know a day run on the tests' own.
fn arguments(line: &str) -> Vec<&str> {
    let mut words: Vec<&str> = Vec::new();
    for (nth, piece) in line.split('"').enumerate() {
        if nth % 2 == 1 { words.push(piece) } else { words.extend(piece.split_whitespace()) }
    }
    let dated = ["build", "check", "assemble"].contains(&words[0]);
    if dated && !words.contains(&"--today") {
        words.extend(["--today", TODAY]);
    }
    words
}

impl Part {
    fn is_file(&self) -> bool {
        let is_below = ["content/", "themes/", "public/"].iter().any(|folder| self.name.starts_with(folder));
        self.name == "handbook.toml" || is_below || self.name.contains('/') && !self.name.contains(' ')
    }

    fn is_expectation(&self) -> bool {
        let is_about_a_file =
            self.name.split_once(' ').is_some_and(|(how, _)| ["whole", "lines", "not"].contains(&how));
        is_about_a_file || ["exit", "stdout", "stderr"].contains(&self.name.as_str())
    }
}

impl Case {
    fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).expect("a readable case");
        let mut case = Self { path: path.to_owned(), comment: String::new(), parts: Vec::new() };
        for line in text.split_inclusive('\n') {
            let name = line.trim_end().strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --"));
            match (name, case.parts.last_mut()) {
                (Some(name), _) => case.parts.push(Part { name: name.to_owned(), text: String::new() }),
                (None, Some(part)) => part.text.push_str(line),
                (None, None) => case.comment.push_str(line),
            }
        }
        case
    }

    fn handbook(&self) -> Handbook {
        let handbook = Handbook::new();
        for part in self.parts.iter().filter(|part| part.is_file()) {
            handbook.file(&part.name, &part.text);
        }
        handbook
    }

    /// A misspelt part would be passed over, and a case that expects nothing would always pass.
    fn expect_sound(&self) -> Result<(), String> {
        let unknown = self.parts.iter().find(|part| !part.is_file() && part.name != "run" && !part.is_expectation());
        if let Some(part) = unknown {
            return Err(format!("unknown part `{}`", part.name));
        }
        let expects = self.parts.iter().any(Part::is_expectation);
        if expects { Ok(()) } else { Err("the case expects nothing".to_owned()) }
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.parts.iter().find(|part| part.name == name).map(|part| part.text.as_str())
    }

    fn compare(&self, last: &Run, handbook: &Handbook) -> Result<(), String> {
        let code = self.text("exit").map_or("0", str::trim);
        if code != last.code.to_string() {
            return Err(format!(
                "exit code {} in place of {code}\nstdout:\n{}\nstderr:\n{}",
                last.code, last.stdout, last.stderr
            ));
        }
        for (name, came) in [("stdout", &last.stdout), ("stderr", &last.stderr)] {
            if let Some(wanted) = self.text(name) {
                same(name, wanted, came)?;
            }
        }
        self.parts.iter().try_for_each(|part| compare_file(part, handbook))
    }

    fn update(&mut self, last: &Run, handbook: &Handbook) {
        for part in &mut self.parts {
            let whole = part.name.strip_prefix("whole ").map(|path| handbook.read(path));
            part.text = match part.name.as_str() {
                "exit" => format!("{}\n", last.code),
                "stdout" => last.stdout.clone(),
                "stderr" => last.stderr.clone(),
                _ => whole.unwrap_or_else(|| part.text.clone()),
            };
        }
        let parts = self.parts.iter().map(|part| format!("-- {} --\n{}", part.name, part.text));
        let text: Vec<String> = std::iter::once(self.comment.clone()).chain(parts).collect();
        fs::write(&self.path, text.concat()).expect("a writable case");
    }
}

fn compare_file(part: &Part, handbook: &Handbook) -> Result<(), String> {
    let Some((how, path)) = part.name.split_once(' ').filter(|_| !part.is_file()) else { return Ok(()) };
    let came = handbook.read(path);
    match how {
        "whole" => same(path, &part.text, &came),
        "lines" => part.text.lines().filter(|line| !line.trim().is_empty()).try_for_each(|line| {
            let found = came.lines().any(|other| other.trim() == line.trim());
            if found { Ok(()) } else { Err(format!("{path} has no line\n  {line}\nin\n{came}")) }
        }),
        "not" => part
            .text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .try_for_each(|text| if came.contains(text) { Err(format!("{path} has\n  {text}")) } else { Ok(()) }),
        _ => Err(format!("unknown part `{}`", part.name)),
    }
}

fn same(what: &str, wanted: &str, came: &str) -> Result<(), String> {
    if wanted.trim_end() == came.trim_end() {
        return Ok(());
    }
    Err(format!("{what} differs\n--- wanted\n{wanted}\n--- came\n{came}"))
}

#[test]
fn a_case_that_would_always_pass_is_refused() {
    let case = |names: &[&str]| {
        let parts = names.iter().map(|name| Part { name: (*name).to_owned(), text: String::new() }).collect();
        Case { path: PathBuf::new(), comment: String::new(), parts }.expect_sound()
    };
    assert_eq!(case(&["content/a.md", "stdot"]), Err("unknown part `stdot`".to_owned()));
    assert_eq!(case(&["content/a.md", "exit", "whol public/a.md"]), Err("unknown part `whol public/a.md`".to_owned()));
    assert_eq!(case(&["content/a.md", "run"]), Err("the case expects nothing".to_owned()));
    assert_eq!(case(&["content/a.md", "run", "not public/a.md"]), Ok(()));
}
