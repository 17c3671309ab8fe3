//! Imports a public collection of 715 real prompts (CC0), where it lies beside the repository, and builds the
//! handbook that holds them. Skipped, with a note, where it does not.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use crate::harness::{Handbook, Run, TODAY, repository};

/// The rows of the collection, its header not counted.
const ROWS: usize = 715;

fn collection() -> Option<PathBuf> {
    let path = repository().join("../shared/corpora/awesome-chatgpt-prompts-2025-12-28.csv");
    if !path.is_file() {
        #[expect(clippy::print_stderr, reason = "a note for whoever runs the tests")]
        {
            eprintln!("note: skipped, the collection of real prompts is not beside the repository");
        }
        return None;
    }
    Some(path)
}

fn import(handbook: &Handbook, arguments: &[&str]) -> Option<Run> {
    let path = collection()?;
    let path = path.to_str().expect("a UTF-8 path");
    let all: Vec<&str> = ["import", "csv", path].iter().chain(arguments).copied().collect();
    Some(handbook.run(&all).expect_code(0))
}

fn imported(handbook: &Handbook) -> Vec<(String, Vec<u8>)> {
    handbook.files("content/prompts/imported")
}

#[test]
fn every_row_is_accounted_for_and_the_handbook_builds() {
    let handbook = Handbook::new();
    let map = ["--map", "title=act,prompt=prompt,authors=contributor", "--into", "prompts/imported"];
    let Some(run) = import(&handbook, &map) else { return };
    let files = imported(&handbook);
    let skipped =
        run.stdout.lines().filter(|line| line.contains("skipped") && line.trim_start().starts_with("row ")).count();
    assert_eq!(files.len() + skipped, ROWS, "{} files, {skipped} skipped\n{}", files.len(), run.stdout);

    let names: BTreeSet<String> = files.iter().map(|(path, _)| path.to_lowercase()).collect();
    assert_eq!(names.len(), files.len(), "two files differ in letter case only");

    let check = handbook.run(&["check", "--today", TODAY]);
    assert_eq!(check.code, 0, "{}", check.stdout);
    handbook.build(&[]);
    for (path, _) in &files {
        let page = format!("public/prompts/imported/{}", path.replace(".md", ".html"));
        assert!(handbook.path(&page).is_file(), "{page} is missing");
    }
}

#[test]
fn the_map_is_guessed_from_the_header() {
    let (mapped, guessed) = (Handbook::new(), Handbook::new());
    let map = ["--map", "title=act,prompt=prompt,authors=contributor"];
    if import(&mapped, &map).is_none() || import(&guessed, &[]).is_none() {
        return;
    }
    assert!(imported(&mapped) == imported(&guessed), "the guess differs from the map");
}

#[test]
fn an_import_replaces_nothing() {
    let handbook = Handbook::new();
    handbook.entry("prompts/imported/linux-terminal", "", "```prompt\nMine\n```");
    let before = handbook.read("content/prompts/imported/linux-terminal.md");
    if import(&handbook, &[]).is_none() {
        return;
    }
    assert_eq!(handbook.read("content/prompts/imported/linux-terminal.md"), before);
    assert!(handbook.path("content/prompts/imported/linux-terminal-2.md").is_file());
}

#[test]
fn a_dry_run_writes_nothing() {
    let handbook = Handbook::new();
    if import(&handbook, &["--dry-run"]).is_none() {
        return;
    }
    assert!(fs::metadata(handbook.path("content/prompts")).is_err());
}
