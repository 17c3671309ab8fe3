//! How long after an edit `serve` answers with it: `cargo bench --bench serve`.
//!
//! An entry gets one more line, its page is asked for, and the answer has the line. Beside it what the page takes when
//! nothing has changed. Times are medians; compare within one run only.
//!
//! `HANDBOOK_BENCH_SIZES` (default `1000,10000`), `HANDBOOK_BENCH_RUNS` (default 15).

#![allow(clippy::print_stdout)]

mod corpus;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

const BUDGET: Duration = Duration::from_millis(100);

/// From then on a file that was written does not count as just changed.
const SETTLING: Duration = Duration::from_millis(4200);

fn main() {
    let setting = |name: &str, default: &str| std::env::var(name).unwrap_or_else(|_| default.to_owned());
    let sizes = setting("HANDBOOK_BENCH_SIZES", "1000,10000");
    let runs: usize = setting("HANDBOOK_BENCH_RUNS", "15").parse().expect("a number of runs");
    let mut edits: Vec<(usize, Duration)> = Vec::new();
    for size in sizes.split(',').map(|size| size.trim().parse().expect("a number of entries")) {
        edits.push((size, measure(size, runs)));
    }
    if let [.., (small, a), (large, b)] = edits[..] {
        println!(
            "\nfrom {small} to {large} entries an edit takes {:.1} times as long",
            b.as_secs_f64() / a.as_secs_f64()
        );
    }
}

fn measure(size: usize, runs: usize) -> Duration {
    let copy = Copy::of(&corpus::handbook(size, "handbook"));
    let prompts = copy.0.join("content/prompts");
    let entry =
        fs::read_dir(&prompts).expect("prompts").map(|file| file.expect("a file").path()).min().expect("a prompt");
    let name = entry.file_stem().expect("a name").to_string_lossy().into_owned();
    let text = fs::read_to_string(&entry).expect("a text");
    let serving = Serving::start(&copy.0);
    sleep(SETTLING);
    let page = format!("/prompts/{name}.html");
    let same = median(runs, |_| serving.get(&page).0);
    let edit = median(runs, |nth| {
        let line = format!("Line {nth} of the bench.");
        fs::write(&entry, format!("{text}\n{line}\n")).expect("an edited file");
        let (time, answer) = serving.get(&page);
        assert!(answer.contains(&line), "the answer has the edit");
        time
    });
    println!("\n{size} entries");
    println!("  a page, nothing changed  {:6.1} ms", same.as_secs_f64() * 1e3);
    let verdict = if edit < BUDGET { "within budget" } else { "OVER BUDGET" };
    println!("  edit to answer           {:6.1} ms {verdict}", edit.as_secs_f64() * 1e3);
    if let Some(peak) = serving.peak_mib() {
        println!("  peak memory              {peak:6.0} MiB");
    }
    edit
}

/// A copy of a handbook to edit, gone at the end.
struct Copy(PathBuf);

impl Copy {
    fn of(root: &Path) -> Self {
        let copy = corpus::folder().join(format!("serve-{}", std::process::id()));
        for file in walkdir::WalkDir::new(root).into_iter().map(|file| file.expect("a listed file")) {
            let to = copy.join(file.path().strip_prefix(root).expect("a path below the root"));
            if file.file_type().is_dir() {
                fs::create_dir_all(to).expect("a folder");
            } else {
                fs::copy(file.path(), to).expect("a copied file");
            }
        }
        Self(copy)
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The command, serving; ended with it.
struct Serving {
    child: Child,
    address: String,
}

impl Serving {
    fn start(root: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_handbook"));
        command.args(["serve", "--port", "0", "--root"]).arg(root).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the command starts");
        let mut said = BufReader::new(child.stderr.take().expect("its messages")).lines().map_while(Result::ok);
        let address = said.find_map(|line| Some(line.split_once("http://")?.1.split('/').next()?.to_owned()));
        // What it says of every edit is read, so that it never waits for that.
        std::thread::spawn(move || said.for_each(drop));
        Self { child, address: address.expect("an address") }
    }

    /// Asks for a page; gives how long that took, and the answer.
    fn get(&self, path: &str) -> (Duration, String) {
        let start = Instant::now();
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address);
        stream.write_all(request.as_bytes()).expect("a sent request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 200"), "{path}: {answer}");
        (start.elapsed(), answer)
    }

    #[allow(clippy::cast_precision_loss)]
    fn peak_mib(&self) -> Option<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
        let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
        Some(kib as f64 / 1024.0)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The middle one of some runs, after one that does not count.
fn median(runs: usize, mut run: impl FnMut(usize) -> Duration) -> Duration {
    run(0);
    let mut times: Vec<Duration> = (1..=runs.max(1)).map(run).collect();
    times.sort();
    times[times.len() / 2]
}
