//! A reader fills a prompt and copies it: the clipboard has what `handbook assemble` prints, byte for byte.

use serde_json::{Value, json};

use crate::browser::{Browser, Page, file_address};
use crate::harness::{Handbook, TODAY};
use crate::reader::{LOOKS, Published, click, copied, look};

/// The prompts of a site, by id.
fn prompts(site: &Handbook) -> Vec<String> {
    let pages = site.files("public/prompts").into_iter().map(|(path, _)| path);
    let ids = pages.filter_map(|path| path.strip_suffix(".html").map(str::to_owned));
    ids.filter(|id| {
        id != "index" && !id.starts_with("page-") && site.path(&format!("public/prompts/{id}.md")).is_file()
    })
    .collect()
}

/// Fills every blank that has nothing with something that fits it, and gives all values as the form has them.
fn fill(page: &Page<'_>) -> Vec<(String, Vec<String>)> {
    let script = "(() => {
        const samples = { text: 'A <b>bold</b> & {{braces}} \\u201cquote\\u201d', number: '7', date: '2026-05-04', email: 'a@b.example', url: 'https://x.example/a?b=c&d=e' };
        const values = [];
        for (const place of document.querySelectorAll('.fill .field[data-name]')) {
            const controls = [...place.querySelectorAll('input, select, textarea')];
            const first = controls[0];
            if (!first) continue;
            if (first.type === 'checkbox' || first.type === 'radio') {
                if (!controls.some(c => c.checked)) first.click();
                values.push([place.dataset.name, controls.filter(c => c.checked).map(c => c.value)]);
                continue;
            }
            if (!first.value) {
                if (first.tagName === 'SELECT') first.selectedIndex = first.options.length - 1;
                else first.value = first.tagName === 'TEXTAREA' ? 'Two lines\\n  and {{more}}' : samples[first.type] || samples.text;
                first.dispatchEvent(new Event('input', { bubbles: true }));
                first.dispatchEvent(new Event('change', { bubbles: true }));
            }
            values.push([place.dataset.name, [first.value]]);
        }
        return values;
    })()";
    serde_json::from_value(page.evaluate(script)).expect("names with values")
}

fn assembled(site: &Handbook, id: &str, values: &[(String, Vec<String>)]) -> String {
    let vars: Vec<String> =
        values.iter().flat_map(|(name, all)| all.iter().map(move |value| format!("{name}={value}"))).collect();
    let mut arguments = vec!["assemble", id, "--today", TODAY];
    for var in &vars {
        arguments.extend(["--var", var]);
    }
    let run = site.run(&arguments).expect_code(0);
    run.stdout.strip_suffix('\n').unwrap_or(&run.stdout).to_owned()
}

#[test]
fn what_is_copied_is_what_assemble_prints() {
    let Some(browser) = Browser::launch() else { return };
    let site = Handbook::starter();
    let page = browser.page();
    let ids = prompts(&site);
    assert!(ids.len() > 30, "{} prompts", ids.len());
    for (nth, id) in ids.iter().enumerate() {
        look(&page, LOOKS[nth % LOOKS.len()]);
        for published in &Published::everywhere(&site) {
            published.open(&page, &format!("prompts/{id}.html"));
            let values = fill(&page);
            let copied = copied(&page, "button.main");
            assert_eq!(copied, assembled(&site, id, &values), "{id}");
            assert!(!copied.is_empty(), "{id}");
        }
    }
    assert_eq!(page.problems(), Vec::<String>::new());
}

#[test]
fn a_missing_blank_is_named_and_nothing_is_copied() {
    let Some(browser) = Browser::launch() else { return };
    let (site, page) = (Handbook::starter(), browser.page());
    for (published, at) in Published::everywhere(&site).iter().flat_map(|p| LOOKS.map(|at| (p, at))) {
        look(&page, at);
        published.open(&page, "prompts/launch-email.html");
        page.evaluate("navigator.clipboard.writeText('before')");
        click(&page, "button.main");
        page.evaluate("new Promise(done => setTimeout(done, 200))");
        assert_eq!(page.evaluate("navigator.clipboard.readText()"), json!("before"));
        assert_eq!(page.evaluate("document.activeElement.closest('[data-name]').dataset.name"), json!("feature"));
        let said = page.evaluate("document.querySelector('.said').textContent");
        assert!(said.as_str().is_some_and(|said| !said.trim().is_empty()), "nobody is told what is missing");
        assert_eq!(
            page.evaluate("document.documentElement.scrollWidth <= innerWidth"),
            Value::Bool(true),
            "{} px",
            at.0
        );
    }
    assert_eq!(page.problems(), Vec::<String>::new());
}

/// Values that some of the types take, and some that look as if they did.
const VALUES: &[&str] = &[
    "1",
    "-2.5",
    "+1.",
    ".5",
    "1e5",
    "1E-5",
    "1e400",
    "-1e400",
    "1,5",
    "0x1",
    "Infinity",
    "NaN",
    " 7\u{85}",
    "\u{feff}7",
    "2026-05-04",
    " 2026-05-04\u{3000}",
    "2024-02-29",
    "2026-02-29",
    "2026-02-30",
    "2026-13-01",
    "0000-01-01",
    "2026-W20-1",
    "2026-5-4",
    "20260504",
    "a@b.example",
    "a@b",
    "a@b..example",
    "a@b@c.example",
    "a b@c.example",
    "a\u{a0}b@c.example",
    "@b.example",
    "https://a.example",
    "http://a.example/b?c=d#e",
    "http://?x",
    "https://#a",
    "http://\\evil",
    "http:///a",
    "https://a\\b",
    "https://",
    "https:a.example",
    "HTTPS://a.example",
    "ftp://a.example",
    "https://a b.example",
    "https://a\u{2003}b",
    "https://a\u{7f}b",
    "https://[::1]:80/",
    "提示",
];

#[test]
fn a_value_fits_the_page_when_it_fits_assemble() {
    let Some(browser) = Browser::launch() else { return };
    let (site, page) = (Handbook::new(), browser.page());
    for kind in ["number", "date", "email", "url"] {
        let fields = format!("title = \"A\"\n[[variables]]\nname = \"x\"\ntype = \"{kind}\"");
        site.entry(&format!("prompts/{kind}"), &fields, "```prompt\n{{x}}\n```");
    }
    site.build(&[]);
    let mut fitting = 0;
    for kind in ["number", "date", "email", "url"] {
        page.open(&format!("{}/prompts/{kind}.html", file_address(&site.path("public"))));
        for value in VALUES {
            let script = format!(
                "window.handbook.join(JSON.parse(document.getElementById('hb:bench').dataset.fill), \
                 {{ values: {{ x: {} }}, slots: {{}}, without: new Set(), mode: 'whole' }}, {{}}).lacks.length === 0",
                json!(value)
            );
            let run = site.run(&["assemble", kind, "--today", TODAY, "--var", &format!("x={value}")]);
            assert_eq!(page.evaluate(&script), json!(run.code == 0), "{kind}: {value:?} {}", run.stderr);
            fitting += usize::from(run.code == 0);
        }
    }
    assert!(fitting > 12, "{fitting} values fit");
}

#[test]
fn no_box_ticked_is_an_answer() {
    let Some(browser) = Browser::launch() else { return };
    let (site, page) = (Handbook::new(), browser.page());
    let fields =
        "title = \"A\"\n[[variables]]\nname = \"m\"\ntype = \"multi\"\noptions = [\"one\", \"two\"]\ndefault = \"one\"";
    site.entry("prompts/a", fields, "```prompt\n[{{m}}]\n```");
    site.build(&[]);
    page.open(&format!("{}/prompts/a.html", file_address(&site.path("public"))));
    assert_eq!(copied(&page, "button.main"), "[one]");
    click(&page, "input[value=one]");
    assert_eq!(copied(&page, "button.main"), assembled(&site, "a", &[("m".to_owned(), vec![String::new()])]));
    assert_eq!(copied(&page, "button.main"), "[]");
}

#[test]
fn context_that_is_not_published_is_named_and_nothing_is_copied() {
    let Some(browser) = Browser::launch() else { return };
    let (site, page) = (Handbook::new(), browser.page());
    site.file("handbook.toml", "title = \"T\"\n[rules]\ndraft-reference = \"warning\"\n");
    site.entry("context/legal", "title = \"L\"\nstatus = \"draft\"", "Never promise.");
    for (id, more) in [("a", ""), ("b", "\n[[variables]]\nname = \"x\"")] {
        let body = if more.is_empty() { "```prompt\nWrite.\n```" } else { "```prompt\nWrite {{x}}.\n```" };
        site.entry(&format!("prompts/{id}"), &format!("title = \"A\"\ncontext = [\"legal\"]{more}"), body);
    }
    site.build(&[]);
    for (id, says) in [("a", "legal"), ("b", "X")] {
        page.open(&format!("{}/prompts/{id}.html", file_address(&site.path("public"))));
        page.evaluate("navigator.clipboard.writeText('before')");
        click(&page, "button.main");
        page.evaluate("new Promise(done => setTimeout(done, 200))");
        assert_eq!(page.evaluate("navigator.clipboard.readText()"), json!("before"));
        let said = page.evaluate("document.querySelector('.said').textContent");
        assert!(said.as_str().is_some_and(|said| said.contains(says)), "{said}");
    }
    assert_eq!(page.problems(), Vec::<String>::new());
}

/// What a page may stand still at most, in milliseconds, on a machine with other things to do. What grows with the square
/// of a text takes longer on any. The browser's own work to take a text in is not counted: in Chromium it grows with the
/// square of the lines of a `textarea`, whatever the page does.
const PATIENCE: u64 = 20_000;

#[test]
fn a_megabyte_in_a_blank_freezes_nothing() {
    let Some(browser) = Browser::launch() else { return };
    let (site, page) = (Handbook::new(), browser.page());
    let blanks = "[[variables]]\nname = \"a\"\ntype = \"long\"\n[[variables]]\nname = \"b\"\nrequired = false\n";
    site.entry("prompts/p", blanks, "```prompt\nDo {{a}} {{b}}\n```").build(&[]);
    Published::everywhere(&site)[0].open(&page, "prompts/p.html");
    // Of one line a browser lays out less than of many.
    let one_line = "input[type=text], .fill input:not([type])";
    for (field, text) in [
        ("textarea", "'a' + ' '.repeat(1e6) + 'b'"),
        ("textarea", "'['.repeat(1e6)"),
        (one_line, "'a' + ' '.repeat(1e5) + 'b'"),
        (one_line, "'9'.repeat(1e5)"),
    ] {
        let stood = page.evaluate(&format!(
            "(() => {{ const field = document.querySelector('.fill').querySelector('{field}'); field.value = {text};
                const start = performance.now(); field.dispatchEvent(new Event('input', {{ bubbles: true }}));
                return Math.round(performance.now() - start); }})()"
        ));
        assert!(stood.as_u64() < Some(PATIENCE), "{text}: {stood} ms");
        page.evaluate("document.querySelector('.fill').reset()");
    }
    assert_eq!(page.problems(), Vec::<String>::new());
}

#[test]
fn what_comes_to_too_much_is_neither_shown_nor_copied() {
    let Some(browser) = Browser::launch() else { return };
    let (site, page) = (Handbook::new(), browser.page());
    let text = format!("```prompt\n{}\n```", "{{x}}".repeat(1_000));
    site.entry("prompts/a", "title = \"A\"\n[[variables]]\nname = \"x\"\ntype = \"long\"\n", &text);
    site.run(&["build", "--today", TODAY]).expect_code(0);
    for (count, length) in [(4_194, 4_194_000), (4_195, 0)] {
        page.open(&file_address(&site.path("public/prompts/a.html")));
        page.evaluate("navigator.clipboard.writeText('')");
        page.evaluate(&format!(
            "(() => {{ const field = document.querySelector('.fill textarea'); field.value = 'y'.repeat({count});
            field.dispatchEvent(new Event('input', {{ bubbles: true }})); }})()"
        ));
        click(&page, "button.main");
        page.evaluate("new Promise(done => setTimeout(done, 500))");
        assert_eq!(page.evaluate("navigator.clipboard.readText().then(text => text.length)"), json!(length));
        let said = page.evaluate("document.querySelector('.said').textContent");
        assert_eq!(said.as_str().is_some_and(|said| said.contains("4 MiB")), length == 0, "{said}");
        let marks = page.evaluate("document.querySelectorAll('.prompt mark').length");
        assert_eq!(marks, json!(if length == 0 { 0 } else { 1_000 }));
    }
    assert_eq!(page.problems(), Vec::<String>::new());
}
