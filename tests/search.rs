//! Search: what is found, that browser and command line answer alike, and that it works as a person uses it.

use std::fs;
use std::sync::Arc;

use camino::Utf8PathBuf;
use prompt_handbook::config::{Audience, Config};
use prompt_handbook::content::{self, source};
use prompt_handbook::diagnostics::Problems;
use prompt_handbook::handbook::{Catalog, Handbook as Visible, Reading};
use prompt_handbook::search::Index;
use prompt_handbook::search::tokenizer::{Purpose, query_words, words};
use serde_json::{Value, json};

use crate::browser::{Browser, Page};
use crate::harness::{Handbook, TODAY, files_below, repository};
use crate::reader::{LOOKS, Published, click, click_on, look, press, type_text, wait};

/// The starter handbook, for its own audience.
fn starter() -> (Visible, Index) {
    let root = Utf8PathBuf::from_path_buf(repository().to_owned()).expect("a UTF-8 path");
    let mut problems = Problems::default();
    let files = source::read(&root, &mut problems).expect("a readable handbook");
    let config = Arc::new(Config::read(&files.config, &mut problems));
    let entries = content::read(&files, &config, &mut problems);
    let catalog = Catalog::new(config, entries, files.assets);
    let visible = Visible::new(catalog, Reading { audience: Audience(1), drafts: false });
    let index = Index::new(&visible);
    (visible, index)
}

/// The queries of `search/queries.txt` with the ids that must come first.
fn queries() -> Vec<(String, Vec<String>)> {
    let text = fs::read_to_string(repository().join("tests/search/queries.txt")).expect("the queries");
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines
        .map(|line| {
            let (query, ids) = line.split_once(" => ").expect("`words => id`");
            (query.to_owned(), ids.split(" or ").map(|id| id.trim().to_owned()).collect())
        })
        .collect()
}

#[test]
fn what_people_ask_for_comes_first() {
    let (handbook, index) = starter();
    let mut missed = Vec::new();
    for (query, wanted) in queries() {
        let hits = index.search(&query).hits;
        let first: Vec<&str> = hits.iter().take(3).map(|hit| handbook.entry(hit.entry).id.as_str()).collect();
        if !wanted.iter().any(|id| first.contains(&id.as_str())) {
            missed.push(format!("{query}: wanted {wanted:?}, found {first:?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

/// The search page of a site in a folder, ready to answer.
fn open_search(page: &Page<'_>, site: &Handbook) {
    Published::everywhere(site)[0].open(page, "search.html");
    wait(page, "window.handbookSearch && handbookSearch.start()");
}

/// Texts on which two tokenizers could differ.
const ODD: [&str; 18] = [
    "Ünïcode & Größe, Œuvre, Łódź, þorn, ıstanbul İstanbul",
    "don't e-mail Q&A v1.2 3.5 snake_case camelCase HTTPServer iPhone15Pro foo/bar a-b-c",
    "提示词的 设计 ガ が カタカナ 한국어 검색 ﾊﾝｶｸ",
    "می‌خواهم العربية עברית हिन्दी ไทย",
    "ΟΔΥΣΣΕΥΣ Οδυσσεύς σίγμα",
    "👩‍💻 emoji 2️⃣ flags 🇩🇪",
    "x 1 a 9 I",
    "ﬁne ½ ² ™ № ㎏",
    "naïve café résumé cafe\u{301}",
    "a--b a - b a..b a.-b .a. -a",
    "\u{0}\u{1}control\u{7f}characters\u{a0}nbsp\u{2028}line",
    "ⅷ Ⅷ ǅ ǆ ß ẞ ŉ",
    "aVeryLongWordThatGoesOnAndOnAndOnAndOnForMoreThanThirtyTwoCharacters",
    "mixed提示words中and한letters",
    "1234567890 20260504 2026-05-04 1,000.50 €5",
    "https://example.org/a_b?c=d&e=f#g",
    "\u{1d400}\u{1d401} 𠀀𠀁𠀂",
    "",
];

#[test]
fn browser_and_command_cut_the_same_words() {
    let Some(browser) = Browser::launch() else { return };
    let (site, page) = (Handbook::starter(), browser.page());
    open_search(&page, &site);
    let bodies =
        files_below(&repository().join("content")).into_iter().filter(|(path, _)| path.strip_suffix(".md").is_some());
    let bodies: Vec<String> = bodies.map(|(_, bytes)| String::from_utf8(bytes).expect("UTF-8 content")).collect();
    for text in ODD.iter().copied().chain(bodies.iter().map(String::as_str)) {
        let script = format!("[handbookTokenizer.words({0}, true), handbookTokenizer.queryWords({0})]", json!(text));
        let browser_words = page.evaluate(&script);
        let mut own = Vec::new();
        words(text, Purpose::Index, &mut |word| own.push(word.to_owned()));
        assert_eq!(browser_words, json!([own, query_words(text)]), "{text}");
    }
}

#[test]
fn browser_and_command_answer_alike() {
    let Some(browser) = Browser::launch() else { return };
    let (site, page) = (Handbook::starter(), browser.page());
    open_search(&page, &site);
    let (_, index) = starter();
    let more = [
        "a",
        "e",
        "pr",
        "prompt ",
        "email campaign",
        "xyzzyq",
        "no such words at all",
        "launch launch",
        "to",
        "quarterly reprot",
    ];
    for query in queries().into_iter().map(|(query, _)| query).chain(more.map(str::to_owned)) {
        let script = format!(
            "new Promise((done, fail) => handbookSearch.answer({}, false, a => done({{ all: a.all, fixed: a.corrected.map(c => c.instead), hits: a.hits.map(h => h.ref) }}), fail))",
            json!(query)
        );
        let theirs = page.evaluate(&script);
        let ours = index.search(&query);
        let hits: Vec<usize> = ours
            .hits
            .iter()
            .map(|hit| index.documents.iter().position(|ix| *ix == hit.entry).expect("an indexed entry"))
            .collect();
        let fixed: Vec<&Vec<String>> = ours.corrected.iter().map(|(_, instead)| instead).collect();
        assert_eq!(theirs["hits"], json!(hits), "{query}");
        assert_eq!(theirs["fixed"], json!(fixed), "{query}");
        assert_eq!(theirs["all"], json!(ours.reading == prompt_handbook::search::Reading::All), "{query}");
    }
    assert_eq!(page.problems(), Vec::<String>::new());
}

#[test]
fn a_reader_opens_search_anywhere_and_goes_to_a_result() {
    let Some(browser) = Browser::launch() else { return };
    let (site, page) = (Handbook::starter(), browser.page());
    for (published, at) in Published::everywhere(&site).iter().flat_map(|p| LOOKS.map(|at| (p, at))) {
        look(&page, at);
        published.open(&page, "context/brand-voice.html");
        press(&page, "/");
        wait(&page, "document.querySelector('dialog[open] input') === document.activeElement");
        type_text(&page, "lanuch ema");
        wait(&page, "document.querySelectorAll('dialog .search-results a').length > 0");
        let notes = page.evaluate("document.querySelector('dialog .search-notes').textContent");
        assert!(notes.as_str().is_some_and(|notes| notes.contains("lanuch ema")), "{notes}");
        assert!(page.evaluate("document.querySelectorAll('dialog .search-results mark').length").as_u64() > Some(0));
        let wide = page.evaluate("document.documentElement.scrollWidth <= innerWidth");
        assert_eq!(wide, Value::Bool(true), "something is wider than {} px", at.0);
        press(&page, "ArrowDown");
        let target = page.evaluate("document.activeElement.href");
        assert!(target.as_str().and_then(|href| href.strip_suffix(".html")).is_some(), "{target}");
        press(&page, "ArrowUp");
        assert_eq!(page.evaluate("document.activeElement.type"), json!("search"));
        page.follow(|| press(&page, "Enter"));
        let here = page.evaluate("location.href.split('#')[0]");
        assert_eq!(target.as_str().and_then(|target| target.split('#').next()), here.as_str());
    }
    assert_eq!(page.problems(), Vec::<String>::new());
}

#[test]
fn the_search_page_stands_alone_and_its_address_carries_the_query() {
    let Some(browser) = Browser::launch() else { return };
    let site = Handbook::starter();
    for (published, at) in Published::everywhere(&site).iter().flat_map(|p| LOOKS.map(|at| (p, at))) {
        let page = browser.page();
        look(&page, at);
        published.open(&page, "search.html#q=email");
        wait(&page, "document.querySelectorAll('.search-results a').length > 0");
        click(&page, ".search-filters > summary");
        wait(&page, "document.querySelectorAll('.chip').length > 0");
        let before = page.evaluate("parseInt(document.querySelector('.search-status').textContent)");
        click_on(&page, "[...document.querySelectorAll('.chip')].find(chip => /Prompt/.test(chip.textContent))");
        wait(&page, "document.querySelector('.chip[aria-pressed=true]')");
        let after = page.evaluate("parseInt(document.querySelector('.search-status').textContent)");
        assert!(after.as_u64() < before.as_u64() && after.as_u64() > Some(0), "{before} then {after}");
        wait(&page, "decodeURIComponent(location.hash + location.search).includes('kind=Prompt')");
        // The address leads whoever gets it to the same answer.
        let address = page.evaluate("location.href").as_str().expect("an address").to_owned();
        let other = browser.page();
        other.open(&address);
        let words = format!("parseInt(document.querySelector('.search-status').textContent) === {after}");
        wait(&other, &words);
        assert_eq!([page.problems(), other.problems()].concat(), Vec::<String>::new());
    }
}

#[test]
fn without_script_the_page_lists_everything() {
    let Some(browser) = Browser::launch() else { return };
    let (site, page) = (Handbook::starter(), browser.page());
    page.emulate_scripts(false);
    let (handbook, _) = starter();
    for published in &Published::everywhere(&site) {
        published.open(&page, "search.html");
        let links = page.evaluate("document.querySelectorAll('.search-everything a').length");
        assert!(links.as_u64() >= Some(handbook.len() as u64 - 1), "{links} links for {} entries", handbook.len());
    }
    page.emulate_scripts(true);
}

#[test]
fn the_command_answers_and_explains() {
    let site = Handbook::starter();
    let run = site.run(&["search", "lanuch", "email", "--explain", "--today", TODAY]).expect_code(0);
    assert!(run.stdout.contains("nothing has `lanuch`"), "{}", run.stdout);
    assert!(run.stdout.contains("prompts/launch-email"), "{}", run.stdout);
    assert!(run.stdout.contains("launch "), "{}", run.stdout);
    site.run(&["search", "xyzzyqqq", "--today", TODAY]).expect_code(1);
}
