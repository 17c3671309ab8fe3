//! The example handbook with damaged files: every problem has a place, and what has none is built.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use super::run_watched;
use crate::harness::{Handbook, files_below, repository};

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    /// A number below a bound.
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound.max(1) as u64).expect("below a size")
    }

    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let (a, b) = (self.below(length + 1), self.below(length + 1));
        a.min(b)..a.max(b).min(a.min(b) + 200)
    }
}

/// What is written over pieces of a file.
const SHARDS: [&[u8]; 20] = [
    b"\0",
    b"\xff",
    b"\xe2\x80",
    b"+++\n",
    b"\n",
    b"\r",
    b"\"",
    b"\"\"\"",
    b"[",
    b"]]",
    b"{{",
    b"}}",
    b"```",
    b"`",
    b"<script>",
    b"](",
    b"#",
    b"=",
    b"\xe2\x80\x8b",
    b"\t> - 1. ",
];

/// Damages a file in a few places.
fn damage(bytes: &mut Vec<u8>, dice: &mut Dice) {
    for _ in 0..=dice.below(4) {
        let range = dice.range(bytes.len());
        let piece = bytes[range.clone()].to_vec();
        let at = dice.below(bytes.len() + 1);
        match dice.below(5) {
            0 => drop(bytes.drain(range)),
            1 => drop(bytes.splice(at..at, piece)),
            2 => bytes.truncate(at),
            3 if at < bytes.len() => bytes[at] = u8::try_from(dice.below(256)).expect("a byte"),
            _ => drop(bytes.splice(at..at, SHARDS[dice.below(SHARDS.len())].iter().copied())),
        }
    }
}

/// The example handbook with half of its files damaged.
fn damaged(seed: u64) -> Handbook {
    let mut dice = Dice(seed);
    let handbook = Handbook::new();
    handbook.file("handbook.toml", fs::read(repository().join("handbook.toml")).expect("the example's config"));
    for (path, mut bytes) in files_below(&repository().join("content")) {
        if dice.below(2) == 0 {
            damage(&mut bytes, &mut dice);
        }
        handbook.file(&format!("content/{path}"), bytes);
    }
    // Left when all that refer to one another are gone, since a handbook without any entry is not built.
    handbook.entry("left", "", "Text.");
    handbook
}

/// The files with errors, by path from the root.
fn files_with_errors(handbook: &Handbook, what: &str) -> BTreeSet<String> {
    let run = run_watched(&handbook.path(""), &["check", "--format", "json"], what);
    let report: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{what}: {error}"));
    let problems = report["problems"].as_array().expect("a list of problems");
    let errors: Vec<&Value> = problems.iter().filter(|problem| problem["severity"] == "error").collect();
    assert_eq!(run.code, i32::from(!errors.is_empty()), "{what}");
    for problem in &errors {
        let text = fs::read(handbook.path(problem["path"].as_str().expect("a path"))).expect("the file that is named");
        let lines = String::from_utf8_lossy(&text).lines().count() as u64;
        assert!(problem["line"].as_u64().is_some_and(|line| line >= 1 && line <= lines + 1), "{what}: {problem}");
    }
    errors.iter().filter_map(|problem| problem["path"].as_str().map(str::to_owned)).collect()
}

#[test]
fn damaged_files_are_named_and_the_rest_is_built() {
    for seed in 1..=6 {
        let what = format!("damage {seed}");
        let handbook = damaged(seed);
        let mut first = true;
        loop {
            let bad = files_with_errors(&handbook, &what);
            let built = run_watched(&handbook.path(""), &["build"], &what);
            assert_eq!(built.code, i32::from(!bad.is_empty()), "{what}: {}", built.stderr);
            if bad.is_empty() {
                assert!(handbook.path("public/index.html").is_file(), "{what}");
                break;
            }
            assert!(!handbook.path("public").exists(), "{what}: a site in spite of errors");
            assert!(!first || bad.len() > 5, "{what}: only {bad:?}");
            // Without them others refer to nothing, until only whole files are left.
            for path in bad {
                fs::remove_file(handbook.path(&path)).expect("the file that is named");
            }
            first = false;
        }
    }
}
