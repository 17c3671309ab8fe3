//! Search: what is found, that browser and command line answer alike, and that it works as a person uses it.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use camino::Utf8PathBuf;
use prompt_handbook::config::Audience;
use prompt_handbook::handbook::{Handbook as Visible, Reading};
use prompt_handbook::search::Index;
use prompt_handbook::search::tokenizer::{Purpose, Query, query_words, words};
use prompt_handbook::workspace::Loader;
use serde_json::{Value, json};

use crate::browser::{Browser, Page};
use crate::harness::{Handbook, TODAY, files_below, repository};
use crate::reader::{LOOKS, Published, click, click_on, look, press, type_text, wait};

/// The starter handbook, for its own audience.
fn starter() -> (Visible, Index) {
    read(repository())
}

/// A handbook, for the audience `team`.
fn read(root: &Path) -> (Visible, Index) {
    let root = Utf8PathBuf::from_path_buf(root.to_owned()).expect("a UTF-8 path");
    let today = TODAY.parse().expect("a day");
    let workspace = Loader::new(&root, today).load().expect("a readable handbook");
    let visible = Visible::new(workspace.catalog, Reading { audience: Audience(1), drafts: false });
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
    let asked: Vec<String> = queries().into_iter().map(|(query, _)| query).chain(more.map(str::to_owned)).collect();
    assert_alike(&page, &index, asked.iter().map(String::as_str));
}

/// Asks one page all queries, one after the other, and expects the command's answers.
fn assert_alike<'q>(page: &Page<'_>, index: &Index, queries: impl IntoIterator<Item = &'q str>) {
    for query in queries {
        let script = format!(
            "new Promise((done, fail) => handbookSearch.answer({}, false, a => done({{ all: a.all, fixed: a.corrected.map(c => c.instead), hits: a.hits.map(h => h.ref) }}), fail))",
            json!(query)
        );
        let theirs = page.evaluate(&script);
        let ours = index.search(query);
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

/// A letter beyond the first 65,536 that a browser would sort before `\u{fb1e}`, which comes first.
const RARE: [&str; 2] = ["\u{fb1e}\u{fb1e}", "\u{10428}\u{10429}"];

/// A handbook so large that the words with one beginning lie in more shards than a query loads.
fn many_shards() -> Handbook {
    let handbook = Handbook::new();
    let letter = |number: usize| char::from(b'a' + u8::try_from(number % 26).unwrap_or(0));
    for nth in 0..40_usize {
        let mut body = RARE.join(" ");
        for word in 0..3_000 {
            let number = (nth * 3_000 + word) * 7_919 % 5_003;
            let _ = write!(body, " pro{}{}{}", letter(number / 200), letter(number / 8), letter(number));
            body.push_str(if word % 20 == 0 { "\n\nprogram" } else { "" });
        }
        handbook.entry(&format!("guides/g{nth}"), "", &body);
    }
    handbook.build(&[]);
    handbook
}

#[test]
fn what_was_asked_before_changes_no_answer() {
    let Some(browser) = Browser::launch() else { return };
    let (site, page) = (many_shards(), browser.page());
    open_search(&page, &site);
    let (_, index) = read(&site.path(""));
    assert!(index.shards() > 5, "{} shards", index.shards());
    let queries =
        ["pro", "prot", "proz", "prom", "pr", "program", "prog", "pro", "p", "g1", "pra", "pro", "prx", "pro"];
    assert_alike(&page, &index, queries.into_iter().chain(RARE));
}

#[test]
fn the_last_word_is_found() {
    let Some(browser) = Browser::launch() else { return };
    let (site, page) = (Handbook::new(), browser.page());
    for nth in 0..10 {
        site.entry(&format!("guides/g{nth}"), "", &"alpha zzz\n\n".repeat(8_000));
    }
    site.build(&[]);
    open_search(&page, &site);
    let (_, index) = read(&site.path(""));
    assert!(index.shards() > 3 && index.shard(index.shards() - 1).is_empty(), "no empty shard at the end");
    assert_eq!(index.search("zzz").hits.len(), 10);
    assert_alike(&page, &index, ["zzz", "zz", "zzz ", "alpha", "zzzz"]);
}

/// The version in the addresses of search files.
fn version(id: &str, front_matter: &str) -> String {
    let site = Handbook::new();
    site.entry("models/b", "", "Words.").entry(id, front_matter, "Words.").build(&[]);
    let manifest = site.read("public/search/manifest.js");
    let at = manifest.find("\"version\":\"").expect("a version") + 11;
    manifest[at..at + 10].to_owned()
}

#[test]
fn whatever_search_files_hold_is_in_their_version() {
    let same = version("guides/a", "title = \"A words guide\"");
    assert_eq!(same, version("guides/a", "title = \"A words guide\""));
    for (id, front_matter) in [
        ("notes/a", "title = \"A words guide\""),
        ("guides/a", "title = \"Words, a guide\""),
        ("guides/a", "title = \"A words guide\"\nstatus = \"approved\""),
        ("guides/a", "title = \"A words guide\"\nteam = \"Words\""),
        ("guides/a", "title = \"A words guide\"\nsummary = \"Words.\""),
    ] {
        assert_ne!(same, version(id, front_matter), "{id} {front_matter}");
    }
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
fn what_others_add_to_the_address_narrows_nothing() {
    let Some(browser) = Browser::launch() else { return };
    let site = Handbook::starter();
    let published = &Published::everywhere(&site)[1];
    let found = |address: &str| {
        let page = browser.page();
        published.open(&page, address);
        wait(&page, "document.querySelectorAll('.search-results a').length > 0");
        assert_eq!(page.problems(), Vec::<String>::new());
        page.evaluate("document.querySelector('.search-status').textContent + !document.querySelector('.search-clear')")
    };
    let plain = found("search.html?q=email");
    assert_eq!(plain, found("search.html?q=email&constructor=x&utm_source=letter"));
    assert_eq!(plain, found("search.html#q=email&__proto__=x&toString="));
}

#[test]
fn a_single_letter_is_said_to_be_too_short() {
    let Some(browser) = Browser::launch() else { return };
    let (site, page) = (Handbook::starter(), browser.page());
    Published::everywhere(&site)[0].open(&page, "search.html#q=C%2B%2B");
    wait(&page, "/two letters/.test(document.querySelector('.search-status').textContent)");
    assert_eq!(page.problems(), Vec::<String>::new());
}

/// So many words, each with its number.
fn numbered(count: usize) -> String {
    let mut text = String::new();
    for nth in 0..count {
        let _ = write!(text, "w{nth:x} ");
    }
    text
}

/// Texts of a megabyte or so that somebody might paste where they meant to search.
fn documents() -> [(&'static str, String); 6] {
    [
        ("distinct words", numbered(130_000)),
        ("brackets", "[".repeat(1_000_000)),
        ("one word", "a".repeat(1_000_000)),
        ("blanks", format!("email{}x", " ".repeat(1_000_000))),
        ("joined", "ab-".repeat(330_000)),
        ("the same word", "email ".repeat(170_000)),
    ]
}

/// What a page may stand still at most, in milliseconds, on a machine with other things to do. What grows with the square
/// of a text takes longer on any.
const PATIENCE: u64 = 10_000;

/// Puts a text into the focused field as a paste does; how long the page stood still, in milliseconds.
fn paste(page: &Page<'_>, text: &str) -> u64 {
    let script = format!(
        "(() => {{ const start = performance.now(); document.activeElement.select(); document.execCommand('insertText', false, {});
            return new Promise(done => setTimeout(() => done(Math.round(performance.now() - start)), 0)); }})()",
        json!(text)
    );
    page.evaluate(&script).as_u64().expect("a time")
}

#[test]
fn a_document_in_the_search_field_freezes_nothing_and_is_cut() {
    let Some(browser) = Browser::launch() else { return };
    let site = Handbook::starter();
    let page = browser.page();
    Published::everywhere(&site)[1].open(&page, "search.html");
    wait(&page, "window.handbookSearch && document.querySelector('.search-status')");
    for (name, text) in documents() {
        page.evaluate("document.querySelector('.search-box input').focus()");
        let stood = paste(&page, &text);
        assert!(stood < PATIENCE, "{name}: {stood} ms");
        wait(&page, "document.querySelector('.search-notes, .search-status').parentElement.textContent.trim()");
    }
    let told = "document.querySelector('.search-notes').textContent";
    wait(&page, &format!("{told}.includes('Only the beginning')"));
    let length = page.evaluate("location.href.length").as_u64();
    assert!(length < Some(10_000), "the address has {length:?} letters");
    assert_eq!(page.problems(), Vec::<String>::new());
}

#[test]
fn a_document_in_the_address_freezes_nothing() {
    let Some(browser) = Browser::launch() else { return };
    let site = Handbook::starter();
    let published = &Published::everywhere(&site)[0];
    for (name, text) in documents() {
        let page = browser.page();
        published.open(&page, &format!("search.html#q={}", text.replace(' ', "+")));
        let start = std::time::Instant::now();
        wait(&page, "window.handbookSearch && document.querySelector('.search-status')?.textContent.trim()");
        assert!(start.elapsed().as_millis() < u128::from(PATIENCE), "{name}: {:?}", start.elapsed());
        assert_eq!(page.problems(), Vec::<String>::new());
    }
}

#[test]
fn a_passage_of_a_huge_entry_freezes_nothing() {
    let Some(browser) = Browser::launch() else { return };
    let site = Handbook::new();
    site.entry("guides/brackets", "title = \"A\"", &format!("needle {}", "[".repeat(900_000)));
    site.entry("guides/paragraph", "title = \"B\"", &format!("{} needle", "word and ".repeat(15_000)));
    site.build(&[]);
    let page = browser.page();
    Published::everywhere(&site)[1].open(&page, "search.html?q=needle");
    wait(&page, "document.querySelectorAll('.search-results a').length === 2");
    let start = std::time::Instant::now();
    wait(&page, "document.querySelectorAll('.search-teaser mark').length > 0");
    page.evaluate("new Promise(done => setTimeout(done, 200))");
    assert!(start.elapsed().as_millis() < u128::from(PATIENCE), "{:?}", start.elapsed());
    assert_eq!(page.problems(), Vec::<String>::new());
}

#[test]
fn a_query_is_cut_alike_on_both_sides() {
    let Some(browser) = Browser::launch() else { return };
    let (site, page) = (Handbook::starter(), browser.page());
    open_search(&page, &site);
    let texts = [
        "a".repeat(999) + " email",
        "é".repeat(1_001),
        "\u{1d400}".repeat(1_001) + "x",
        numbered(33),
        numbered(32),
        "email ".repeat(166) + "none",
    ];
    for text in &texts {
        let script = format!(
            "(() => {{ const read = handbookTokenizer.readQuery({}); return [read.words, read.cut]; }})()",
            json!(text)
        );
        let ours = Query::read(text);
        assert_eq!(page.evaluate(&script), json!([ours.words, ours.is_cut]), "{text}");
    }
}

#[test]
fn the_command_says_that_a_query_is_cut() {
    let site = Handbook::starter();
    let run = site.run(&["search", &"email ".repeat(20_000), "--today", TODAY]).expect_code(0);
    assert!(run.stdout.starts_with("the query is long: its first 1000 characters"), "{}", run.stdout);
    let run = site.run(&["search", &"[".repeat(100_000), "--today", TODAY]).expect_code(0);
    assert!(run.stderr.len() < 1_000, "{}", run.stderr);
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
    let run = site.run(&["search", "xyzzyqqq", "--today", TODAY]).expect_code(0);
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", "nothing found for `xyzzyqqq`\n"));
    let run = site.run(&["search", "C++", "--today", TODAY]).expect_code(0);
    assert!(run.stdout.is_empty() && run.stderr.contains("`C++`: single letters"), "{}", run.stderr);
}
