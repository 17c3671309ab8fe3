//! axe finds nothing to complain of on any kind of page, in light and dark, narrow and wide, and with search open.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::browser::{Browser, Page, skip};
use crate::harness::{Handbook, repository};
use crate::reader::{LOOKS, Published, click, look, wait};

/// The script of axe-core; `None`, with a note, when it is not installed.
fn axe() -> Option<String> {
    let named = std::env::var_os("HANDBOOK_AXE").map(PathBuf::from);
    let installed = repository().join(".tools/axe/node_modules/axe-core/axe.min.js");
    let script = named.into_iter().chain([installed]).find_map(|path| fs::read_to_string(path).ok());
    if script.is_none() {
        skip("axe-core is not installed");
    }
    script
}

/// A page of each kind: the first of each folder that is no list, and every page at the root.
fn pages(site: &Handbook) -> Vec<String> {
    let mut pages: Vec<String> = Vec::new();
    for (path, bytes) in site.files("public") {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let is_list = path.ends_with("index.html");
        let seen = pages.iter().any(|known| {
            known.rsplit_once('/').map_or("", |(other, _)| other) == folder && known.ends_with("index.html") == is_list
        });
        let leads_away = String::from_utf8_lossy(&bytes).contains("http-equiv=\"refresh\"");
        let is_page = path.strip_suffix(".html").is_some() && !leads_away;
        if is_page && (folder.is_empty() || !seen) {
            pages.push(path);
        }
    }
    pages
}

/// What axe finds: rule, and the first element.
fn violations(page: &Page<'_>, axe: &str) -> Vec<String> {
    // The value of the script itself is of no use, and too deep to be sent.
    page.evaluate(&format!("{axe};0"));
    let found = page.evaluate(
        "axe.run(document, { resultTypes: ['violations'], preload: false }).then(r => r.violations.map(v => v.id + ': ' + v.help + '\\n    ' + v.nodes[0].html.slice(0, 200) + '\\n    ' + v.nodes[0].failureSummary))",
    );
    found.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[test]
fn axe_finds_nothing() {
    let (Some(axe), Some(browser)) = (axe(), Browser::launch()) else { return };
    let site = Handbook::starter();
    let page = browser.page();
    let [folder, host] = Published::everywhere(&site);
    let mut found = Vec::new();
    for path in pages(&site) {
        // Every look of every page, half of them from a folder and half from a host: axe sees no difference.
        for (at, published) in LOOKS.into_iter().zip([&folder, &host, &host, &folder]) {
            look(&page, at);
            published.open(&page, &path);
            let complaints = violations(&page, &axe);
            found.extend(complaints.into_iter().map(|complaint| format!("{path}, {at:?}: {complaint}")));
        }
    }
    assert!(found.is_empty(), "{} complaints\n{}", found.len(), found.join("\n"));
    assert_eq!(page.problems(), Vec::<String>::new());
}

#[test]
fn axe_finds_nothing_in_an_open_search() {
    let (Some(axe), Some(browser)) = (axe(), Browser::launch()) else { return };
    let site = Handbook::starter();
    for (published, at) in Published::everywhere(&site).iter().flat_map(|p| LOOKS.map(|at| (p, at))) {
        let page = browser.page();
        look(&page, at);
        published.open(&page, "search.html#q=launch");
        wait(&page, "document.querySelector('.search-results a')");
        click(&page, ".search-filters > summary");
        wait(&page, "document.querySelector('.chip')");
        assert_eq!(violations(&page, &axe), Vec::<String>::new(), "{at:?}");
    }
}
