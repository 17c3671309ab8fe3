//! The same content gives the same bytes on every machine, a build writes only what differs, and it touches no folder
//! that is not its own.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use prompt_handbook::schema::Offers;
use prompt_handbook::schema::json_schema::{self, Subject};

use crate::harness::{Handbook, Run, TODAY, files_below, handbook, repository};

/// A machine: where the handbook lies on it, and what else a build could look at.
struct Machine {
    /// The folder of the handbook in the temporary one.
    folder: &'static str,
    threads: &'static str,
    zone: &'static str,
    language: &'static str,
    user: &'static str,
    today: &'static str,
    /// Whether files are made in the order of their names, or against it.
    in_order: bool,
}

const LAPTOP: Machine = Machine {
    folder: "laptop-canary",
    threads: "1",
    zone: "Pacific/Kiritimati",
    language: "tr_TR.UTF-8",
    user: "user-canary-one",
    today: "2026-11-20",
    in_order: true,
};

const SERVER: Machine = Machine {
    folder: "var/lib/server-canary/a b",
    threads: "4",
    zone: "America/Anchorage",
    language: "C",
    user: "user-canary-two",
    today: "2031-02-03",
    in_order: false,
};

impl Machine {
    /// Copies the example handbook to the machine.
    fn install(&self, on: &Handbook) -> PathBuf {
        let mut files = files_below(&repository().join("content"));
        if !self.in_order {
            files.reverse();
        }
        for (path, bytes) in files {
            on.file(&format!("{}/content/{path}", self.folder), bytes);
        }
        on.file(
            &format!("{}/handbook.toml", self.folder),
            fs::read(repository().join("handbook.toml")).expect("the example's config"),
        );
        on.path(self.folder)
    }

    /// Builds what is installed.
    fn build(&self, root: &Path) -> Vec<(String, Vec<u8>)> {
        let run: Run = handbook()
            .current_dir(root)
            .args(["build", "--drafts", "--today", self.today])
            .env("RAYON_NUM_THREADS", self.threads)
            .env("TZ", self.zone)
            .env("LANG", self.language)
            .env("LC_ALL", self.language)
            .env("USER", self.user)
            .env("LOGNAME", self.user)
            .env("HOSTNAME", self.user)
            .env("HOME", root.parent().expect("the folder has one above"))
            .output()
            .expect("the command starts")
            .into();
        run.expect_code(0);
        files_below(&root.join("public"))
    }
}

#[test]
fn every_machine_makes_the_same_bytes() {
    let disk = Handbook::new();
    let [here, there] = [LAPTOP, SERVER].map(|machine| machine.build(&machine.install(&disk)));
    let names = |files: &[(String, Vec<u8>)]| files.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>();
    assert_eq!(names(&here), names(&there));
    assert!(here.len() > 100, "the example has many files");
    let differing: Vec<&String> = here.iter().zip(&there).filter(|(a, b)| a != b).map(|(a, _)| &a.0).collect();
    assert!(differing.is_empty(), "these files differ: {differing:?}");
}

#[test]
fn no_file_says_where_when_or_by_whom_it_was_made() {
    let disk = Handbook::new();
    let files = LAPTOP.build(&LAPTOP.install(&disk));
    let mut secrets = vec![
        LAPTOP.folder.to_owned(),
        LAPTOP.user.to_owned(),
        LAPTOP.zone.to_owned(),
        disk.path("").display().to_string(),
        repository().display().to_string(),
    ];
    let host = fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    secrets.extend(Some(host.trim().to_owned()).filter(|host| host.len() > 4));
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("a clock after 1970").as_secs();
    secrets.push((since / 100_000).to_string());
    for (path, bytes) in &files {
        for secret in &secrets {
            assert!(!contains(bytes, secret.as_bytes()), "{path} has `{secret}`");
            assert!(!path.contains(secret), "{path} has `{secret}`");
        }
    }
}

#[test]
fn every_day_and_time_of_the_site_stands_in_the_content() {
    let disk = Handbook::new();
    let root = LAPTOP.install(&disk);
    let files = LAPTOP.build(&root);
    let mut known: BTreeSet<String> = ["1970-01-01", "00:00:00"].map(str::to_owned).into();
    let sources = files_below(&root.join("content")).into_iter().chain(files_below(&repository().join("themes")));
    let config = fs::read(root.join("handbook.toml")).expect("the config");
    for bytes in sources.map(|(_, bytes)| bytes).chain([config]) {
        known.extend(stamps(&String::from_utf8_lossy(&bytes)));
    }
    // A schema shows the examples that are declared with the fields.
    for subject in [Subject::Entry, Subject::Config] {
        known.extend(stamps(&serde_json::Value::Object(json_schema::of(subject, &Offers::general())).to_string()));
    }
    for (path, bytes) in &files {
        let unknown: Vec<String> = stamps(&String::from_utf8_lossy(bytes)).difference(&known).cloned().collect();
        assert!(unknown.is_empty(), "{path} has {unknown:?}, which no source has");
    }
}

/// Every `2026-11-20` and `12:34:56` of a text.
fn stamps(text: &str) -> BTreeSet<String> {
    let shaped = |at: usize, shape: &str| {
        let piece = text.get(at..at + shape.len())?;
        let fits = piece.chars().zip(shape.chars()).all(|(c, s)| if s == '0' { c.is_ascii_digit() } else { c == s });
        fits.then(|| piece.to_owned())
    };
    let places = (0..text.len()).filter(|at| text.as_bytes()[*at].is_ascii_digit());
    places.flat_map(|at| ["0000-00-00", "00:00:00"].into_iter().filter_map(move |shape| shaped(at, shape))).collect()
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// What tells one writing of a file from another.
#[cfg(unix)]
fn identity(path: &Path) -> (u64, SystemTime) {
    use std::os::unix::fs::MetadataExt;
    let meta = fs::symlink_metadata(path).expect("a file");
    (meta.ino(), meta.modified().expect("a time of change"))
}

/// Everything below a folder, folders too, with what tells one writing from another.
#[cfg(unix)]
fn identities(folder: &Path) -> BTreeMap<PathBuf, (u64, SystemTime)> {
    let all = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("a listed file").into_path());
    all.map(|path| (path.clone(), identity(&path))).collect()
}

fn small() -> Handbook {
    let handbook = Handbook::new();
    handbook
        .entry("index", "summary = \"Start here\"", "Hello.")
        .entry("about", "summary = \"About us\"\ntags = [\"team\"]\nupdated = 2026-05-01", "See [one](context/one.md).")
        .entry("context/one", "summary = \"The first\"\nupdated = 2026-05-02", "Text.\n\n![A month](month.png)")
        .entry(
            "context/two",
            "summary = \"The second\"\ntags = [\"rare\"]\nupdated = 2026-05-03",
            "[A table](table.csv)",
        )
        .file("content/context/month.png", "not really a picture")
        .file("content/context/table.csv", "a,b\n");
    handbook
}

#[cfg(unix)]
#[test]
fn a_build_without_changes_writes_nothing() {
    let handbook = small();
    let before = identities(&handbook.build(&[]).path("public"));
    assert_eq!(before, identities(&handbook.build(&[]).path("public")));
    handbook.run(&["build", "--today", "2030-01-01"]).expect_code(0);
    assert_eq!(before, identities(&handbook.path("public")), "another day is no change");
}

#[cfg(unix)]
#[test]
fn a_change_writes_only_what_differs() {
    let handbook = small();
    handbook.build(&[]);
    let files = |handbook: &Handbook| -> BTreeMap<String, (Vec<u8>, (u64, SystemTime))> {
        // The mark is no part of the site; it says that a build was there.
        let all = handbook.files("public").into_iter().filter(|(path, _)| path != ".handbook-site");
        all.map(|(path, bytes)| (path.clone(), (bytes, identity(&handbook.path("public").join(path))))).collect()
    };
    let before = files(&handbook);
    handbook.entry(
        "context/one",
        "summary = \"The first\"\nupdated = 2026-05-02",
        "Other text.\n\n![A month](month.png)",
    );
    handbook.build(&[]);
    let after = files(&handbook);
    assert!(before.keys().eq(after.keys()));
    let mut written = 0;
    for (path, (bytes, identity)) in &after {
        let (old_bytes, old_identity) = &before[path];
        assert_eq!(bytes == old_bytes, identity == old_identity, "{path}");
        written += usize::from(identity != old_identity);
    }
    assert!(written >= 2, "the page and its twin");
    assert!(written < after.len() / 2, "{written} of {} files were written for one changed body", after.len());
}

#[test]
fn a_removed_entry_leaves_nothing() {
    let handbook = small();
    handbook.build(&[]);
    let all = handbook.files("public").len();
    fs::remove_file(handbook.path("content/context/two.md")).expect("the entry");
    handbook.build(&[]);
    let left = handbook.files("public");
    assert!(left.len() < all);
    for (path, bytes) in left {
        for trace in ["context/two", "The second", "table.csv", "rare"] {
            assert!(!path.contains(trace), "{path}");
            assert!(!contains(&bytes, trace.as_bytes()), "{path} has `{trace}`");
        }
    }
}

/// Everything below a folder but the locks and stages of builds, with its bytes.
fn tree(handbook: &Handbook) -> Vec<(String, Vec<u8>)> {
    handbook.files("")
}

/// Builds, expects a refusal, and that nothing in the whole handbook was touched.
fn refused(handbook: &Handbook, out: &str) {
    let before = tree(handbook);
    let run = handbook.run(&["build", "--today", "2026-11-20", "--out", out]);
    assert_eq!(run.code, 2, "`--out {out}` was taken:\n{}", run.stderr);
    assert!(run.stderr.contains("--out"), "the message says what to do:\n{}", run.stderr);
    assert_eq!(before, tree(handbook), "`--out {out}` changed something");
}

#[test]
fn a_folder_that_is_not_ours_is_left_alone() {
    let handbook = small();
    handbook.file("mine/thesis.txt", "years of work").file("file", "a file");
    refused(&handbook, "mine");
    refused(&handbook, "file");
    #[cfg(unix)]
    {
        fs::create_dir(handbook.path("empty")).expect("a folder");
        std::os::unix::fs::symlink("empty", handbook.path("link")).expect("a link");
        refused(&handbook, "link");
        refused(&handbook, "link/");
        assert!(fs::read_dir(handbook.path("empty")).expect("a folder").next().is_none());
    }
}

#[test]
fn a_site_is_never_put_into_its_sources() {
    let handbook = small();
    handbook.file("themes/own/styles/90.css", "");
    let root = handbook.path("").display().to_string();
    for out in [
        "content",
        "content/",
        "content/site",
        "./content/new/deep",
        "content/../content",
        ".",
        "",
        "..",
        "../..",
        "/",
        "themes",
        "themes/own",
        "content/context",
        "handbook.toml",
        &root,
        &format!("{root}/content/x"),
        &format!("{root}/../"),
    ] {
        refused(&handbook, out);
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("content", handbook.path("door")).expect("a link");
        refused(&handbook, "door/site");
    }
}

#[test]
fn line_ends_of_any_system_build_the_same_bytes() {
    let files = files_below(&repository().join("content"));
    let output = |line_end: &str| {
        let handbook = Handbook::new();
        for (path, bytes) in &files {
            let text =
                str::from_utf8(bytes).ok().filter(|_| Path::new(path).extension().is_some_and(|end| end == "md"));
            match text {
                Some(text) => handbook.file(&format!("content/{path}"), text.replace('\n', line_end)),
                None => handbook.file(&format!("content/{path}"), bytes),
            };
        }
        let config = fs::read_to_string(repository().join("handbook.toml")).expect("the example's config");
        handbook.file("handbook.toml", config.replace('\n', line_end));
        let texts = "title = \"A\"\n[[variables]]\nname = \"x\"\ntype = \"long\"\ndefault = \"\"\"\nOne\n\nTwo\"\"\"\n
[[examples]]\noutput = '''\nThree\nFour'''\n";
        let body =
            "```prompt\n{{x}}\nEnd.\n```\n\n<div>\nHTML\n</div>\n\n<example>\na\n</example>\n\nA line\\\nbroken  \nA\n";
        handbook.file("content/prompts/a.md", format!("+++\n{texts}+++\n{body}").replace('\n', line_end));
        handbook.file("content/context/a.md", format!("+++\ntitle = \"A\"\n+++\n{body}").replace('\n', line_end));
        handbook.build(&[]);
        handbook.files("public")
    };
    let (unix, windows) = (output("\n"), output("\r\n"));
    assert!(unix.len() > 100 && unix.len() == windows.len(), "{} and {}", unix.len(), windows.len());
    for ((path, bytes), (other, same)) in unix.iter().zip(&windows) {
        assert_eq!(path, other);
        assert!(bytes == same, "{path}\n{}", String::from_utf8_lossy(same));
    }
}

/// Its next build would delete it, and until then the narrower site would lie inside the wider one.
#[test]
fn a_site_is_never_put_into_another() {
    let handbook = small();
    handbook.build(&[]);
    let before = handbook.files("public");
    for out in ["public/team", "public/new/deep/team", "./public/../public/team"] {
        refused(&handbook, out);
    }
    handbook.build(&["--out", "public-team"]);
    assert!(handbook.files("public") == before);
}

#[test]
fn a_handbook_without_its_folder_leaves_the_site() {
    let handbook = small();
    handbook.build(&[]);
    let before = handbook.files("public");
    let refused = |words: &str| {
        for command in ["build", "check"] {
            let run = handbook.run(&[command, "--today", TODAY]).expect_code(2);
            assert!(run.stderr.contains(words) && run.stderr.contains("help: "), "{}", run.stderr);
            assert_eq!(run.stderr.matches("content`").count(), 1, "{}", run.stderr);
        }
    };
    fs::remove_dir_all(handbook.path("content")).expect("a folder");
    refused("there is no folder");
    handbook.file("content", "a file");
    refused("is a file, not a folder");
    fs::remove_file(handbook.path("content")).expect("a file");
    fs::create_dir(handbook.path("content")).expect("a folder");
    handbook.run(&["build", "--today", TODAY]).expect_code(2);
    assert!(handbook.files("public") == before);
}
