//! What lies where a file or a folder is expected: a link leads nowhere, and nothing waits for a pipe.

use std::fs::{self, File};
use std::io::Read;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::harness::{Handbook, Run, TODAY, handbook};

const PATIENCE: Duration = Duration::from_secs(30);

/// What something is called, and how it is put at a path.
type Other = (&'static str, fn(&Path));

/// Ways to put something else at a path.
const OTHERS: [Other; 5] = [
    ("symbolic link", |path| symlink("/etc/hostname", path).expect("a link")),
    ("symbolic link", |path| symlink("nowhere", path).expect("a link")),
    ("pipe", pipe),
    ("symbolic link", |path| symlink("/dev/zero", path).expect("a link")),
    ("folder", |path| fs::create_dir(path).expect("a folder")),
];

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo starts").success());
}

/// Runs a command that must end by itself.
fn run(book: &Handbook, arguments: &[&str]) -> Run {
    let mut command = handbook();
    command.current_dir(book.path("")).args(arguments).args(["--today", TODAY]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the command starts");
    let start = std::time::Instant::now();
    while child.try_wait().expect("a child").is_none() {
        if start.elapsed() > PATIENCE {
            child.kill().expect("a child to kill");
            panic!("`handbook {}` has no end", arguments.join(" "));
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    child.wait_with_output().expect("an output").into()
}

fn small() -> Handbook {
    let book = Handbook::new();
    book.entry("prompts/a", "summary = \"S\"", "```prompt\nText\n```");
    book
}

#[test]
fn a_config_that_is_no_file_is_refused() {
    for (what, put) in OTHERS {
        let book = small();
        fs::remove_file(book.path("handbook.toml")).expect("a file");
        put(&book.path("handbook.toml"));
        for arguments in [
            &["check"] as &[&str],
            &["build"],
            &["search", "text"],
            &["serve", "--port", "0"],
            &["check", "--root", "."],
        ] {
            let run = run(&book, arguments).expect_code(2);
            assert!(run.stderr.contains("handbook.toml` is a ") && run.stderr.contains(what), "{what}: {}", run.stderr);
            assert!(arguments[0] == "serve" || run.stderr.contains("help:"), "{}", run.stderr);
        }
    }
}

#[test]
fn a_content_folder_or_a_theme_elsewhere_is_refused() {
    for (folder, config) in [("content", ""), ("themes", "theme = \"mine\"\n"), ("themes/mine", "theme = \"mine\"\n")] {
        let book = small();
        book.file("handbook.toml", format!("title = \"T\"\n{config}"));
        book.file("elsewhere/mine/styles/x.css", "a {}").file("elsewhere/secret.md", "SECRET");
        fs::create_dir_all(book.path("themes")).expect("a folder");
        if folder != "themes/mine" {
            fs::remove_dir_all(book.path(folder)).expect("a folder");
        }
        symlink(book.path("elsewhere"), book.path(folder)).expect("a link");
        let run = run(&book, &["build"]).expect_code(2);
        assert!(run.stderr.contains(&format!("{folder}` is a symbolic link, not a folder")), "{}", run.stderr);
    }
}

#[test]
fn a_pipe_in_a_theme_is_not_waited_for() {
    let book = small();
    book.file("handbook.toml", "title = \"T\"\ntheme = \"mine\"\n").file("themes/mine/styles/a.css", "a {}");
    pipe(&book.path("themes/mine/styles/b.css"));
    let run = run(&book, &["build"]).expect_code(0);
    assert!(run.stderr.contains("unused-theme-file"), "{}", run.stderr);
}

#[test]
fn a_lock_that_is_no_file_is_refused() {
    for (_, put) in OTHERS {
        let book = small();
        put(&book.path(".public.handbook-lock"));
        let run = run(&book, &["build"]).expect_code(2);
        assert!(run.stderr.contains(".public.handbook-lock"), "{}", run.stderr);
        assert!(!book.path("public").exists() && !book.path("nowhere").exists());
    }
}

#[test]
fn a_table_that_is_no_file_is_refused() {
    for (_, put) in OTHERS {
        let book = small();
        put(&book.path("table.csv"));
        let run = run(&book, &["import", "csv", "table.csv"]).expect_code(2);
        assert!(run.stderr.contains("cannot read `table.csv`"), "{}", run.stderr);
    }
}

#[test]
fn a_table_without_an_end_is_refused() {
    let book = small();
    let large = File::create(book.path("table.csv")).expect("a file");
    large.set_len(256 * 1024 * 1024 + 1).expect("a sparse file");
    let run = run(&book, &["import", "csv", "table.csv"]).expect_code(2);
    assert!(run.stderr.contains("`table.csv` has more than 256 MiB"), "{}", run.stderr);
    let mut command = handbook();
    command.current_dir(book.path("")).args(["import", "csv", "-"]).stdin(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the command starts");
    let mut zeros = std::io::repeat(b'x').take(400 * 1024 * 1024);
    let sent = std::io::copy(&mut zeros, child.stdin.as_mut().expect("an input"));
    assert!(sent.is_err(), "all was read");
    let output: Run = child.wait_with_output().expect("an output").into();
    assert!(output.stderr.contains("`-` has more than 256 MiB"), "{}", output.stderr);
}

#[test]
fn an_import_writes_nothing_through_a_link() {
    for (planted, target) in [
        ("content/prompts", "../elsewhere"),
        ("content/prompts/imported", "../../elsewhere"),
        ("content/prompts/imported/do-it.md", "../../../elsewhere/do-it.md"),
    ] {
        let book = Handbook::new();
        book.file("table.csv", "title,prompt\nDo it,Do it well\n").file("elsewhere/mine", "");
        fs::create_dir_all(book.path(planted).parent().expect("a folder")).expect("folders");
        symlink(target, book.path(planted)).expect("a link");
        let run = run(&book, &["import", "csv", "table.csv"]);
        assert_eq!(book.files("elsewhere").len(), 1, "{planted}: {}", run.stderr);
        assert!(run.code == 2 || run.stdout.contains("do-it-2"), "{planted}: {} {}", run.stdout, run.stderr);
    }
}

/// An entry that becomes a link after the folder was listed is not followed. Exchanged again and again, it is always the
/// file or a refusal.
#[test]
fn an_entry_that_is_exchanged_is_never_followed() {
    let book = small();
    book.file("secret.txt", "+++\ntitle = \"SECRET\"\n+++\n");
    let (entry, other) = (book.path("content/prompts/a.md"), book.path("content/prompts/.link"));
    symlink(book.path("secret.txt"), &other).expect("a link");
    let is_over = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !is_over.load(std::sync::atomic::Ordering::Relaxed) {
                let between = book.path("content/prompts/.between");
                for (from, to) in [(&entry, &between), (&other, &entry), (&between, &other)] {
                    fs::rename(from, to).expect("a move");
                }
            }
        });
        for _ in 0..40 {
            let run = run(&book, &["search", "secret", "text"]);
            assert!(!run.stdout.contains("SECRET"), "{}", run.stdout);
        }
        is_over.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}

/// A change can bring a file that marks a folder as made by a build. What else is in the folder stays.
#[test]
fn a_mark_that_was_planted_loses_nobody_a_file() {
    let real = small();
    real.build(&[]);
    let mark = real.read("public/.handbook-site");
    for planted in ["", "This folder was made by `handbook build`.\n", mark.as_str()] {
        for arguments in [&["build", "--out", "docs"] as &[&str], &["build", "--out", "docs", "--strict"]] {
            let book = small();
            book.file("docs/.handbook-site", planted)
                .file("docs/thesis.txt", "years of work")
                .file("docs/index.html", "x");
            let run = run(&book, arguments).expect_code(2);
            assert!(run.stderr.contains("`docs` "), "{}", run.stderr);
            assert!(planted != mark || run.stderr.contains("`thesis.txt`"), "{}", run.stderr);
            assert_eq!(book.files("docs").len(), 3);
            assert_eq!(book.read("docs/index.html"), "x");
        }
    }
}
