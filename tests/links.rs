//! Every address in a built site leads somewhere, wherever the site is put.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use html5gum::{DefaultEmitter, HtmlString, StartTag, Token, Tokenizer};
use percent_encoding::percent_decode_str;
use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::browser::{Browser, file_address};
use crate::harness::{Handbook, files_below, repository};

const BASE: &str = "https://x.example/sub/path";
/// How an address that counts from the host's root begins there.
const BASE_PATH: &str = "/sub/path/";
/// The page for readers who are lost.
const LOST: &str = "404.html";

/// The example handbook of this repository, in a folder of its own.
pub fn example() -> Handbook {
    let handbook = Handbook::new();
    handbook.file("handbook.toml", fs::read(repository().join("handbook.toml")).expect("the example's config"));
    for (path, bytes) in files_below(&repository().join("content")) {
        handbook.file(&format!("content/{path}"), bytes);
    }
    handbook
}

/// A built site.
struct Site {
    files: BTreeSet<String>,
    pages: BTreeMap<String, Page>,
    twins: BTreeMap<String, Vec<String>>,
    styles: BTreeMap<String, Vec<String>>,
}

/// What a page has of addresses.
#[derive(Default)]
struct Page {
    ids: Vec<String>,
    /// Every address, with the name of its element.
    links: Vec<(String, String)>,
    canonical: Option<String>,
    /// Where it leads on to by itself.
    redirect: Option<String>,
}

impl Site {
    fn read(folder: &Path) -> Self {
        let mut site =
            Self { files: BTreeSet::new(), pages: BTreeMap::new(), twins: BTreeMap::new(), styles: BTreeMap::new() };
        for (path, bytes) in files_below(folder) {
            let text = String::from_utf8_lossy(&bytes);
            match path.rsplit('.').next() {
                Some("html") => drop(site.pages.insert(path.clone(), Page::read(&text))),
                Some("md") => drop(site.twins.insert(path.clone(), markdown_links(&text))),
                Some("css") => drop(site.styles.insert(path.clone(), style_links(&text))),
                _ => {}
            }
            site.files.insert(path);
        }
        site
    }

    /// Every address that leads nowhere, in words.
    fn dead_ends(&self) -> Vec<String> {
        let mut dead = Vec::new();
        let links = self.pages.iter().flat_map(|(path, page)| page.links.iter().map(move |(_, link)| (path, link)));
        let of_files = |(path, links)| Vec::from_iter(links).into_iter().map(move |link| (path, link));
        for (path, link) in
            links.chain(self.twins.iter().flat_map(of_files)).chain(self.styles.iter().flat_map(of_files))
        {
            if let Err(why) = self.follow(path, link) {
                dead.push(format!("{path}: `{link}` {why}"));
            }
        }
        dead
    }

    /// The file that an address of a page means; `None` where it leads out of the site.
    fn follow(&self, from: &str, link: &str) -> Result<Option<String>, String> {
        if let Some(scheme) = scheme(link) {
            let known = ["https", "http", "mailto", "tel", "data"].contains(&scheme);
            return if known { Ok(None) } else { Err(format!("has the scheme `{scheme}`")) };
        }
        // The page for lost readers is shown at any address, so it counts from the host's root where that is known.
        let (from, link) = match link.strip_prefix(BASE_PATH).filter(|_| from == LOST) {
            Some(link) => ("", link),
            None => (from, link),
        };
        let (address, fragment) = link.split_once('#').map_or((link, None), |(path, id)| (path, Some(id)));
        let path = join(from, address.split('?').next().unwrap_or_default())?;
        if !self.files.contains(&path) {
            return Err(format!("is no file `{path}`"));
        }
        let ids = self.pages.get(&path).map(|page| &page.ids);
        match fragment.map(decoded).transpose()?.zip(ids) {
            Some((id, ids)) if !id.is_empty() && !ids.contains(&id) => Err(format!("`{path}` has no id `{id}`")),
            _ => Ok(Some(path)),
        }
    }

    /// The pages that links cannot reach from the front page. Nobody is sent to the page for lost readers, to those
    /// that lead on from old addresses, and to a list of nothing.
    fn unreachable(&self) -> Vec<&str> {
        let mut reached = BTreeSet::from(["index.html".to_owned()]);
        let mut todo = vec!["index.html".to_owned()];
        while let Some(path) = todo.pop() {
            let links = self.pages.get(&path).into_iter().flat_map(|page| &page.links);
            for (_, link) in links.filter(|(element, _)| element == "a") {
                if let Ok(Some(next)) = self.follow(&path, link)
                    && reached.insert(next.clone())
                {
                    todo.push(next);
                }
            }
        }
        let apart = |path: &str, page: &Page| path == LOST || page.redirect.is_some() || self.is_bare(path);
        let pages = self.pages.iter().filter(|(path, page)| !apart(path, page)).map(|(path, _)| path.as_str());
        pages.filter(|path| !reached.contains(*path)).collect()
    }

    /// Whether a page is the list of a folder that has no other page.
    fn is_bare(&self, path: &str) -> bool {
        let folder = path.strip_suffix("index.html").filter(|folder| !folder.is_empty());
        folder.is_some_and(|folder| self.pages.keys().filter(|other| other.starts_with(folder)).count() == 1)
    }

    /// Ids that a page has more than once.
    fn duplicate_ids(&self) -> Vec<String> {
        let mut duplicates = Vec::new();
        for (path, page) in &self.pages {
            let mut seen = BTreeSet::new();
            duplicates.extend(page.ids.iter().filter(|id| !seen.insert(*id)).map(|id| format!("{path}: {id}")));
        }
        duplicates
    }

    fn expect_whole(&self) {
        assert!(self.pages.contains_key("index.html"), "there is no front page");
        assert_eq!(self.dead_ends(), [""; 0], "dead ends");
        assert_eq!(self.unreachable(), [""; 0], "pages that nothing leads to");
        assert_eq!(self.duplicate_ids(), [""; 0], "ids that are there twice");
    }

    /// The relative addresses of every page and twin, but for the page that may count from the host's root.
    fn relative_links(&self) -> BTreeMap<&str, Vec<&str>> {
        let relative = |link: &&str| scheme(link).is_none();
        let pages = self.pages.iter().filter(|(path, _)| *path != LOST).map(|(path, page)| {
            (path.as_str(), page.links.iter().map(|(_, link)| link.as_str()).filter(relative).collect())
        });
        let twins = self
            .twins
            .iter()
            .map(|(path, links)| (path.as_str(), links.iter().map(String::as_str).filter(relative).collect()));
        pages.chain(twins).collect()
    }

    /// The file that an absolute address means.
    fn file_of(&self, address: &str) -> Option<&str> {
        let path = decoded(address.strip_prefix(BASE)?.strip_prefix('/')?).ok()?;
        self.files.get(&path).map(String::as_str)
    }
}

impl Page {
    fn read(html: &str) -> Self {
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        let mut page = Self::default();
        for token in Tokenizer::new_with_emitter(html, emitter) {
            if let Token::StartTag(tag) = token.expect("reading a text cannot fail") {
                page.tag(&tag);
            }
        }
        page
    }

    fn tag(&mut self, tag: &StartTag<()>) {
        let element = words(&tag.name);
        let attribute = |name: &str| tag.attributes.get(name.as_bytes()).map(|value| words(&value.value));
        self.ids.extend(attribute("id"));
        for name in ["href", "src", "action", "formaction", "poster", "data", "xlink:href"] {
            self.links.extend(attribute(name).map(|link| (element.clone(), link)));
        }
        let sizes = attribute("srcset").unwrap_or_default();
        let sizes = sizes.split(',').filter_map(|one| one.split_whitespace().next());
        self.links.extend(sizes.map(|link| (element.clone(), link.to_owned())));
        if element == "link" && attribute("rel").as_deref() == Some("canonical") {
            self.canonical = attribute("href");
        }
        if element == "meta" && attribute("http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("refresh")) {
            let content = attribute("content").unwrap_or_default();
            self.redirect = content.split_once("url=").map(|(_, link)| link.to_owned());
            self.links.extend(self.redirect.clone().map(|link| (element, link)));
        }
    }
}

fn words(text: &HtmlString) -> String {
    String::from_utf8_lossy(text).into_owned()
}

/// What stands before the first colon, as a browser reads it.
fn scheme(address: &str) -> Option<&str> {
    let (before, _) = address.split_once(':')?;
    let starts = before.starts_with(|c: char| c.is_ascii_alphabetic());
    (starts && before.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))).then_some(before)
}

fn decoded(text: &str) -> Result<String, String> {
    let text = percent_decode_str(text).decode_utf8().map_err(|_| "is not UTF-8".to_owned())?;
    Ok(text.into_owned())
}

/// The path from the root that a page's relative address means.
fn join(from: &str, address: &str) -> Result<String, String> {
    if address.is_empty() {
        return Ok(from.to_owned());
    }
    if address.starts_with(['/', '\\']) {
        return Err("begins at the host's root: the site may lie below a path, or in a folder".to_owned());
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop().ok_or("leads out of the site")?),
            part => parts.push(part),
        }
    }
    decoded(&parts.join("/"))
}

fn markdown_links(text: &str) -> Vec<String> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_DEFINITION_LIST;
    let links = Parser::new_ext(text, options).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url.into_string()),
        _ => None,
    });
    links.collect()
}

/// The addresses in `url(…)` of a style sheet.
fn style_links(css: &str) -> Vec<String> {
    let pieces = css.split("url(").skip(1).filter_map(|rest| rest.split(')').next());
    pieces.map(|piece| piece.trim().trim_matches(['"', '\'']).to_owned()).collect()
}

#[test]
fn every_sort_of_dead_end_is_noticed() {
    let site = Handbook::new();
    let ends = ["no.html", "#no", "b/c.html#no", "/b/c.html", "../index.html", "b/", "note:x", "//b.example"];
    let links: String = ends.map(|end| format!("<a href='{end}'>x</a>")).concat();
    let fine = "<a href='b/c.html?q#top'>x</a><a href=https://a.example>x</a><img srcset='dot.svg 1x, no.png 2x'>";
    site.file("site/index.html", format!("<p id=a>{links}{fine}<script>'<a href=no.js>'</script><p id=a>"));
    site.file("site/b/c.html", "<p id=top><a href='../index.html#a'>x</a><style>a { background: url(x) }</style>");
    site.file("site/orphan.html", "<meta http-equiv=refresh content='0; url=gone.html'>");
    site.file("site/lost.html", "");
    site.file("site/a.css", "a { background: url(\"no.svg\") } b { background: url(dot.svg) }");
    site.file("site/a.md", "[x](no.md) ![x](dot.svg) `[x](code.md)`");
    site.file("site/dot.svg", "");
    let site = Site::read(&site.path("site"));
    let found = site.dead_ends().join("\n");
    for end in ends.iter().chain(&["no.png", "gone.html", "no.svg", "no.md"]) {
        assert!(found.contains(&format!("`{end}`")), "`{end}` is not in\n{found}");
    }
    assert_eq!(found.lines().count(), ends.len() + 4, "{found}");
    assert_eq!(site.unreachable(), ["lost.html"]);
    assert_eq!(site.duplicate_ids(), ["index.html: a"]);
}

#[test]
fn every_link_of_the_example_leads_somewhere() {
    let handbook = example();
    for arguments in [&[][..], &["--audience", "restricted", "--drafts"], &["--audience", "public"]] {
        handbook.build(arguments);
        Site::read(&handbook.path("public")).expect_whole();
    }
}

#[test]
fn an_address_makes_only_absolute_what_must_be() {
    let handbook = example();
    handbook.build(&[]).build(&["--base-url", BASE, "--out", "absolute"]);
    let (plain, absolute) = (Site::read(&handbook.path("public")), Site::read(&handbook.path("absolute")));
    absolute.expect_whole();
    assert_eq!(plain.relative_links(), absolute.relative_links());
    assert!(plain.pages.values().all(|page| page.canonical.is_none()), "a canonical address of nowhere");
    for (path, page) in absolute.pages.iter().filter(|(path, _)| *path != LOST) {
        let canonical = page.canonical.as_deref().unwrap_or_else(|| panic!("{path} has no canonical address"));
        let target = page.redirect.as_ref().map(|link| join(path, link).expect("a path"));
        assert_eq!(absolute.file_of(canonical), Some(target.as_deref().unwrap_or(path)), "{path}: {canonical}");
    }
    for feed in ["feed.xml", "wins/feed.xml"] {
        assert_machine_links(&absolute, &handbook.read(&format!("absolute/{feed}")), "link", Some("href"));
    }
    assert_machine_links(&absolute, &handbook.read("absolute/sitemap.xml"), "loc", None);
}

/// Every element of a name has an absolute address of a file, in an attribute or as its text.
fn assert_machine_links(site: &Site, xml: &str, element: &str, attribute: Option<&str>) {
    let document = roxmltree::Document::parse(xml).expect("well-formed XML");
    let elements: Vec<_> = document.descendants().filter(|node| node.tag_name().name() == element).collect();
    assert!(elements.len() > 2, "only {} `{element}`", elements.len());
    for node in elements {
        let address = attribute.map_or_else(|| node.text(), |name| node.attribute(name)).unwrap_or_default();
        assert!(site.file_of(address).is_some(), "`{address}` is no file of the site");
    }
}

#[test]
fn names_that_addresses_cannot_have_as_they_are() {
    let handbook = Handbook::new();
    let picture = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    for name in ["content/guides/my picture (1) & {50}.svg", "content/note[x] ^2.svg"] {
        handbook.file(name, picture);
    }
    handbook.entry("it's [a] {b} & c", "aliases = [\"old/what is it\"]", "![e](<note%5Bx%5D ^2.svg>)");
    handbook.entry("guides/提示 & co", "authors = [\"Zoë O'Neill\"]", "# Same\n\n## Same\n\n## 提示\n\n## 50 % &c.");
    handbook.entry(
        "prompts/a+b=c;d,e",
        "skills = [\"model-literacy\"]\ntags = [\"c++\", \"a/b\", \"50 %\", \"提示\"]",
        "```prompt\nHello\n```\n",
    );
    handbook.entry(
        "guides/links",
        "",
        "[a](<../it's [a] {b} & c.md>) [b](<提示 & co.md#提示>) [c](../prompts/a+b=c;d,e.md) [d](<提示 & co.md#same-1>)
         [[prompts/a+b=c;d,e]] ![e](<my picture (1) & {50}.svg>) [file](<my picture (1) & {50}.svg>)",
    );
    handbook.entry("index", "", "[all](guides/links.md)[^1]\n\n[^1]: A note.\n");
    handbook.build(&[]);
    let site = Site::read(&handbook.path("public"));
    site.expect_whole();
    for picture in ["guides/my picture (1) & {50}.svg", "note[x] ^2.svg"] {
        assert!(site.files.contains(picture), "{picture}");
    }
    assert!(site.pages.values().any(|page| page.redirect.is_some()), "the old address leads nowhere");
}

#[test]
fn the_example_opens_from_a_folder() {
    let Some(browser) = Browser::launch() else { return };
    let handbook = example();
    handbook.build(&[]);
    let page = browser.page();
    for path in ["index.html", "prompts/launch-email.html", "prompts/index.html", "context/personas/cfo.html"] {
        page.open(&file_address(&handbook.path("public").join(path)));
        assert_eq!(page.problems(), [""; 0], "{path}");
        assert_ne!(page.evaluate("document.title"), "", "{path}");
        assert_eq!(page.evaluate(STYLE_MATTERS), true, "{path}: the style sheet is not applied");
    }
}

/// Whether the page's text looks otherwise without its style sheets.
const STYLE_MATTERS: &str = "(() => {
    const look = () => { const style = getComputedStyle(document.body); return style.font + style.color + style.margin; };
    const styled = look();
    const sheets = [...document.styleSheets];
    for (const sheet of sheets) sheet.disabled = true;
    const plain = look();
    for (const sheet of sheets) sheet.disabled = false;
    return styled !== plain;
})()";
