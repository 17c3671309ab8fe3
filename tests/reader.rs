//! What a reader does, with pointer and keyboard, on a site in a folder and on a host: find, fill, copy, narrow,
//! follow. Every place, both themes, a phone and a desk, with and without script; nothing may be red in the console.

use serde_json::json;

use crate::browser::{Browser, Page, file_address};
use crate::harness::{Handbook, TODAY};
use crate::server::Server;

/// Where a site can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A folder that a browser opens.
    Folder,
    /// A host, below a path.
    Host,
}

/// A site where a reader finds it.
pub struct Published {
    /// Where.
    pub place: Place,
    /// The address of its folder, with a `/` at the end.
    base: String,
    host: Option<Server>,
}

impl Published {
    /// A built handbook in each place.
    pub fn everywhere(site: &Handbook) -> [Self; 2] {
        let host = Server::start(&site.path(""));
        let folder = format!("{}/", file_address(&site.path("public")));
        [
            Self { place: Place::Folder, base: folder, host: None },
            Self { place: Place::Host, base: format!("{}/public/", host.address), host: Some(host) },
        ]
    }

    /// The address of a page.
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Opens a page.
    pub fn open(&self, page: &Page<'_>, path: &str) {
        page.open(&self.address(path));
    }
}

/// Widths in CSS pixels and whether the colours are dark.
pub const LOOKS: [(u32, bool); 4] = [(1440, false), (1440, true), (320, false), (320, true)];

/// Gives a page one of the [`LOOKS`].
pub fn look(page: &Page<'_>, (width, dark): (u32, bool)) {
    page.emulate_size(width, 900);
    page.emulate_dark(dark);
}

/// Waits until an expression is true.
pub fn wait(page: &Page<'_>, condition: &str) {
    let script = format!(
        "new Promise((done, fail) => {{ let tries = 0; const look = () => {{
            if ({condition}) done(true); else if (++tries > 800) fail(new Error('never: ' + {})); else setTimeout(look, 10); }}; look(); }})",
        json!(condition)
    );
    page.evaluate(&script);
}

/// Presses a key: a letter, or one of those with a name.
pub fn press(page: &Page<'_>, key: &str) {
    let (code, text) = match key {
        "Tab" => (9, ""),
        "Enter" => (13, "\r"),
        "Escape" => (27, ""),
        "ArrowUp" => (38, ""),
        "ArrowDown" => (40, ""),
        key => (key.bytes().next().map_or(0, |byte| i32::from(byte.to_ascii_uppercase())), key),
    };
    for kind in ["keyDown", "keyUp"] {
        let text = if kind == "keyDown" { text } else { "" };
        page.call(
            "Input.dispatchKeyEvent",
            &json!({ "type": kind, "key": key, "text": text, "windowsVirtualKeyCode": code }),
        );
    }
}

/// Types a text where the focus is.
pub fn type_text(page: &Page<'_>, text: &str) {
    for letter in text.chars() {
        page.call("Input.insertText", &json!({ "text": letter.to_string() }));
    }
}

/// Clicks into the middle of what an expression gives, which must be in view there and under nothing else.
pub fn click_on(page: &Page<'_>, expression: &str) {
    let script = format!(
        "(() => {{ const it = {expression}; if (!it) return 'there is none';
            it.scrollIntoView({{ block: 'center', behavior: 'instant' }});
            const box = it.getClientRects()[0]; if (!box) return 'it is not shown';
            const x = box.left + box.width / 2, y = box.top + box.height / 2;
            const top = document.elementFromPoint(x, y);
            return it.contains(top) || top && top.contains(it) && top.tagName === 'LABEL' ? [x, y] : 'it is under ' + (top && top.outerHTML.slice(0, 200)); }})()"
    );
    let place = page.evaluate(&script);
    let [x, y] = place.as_array().map(Vec::as_slice).unwrap_or_default() else { panic!("{expression}: {place}") };
    for kind in ["mousePressed", "mouseReleased"] {
        let event = json!({ "type": kind, "x": x, "y": y, "button": "left", "clickCount": 1 });
        page.call("Input.dispatchMouseEvent", &event);
    }
}

/// Clicks on the first element that a selector finds.
pub fn click(page: &Page<'_>, selector: &str) {
    click_on(page, &format!("document.querySelector({})", json!(selector)));
}

/// Clicks on a link, and waits for its page.
pub fn follow(page: &Page<'_>, selector: &str) {
    page.follow(|| click(page, selector));
}

/// What the clipboard has once a click has put something there.
pub fn copied(page: &Page<'_>, selector: &str) -> String {
    page.evaluate("navigator.clipboard.writeText('')");
    click(page, selector);
    clipboard(page)
}

fn clipboard(page: &Page<'_>) -> String {
    let script = "(async () => { for (let i = 0; i < 400; i++) { const text = await navigator.clipboard.readText(); if (text) return text; await new Promise(r => setTimeout(r, 10)); } return ''; })()";
    page.evaluate(script).as_str().unwrap_or_default().to_owned()
}

/// The part of the address that names a page of the site.
fn here(page: &Page<'_>) -> String {
    let path = page.evaluate("location.pathname").as_str().unwrap_or_default().to_owned();
    path.split_once("/public/").map_or(path.clone(), |(_, page)| page.to_owned())
}

fn fits(page: &Page<'_>, what: &str) {
    let wide = page.evaluate("document.documentElement.scrollWidth - innerWidth");
    assert!(wide.as_i64() <= Some(0), "{what}: {wide} px wider than the window");
}

/// Runs a test in every place and look.
fn everywhere(site: &Handbook, test: impl Fn(&Page<'_>, &Published, &str)) {
    let Some(browser) = Browser::launch() else { return };
    for published in &Published::everywhere(site) {
        for at in LOOKS {
            let what = format!("{:?}, {} px, {}", published.place, at.0, if at.1 { "dark" } else { "light" });
            let page = browser.page();
            look(&page, at);
            test(&page, published, &what);
            assert_eq!(page.problems(), Vec::<String>::new(), "{what}");
        }
    }
}

#[test]
fn a_prompt_is_found_filled_and_copied() {
    let site = Handbook::starter();
    let brief = "Segments now refresh every 15 minutes.\nNothing to switch on: \"just works\" & <fast>.";
    let url = "https://larkspur.example/segments?from=mail&day=1";
    let (brief_var, url_var) = (format!("brief={brief}"), format!("cta_url={url}"));
    let vars = ["feature=Smart Segments", "launch_date=2026-12-01", &brief_var, &url_var];
    let mut arguments = vec!["assemble", "launch-email", "--today", TODAY];
    arguments.extend(vars.iter().flat_map(|var| ["--var", *var]));
    let assembled = site.run(&arguments).expect_code(0).stdout;
    everywhere(&site, |page, published, what| {
        published.open(page, "index.html");
        fits(page, what);
        click(page, "main a.search-open");
        wait(page, "document.querySelector('dialog[open] input') === document.activeElement");
        type_text(page, "lanuch ema");
        wait(page, "document.querySelector('dialog .search-results a')");
        fits(page, what);
        follow(page, "dialog .search-results a[href*='prompts/launch-email.html']");
        fits(page, what);
        click(page, "[name='var:feature']");
        type_text(page, "Smart Segments");
        click(page, "[name='var:brief']");
        page.call("Input.insertText", &json!({ "text": brief }));
        let shown = page.evaluate("document.querySelector('.prompt').textContent");
        assert!(shown.as_str().is_some_and(|shown| shown.contains("Smart Segments")), "{what}: {shown}");
        // A day is typed in parts, in the order of the reader's own country.
        page.evaluate("document.querySelector('[name=\"var:launch_date\"]').focus()");
        for digit in "12012026".chars() {
            press(page, &digit.to_string());
        }
        click(page, "[name='var:cta_url']");
        type_text(page, url);
        assert_eq!(page.evaluate("document.querySelector('.bar .left').textContent"), "Ready to copy", "{what}");
        assert_eq!(copied(page, "button.copy"), assembled.trim_end_matches('\n'), "{what}");
        wait(page, "document.querySelector('.said').textContent.startsWith('Copied')");
    });
}

#[test]
fn a_list_is_narrowed_by_typing_and_by_its_facets() {
    let site = Handbook::starter();
    everywhere(&site, |page, published, what| {
        published.open(page, "prompts/index.html");
        fits(page, what);
        let rows = "[...document.querySelectorAll('#hb\\\\:rows > .card')].filter(row => row.checkVisibility()).length";
        let all = page.evaluate(rows).as_u64();
        click(page, ".filter input[type=search]");
        type_text(page, "subject");
        let some = page.evaluate(rows).as_u64();
        assert!(some < all && some > Some(0), "{what}: {some:?} of {all:?}");
        let said = page.evaluate("document.querySelector('.filter .shown').textContent");
        assert!(said.as_str().is_some_and(|said| said.contains(&some.unwrap_or(0).to_string())), "{what}: {said}");
        type_text(page, " xyzzy");
        assert_eq!(page.evaluate("document.querySelector('.no-rows').checkVisibility()"), true, "{what}");
        published.open(page, "index.html");
        follow(page, ".door a[href='tasks/review.html']");
        assert_eq!(here(page), "tasks/review.html", "{what}");
        fits(page, what);
    });
}

#[test]
fn a_module_is_copied_as_its_twin_has_it() {
    let site = Handbook::starter();
    let twin = site.read("public/context/brand-voice.md");
    everywhere(&site, |page, published, what| {
        published.open(page, "context/brand-voice.html");
        assert_eq!(copied(page, "button.main").trim_end(), twin.trim_end(), "{what}");
        fits(page, what);
    });
}

#[test]
fn chosen_colours_stay() {
    let site = Handbook::starter();
    everywhere(&site, |page, published, what| {
        published.open(page, "index.html");
        let background = "getComputedStyle(document.body).backgroundColor";
        let theme = "document.documentElement.dataset.theme";
        click(page, ".theme-switch");
        let light = page.evaluate(background);
        assert_eq!(page.evaluate(theme), "light", "{what}");
        click(page, ".theme-switch");
        assert_eq!(page.evaluate(theme), "dark", "{what}");
        assert_ne!(page.evaluate(background), light, "{what}");
        follow(page, "main .card a");
        assert_eq!(page.evaluate(theme), "dark", "{what}: on the next page");
    });
}

#[test]
fn the_menu_of_a_phone_leads_on() {
    let Some(browser) = Browser::launch() else { return };
    let site = Handbook::starter();
    for (published, scripts) in Published::everywhere(&site).iter().flat_map(|p| [(p, true), (p, false)]) {
        let page = browser.page();
        look(&page, (320, false));
        page.emulate_scripts(scripts);
        published.open(&page, "prompts/launch-email.html");
        click(&page, ".menu-open");
        follow(&page, "#hb\\:menu a[href$='wins/index.html']");
        assert_eq!(here(&page), "wins/index.html", "{:?}", published.place);
        assert_eq!(page.problems(), Vec::<String>::new());
    }
}

#[test]
fn without_script_everything_is_found_and_read() {
    let site = Handbook::starter();
    everywhere(&site, |page, published, what| {
        page.emulate_scripts(false);
        published.open(page, "index.html");
        fits(page, what);
        follow(page, ".door a[href='channels/email.html']");
        follow(page, ".card a[href$='prompts/launch-email.html']");
        assert_eq!(page.evaluate("document.querySelector('.fill').checkVisibility()"), false, "{what}");
        assert_eq!(page.evaluate("document.querySelector('button.copy').checkVisibility()"), false, "{what}");
        let text = page.evaluate("document.querySelector('.prompt').textContent");
        assert!(text.as_str().is_some_and(|text| text.contains("{{feature}}")), "{what}: {text}");
        follow(page, "a.search-open");
        assert_eq!(here(page), "search.html", "{what}");
        fits(page, what);
        let summaries = "[...document.querySelectorAll('.search-everything summary')]";
        click_on(page, &format!("{summaries}.find(it => it.textContent.startsWith('Context'))"));
        follow(page, ".search-everything a[href='context/brand-voice.html']");
        assert_eq!(here(page), "context/brand-voice.html", "{what}");
        follow(page, ".acts a[href$='.md']");
        assert_eq!(here(page), "context/brand-voice.md", "{what}");
    });
}

#[test]
fn search_is_not_loaded_before_it_is_asked_for() {
    let Some(browser) = Browser::launch() else { return };
    let site = Handbook::starter();
    let [_, published] = Published::everywhere(&site);
    let host = published.host.as_ref().expect("a host");
    let is_search = |path: &str| path.contains("/search");
    let page = browser.page();
    published.open(&page, "prompts/launch-email.html");
    assert!(host.sent(is_search).is_empty());
    host.forget();
    press(&page, "/");
    wait(&page, "document.querySelector('dialog[open] input') === document.activeElement");
    type_text(&page, "voice");
    wait(&page, "document.querySelector('dialog .search-results a')");
    assert!(!host.sent(is_search).is_empty());
}

#[test]
fn a_page_without_a_form_loads_no_script_that_fills_one() {
    let Some(browser) = Browser::launch() else { return };
    let site = Handbook::starter();
    let [_, published] = Published::everywhere(&site);
    let host = published.host.as_ref().expect("a host");
    for (path, has_form) in [
        ("index.html", false),
        ("context/brand-voice.html", false),
        ("search.html", false),
        ("prompts/launch-email.html", true),
        ("projects/press-desk.html", true),
    ] {
        host.forget();
        let page = browser.page();
        published.open(&page, path);
        assert_eq!(page.evaluate("Boolean(document.getElementById('hb:bench'))"), has_form, "{path}");
        assert_eq!(!host.sent(|path| path.contains("/assets/bench.")).is_empty(), has_form, "{path}");
        // Context comes when a reader is at the form.
        assert!(host.sent(|path| path.contains("/assets/context/")).is_empty(), "{path}");
    }
}

#[test]
fn copying_works_where_the_browser_trusts_nobody() {
    let Some(browser) = Browser::launch() else { return };
    let site = Handbook::starter();
    let [_, published] = Published::everywhere(&site);
    let page = browser.page();
    // Plain http from another machine: there is no clipboard for scripts, as on many an intranet.
    page.open(&published.address("context/brand-voice.html").replace("127.0.0.1", "handbook.example"));
    assert_eq!(page.evaluate("isSecureContext"), false);
    click(&page, "button.main");
    wait(&page, "document.querySelector('.said').textContent.startsWith('Copied')");
    published.open(&page, "index.html");
    assert_eq!(clipboard(&page).trim_end(), site.read("public/context/brand-voice.md").trim_end());
    assert_eq!(page.problems(), Vec::<String>::new());
}

#[test]
fn a_missing_page_is_a_page_at_any_depth() {
    let Some(browser) = Browser::launch() else { return };
    let site = Handbook::starter();
    site.build(&["--base-url", "https://handbook.example/public"]);
    let [_, published] = Published::everywhere(&site);
    let page = browser.page();
    for path in ["nothing.html", "no/such/page.html"] {
        published.open(&page, path);
        assert_eq!(page.evaluate("getComputedStyle(document.querySelector('.top')).display"), "grid", "{path}");
        press(&page, "/");
        type_text(&page, "voice");
        wait(&page, "document.querySelector('dialog .search-results a')");
        follow(&page, "dialog .search-results a[href*='context/brand-voice.html']");
        assert_eq!(here(&page), "context/brand-voice.html");
    }
    // That the page itself is missing is the one thing that is red.
    let others: Vec<String> = page.problems().into_iter().filter(|problem| !problem.contains("404")).collect();
    assert_eq!(others, Vec::<String>::new());
}
