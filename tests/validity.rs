//! What is published is valid by the judgement of others: HTML by the Nu Html Checker, feeds by an XML parser.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use roxmltree::{Document, Node};
use serde_json::Value;

use crate::browser::skip;
use crate::harness::{Handbook, repository};
use crate::links::example;

/// Where `tests/run` puts the checker.
const CHECKER: &str = ".tools/node_modules/vnu-jar/build/dist/vnu.jar";

/// The checker; `None`, with a note, when it or Java is missing.
fn checker() -> Option<PathBuf> {
    let named = std::env::var_os("HANDBOOK_VNU").filter(|path| !path.is_empty()).map(PathBuf::from);
    let jar = named.unwrap_or_else(|| repository().join(CHECKER));
    if !jar.is_file() {
        skip("there is no vnu.jar (`HANDBOOK_VNU` names one)");
        return None;
    }
    if Command::new("java").arg("-version").output().is_err() {
        skip("there is no Java");
        return None;
    }
    Some(jar)
}

/// Demands that the checker has nothing to say about the pages in some folders.
fn expect_valid(folders: &[PathBuf]) {
    let Some(jar) = checker() else { return };
    // A page with a mistake that must be found, so that silence is not taken for praise.
    let canary = tempfile::tempdir().expect("a temporary folder");
    fs::write(canary.path().join("canary.html"), "<!doctype html><title>a</title><p id=a id=b>").expect("a file");
    let output = Command::new("java")
        .args(["-Xss4m", "-jar"])
        .arg(jar)
        .args(["--skip-non-html", "--format", "json"])
        .args(folders)
        .arg(canary.path())
        .output()
        .expect("java starts");
    let said = String::from_utf8_lossy(&output.stderr);
    let report: Value = serde_json::from_str(&said).unwrap_or_else(|error| panic!("{error}:\n{said}"));
    let messages = report["messages"].as_array().expect("a list of messages");
    let complaints: Vec<String> = messages.iter().filter(|message| !is_mistaken(message)).map(in_words).collect();
    let (found, complaints): (Vec<_>, Vec<_>) = complaints.into_iter().partition(|line| line.contains("canary.html"));
    assert!(!found.is_empty(), "the checker looked at nothing: {said}");
    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
}

/// Whether browsers see it otherwise. To the checker no file is of the page's own origin, so that a policy of `'self'`
/// blocks everything there, and a block of data is a script. Tests in a browser watch over the policy.
fn is_mistaken(message: &Value) -> bool {
    let [text, extract] = ["message", "extract"].map(|key| message[key].as_str().unwrap_or_default());
    if text.starts_with("Inline script violates Content Security Policy") {
        return extract.contains("<script type=\"application/json\"");
    }
    let blocked =
        text.strip_prefix("Resource violates Content Security Policy").and_then(|rest| rest.split('“').nth(1));
    let relative = blocked.is_some_and(|address| !address.contains(':') && !address.starts_with("//"));
    relative && ["style", "script", "img", "font"].iter().any(|what| text.contains(&format!("“{what}-src”")))
}

fn in_words(message: &Value) -> String {
    let text = |key: &str| message[key].as_str().unwrap_or_default().replace('\n', "⏎");
    format!("{}:{}: {}\n    {}", text("url"), message["lastLine"], text("message"), text("extract"))
}

#[test]
fn the_example_is_valid_html() {
    let handbook = example();
    handbook.build(&["--out", "team"]);
    handbook.build(&["--out", "all", "--drafts", "--audience", "restricted"]);
    handbook.build(&["--out", "absolute", "--audience", "public", "--base-url", "https://x.example/sub"]);
    expect_valid(&["team", "all", "absolute"].map(|folder| handbook.path(folder)));
}

/// Markdown that strains a page's structure: headings without text or order, things inside one another, scripts.
const ODD_BODY: &str = r#"
#

###### Sixth *before* `second` [linked](/least.md) ![](/odd/dot.svg)

##

## 提示词 & <b>raw</b> "quotes"

## 提示词 & <b>raw</b> "quotes"

هذا نص عربي يكفي ليكون فقرة كاملة، وفيه `رمز` و[رابط](/least.md) وحاشية.[^نص]

這一段是中文，沒有空格。日本語の文もあります。한국어도 있습니다.

[a footnote in a link[^1]](/least.md) and https://a.example and [https://b.example](https://c.example)
and [auto <https://x.example> and <a@b.example> in](/least.md)
and [odd](<https://a.example/a b"c|{d}?[e]=50% off#g#h>) and [IRI](https://bücher.example/ä?q=提示) and https://a.example/a|b{c}
and [![pictured](/odd/dot.svg "Title")](/least.md "A \"title\"") and [[least]] and [[least|[odd]]].

[^1]: With [a link](/least.md).

    And a second paragraph.[^1]

[^نص]: A note in Arabic: حاشية.

[^unused]: Nobody refers to this.

| | b | c |
|:--|:-:|--:|
| | `x|y` | |
| ![](/odd/dot.svg) | [^1] |

|a|
|-|

0. zero
   - [ ] open
   - [x] done

     > [!WARNING]
     >
     > > quoted
     > ```rust
     > fn a() {}
     > ```
1.

9. nine

Term
: Definition
: Another

> [!NOTE]

***
<div onclick="x()">raw</div>

    indented

```
```

```no-such-language {x}
<script>alert("&")</script>
```

Hard\
break, ~~gone~~, **strong*both***, <https://a.example/?a=1&b=2>, mailto: <a@b.example>.[^h]

[^h]: ### A heading in a note
"#;

/// One entry of every kind with only what it must have, and one with every field.
fn odd() -> Handbook {
    let handbook = Handbook::new();
    handbook.file("handbook.toml", ODD_CONFIG);
    handbook.file("content/odd/dot.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    handbook.entry("index", "title = \"\\\"Front\\\" & <first>\"", ODD_BODY);
    handbook.entry("least", "", "");
    handbook.entry("odd/all-at-once", "title = \"مرحبا & 提示 <b>\"", ODD_BODY);
    handbook.entry(
        "prompts/unprintable",
        UNPRINTABLE,
        "\0\u{7}\u{b}\u{ffff} `\u{1b}`\n\n```prompt\na\u{fffe}\u{c}b\n```",
    );
    for (id, own, body) in LEAST {
        handbook.entry(id, &format!("title = \"Least\"\n{own}"), body);
    }
    for (id, own, body) in FULL {
        handbook.entry(id, &format!("{COMMON}{own}"), body);
    }
    handbook
}

/// Facets and tools with awkward names.
const ODD_CONFIG: &str = r#"
title = "\"Odd\" & <b>提示</b> عربي"
repo_url = "https://code.example/a&b"
[facets]
roles = ["head of “growth” & <ops>", "提示", "مسوق"]
tasks = ["write"]
channels = ["a/b"]
[context]
wrap = "markdown"
[[tools]]
id = "claude"
label = "Claude & <co>"
url = "https://claude.example/new?a=1&q={prompt}"
mode = "prefill"
max_bytes = 7500
checked_on = 2026-11-01
"#;

/// One entry of every kind, with no more than builds.
const LEAST: [(&str, &str, &str); 10] = [
    ("prompts/least", "", "```prompt\nHello\n```"),
    ("projects/least", "", "```prompt\nHello\n```"),
    ("working-descriptions/least", "", ""),
    ("context/least", "", "Text."),
    ("workflows/least", "steps = [{ title = \"Do\", text = \"It.\" }]", ""),
    ("wins/least", "date = 2026-11-11", ""),
    ("models/least", "", ""),
    ("people/least", "", ""),
    ("collections/least", "", ""),
    ("guides/least", "", ""),
];

/// Characters that neither HTML nor XML may hold.
const UNPRINTABLE: &str = r#"title = "A\u0000\u0007\u000b\u0085\uFFFF\uFFFE"
summary = "b\u0001"
updated = 2026-01-02
checks = ["c\u0002"]"#;

/// Every field that all kinds have. The authors are a profile, somebody without one, and somebody in Arabic.
const COMMON: &str = r#"
title = "\"All\" & <b>提示</b> عربي"
summary = "\"Everything\" & <b>more</b>: عربي 提示"
authors = ["people/full", "Zoë \"Z\" O'Neill & <co>", "مارا"]
owner = "Zoë \"Z\" O'Neill & <co>"
team = "team & <co>"
status = "approved"
version = "1.0 \"beta\" & <b>"
created = 2026-01-01
updated = 2026-02-02
review_by = 2027-03-03
reviewed_by = "Jo"
roles = ["head of “growth” & <ops>", "提示", "مسوق"]
tasks = ["write"]
channels = ["a/b"]
skills = ["workflow-design", "model-literacy", "quality-calibration", "context-engineering", "integration-thinking"]
tags = ["<tag> & \"co\"", "提示", "وسم"]
audience = "team"
related = ["odd/all-at-once", "guides/least"]
adapted_from = "https://a.example/?b=1&c=\"2\""
"#;

/// An entry of every kind with every field of its own, and its body.
const FULL: [(&str, &str, &str); 10] = [
    (
        "prompts/full",
        r#"
aliases = ["old/full & co"]
works_with = [{ model = "full", tested_on = 2026-05-20, result = "good", note = "<b> & \"q\"" }, { model = "Other <model>" }]
context = ["least", { module = "full", required = false, slot = "persona" }, { slot = "more", required = false }]
minutes_saved = 45
checks = ["<b> & \"q\"", { must_not_contain = "<script>" }, { max_words = 180 }]
[[variables]]
name = "a"
label = "<A> & \"q\""
help = "عربي <b> & \"q\""
type = "text"
required = true
example = "<b> & \"q\""
[[variables]]
name = "b"
type = "long"
default = "<b>\n\n& \"q\"\n"
[[variables]]
name = "c"
type = "choice"
options = ["<b>", "& \"q\"", "提示"]
default = "<b>"
[[variables]]
name = "d"
type = "multi"
options_from = "full/list"
[[variables]]
name = "e"
type = "number"
default = 1.5
[[variables]]
name = "f"
type = "date"
default = 2026-01-01
[[variables]]
name = "g"
type = "yes-no"
default = false
[[variables]]
name = "h"
type = "email"
[[variables]]
name = "i"
type = "url"
[[examples]]
title = "<b> & \"q\""
inputs = { a = "<b>", e = 2 }
output = "\n\n<b> & \"q\"\n\tعربي 提示\n"
model = "full"
[[examples]]
output = "1"
"#,
        "## When to use\n\n```prompt system\n{{#if a}}{{a}}{{else}}\\{{<b>{{/if}}\n{{context}} {{context:least}}
{{slot:persona}}{{slot:more}}\n```\n\n- in a list:\n\n  ```prompt user\n  {{b}} {{c}}\n\n  {{#if g}}\n  {{d}}
  {{/if}}\n  ```\n\n```prompt assistant\n{{e}} {{f}} {{h}} {{i}} <script> & عربي\n```\n",
    ),
    (
        "projects/full",
        r#"
context = ["least", { slot = "persona", module = "full" }]
prompts = ["full", "least"]
setup = [{ tool = "<b> & \"q\"", steps = ["<i>", "عربي"] }, { tool = "Bare" }]
links = ["https://a.example/?b&c", { label = "<b>", url = "mailto:a@b.example" }]
"#,
        "```prompt\n{{context}} {{slot:persona}}\n```",
    ),
    (
        "working-descriptions/full",
        r#"
prompts = ["full"]
context = ["full"]
minutes_saved = 1
iterations = [{ tried = "<b>", saw = "& \"q\"", changed = "عربي" }, { tried = "提示" }]
"#,
        "## Objective\n\n## Context given\n\n## What I learned\n",
    ),
    (
        "context/full",
        r#"
type = "<b> & \"q\""
approved_by = "people/full"
valid_until = 2027-01-01
includes = ["least"]
short = "<b> & \"q\"\n\nعربي"
[values]
list = ["<b>", "& \"q\"", "提示"]
empty = []
"#,
        ODD_BODY,
    ),
    (
        "workflows/full",
        r#"
start_with = "<b> & \"q\""
end_with = "عربي"
minutes = 90
[[steps]]
title = "<b> & \"q\""
prompt = "full"
model = "full"
carry = "<i>"
checkpoint = "<u>"
trust = "low"
optional = true
[[steps]]
title = "提示"
text = "عربي <b>"
model = "Other <model>"
trust = "high"
"#,
        "",
    ),
    (
        "wins/full",
        r#"
date = 2026-11-11
who = ["people/full", "Zoë \"Z\" O'Neill & <co>"]
before = "<b> & \"q\""
after = "عربي"
minutes_saved = 10
entries = ["prompts/full", "workflows/full"]
try_it = "<i>"
"#,
        "> quoted",
    ),
    (
        "models/full",
        r#"
vendor = "<b> & \"q\""
good_at = ["<i>", "عربي"]
poor_at = ["提示"]
data_rules = "<u>"
open_url = "https://a.example/?b&c=%22"
checked_on = 2026-10-10
"#,
        "",
    ),
    ("people/full", "role = \"<b> & \\\"q\\\"\"\nlinks = [{ label = \"عربي\", url = \"https://a.example/?b&c\" }]", ""),
    ("collections/full", "entries = [\"prompts/full\", \"context/full\", \"people/full\", \"guides/least\"]", "Text."),
    ("guides/full", "", "[all](../odd/all-at-once.md)"),
];

#[test]
fn odd_content_is_valid_html() {
    let (odd, arabic) = (odd(), arabic());
    odd.build(&["--out", "odd"]);
    arabic.build(&["--out", "arabic"]);
    expect_valid(&[odd.path("odd"), arabic.path("arabic")]);
}

/// One in a language that is written from the right.
fn arabic() -> Handbook {
    let handbook = Handbook::new();
    handbook.file("handbook.toml", "title = \"دليل الفريق\"\nlanguage = \"ar-EG\"\n");
    let text = "هذا نص عربي يكفي ليكون فقرة كاملة ويشرح كيف يعمل الفريق مع النماذج وكيف يشارك ما تعلمه. ".repeat(20);
    let body = format!("{text}\n\n```prompt\n{text}\n```");
    handbook.entry("prompts/a", "title = \"صفحة\"\naliases = [\"old/a\"]", &body);
    handbook
}

const ATOM: &str = "http://www.w3.org/2005/Atom";
const SITEMAP: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

#[test]
fn feeds_are_atom() {
    let handbook = odd();
    handbook.build(&["--out", "plain"]).build(&["--out", "absolute", "--base-url", "https://x.example/sub"]);
    for path in ["feed.xml", "wins/feed.xml"] {
        for (folder, begins) in [("plain", "urn:"), ("absolute", "https://x.example/sub/")] {
            expect_atom(&handbook.read(&format!("{folder}/{path}")), begins);
        }
    }
}

/// Demands what the standard does, and that every address begins with the site's where that is known.
fn expect_atom(xml: &str, id_begins: &str) {
    let document = Document::parse(xml).unwrap_or_else(|error| panic!("{error}:\n{xml}"));
    let feed = document.root_element();
    assert_eq!((feed.tag_name().namespace(), feed.tag_name().name()), (Some(ATOM), "feed"));
    let entries: Vec<Node<'_, '_>> = children(feed, "entry").collect();
    assert!(!entries.is_empty(), "{xml}");
    assert_eq!(children(feed, "link").filter(|link| link.attribute("rel") == Some("self")).count(), 1, "{xml}");
    let mut ids = BTreeSet::new();
    for node in std::iter::once(feed).chain(entries.iter().copied()) {
        assert!(!text(node, "title").trim().is_empty(), "{xml}");
        let (id, updated) = (text(node, "id"), text(node, "updated"));
        assert!(id.starts_with(id_begins) && ids.insert(id.to_owned()), "{id}");
        let day = updated.strip_suffix("T00:00:00Z").unwrap_or_default();
        assert!(day.parse::<jiff::civil::Date>().is_ok(), "{updated}");
        assert!(children(node, "link").any(|link| link.attribute("rel") == Some("alternate")), "{xml}");
    }
    for author in entries.iter().map(|entry| children(*entry, "author").next().expect("an author")) {
        assert!(!text(author, "name").is_empty(), "{xml}");
    }
}

/// The elements of a name in an element, of the same namespace.
fn children<'a, 'x: 'a>(node: Node<'a, 'x>, name: &'static str) -> impl Iterator<Item = Node<'a, 'x>> {
    let namespace = node.tag_name().namespace();
    node.children().filter(move |child| child.tag_name().name() == name && child.tag_name().namespace() == namespace)
}

/// The text of the one element of a name in an element.
fn text<'a>(node: Node<'a, '_>, name: &'static str) -> &'a str {
    let mut found = children(node, name);
    let text = found.next().and_then(|child| child.text()).unwrap_or_default();
    assert!(found.next().is_none(), "more than one `{name}`");
    text
}

#[test]
fn feeds_have_the_newest_first_and_the_sitemap_has_all() {
    let handbook = Handbook::new();
    let step = "steps = [{ title = \"Do\", text = \"It.\" }]";
    handbook.entry("prompts/old", "title = \"Old\"\nupdated = 2026-01-31", "```prompt\nHello\n```");
    handbook.entry("prompts/new & ü", "title = \"New\"\nupdated = 2026-11-19", "```prompt\nHello\n```");
    handbook.entry("workflows/mid", &format!("title = \"Mid\"\nupdated = 2026-02-28\n{step}"), "");
    handbook.entry("wins/first", "date = 2026-10-01\nupdated = 2026-11-18", "");
    handbook.entry("wins/second", "date = 2026-10-02", "");
    handbook.entry("prompts/hidden", "status = \"draft\"\nupdated = 2026-11-20", "```prompt\nHello\n```");
    handbook.build(&["--base-url", "https://x.example/a&b/"]);
    let site = |path: &str| format!("https://x.example/a&b/{path}");
    let (old, new, mid) = (site("prompts/old.html"), site("prompts/new%20&%20%C3%BC.html"), site("workflows/mid.html"));
    let (first, second) = (site("wins/first.html"), site("wins/second.html"));
    let news = [(&*new, "2026-11-19T00:00:00Z"), (&mid, "2026-02-28T00:00:00Z"), (&old, "2026-01-31T00:00:00Z")];
    expect_pairs(&handbook.read("public/feed.xml"), ["entry", "id", "updated"], &news);
    let wins = [(&*second, "2026-10-02T00:00:00Z"), (&*first, "2026-10-01T00:00:00Z")];
    expect_pairs(&handbook.read("public/wins/feed.xml"), ["entry", "id", "updated"], &wins);
    let sitemap = handbook.read("public/sitemap.xml");
    let document = Document::parse(&sitemap).expect("well-formed XML");
    let root = document.root_element();
    assert_eq!((root.tag_name().namespace(), root.tag_name().name()), (Some(SITEMAP), "urlset"));
    let found: BTreeSet<_> = children(root, "url").map(|url| (text(url, "loc"), text(url, "lastmod"))).collect();
    for page in
        [(&*new, "2026-11-19"), (&*old, "2026-01-31"), (&*first, "2026-11-18"), (&*second, ""), (&*mid, "2026-02-28")]
    {
        assert!(found.contains(&page), "{page:?} is not in {sitemap}");
    }
    assert!(!sitemap.contains("hidden"), "{sitemap}");
}

/// Demands that the elements of a name have these texts in two elements of theirs.
fn expect_pairs(xml: &str, [element, first, second]: [&'static str; 3], expected: &[(&str, &str)]) {
    let document = Document::parse(xml).unwrap_or_else(|error| panic!("{error}:\n{xml}"));
    let found = children(document.root_element(), element).map(|node| (text(node, first), text(node, second)));
    assert_eq!(found.collect::<Vec<_>>(), expected, "{xml}");
}
