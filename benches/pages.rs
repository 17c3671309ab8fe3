//! What a page of the starter handbook weighs, and what Lighthouse says of it: `cargo bench --bench pages`.
//!
//! The weight is what a new visitor loads, compressed, before search is opened: HTML, style and scripts. Lighthouse
//! runs where npm and Chromium are; it is installed into `.tools/` when it is missing.

#![allow(clippy::print_stdout)]

#[allow(dead_code)]
#[path = "../tests/browser.rs"]
mod browser;
mod server;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use browser::Browser;
use serde_json::Value;
use server::Server;

/// The pages that are judged.
const PAGES: [&str; 4] = ["index.html", "prompts/launch-email.html", "context/brand-voice.html", "search.html"];

/// The most a page may weigh, in bytes.
const BUDGET: usize = 30_000;

/// How many of the heaviest pages are printed.
const HEAVIEST: usize = 6;

const LIGHTHOUSE: &str = "lighthouse@12.8.2";

fn main() {
    let site = std::env::temp_dir().join("handbook-pages");
    let built = Command::new(env!("CARGO_BIN_EXE_handbook"))
        .args(["build", "--root"])
        .arg(for_everyone())
        .arg("--out")
        .arg(&site)
        .stderr(Stdio::null())
        .status();
    assert!(built.expect("the command runs").success(), "the starter handbook does not build");
    weights(&Server::start(&site), &site);
    judge(&Server::start(&site));
}

/// The starter handbook as if it were for everyone: the site of a team asks search engines to stay away, which
/// Lighthouse takes for a mistake.
fn for_everyone() -> PathBuf {
    let (from, to) = (Path::new(env!("CARGO_MANIFEST_DIR")), std::env::temp_dir().join("handbook-for-everyone"));
    let _ = fs::remove_dir_all(&to);
    let files = walkdir::WalkDir::new(from.join("content")).into_iter().map(|entry| entry.expect("a listed file"));
    for file in files.filter(|entry| entry.file_type().is_file()) {
        let path = to.join(file.path().strip_prefix(from).expect("below the repository"));
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        let bytes = fs::read(file.path()).expect("a file");
        let open = String::from_utf8(bytes).map(|text| text.replace("audience = \"public\"\n", "").into_bytes());
        fs::write(path, open.unwrap_or_else(std::string::FromUtf8Error::into_bytes)).expect("a written file");
    }
    let config = fs::read_to_string(from.join("handbook.toml")).expect("the config");
    fs::write(to.join("handbook.toml"), config.replace("\"public\", ", "")).expect("a written file");
    to
}

/// The heaviest pages of all, each as a new visitor loads it.
fn weights(server: &Server, site: &Path) {
    let Some(browser) = Browser::launch() else { return };
    let files = walkdir::WalkDir::new(site).into_iter().map(|entry| entry.expect("a listed file").into_path());
    let pages = files.filter(|path| path.extension().is_some_and(|ending| ending == "html"));
    let paths = pages.map(|path| path.strip_prefix(site).expect("below the site").display().to_string());
    let mut all: Vec<(usize, String)> = paths.map(|path| (weight(&browser, server, &path), path)).collect();
    all.sort_unstable_by(|one, other| other.cmp(one));
    let over = all.iter().filter(|(bytes, _)| *bytes >= BUDGET).count();
    println!("\ncompressed before search is opened: {over} of {} pages over {:.0} kB", all.len(), kilo(BUDGET));
    for (nth, (bytes, path)) in all.iter().enumerate() {
        if nth < HEAVIEST || PAGES.contains(&path.as_str()) {
            println!("  {path:<32} {:>5.1} kB", kilo(*bytes));
        }
    }
}

/// What is sent of a page to a visitor who was never here, without what answers a query.
fn weight(browser: &Browser, server: &Server, path: &str) -> usize {
    let page = browser.page();
    server.forget();
    page.open(&format!("{}/{path}", server.address));
    let is_search = |path: &str| path.starts_with("/search/") || path.starts_with("/assets/search.");
    let is_page = |path: &str| [".html", ".css", ".js"].iter().any(|ending| path.ends_with(ending));
    server.sent(|path| is_page(path) && !is_search(path)).iter().sum()
}

#[allow(clippy::cast_precision_loss)]
fn kilo(bytes: usize) -> f64 {
    bytes as f64 / 1e3
}

fn judge(server: &Server) {
    let Some(lighthouse) = lighthouse() else {
        println!("\nno Lighthouse: npm could not install {LIGHTHOUSE}");
        return;
    };
    println!("\nLighthouse: performance, accessibility, best practices, search engines");
    for path in PAGES {
        match scores(&lighthouse, &format!("{}/{path}", server.address)) {
            Ok(scores) => println!("  {path:<32} {}", scores.join("  ")),
            Err(reason) => println!("  {path:<32} {reason}"),
        }
    }
}

fn lighthouse() -> Option<PathBuf> {
    let tools = Path::new(env!("CARGO_MANIFEST_DIR")).join(".tools/lighthouse");
    let script = tools.join("node_modules/lighthouse/cli/index.js");
    if !script.is_file() {
        let install = Command::new("npm")
            .arg("install")
            .arg("--prefix")
            .arg(&tools)
            .args(["--no-save", "--no-audit", "--no-fund", "--ignore-scripts", LIGHTHOUSE])
            .stdout(Stdio::null())
            .status();
        install.ok().filter(std::process::ExitStatus::success)?;
    }
    script.is_file().then_some(script)
}

/// The four scores of a page, and for each below 100 the audits that failed.
fn scores(lighthouse: &Path, address: &str) -> Result<Vec<String>, String> {
    let report = std::env::temp_dir().join("handbook-lighthouse.json");
    let flags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";
    let run = Command::new("node")
        .arg(lighthouse)
        .args([address, "--quiet", "--output=json", &format!("--chrome-flags={flags}")])
        .arg(format!("--output-path={}", report.display()))
        .env("CHROME_PATH", std::env::var_os("HANDBOOK_CHROME").unwrap_or_else(|| "/usr/bin/chromium".into()))
        .output();
    let run = run.map_err(|error| error.to_string())?;
    let text = fs::read_to_string(&report).map_err(|_| String::from_utf8_lossy(&run.stderr).into_owned())?;
    let _ = fs::remove_file(&report);
    let report: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    Ok(["performance", "accessibility", "best-practices", "seo"]
        .iter()
        .map(|category| score(&report, category))
        .collect())
}

fn score(report: &Value, category: &str) -> String {
    let category = &report["categories"][category];
    let score = category["score"].as_f64().unwrap_or(0.0) * 100.0;
    let audits = category["auditRefs"].as_array().into_iter().flatten().filter_map(|audit| audit["id"].as_str());
    let failed = audits.filter(|id| report["audits"][*id]["score"].as_f64().is_some_and(|score| score < 0.9));
    let failed: Vec<&str> = if score < 100.0 { failed.collect() } else { Vec::new() };
    if failed.is_empty() { format!("{score:.0}") } else { format!("{score:.0} ({})", failed.join(", ")) }
}
