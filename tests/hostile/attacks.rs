//! A handbook with attacks in every field: each is text on its page, and no page has an element, an attribute or an
//! address that a harmless handbook of the same shape has not.

use std::collections::{BTreeMap, BTreeSet};

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};
use prompt_handbook::markdown::stream::options;
use pulldown_cmark::{Event, Parser, Tag};

use super::files::check_and_build;
use super::run_watched;
use crate::harness::Handbook;

/// What breaks out of texts, attributes, comments, scripts and JSON where they are written without care. Each is short
/// enough for every field.
const ATTACKS: [&str; 7] = [
    "<script>alert(1)</script> \"><img src=x onerror=alert(2)>",
    "' onmouseover='alert(3)' x=' </textarea></title></style>",
    "</script></template></select><svg onload=alert(4)> <!-- -->",
    "]]> --!> &lt;b&gt; &#x3C;i&#x3E; &quot; &amp;amp;",
    "<iframe srcdoc='<b>'></iframe> <base href=//evil.example>",
    "</option></details></main></body></html> javascript:alert(5)",
    "\\u003cb\\u003e '}]}); //",
];

/// The same place without harm.
const HARMLESS: &str = "some plain words";

/// A handbook in which every text is a field's name and then the text given.
pub struct Laced {
    pub handbook: Handbook,
    /// For each page the texts that it must show.
    shown: BTreeMap<String, Vec<String>>,
}

/// Fields and texts of one entry.
struct Entry<'l> {
    text: &'l str,
    front: String,
    shown: Vec<String>,
}

impl<'l> Entry<'l> {
    fn new(id: &str, text: &'l str) -> Self {
        let mut entry = Self { text, front: String::new(), shown: Vec::new() };
        entry.set("title", id).set("summary", id).set("team", id).set("version", id);
        entry.list("authors", id).list("tags", id).set("owner", id).set("reviewed_by", id);
        entry.raw("roles", &format!("[{}]", entry.quoted("role", "config")));
        entry.raw("created", "2026-05-01").raw("updated", "2026-05-02");
        entry
    }

    /// The text of a field, which the page must show.
    fn value(&mut self, key: &str, id: &str) -> String {
        self.shown.push(format!("{key} of {id} {}", self.text));
        self.quoted(key, id)
    }

    /// The text of a field as TOML, whose basic strings take what JSON's take.
    fn quoted(&self, key: &str, id: &str) -> String {
        serde_json::to_string(&format!("{key} of {id} {}", self.text)).expect("a text")
    }

    fn raw(&mut self, key: &str, value: &str) -> &mut Self {
        self.front.extend([key, " = ", value, "\n"]);
        self
    }

    fn set(&mut self, key: &str, id: &str) -> &mut Self {
        let value = self.value(key, id);
        self.raw(key, &value)
    }

    fn list(&mut self, key: &str, id: &str) -> &mut Self {
        let value = self.value(key, id);
        self.raw(key, &format!("[{value}]"))
    }

    fn header(&mut self, header: &str) -> &mut Self {
        self.front.extend([header, "\n"]);
        self
    }
}

impl Laced {
    pub fn with(text: &str) -> Self {
        let handbook = Handbook::new();
        let entry = Entry::new("config", text);
        let title = entry.quoted("title", "config");
        let role = entry.quoted("role", "config");
        handbook.file(
            "handbook.toml",
            format!("title = {title}\nrepo_url = \"https://code.example/x\"\n[facets]\nroles = [{role}]\n"),
        );
        handbook.file("content/prompts/picture.png", "a picture").file("content/prompts/it's a=b & c.csv", "a,b\n");
        let mut laced = Self { handbook, shown: BTreeMap::new() };
        laced.prompt(text);
        laced.context(text);
        laced.project(text);
        laced.workflow(text);
        laced.others(text);
        laced
    }

    fn add(&mut self, id: &str, entry: &Entry<'_>, body: &str) {
        self.handbook.file(&format!("content/{id}.md"), format!("+++\n{}+++\n{body}\n", entry.front));
        let page = if id == "index" { "index.html".to_owned() } else { format!("{id}.html") };
        let mut shown = entry.shown.clone();
        if id == "index" {
            // The front page has a list of what an entry's page tells of itself.
            shown.retain(|text| text.starts_with("title"));
        }
        self.shown.insert(page, shown);
    }

    fn prompt(&mut self, text: &str) {
        let mut entry = Entry::new("prompt", text);
        entry.raw("context", "[\"module\"]").raw("aliases", "[\"old/it's a & b\"]").raw("minutes_saved", "5");
        let check = entry.value("checks", "prompt");
        let not = entry.value("not", "prompt");
        entry.raw("checks", &format!("[{check}, {{ must_not_contain = {not} }}]"));
        let note = entry.value("note", "prompt");
        let model = entry.value("model", "prompt");
        entry.raw(
            "works_with",
            &format!("[{{ model = {model}, result = \"good\", tested_on = 2026-05-01, note = {note} }}]"),
        );
        for (name, kind) in
            [("text", "text"), ("long", "long"), ("choice", "choice"), ("multi", "multi"), ("answer", "yes-no")]
        {
            entry.header("[[variables]]").raw("name", &format!("\"{name}\"")).raw("type", &format!("\"{kind}\""));
            entry.set("label", name).set("help", name);
            if ["choice", "multi"].contains(&kind) {
                entry.list("options", name);
            } else if kind != "yes-no" {
                entry.set("default", name);
            }
        }
        entry.header("[[examples]]").set("title", "example").set("output", "example").set("model", "example");
        let input = entry.value("input", "example");
        entry.raw("inputs", &format!("{{ text = {input} }}"));
        let sent = format!("sent of prompt {}", text.replace("{{", "\\{{"));
        entry.shown.push(sent.replace("\\{{", "{{"));
        let prompt = format!(
            "```prompt\n{sent} {{{{text}}}} {{{{long}}}} {{{{choice}}}} {{{{multi}}}} {{{{#if answer}}}}{sent}{{{{/if}}}}\n```\n"
        );
        self.add("prompts/nasty", &entry, &format!("{prompt}\n{}", markdown(text)));
    }

    fn context(&mut self, text: &str) {
        let mut entry = Entry::new("module", text);
        entry.set("type", "module").set("approved_by", "module").set("short", "module");
        entry.header("[values]").list("names", "module");
        self.add("context/module", &entry, &format!("prose of module {text}"));
    }

    fn project(&mut self, text: &str) {
        let mut entry = Entry::new("project", text);
        entry.raw("prompts", "[\"nasty\"]").raw("context", "[\"module\"]");
        let label = entry.value("label", "project");
        entry.raw(
            "links",
            &format!("[{{ label = {label}, url = \"https://a.example/\\\"><script>alert(1)</script>'\" }}]"),
        );
        entry.header("[[setup]]").set("tool", "project").list("steps", "project");
        let sent = text.replace("{{", "\\{{");
        self.add("projects/nasty", &entry, &format!("```prompt system\n{sent}\n```\n\nprose of project {text}"));
    }

    fn workflow(&mut self, text: &str) {
        let mut entry = Entry::new("workflow", text);
        entry.set("start_with", "workflow").set("end_with", "workflow").raw("minutes", "30");
        entry.header("[[steps]]").set("title", "step").set("text", "step").set("model", "step").set("carry", "step");
        entry.set("checkpoint", "step").raw("prompt", "\"nasty\"").raw("trust", "\"low\"");
        entry.header("[[steps]]").set("title", "human").set("text", "human");
        self.add("workflows/nasty", &entry, text);
    }

    fn others(&mut self, text: &str) {
        let mut work = Entry::new("work", text);
        work.raw("prompts", "[\"nasty\"]").raw("context", "[\"module\"]");
        work.header("[[iterations]]").set("tried", "work").set("saw", "work").set("changed", "work");
        self.add("working-descriptions/nasty", &work, "## Objective\n\n## Context given\n\n## What I learned\n");

        let mut win = Entry::new("win", text);
        win.raw("date", "2026-05-01").list("who", "win").set("before", "win").set("after", "win").set("try_it", "win");
        win.raw("entries", "[\"prompts/nasty\"]").raw("minutes_saved", "5");
        self.add("wins/nasty", &win, text);

        let mut model = Entry::new("model", text);
        model.set("vendor", "model").list("good_at", "model").list("poor_at", "model").set("data_rules", "model");
        model.raw("open_url", "\"https://a.example/'\\\"><script>\"").raw("checked_on", "2026-05-01");
        self.add("models/nasty", &model, text);

        let mut person = Entry::new("person", text);
        person.set("role", "person");
        let label = person.value("label", "person");
        person.raw("links", &format!("[{{ label = {label}, url = \"https://a.example/'onclick='x\" }}]"));
        self.add("people/nasty", &person, text);

        let mut collection = Entry::new("collection", text);
        collection.raw("entries", "[\"prompts/nasty\", \"wins/nasty\"]");
        self.add("collections/nasty", &collection, text);
        self.add("guides/it's a & b", &Entry::new("page", text), &markdown(text));
        self.add("index", &Entry::new("index", text), text);
    }
}

/// A body with the text in every part that Markdown has.
fn markdown(text: &str) -> String {
    format!(
        "prose of body {text}\n\n{text}\n\n## heading of body {text}\n\n- {text}\n- [ ] task {text}\n\n> quote {text}\n\n> [!NOTE]\n> note {text}\n\n\
         | head {text} | b |\n| :-- | --: |\n| cell {text} | `code {text}` |\n\nTerm {text}\n: Definition {text}\n\nA[^<b>\"'] footnote.\n\n[^<b>\"']: \
         note {text}\n\n![alt {text}](picture.png \"x' onload='alert(1)\")\n[link {text}](<it's a=b & c.csv> \"x\\\" onclick=\\\"alert(1)\")\n\
         <https://a.example/?a=b&c='\"onx=1> https://b.example/\"onerror='x m <m@a.example>\n\n**strong {text}** *emphasis {text}* ~~strike {text}~~ \\\nbreak\n\n\
         ```<script>\"onx='1 {text}\ncode {text}\n```\n\n    indented {text}\n\n---\n\n```js\nlet a = \"{text}\"; // {text}\n```\n"
    )
    .replace("picture.png", "/prompts/picture.png")
    .replace("<it's", "</prompts/it's")
}

/// Elements that run, load or restyle something.
const NEVER: [&str; 10] =
    ["iframe", "object", "embed", "base", "applet", "frame", "frameset", "style", "portal", "noscript"];

/// What a page is made of.
#[derive(Default)]
struct Page {
    /// Elements with their attributes.
    parts: BTreeSet<(String, String)>,
    /// What can be read: texts, and values of attributes.
    text: String,
    faults: Vec<String>,
    in_script: bool,
}

impl Page {
    fn read(html: &str) -> Self {
        let mut page = Self::default();
        for token in Tokenizer::new_with_emitter(html, DefaultEmitter::default()).flatten() {
            match token {
                Token::StartTag(tag) => page.start(&tag),
                Token::EndTag(_) => page.in_script = false,
                Token::String(text) => {
                    let text = String::from_utf8_lossy(&text).into_owned();
                    if page.in_script && !text.trim().is_empty() {
                        page.faults.push(format!("a script of its own: {text}"));
                    }
                    page.text.push_str(&text);
                }
                Token::Comment(_) => page.faults.push(format!("{token:?}")),
                Token::Doctype(_) | Token::Error(_) => {}
            }
        }
        page
    }

    fn start(&mut self, tag: &StartTag<()>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        self.parts.insert((name.clone(), String::new()));
        if NEVER.contains(&name.as_str()) {
            self.faults.push(format!("<{name}>"));
        }
        if name == "body" {
            // What only the tab's title says is not on the page.
            self.text.clear();
        }
        let mut has_source = false;
        for (key, value) in &tag.attributes {
            let (key, value) = (String::from_utf8_lossy(key).into_owned(), String::from_utf8_lossy(value).into_owned());
            has_source |= key == "src";
            if let Some(fault) = attribute_fault(&name, &key, &value) {
                self.faults.push(fault);
            }
            self.text.extend(["\n", value.as_str(), "\n"]);
            self.parts.insert((name.clone(), key));
        }
        self.in_script = name == "script";
        if self.in_script && !has_source {
            self.faults.push("a script without a source".to_owned());
        }
    }
}

fn attribute_fault(element: &str, key: &str, value: &str) -> Option<String> {
    let plain: String =
        value.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect::<String>().to_lowercase();
    let runs = ["javascript:", "vbscript:"].iter().any(|scheme| plain.starts_with(scheme))
        || plain.starts_with("data:") && element != "link";
    let address = ["href", "src", "srcset", "poster", "data", "cite", "xlink:href"].contains(&key);
    let own = plain.trim_start_matches("../");
    let foreign_script =
        element == "script" && key == "src" && !["assets/", "search/"].iter().any(|folder| own.starts_with(folder));
    let icon = element == "link" && plain.starts_with("data:") && !plain.starts_with("data:image/svg+xml,");
    let refresh = element == "meta" && key == "content" && plain.starts_with("0;url=") && plain[6..].contains(':');
    let never =
        key.starts_with("on") || ["style", "action", "formaction", "srcdoc", "ping", "background"].contains(&key);
    (address && runs || foreign_script || icon || refresh || never).then(|| format!("<{element} {key}=\"{value}\">"))
}

/// The pages of a built site, by path.
fn pages(handbook: &Handbook) -> BTreeMap<String, Page> {
    let files = handbook.files("public").into_iter().filter(|(path, _)| is_of(path, "html"));
    files.map(|(path, bytes)| (path, Page::read(std::str::from_utf8(&bytes).expect("a page is UTF-8")))).collect()
}

fn all_parts(pages: &BTreeMap<String, Page>) -> BTreeSet<(String, String)> {
    pages.values().flat_map(|page| page.parts.iter().cloned()).collect()
}

/// Whether a file is of a type.
pub fn is_of(path: &str, ending: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, found)| found == ending)
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every text that a page should show and does not.
pub fn hidden_texts(laced: &Laced) -> Vec<String> {
    let pages = pages(&laced.handbook);
    let mut hidden = Vec::new();
    for (path, texts) in &laced.shown {
        let shown = words(&pages.get(path).unwrap_or_else(|| panic!("no {path}")).text);
        hidden.extend(texts.iter().filter(|text| !shown.contains(&words(text))).map(|text| format!("{path}: {text}")));
    }
    hidden
}

#[test]
fn attacks_are_text() {
    let built = |text| {
        let laced = Laced::with(text);
        check_and_build(&laced.handbook, "a handbook full of attacks");
        let says = || run_watched(&laced.handbook.path(""), &["check"], "attacks").stdout;
        assert!(laced.handbook.path("public").exists(), "{}", says());
        laced
    };
    let known = all_parts(&pages(&built(HARMLESS).handbook));
    for attack in ATTACKS {
        expect_text(&built(attack), &known);
    }
}

/// A site full of attacks has no part that is not known, and shows them.
fn expect_text(laced: &Laced, known: &BTreeSet<(String, String)>) {
    let found = pages(&laced.handbook);
    assert!(found.len() > 30, "{} pages", found.len());
    let faults: Vec<String> =
        found.iter().flat_map(|(path, page)| page.faults.iter().map(move |fault| format!("{path}: {fault}"))).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let new: Vec<_> = all_parts(&found).difference(known).cloned().collect();
    assert!(new.is_empty(), "only with attacks there are {new:?}");
    let hidden = hidden_texts(laced);
    assert!(hidden.is_empty(), "not shown:\n{}", hidden.join("\n"));
}

#[test]
fn feeds_hold_attacks_as_text() {
    let feeds = |text| {
        let laced = Laced::with(text);
        laced.handbook.build(&["--base-url", "https://x.example/a"]);
        ["feed.xml", "wins/feed.xml", "sitemap.xml"].map(|path| laced.handbook.read(&format!("public/{path}")))
    };
    let plain = feeds(HARMLESS);
    for attack in ATTACKS {
        let attacked = feeds(attack);
        for (attacked, plain) in attacked.iter().zip(&plain) {
            assert_eq!(xml_shape(attacked), xml_shape(plain), "{attacked}");
        }
        let feed = roxmltree::Document::parse(&attacked[0]).expect("well-formed");
        let says = |text: &str| {
            feed.descendants().any(|node| node.text().is_some_and(|found| words(found).contains(&words(text))))
        };
        assert!(says(&format!("title of prompt {attack}")) && says(&format!("summary of prompt {attack}")));
    }
}

/// The elements and attributes of a document, without its texts. The order of entries follows their titles.
fn xml_shape(xml: &str) -> BTreeMap<String, usize> {
    let document = roxmltree::Document::parse(xml).unwrap_or_else(|error| panic!("{error}:\n{xml}"));
    let mut shape = BTreeMap::new();
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        let keys: Vec<&str> = node.attributes().map(|attribute| attribute.name()).collect();
        *shape.entry(format!("{} {keys:?}", node.tag_name().name())).or_default() += 1;
    }
    shape
}

#[test]
fn twins_hold_attacks_as_text() {
    ATTACKS.into_iter().for_each(expect_harmless_twins);
}

fn expect_harmless_twins(attack: &str) {
    let laced = Laced::with(attack);
    laced.handbook.file(
        "content/guides/links.md",
        "+++\ntitle = \"Links\"\n+++\n<javascript:alert(1)> [a](<java\tscript:x> \"y\") [b](data:text/html,x) [c](VBSCRIPT:x) [d](//evil.example)\n\
         [e]: javascript:x\n\n[e] ![f](javascript:x) [g](&#106;avascript:x) [[javascript:h]]\n",
    );
    laced.handbook.file(
        "handbook.toml",
        format!("{}\n[rules]\nunsafe-link = \"off\"\nbroken-link = \"off\"\n", laced.handbook.read("handbook.toml")),
    );
    laced.handbook.build(&[]);
    let twins: Vec<_> = laced.handbook.files("public").into_iter().filter(|(path, _)| is_of(path, "md")).collect();
    assert!(twins.len() > 10);
    for (path, bytes) in twins {
        let twin = String::from_utf8(bytes).expect("a twin is UTF-8");
        for event in Parser::new_ext(&twin, options()) {
            match event {
                Event::Html(html) | Event::InlineHtml(html) => panic!("{path} has {html}\nin\n{twin}"),
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    let plain: String = dest_url.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
                    let scheme = plain.split_once(':').map_or("", |(scheme, _)| scheme).to_lowercase();
                    let is_path = scheme.contains(['/', '?', '#', '.']);
                    assert!(
                        is_path || ["", "https", "http", "mailto", "tel"].contains(&scheme.as_str()),
                        "{path} links {dest_url}"
                    );
                    assert!(!plain.starts_with("//") && !plain.starts_with('\\'), "{path} links {dest_url}");
                }
                _ => {}
            }
        }
    }
    let page = Page::read(&laced.handbook.read("public/guides/links.html"));
    assert!(page.faults.is_empty(), "{:?}", page.faults);
}

#[test]
fn data_for_scripts_is_data() {
    ATTACKS.into_iter().for_each(expect_data);
}

fn expect_data(attack: &str) {
    let laced = Laced::with(attack);
    laced.handbook.build(&[]);
    let scripts =
        laced.handbook.files("public").into_iter().filter(|(path, _)| path.starts_with("search/") && is_of(path, "js"));
    let mut count = 0;
    for (path, bytes) in scripts {
        let text = String::from_utf8(bytes).expect("a script is UTF-8");
        // A call of a function with JSON: nothing that is written in the content can be code.
        let (name, arguments) = text.trim_end().split_once('(').unwrap_or_else(|| panic!("{path}: {text}"));
        let arguments = arguments
            .strip_suffix(')')
            .or_else(|| arguments.strip_suffix(");"))
            .unwrap_or_else(|| panic!("{path}: {text}"));
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || c == '.'), "{path}: {name}");
        let json = format!("[{arguments}]");
        serde_json::from_str::<serde_json::Value>(&json).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert!(!text.contains(['\u{2028}', '\u{2029}']), "{path}");
        count += 1;
    }
    let json = laced.handbook.files("public").into_iter().filter(|(path, _)| is_of(path, "json"));
    for (path, bytes) in json {
        serde_json::from_slice::<serde_json::Value>(&bytes).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
    assert!(count > 2, "{count} scripts");
}

/// Addresses in fields are held to the same schemes as links in prose.
#[test]
fn unsafe_addresses_in_fields_are_errors() {
    for (id, front) in [
        ("models/a", "open_url = \"javascript:alert(1)\""),
        ("models/a", "open_url = \"java\\nscript:alert(1)\""),
        ("people/a", "links = [\"vbscript:x\"]"),
        ("people/a", "links = [{ label = \"a\", url = \" data:text/html,x\" }]"),
        ("people/a", "links = [\"//evil.example\"]"),
        ("prompts/a", "adapted_from = \"javascript://x\""),
    ] {
        let handbook = Handbook::new();
        handbook.entry(id, front, "```prompt\ntext\n```");
        let run = handbook.run(&["build", "--today", crate::harness::TODAY]);
        assert_eq!(run.code, 1, "{front}: {}", run.stderr);
        assert!(run.stderr.contains("unsafe-link"), "{front}: {}", run.stderr);
        assert!(!handbook.path("public").exists());
    }
}

/// Attachments that a browser would run are refused where an entry shows them, and never copied where none does.
#[test]
fn attachments_that_run_are_refused() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    let names = [
        "x.svg",
        "X.SVG",
        "x.html",
        "x.htm",
        "x.xhtml",
        "x.HTML",
        "x.js",
        "x.mjs",
        "x.css",
        "x.svgz",
        "x.php",
        "x.wasm",
        "x.xml",
        "x.xsl",
        "x.swf",
        "x.pdf.js",
        "x.png.html",
        "x",
        "x.mhtml",
        "x.hta",
        "x.jar",
        "x.exe",
        "x.url",
        "x.webloc",
        "x.shtml",
        "x.vbs",
    ];
    for name in names {
        for body in [format!("![a]({name})"), format!("[a]({name})")] {
            let handbook = Handbook::new();
            handbook.file(&format!("content/{name}"), svg).entry("index", "", &body);
            let run = handbook.run(&["build", "--today", crate::harness::TODAY]);
            assert_eq!(run.code, 1, "{body}: {}", run.stderr);
            assert!(run.stderr.contains("unsafe-attachment"), "{body}: {}", run.stderr);
            assert!(!handbook.path("public").exists(), "{body}");
        }
    }
    let handbook = Handbook::new();
    handbook.entry("index", "", "Nothing attached.");
    for name in names {
        handbook.file(&format!("content/files/{name}"), svg);
    }
    handbook.build(&[]);
    let copied: Vec<_> = handbook.files("public").into_iter().filter(|(path, _)| path.starts_with("files/")).collect();
    assert!(copied.is_empty(), "{copied:?}");
}
