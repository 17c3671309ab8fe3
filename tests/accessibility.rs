//! axe finds nothing to complain of on any kind of page, in light and dark, narrow and wide, and with search open.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::browser::{Browser, Page, file_address, skip};
use crate::harness::{Handbook, repository};

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
    let mut found = Vec::new();
    for path in pages(&site) {
        for (width, dark) in [(1440, false), (320, true)] {
            page.emulate_size(width, 1000);
            page.emulate_dark(dark);
            page.open(&file_address(&site.path(&format!("public/{path}"))));
            let complaints = violations(&page, &axe);
            let look = if dark { "dark" } else { "light" };
            found.extend(complaints.into_iter().map(|complaint| format!("{path}, {width} px, {look}: {complaint}")));
        }
    }
    assert!(found.is_empty(), "{} complaints\n{}", found.len(), found.join("\n"));
    assert_eq!(page.problems(), Vec::<String>::new());
}

#[test]
fn axe_finds_nothing_in_an_open_search() {
    let (Some(axe), Some(browser)) = (axe(), Browser::launch()) else { return };
    let site = Handbook::starter();
    for (width, dark) in [(1440, true), (320, false)] {
        let page = browser.page();
        page.emulate_size(width, 1000);
        page.emulate_dark(dark);
        page.open(&format!("{}#q=launch", file_address(&site.path("public/search.html"))));
        let ready = "new Promise(done => { const look = () => document.querySelector('.search-results a') ? done(1) : setTimeout(look, 10); look(); })";
        assert_eq!(page.evaluate(ready), json!(1));
        page.evaluate("document.querySelector('.search-filters').open = true");
        let ready = "new Promise(done => { const look = () => document.querySelector('.chip') ? done(1) : setTimeout(look, 10); look(); })";
        assert_eq!(page.evaluate(ready), json!(1));
        assert_eq!(violations(&page, &axe), Vec::<String>::new(), "{width} px");
    }
}
