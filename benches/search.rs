//! What search costs a reader and what it finds, in a real browser over HTTP with compression:
//! `cargo bench --bench search`.
//!
//! For generated handbooks it prints the compressed bytes and requests from opening search to the first answer (a new
//! visitor each time, median), the time from a key to the answer once the words are loaded (95 of 100 queries are
//! faster), how often a known entry is among the first ten (asked exactly, with the last word cut short, with two
//! letters swapped), and what the index takes to build and to store.
//!
//! `HANDBOOK_BENCH_SIZES` (default `1000,10000`).

#![allow(clippy::print_stdout)]

#[allow(dead_code)]
#[path = "../tests/browser.rs"]
mod browser;
mod corpus;
mod server;

use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

use browser::{Browser, Page};
use serde_json::{Value, json};
use server::Server;

/// How many new visitors ask something.
const VISITORS: usize = 40;

/// The budgets: compressed bytes and requests to the first answer, milliseconds from key to answer.
struct Budget {
    bytes: usize,
    requests: usize,
    milliseconds: f64,
}

fn main() {
    let sizes = env::var("HANDBOOK_BENCH_SIZES").unwrap_or_else(|_| "1000,10000".to_owned());
    let Some(browser) = Browser::launch() else { return };
    for size in sizes.split(',').map(|size| size.trim().parse().expect("a number of entries")) {
        measure(&browser, size);
    }
}

fn measure(browser: &Browser, entries: usize) {
    let budget = if entries <= 1_000 {
        Budget { bytes: 80_000, requests: 12, milliseconds: 16.0 }
    } else {
        Budget { bytes: 120_000, requests: 16, milliseconds: 30.0 }
    };
    let site = build(entries);
    let queries = queries(entries);
    let server = Server::start(&site);
    println!("\n{entries} entries");
    first_answers(browser, &server, &queries, &budget);
    let page = browser.page();
    open(&page, &server);
    key_to_answer(&page, &queries, &budget);
    known_items(&page, &queries);
    let _ = fs::remove_dir_all(&site);
}

/// Builds the site and says what its index took.
fn build(entries: usize) -> PathBuf {
    let site = corpus::folder().join(format!("search-{entries}"));
    let _ = fs::remove_dir_all(&site);
    let root = corpus::handbook(entries, "handbook");
    let run = Command::new(env!("CARGO_BIN_EXE_handbook"))
        .args(["build", "--root"])
        .arg(root)
        .arg("--out")
        .arg(&site)
        .output();
    let said = String::from_utf8_lossy(&run.expect("the command runs").stderr).into_owned();
    let stages = said.lines().find(|line| line.contains("index ")).unwrap_or("not told").trim().to_owned();
    let files: Vec<u64> = fs::read_dir(site.join("search"))
        .expect("an index")
        .map(|file| file.expect("a file").metadata().expect("a size").len())
        .collect();
    println!("\nindex of {entries}: {} files, {:.1} MB on disk; {stages}", files.len(), megabytes(files.iter().sum()));
    site
}

#[allow(clippy::cast_precision_loss)]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

fn queries(size: usize) -> Value {
    let folder = corpus::handbook(size, "queries");
    serde_json::from_str(&fs::read_to_string(folder.join("queries.json")).expect("queries")).expect("JSON")
}

fn open(page: &Page<'_>, server: &Server) {
    page.open(&format!("{}/search.html", server.address));
    page.evaluate(
        "new Promise(done => { const look = () => window.handbookSearch ? done() : setTimeout(look, 5); look(); })",
    );
}

/// Types a query and waits for the answer; gives the milliseconds that took.
fn ask(page: &Page<'_>, query: &str) -> f64 {
    let script = format!(
        "new Promise(done => {{
            const input = document.querySelector('#hb\\\\:search-page input');
            const place = document.querySelector('.search-answers');
            const start = performance.now();
            place.addEventListener('handbook:answered', () => done(performance.now() - start), {{ once: true }});
            input.value = {};
            input.dispatchEvent(new Event('input', {{ bubbles: true }}));
        }})",
        json!(query)
    );
    page.evaluate(&script).as_f64().expect("a time")
}

fn texts<'q>(queries: &'q Value, list: &str, key: &str) -> Vec<&'q str> {
    queries[list].as_array().into_iter().flatten().filter_map(|query| query[key].as_str()).collect()
}

fn first_answers(browser: &Browser, server: &Server, queries: &Value, budget: &Budget) {
    let (mut bytes, mut requests) = (Vec::new(), Vec::new());
    let timed = queries["timed"].as_array().expect("queries");
    let exact: Vec<&str> =
        timed.iter().filter(|query| query["type"] != "typo").filter_map(|query| query["q"].as_str()).collect();
    for query in exact.iter().step_by(exact.len() / VISITORS).take(VISITORS) {
        let page = browser.page();
        server.forget();
        open(&page, server);
        ask(&page, query);
        let log = server.sent(|path| path.starts_with("/search/") || path.starts_with("/assets/search."));
        bytes.push(log.iter().sum::<usize>());
        requests.push(log.len());
    }
    let (middle_bytes, most_bytes) = middle_and_most(&mut bytes);
    let (middle_requests, most_requests) = middle_and_most(&mut requests);
    println!(
        "  first answer  {:.0} kB (most {:.0}): {}",
        kilo(middle_bytes),
        kilo(most_bytes),
        verdict(middle_bytes < budget.bytes)
    );
    println!(
        "                {middle_requests} requests (most {most_requests}): {}",
        verdict(middle_requests <= budget.requests)
    );
}

#[allow(clippy::cast_precision_loss)]
fn kilo(bytes: usize) -> f64 {
    bytes as f64 / 1e3
}

fn middle_and_most(values: &mut [usize]) -> (usize, usize) {
    values.sort_unstable();
    (values[values.len() / 2], *values.last().expect("some value"))
}

fn key_to_answer(page: &Page<'_>, queries: &Value, budget: &Budget) {
    let mut times = Vec::new();
    for query in texts(queries, "timed", "q") {
        ask(page, query);
        times.push(ask(page, query));
    }
    times.sort_by(f64::total_cmp);
    let (half, most) = (times[times.len() / 2], times[times.len() * 95 / 100]);
    println!("  key to answer {half:.1} ms, p95 {most:.1} ms: {}", verdict(most < budget.milliseconds));
}

fn known_items(page: &Page<'_>, queries: &Value) {
    let mut shares = Vec::new();
    for key in ["q", "prefix", "typo"] {
        let known = queries["known"].as_array().expect("queries");
        let found = known.iter().filter(|item| is_found(page, item[key].as_str().expect("a query"), &item["id"]));
        #[allow(clippy::cast_precision_loss)]
        shares.push(found.count() as f64 / known.len() as f64);
    }
    let kept = shares[0] >= 1.0 && shares[1] >= 1.0 && shares[2] >= 0.95;
    println!(
        "  known item    {:.2} exact, {:.2} half typed, {:.2} with a slip: {}",
        shares[0],
        shares[1],
        shares[2],
        verdict(kept)
    );
}

fn is_found(page: &Page<'_>, query: &str, id: &Value) -> bool {
    ask(page, query);
    let end = format!("-{:05}.html", id.as_u64().expect("a number"));
    let paths = page.evaluate("[...document.querySelectorAll('.search-results a')].slice(0, 10).map(a => a.pathname)");
    paths.as_array().into_iter().flatten().any(|path| path.as_str().is_some_and(|path| path.ends_with(&end)))
}

fn verdict(kept: bool) -> &'static str {
    if kept { "within budget" } else { "OVER BUDGET" }
}
