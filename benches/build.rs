//! The whole build beside its floors, and beside Hugo where it is installed: `cargo bench --bench build`.
//!
//! The floor of a stage is what its bare work costs on the same threads: reading the files, parsing the TOML,
//! pulldown-cmark alone, syntect alone on each block that has a grammar, a bare inverted index, writing the same bytes. A build is the
//! whole process, from start to exit, into an empty folder. Times are medians; compare within one run only.
//!
//! `HANDBOOK_BENCH_SIZES` (default `100,1000,10000`), `HANDBOOK_BENCH_RUNS` (default 5), `HUGO` (default: `hugo`
//! on the path).

#![allow(clippy::print_stdout)]

mod corpus;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use std::{env, fs};

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use rayon::prelude::*;
use syntect::parsing::{ParseState, SyntaxSet};
use syntect::util::LinesWithEndings;

const BUDGET_FLOORS: f64 = 1.6;
/// Of a build without its index: that is what Hugo makes.
const BUDGET_HUGO: f64 = 1.0 / 3.0;
/// Of the whole build, which is to be done before Hugo has made its pages.
const BUDGET_WHOLE: f64 = 1.0;
const BUDGET_LINEAR: f64 = 0.2;

fn main() {
    let sizes = setting("HANDBOOK_BENCH_SIZES", "100,1000,10000");
    let runs: usize = setting("HANDBOOK_BENCH_RUNS", "5").parse().expect("a number of runs");
    let mut per_entry: Vec<(usize, f64)> = Vec::new();
    println!("{} threads", rayon::current_num_threads());
    for size in sizes.split(',').map(|size| size.trim().parse().expect("a number of entries")) {
        let build = measure(size, runs);
        per_entry.push((size, seconds(build) / f64::from(u32::try_from(size).expect("a size that fits"))));
    }
    if let [.., (small, a), (large, b)] = per_entry[..] {
        let more = b / a - 1.0;
        println!(
            "\nfrom {small} to {large} entries the time for one entry changes by {:+.0} %: {}",
            more * 100.0,
            verdict(more <= BUDGET_LINEAR)
        );
    }
}

/// The memory that a build of so many entries may take, in MiB.
fn budget_mib(entries: usize) -> f64 {
    if entries <= 10_000 { 350.0 } else { 1024.0 * f64::from(u32::try_from(entries.div_ceil(50_000)).unwrap_or(1)) }
}

/// From how many entries on the budgets hold: below, starting the process is most of the time.
const BUDGET_FROM: usize = 10_000;

fn measure(size: usize, runs: usize) -> Duration {
    let verdict = |kept| if size < BUDGET_FROM { "" } else { verdict(kept) };
    let root = corpus::handbook(size, "handbook");
    let out = corpus::folder().join("site");
    println!("\n{size} entries");
    let mut peak = 0.0_f64;
    let build = |peak: &mut f64| {
        let _ = fs::remove_dir_all(&out);
        let (time, mib) = process(
            Command::new(env!("CARGO_BIN_EXE_handbook")).args(["build", "--root"]).arg(&root).arg("--out").arg(&out),
        );
        *peak = peak.max(mib);
        time
    };
    let ours = median(runs, || build(&mut peak));
    let floors = floors(&root, &out, runs);
    let sum: Duration = floors.iter().map(|(_, time)| *time).sum();
    for (name, time) in &floors {
        println!("  floor  {name:<34} {}", show(*time));
    }
    println!("  floors together                           {}", show(sum));
    println!(
        "  handbook build                            {}  peak {peak:.0} MiB {}",
        show(ours),
        verdict(peak < budget_mib(size))
    );
    let ratio = seconds(ours) / seconds(sum);
    println!("  build / floors                            {ratio:.2} {}", verdict(ratio <= BUDGET_FLOORS));
    let stages = stages(&root, &out);
    if let Some((hugo, ratio)) = hugo(size, runs, || build(&mut peak)) {
        let pages = ratio * (1.0 - index_share(&stages, ours));
        println!("  Hugo alone, flat file names               {}", show(hugo));
        println!("  build / Hugo, turn by turn                {ratio:.2} {}", verdict(ratio <= BUDGET_WHOLE));
        println!("  build without the index / Hugo            {pages:.2} {}", verdict(pages <= BUDGET_HUGO));
    }
    println!("  where the time goes: {stages}");
    let _ = fs::remove_dir_all(&out);
    ours
}

/// The build's own account of its stages.
fn stages(root: &Path, out: &Path) -> String {
    let _ = fs::remove_dir_all(out);
    let run =
        Command::new(env!("CARGO_BIN_EXE_handbook")).args(["build", "--root"]).arg(root).arg("--out").arg(out).output();
    let text = String::from_utf8_lossy(&run.expect("the command runs").stderr).into_owned();
    text.lines().find(|line| line.trim_start().starts_with("read ")).unwrap_or("not told").trim().to_owned()
}

fn floors(root: &Path, site: &Path, runs: usize) -> Vec<(&'static str, Duration)> {
    let content = root.join("content");
    let texts: Vec<String> = paths(&content).iter().map(|path| fs::read_to_string(path).expect("a text")).collect();
    let parts: Vec<(&str, &str)> = texts.iter().map(|text| split(text)).collect();
    let (set, blocks) = (two_face::syntax::extra_newlines(), blocks(&parts));
    let files: Vec<(PathBuf, Vec<u8>)> =
        paths(site).into_iter().map(|path| (path.clone(), fs::read(path).expect("a file"))).collect();
    vec![
        ("list and read the files", median(runs, || timed(|| read(&content)))),
        ("parse the TOML", median(runs, || timed(|| parts.par_iter().map(|(front, _)| toml(front)).sum::<usize>()))),
        (
            "pulldown-cmark to HTML",
            median(runs, || timed(|| parts.par_iter().map(|(_, body)| markdown(body)).sum::<usize>())),
        ),
        (
            "syntect, blocks with a grammar",
            median(runs, || timed(|| blocks.par_iter().map(|block| highlight(&set, block)).sum::<usize>())),
        ),
        ("a bare inverted index", median(runs, || timed(|| postings(&parts)))),
        ("write the same files", median(runs, || write(&files, site))),
    ]
}

fn paths(folder: &Path) -> Vec<PathBuf> {
    let all = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("a listed file"));
    all.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}

fn read(folder: &Path) -> usize {
    paths(folder).par_iter().map(|path| fs::read(path).expect("a file").len()).sum()
}

fn split(text: &str) -> (&str, &str) {
    text.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++\n")).unwrap_or(("", text))
}

fn toml(front: &str) -> usize {
    toml::de::DeTable::parse(front).map_or(0, |table| table.get_ref().len())
}

fn markdown(body: &str) -> usize {
    let mut html = String::with_capacity(body.len() * 3 / 2);
    pulldown_cmark::html::push_html(&mut html, Parser::new_ext(body, prompt_handbook::markdown::stream::options()));
    html.len()
}

/// The fenced blocks of all bodies that have a grammar, each text once.
fn blocks(parts: &[(&str, &str)]) -> Vec<(String, String)> {
    let set = two_face::syntax::extra_newlines();
    let mut seen = HashSet::new();
    let mut blocks = Vec::new();
    for (_, body) in parts {
        let mut open: Option<(String, String)> = None;
        for event in Parser::new_ext(body, prompt_handbook::markdown::stream::options()) {
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    open = Some((info.to_string(), String::new()));
                }
                Event::Text(text) => {
                    if let Some((_, code)) = &mut open {
                        code.push_str(&text);
                    }
                }
                Event::End(TagEnd::CodeBlock) => blocks.extend(open.take().filter(|block| seen.insert(block.clone()))),
                _ => {}
            }
        }
    }
    blocks.retain(|(info, _)| info != "prompt" && info != "text" && set.find_syntax_by_token(info).is_some());
    blocks
}

fn highlight(set: &SyntaxSet, (info, code): &(String, String)) -> usize {
    let syntax = set.find_syntax_by_token(info).expect("blocks without a grammar were left out");
    let mut state = ParseState::new(syntax);
    LinesWithEndings::from(code).map(|line| state.parse_line(line, set).map_or(0, |ops| ops.len())).sum()
}

/// Splits, lower-cases and counts every word, with its entries: half of the entries on each of two threads, and so on.
fn postings(parts: &[(&str, &str)]) -> usize {
    let share = parts.len().div_ceil(rayon::current_num_threads()).max(1);
    let lists = parts.par_chunks(share).map(|part| {
        let mut words: HashMap<String, Vec<(usize, u32)>> = HashMap::new();
        let mut lower = String::new();
        for (number, (front, body)) in part.iter().enumerate() {
            for word in [front, body]
                .iter()
                .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
                .filter(|word| word.len() > 1)
            {
                lower.clear();
                lower.extend(word.chars().map(|c| c.to_ascii_lowercase()));
                match words.get_mut(lower.as_str()) {
                    Some(list) => match list.last_mut() {
                        Some((last, count)) if *last == number => *count += 1,
                        _ => list.push((number, 1)),
                    },
                    None => {
                        words.insert(lower.clone(), vec![(number, 1)]);
                    }
                }
            }
        }
        words.len()
    });
    lists.sum()
}

/// Writes the files anew into an empty folder; making the folders is part of it, emptying is not.
fn write(files: &[(PathBuf, Vec<u8>)], site: &Path) -> Duration {
    let _ = fs::remove_dir_all(site);
    timed(|| {
        let folders: HashSet<&Path> = files.iter().filter_map(|(path, _)| path.parent()).collect();
        #[expect(clippy::iter_over_hash_type, reason = "each is made by itself")]
        for folder in &folders {
            fs::create_dir_all(folder).expect("a folder");
        }
        files.par_iter().for_each(|(path, bytes)| fs::write(path, bytes).expect("a written file"));
    })
}

/// Hugo with its pages under flat names, where it is installed.
///
/// It runs in turn with `build`, because a machine drifts: gives its median, and the median of the turns' ratios.
fn hugo(entries: usize, runs: usize, mut build: impl FnMut() -> Duration) -> Option<(Duration, f64)> {
    let hugo = setting("HUGO", "hugo");
    Command::new(&hugo)
        .arg("version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .ok()
        .filter(std::process::ExitStatus::success)?;
    let root = corpus::handbook(entries, "hugo");
    let mut ratios = Vec::new();
    let time = median(runs, || {
        let ours = build();
        let _ = fs::remove_dir_all(root.join("public"));
        let time = process(Command::new(&hugo).arg("--quiet").current_dir(&root).env("HUGO_UGLYURLS", "true")).0;
        ratios.push(seconds(ours) / seconds(time));
        time
    });
    ratios.sort_by(f64::total_cmp);
    Some((time, ratios[ratios.len() / 2]))
}

/// The part of a build that its index takes, by its own account. Hugo makes none.
fn index_share(stages: &str, build: Duration) -> f64 {
    let index = stages.split("index ").nth(1).and_then(|rest| rest.split(" ms").next());
    let index: f64 = index.and_then(|ms| ms.parse().ok()).unwrap_or(0.0);
    index / 1e3 / seconds(build)
}

/// Wall time of a whole process, and its peak memory in MiB where the system tells it.
fn process(command: &mut Command) -> (Duration, f64) {
    let start = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the command starts");
    let (done, peak) = (AtomicBool::new(false), AtomicU64::new(0));
    let id = child.id();
    let (status, time) = std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                peak.fetch_max(high_water_kib(id).unwrap_or(0), Ordering::Relaxed);
                std::thread::sleep(Duration::from_millis(20));
            }
        });
        let status = child.wait().expect("the command ends");
        let time = start.elapsed();
        done.store(true, Ordering::Relaxed);
        (status, time)
    });
    assert!(status.success(), "{command:?} failed");
    #[allow(clippy::cast_precision_loss)]
    let mib = peak.load(Ordering::Relaxed) as f64 / 1024.0;
    (time, mib)
}

fn high_water_kib(id: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    std::hint::black_box(work());
    start.elapsed()
}

/// The middle one of some runs, after one that does not count.
fn median(runs: usize, mut run: impl FnMut() -> Duration) -> Duration {
    run();
    let mut times: Vec<Duration> = (0..runs.max(1)).map(|_| run()).collect();
    times.sort();
    times[times.len() / 2]
}

fn setting(name: &str, default: &str) -> String {
    env::var(name).unwrap_or_else(|_| default.to_owned())
}

fn seconds(time: Duration) -> f64 {
    time.as_secs_f64()
}

fn show(time: Duration) -> String {
    format!("{:8.1} ms", seconds(time) * 1000.0)
}

fn verdict(kept: bool) -> &'static str {
    if kept { "within budget" } else { "OVER BUDGET" }
}
