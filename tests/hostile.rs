//! Whatever lies in `content/`: a page, or a problem with its place. Never a panic, a build without an end, a script
//! that runs, or half a site.

mod attacks;
mod files;
#[cfg(unix)]
mod git;
mod noise;
#[cfg(unix)]
mod surroundings;
mod templates;
mod terminal;

use std::fs::{self, File};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::harness::{Run, TODAY, handbook};

/// After this long a command counts as hanging. It is a bound against endless work, not a measurement.
const PATIENCE: Duration = Duration::from_mins(1);

/// The most that a command may say, in bytes: nobody reads more, and a terminal must show it.
const LONGEST_REPORT: usize = 4 * 1024 * 1024;

/// Runs a command on a handbook, kills it when it has no end, and expects that it ended by its own decision: with
/// nothing to say, or with problems in the content.
fn run_watched(root: &Path, arguments: &[&str], what: &str) -> Run {
    // Files, because a pipe that nobody empties would stop the command.
    let [out, err] = ["out.txt", "err.txt"].map(|name| root.join(name));
    let mut child = handbook()
        .current_dir(root)
        .args(arguments)
        .args(["--today", TODAY])
        .stdin(Stdio::null())
        .stdout(File::create(&out).expect("a file"))
        .stderr(File::create(&err).expect("a file"))
        .spawn()
        .expect("the command starts");
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("a child to wait for") {
            break status;
        }
        if start.elapsed() > PATIENCE {
            child.kill().expect("a child to kill");
            child.wait().expect("a killed child");
            panic!("{what}: `handbook {}` has no end", arguments.join(" "));
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let [stdout, stderr] =
        [out, err].map(|path| String::from_utf8_lossy(&fs::read(path).expect("a file")).into_owned());
    assert!(stdout.len() + stderr.len() < LONGEST_REPORT, "{what}: a report of {} bytes", stdout.len() + stderr.len());
    let shown: String = stderr.chars().take(2000).collect();
    assert!(
        matches!(status.code(), Some(0 | 1)),
        "{what}: `handbook {}` ended with {status}:\n{shown}",
        arguments.join(" ")
    );
    assert!(!stderr.contains("panicked"), "{what}: {shown}");
    Run { code: status.code().unwrap_or(-1), stdout, stderr }
}
