//! Nothing on the front page breaks within a word, at any width and in wide fonts.

use serde_json::Value;

use crate::browser::{Browser, Page, file_address};
use crate::harness::Handbook;

/// The widths of phones, tablets and desks.
const WIDTHS: [u32; 6] = [320, 500, 768, 1024, 1280, 1440];

/// A font as wide as those that systems without the theme's own ones fall back to, for every text.
const WIDE: &str = "const style = document.createElement('style'); style.textContent = '* { font-family: \"DejaVu Sans\", Verdana, sans-serif !important; letter-spacing: .03em !important; }'; document.head.append(style); 0";

/// The words and counts of links to terms that stand on more than one line.
const BROKEN: &str = "(() => { const broken = [];
for (const box of document.querySelectorAll('.terms a, .term, .kinds li')) {
  const texts = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) for (const word of text.data.matchAll(/\\S+/g)) {
    const range = document.createRange();
    range.setStart(text, word.index); range.setEnd(text, word.index + word[0].length);
    if (new Set([...range.getClientRects()].map(rect => Math.round(rect.top))).size > 1) broken.push(word[0]);
  }
}
return broken; })()";

fn broken(page: &Page<'_>) -> Vec<String> {
    page.evaluate(BROKEN).as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[test]
fn no_word_of_a_tile_is_broken() {
    let Some(browser) = Browser::launch() else { return };
    let handbook = Handbook::new();
    let tasks = ["write", "repurpose", "research", "localisation", "proofreading", "plan a campaign", "analyse"];
    let list = tasks.map(|task| format!("\"{task}\"")).join(", ");
    handbook.file(
        "handbook.toml",
        format!("title = \"Test\"\n[facets]\ntasks = [{list}]\nchannels = [\"announcements\"]\n"),
    );
    for nth in 0..12 {
        let front = format!("tasks = [{list}]\nchannels = [\"announcements\"]\nteam = \"communications\"");
        handbook.entry(&format!("guides/page-{nth:02}a"), &front, "Text.");
    }
    handbook.build(&[]);
    let page = browser.page();
    for path in ["public/index.html", "public/tasks/index.html"] {
        page.open(&file_address(&handbook.path(path)));
        for style in ["0", WIDE] {
            page.evaluate(style);
            for width in WIDTHS {
                page.emulate_size(width, 900);
                assert_eq!(broken(&page), Vec::<String>::new(), "{path} at {width} px");
                let wide = page.evaluate("document.documentElement.scrollWidth").as_u64();
                assert!(wide <= Some(u64::from(width)), "{path} is {wide:?} wide at {width} px");
            }
        }
    }
}
