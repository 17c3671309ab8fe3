//! Nasty files, each in a handbook of its own: checked, and built.

use std::fs;
use std::path::Path;
use std::sync::Mutex;

use serde_json::Value;

use super::run_watched;
use crate::harness::Handbook;

/// A file's path below `content/` and its bytes.
type Nasty = (&'static str, String, Vec<u8>);

const MEBIBYTE: usize = 1024 * 1024;

/// A body: of a prompt where it has a text to send, else of a page, so that it has no errors but its own.
fn body(name: &'static str, text: impl Into<String>) -> Nasty {
    let text = text.into();
    let folder = if text.contains("```prompt") { "prompts" } else { "guides" };
    (name, format!("{folder}/nasty.md"), format!("+++\ntitle = \"Nasty\"\n+++\n{text}").into_bytes())
}

/// A page with a body that fills the largest file that is read.
fn full(name: &'static str, piece: &str) -> Nasty {
    let front = "+++\ntitle = \"Nasty\"\n+++\n";
    let text = piece.repeat((MEBIBYTE - front.len() - 1) / piece.len());
    (name, "guides/nasty.md".to_owned(), format!("{front}{text}\n").into_bytes())
}

/// An entry with front matter.
fn front(name: &'static str, toml: impl Into<String>) -> Nasty {
    let text = format!("+++\ntitle = \"Nasty\"\n{}\n+++\n```prompt\nText.\n```\n", toml.into());
    (name, "prompts/nasty.md".to_owned(), text.into_bytes())
}

/// A file of these bytes.
fn bytes(name: &'static str, bytes: impl Into<Vec<u8>>) -> Nasty {
    (name, "guides/nasty.md".to_owned(), bytes.into())
}

/// A plain page at a path.
fn named(name: &'static str, path: &str) -> Nasty {
    (name, path.to_owned(), b"+++\ntitle = \"Nasty\"\n+++\nText.\n".to_vec())
}

fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

/// A piece for each number, one after another.
fn counted(count: usize, piece: impl Fn(usize) -> String) -> String {
    (0..count).map(piece).collect()
}

/// Files that are hardly text.
fn encodings() -> Vec<Nasty> {
    vec![
        bytes("empty", ""),
        bytes("a fence only", "+++"),
        bytes("two fences only", "+++\n+++"),
        bytes("a fence without end", "+++\ntitle = \"x\"\n"),
        bytes("a byte-order mark only", "\u{feff}"),
        bytes("a byte-order mark in front", "\u{feff}+++\ntitle = \"x\"\n+++\ntext\n"),
        bytes("two byte-order marks", "\u{feff}\u{feff}+++\ntitle = \"x\"\n+++\ntext\n"),
        bytes("Windows line ends", "+++\r\ntitle = \"x\"\r\n+++\r\n- a\r\n\r\n```prompt\r\nhi {{x}}\r\n```\r\n"),
        bytes("lone carriage returns", "+++\rtitle = \"x\"\r+++\r# a\rb\r\r- c\r"),
        bytes("carriage returns in TOML", "+++\ntitle = \"x\"\rsummary = \"y\"\n+++\n```\na\rb\n```\n"),
        bytes("NUL", "+++\ntitle = \"a\0b\"\n+++\na\0b `c\0` [d\0](e\0.md)\n\0"),
        bytes("only NUL", vec![0; 5000]),
        bytes("UTF-16", utf16("+++\ntitle = \"x\"\n+++\ntext\n")),
        bytes("UTF-16 without a mark", utf16("+++\ntitle = \"x\"\n+++\ntext\n")[2..].to_vec()),
        bytes("Latin-1 in the body", b"+++\ntitle = \"x\"\n+++\nGr\xfc\xdfe\n".to_vec()),
        bytes("Latin-1 in the front matter", b"+++\ntitle = \"Gr\xfc\xdfe\"\n+++\ntext\n".to_vec()),
        bytes("half a character at the end", b"+++\ntitle = \"x\"\n+++\ntext \xe6\x8f".to_vec()),
        bytes("surrogates", b"+++\ntitle = \"x\"\n+++\n\xed\xa0\x80 \xed\xbf\xbf\n".to_vec()),
        bytes("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01".repeat(2000)),
        bytes("every byte", (0..=255).cycle().take(60_000).collect::<Vec<u8>>()),
        bytes("one byte too many", vec![b'a'; MEBIBYTE + 1]),
        bytes("control characters", (1..32).map(char::from).chain('\u{7f}'..='\u{9f}').collect::<String>()),
        bytes("hidden characters", "+++\ntitle = \"a\u{e0041}\u{200b}\"\n+++\n\u{202e}a\u{2066}\u{e0020}\n"),
    ]
}

/// Bodies that are deep, wide or endless.
fn bodies() -> Vec<Nasty> {
    vec![
        body("10,000 quotes in one another", ">".repeat(10_000) + " a"),
        body("10,000 quotes on many lines", (">".repeat(200) + " a\n").repeat(50)),
        body("100,000 brackets", "[".repeat(100_000)),
        body("100,000 brackets and back", "[".repeat(50_000) + &"]".repeat(50_000)),
        body("100,000 images", "![".repeat(50_000) + &"](a)".repeat(50_000)),
        body("10,000 wikilinks in one another", "[[".repeat(10_000) + &"]]".repeat(10_000)),
        body("10,000 marks in one another", "*a **b ".repeat(10_000)),
        body("10,000 marks that close", "*a **b ".repeat(10_000) + &"** *".repeat(10_000)),
        body("underscores", "_a __b ~~c ~d ".repeat(5_000)),
        body("2,000 lists in one another", "- ".repeat(2_000) + "a"),
        body("2,000 lists on lines", (0..500).fold(String::new(), |all, n| all + &"  ".repeat(n) + "- a\n")),
        body("10,000 conditions", format!("```prompt\n{}\n```\n", "{{#if a}}".repeat(10_000))),
        body("10,000 braces", format!("```prompt\n{}\n```\n", "{{ \\{{ {{{ }} ".repeat(10_000))),
        body("a table of 10,000 rows", "| a | b |\n|---|---|\n".to_owned() + &"| c | d |\n".repeat(10_000)),
        body("a table of 5,000 columns", "|a".repeat(5_000) + "|\n" + &"|-".repeat(5_000) + "|\n" + &"|\n".repeat(200)),
        body("100,000 footnotes", "[^a]".repeat(100_000) + "\n\n[^a]: b\n"),
        body("10,000 footnotes with texts", counted(10_000, |n| format!("[^{n}]\n\n[^{n}]: a\n\n"))),
        body("footnotes in one another", counted(2_000, |n| format!("[^{n}]: > ")) + "a"),
        body("10,000 headings", "# a\n".repeat(10_000)),
        body("85,000 headings and 80,000 links to none", "# a\n".repeat(85_000) + &"[](#b)\n".repeat(80_000)),
        undeclared_names(),
        body("10,000 reference definitions", counted(10_000, |n| format!("[{n}]: a\n[{n}]\n\n"))),
        body("10,000 unsafe links", "[a](javascript:b)\n".repeat(10_000)),
        body("10,000 broken links", "[a](b.md)\n".repeat(10_000)),
        body("10,000 prompt blocks", "```prompt\na\n```\n".repeat(10_000)),
        body("10,000 definitions", "a\n: b\n\n".repeat(10_000)),
        body("HTML without end", "<div>\n<![CDATA[ <!-- <?php <script><style><textarea>\n".repeat(1_000)),
        body("a prompt of 1 MiB on one line", format!("```prompt\n{}\n```\n", "{{a}} ".repeat(170_000))),
        body("braces that never close", format!("```prompt\n{}\n```\n", "{{ ".repeat(340_000))),
        body("braces", format!("```prompt\n{}\n```\n", "{".repeat(1_000_000))),
        body("conditions on one line", format!("```prompt\n{}\n```\n", "{{#if a}}{{/if}}".repeat(65_000))),
        body("an anchor of 400 KiB", format!("[a](#{})\n\n# {}b\n", "a".repeat(400_000), "a".repeat(400_000))),
        body("a wikilink of 400 KiB", format!("[[{}]]", "a/".repeat(200_000))),
        body("a link of 400 KiB", format!("[a]({}.md) ![b]({0}.png)", "../a".repeat(100_000))),
        body("a long fence", "`".repeat(100_000) + "\na\n"),
        body("entities", "&amp;&#0;&#xFFFFFF;&#xD800;&nosuch;&#38;".repeat(10_000)),
        full("one line of 1 MiB", "word "),
        full("one word of 1 MiB", "x"),
        full("addresses", "http://a.b "),
        full("one address", "http://a.b/"),
        full("an address with brackets", "https://x)"),
        full("tags", "<b>"),
        full("comments", "<!-- "),
        full("escapes", "\\["),
        full("backticks", "` "),
        full("growing backticks", "` `` ``` ```` "),
        full("hidden characters, 1 MiB", "\u{200b}"),
        full("code of 1 MiB on one line", "let a = \"b\"; /* "),
        full("line feeds", "\n"),
        full("lazy lines in quotes", "\n"),
    ]
}

/// Many variables, and many names that none of them has.
fn undeclared_names() -> Nasty {
    let variables = counted(2_200, |n| format!("[[variables]]\nname=\"v{n}\"\n"));
    let text = counted(95_000, |n| format!("{{{{w{n}}}}}"));
    let file = format!("+++\ntitle = \"Nasty\"\n{variables}+++\n```prompt\n{text}\n```\n");
    ("95,000 undeclared names", "prompts/nasty.md".to_owned(), file.into_bytes())
}

/// A thing that highlighters and line-wise code find hard.
fn long_code(language: &str) -> Nasty {
    let text = "(\"'`/*{[<!--$".repeat(20_000);
    (
        "code that never ends its strings",
        "guides/nasty.md".to_owned(),
        format!("+++\ntitle = \"x\"\n+++\n```{language}\n{text}\n```\n").into_bytes(),
    )
}

/// A text before which every line of the twin has a long mark.
fn lazy_lines() -> Nasty {
    let text = "> ".repeat(100) + &"a\\\n".repeat(200_000);
    (
        "lazy lines in deep quotes",
        "guides/nasty.md".to_owned(),
        format!("+++\ntitle = \"x\"\n+++\n{text}\n").into_bytes(),
    )
}

/// Front matter that is deep, wide or out of range.
fn front_matters() -> Vec<Nasty> {
    vec![
        front("more than 64 KiB", format!("summary = \"{}\"", "a".repeat(65 * 1024))),
        front("1 MiB without end", "a = [".to_owned() + &"1,".repeat(400_000)),
        front("10,000 lists in one another", format!("tags = {}{}", "[".repeat(10_000), "]".repeat(10_000))),
        front("lists without end", format!("tags = {}", "[".repeat(30_000))),
        front("5,000 tables in one another", format!("a = {}1{}", "{a=".repeat(5_000), "}".repeat(5_000))),
        front("tables without end", format!("a = {}", "{a=".repeat(10_000))),
        front("a dotted key of 10,000 parts", format!("{}a = 1", "a.".repeat(10_000))),
        front("5,000 headers in one another", format!("[{}a]", "a.".repeat(5_000))),
        front("10,000 headers", "[[variables]]\n".repeat(4_000)),
        front("10,000 keys of one name", "a=1\n".repeat(10_000)),
        front("10,000 unknown keys", counted(6_000, |n| format!("k{n}=1\n"))),
        front("titles again", "title = \"Nasty\"\n".repeat(2_000)),
    ]
}

/// Values that are out of range, or not what they seem.
fn odd_values() -> Vec<Nasty> {
    vec![
        front("days that are not", "created = 2026-02-30\nupdated = 0000-00-00\nreview_by = 9999-99-99"),
        front("days out of range", "created = -0001-01-01\nupdated = 99999-01-01"),
        front("times for days", "created = 2026-01-01T25:61:61Z\nupdated = 12:00:00"),
        front("numbers of 300 digits", format!("minutes_saved = {}", "9".repeat(300))),
        front("numbers without end", format!("minutes_saved = 1e{}", "9".repeat(300))),
        front("not a number", "minutes_saved = nan\nversion = inf\ncreated = -0"),
        front("negative numbers", "minutes_saved = -45"),
        front("hexadecimal numbers", format!("minutes_saved = 0x{}", "F".repeat(300))),
        front("strings without end", "summary = \"\"\"a\nb"),
        front("escapes", "summary = \"\\u0000\\uD800\\U0010FFFF\\u202E\\x\""),
        front("lines in a title", "summary = \"\"\"\na\n\n<b>\n\"\"\"\nteam = \"a\\nb\\r\\tc\""),
        front("blank names", "team = \"  \"\ntags = [\"\", \" \", \"\\u200b\"]\nauthors = [\"\"]\nowner = \"/\""),
        front(
            "names that are paths",
            "team = \"../../x\"\ntags = [\"../x\", \"/etc\", \"a/b\", \"..\", \".\", \"index\", \"con\"]\nauthors = [\"../x\", \"people/../x\", \"index\"]",
        ),
        front("10,000 tags", format!("tags = [{}]", counted(7_000, |n| format!("\"t{n}\",")))),
        front(
            "a tag of 10,000 characters",
            format!("tags = [\"{}\"]\nteam = \"{}\"\nauthors = [\"{0}\"]", "a".repeat(10_000), "é".repeat(10_000)),
        ),
        front(
            "aliases that are paths",
            "aliases = [\"../../x\", \"/etc/passwd\", \"a//b\", \"\", \".\", \"index\", \"prompts/index\", \"feed.xml\", \"a\\u0000b\", \"nasty.html/x\", \"prompts/nasty.html/x\", \"https://a.example\"]",
        ),
        front(
            "references to itself",
            "related = [\"prompts/nasty\"]\nreplaced_by = \"prompts/nasty\"\ncontext = [\"nasty\"]\nadapted_from = \"prompts/nasty\"",
        ),
        front("5,000 variables", counted(2_500, |n| format!("[[variables]]\nname=\"v{n}\"\n"))),
        front(
            "a default of 30 KiB",
            format!(
                "[[variables]]\nname = \"a\"\ntype = \"choice\"\noptions = [\"b\"]\ndefault = \"{}\"",
                "c".repeat(30_000)
            ),
        ),
    ]
}

/// File names that some system, address or browser takes for something else.
fn names() -> Vec<Nasty> {
    let long = format!("guides/{}.md", "a".repeat(252));
    vec![
        named("spaces", "guides/a  b c.md"),
        named("quotes", "guides/a'b\"c`d.md"),
        named("emoji", "guides/🎉 👩\u{200d}💻.md"),
        named("an encoded way up", "guides/%2e%2e.md"),
        named("an encoded way up as a folder", "%2e%2e/%2e%2e/x.md"),
        named("a line feed", "guides/a\nb.md"),
        named("a tab and an escape", "guides/a\t\u{1b}[31mb.md"),
        named("a right-to-left override", "guides/\u{202e}dm.exe.md"),
        named("a right-to-left mark", "guides/\u{200f}a\u{200e}.md"),
        named("255 bytes", &long),
        named("a device", "guides/con.md"),
        named("a colon", "guides/a:b.md"),
        named("markup", "guides/<img src=x onerror=alert(1)>.md"),
        named("an ampersand and an equals sign", "guides/a&b=c;d+e.md"),
        named("a question mark", "guides/a?b#c.md"),
        named("braces", "guides/{{ 7*7 }}{% x %}.md"),
        named("a backslash", "guides/a\\..\\b.md"),
        named("a trailing space", "guides/a .md"),
        named("a leading dash", "guides/--help.md"),
        named("nothing before the ending", "guides/.md"),
        named("dots", "guides/...md"),
        named("a folder called like an entry", "guides.md/a.md"),
        named("a folder called like a page", "nasty.html/a.md"),
        named("a folder called like the feed", "feed.xml/a.md"),
        named("a folder called like the front page", "index.html/a.md"),
        named("a folder called like robots.txt", "robots.txt/a.md"),
        named("a folder called like the list", "prompts/index.html/a.md"),
        named("a page of the site", "search.md"),
        named("a folder of the site", "assets/a.md"),
        named("a folder of a facet", "roles/a.md"),
        named("the list of prompts", "prompts/index.md"),
        named("another spelling of a folder", "Prompts/a.md"),
        named("upper case ending", "guides/a.MD"),
        named("two forms of one letter", "guides/e\u{301}.md"),
        named("a full-width letter", "guides/\u{ff41}.md"),
        named("100 folders", &format!("{}x.md", "d/".repeat(100))),
    ]
}

/// Problems as `--format json` gives them: every one has a place.
fn located(report: &str, what: &str) -> usize {
    let report: Value = serde_json::from_str(report).unwrap_or_else(|error| panic!("{what}: {error}"));
    let problems = report["problems"].as_array().expect("a list of problems");
    for problem in problems {
        assert!(problem["path"].as_str().is_some_and(|path| !path.is_empty()), "{what}: {problem}");
        assert!(problem["line"].as_u64() > Some(0) && problem["column"].as_u64() > Some(0), "{what}: {problem}");
        assert!(problem["message"].as_str().is_some_and(|message| message.len() < 4_000), "{what}: {problem}");
    }
    problems.iter().filter(|problem| problem["severity"] == "error").count()
}

/// Checks and builds what lies in `content/`: problems that are located, or a whole site.
pub fn check_and_build(handbook: &Handbook, what: &str) {
    let root = handbook.path("");
    let checked = run_watched(&root, &["check", "--format", "json"], what);
    let errors = located(&checked.stdout, what);
    assert_eq!(checked.code, i32::from(errors > 0), "{what}: {errors} errors");
    let built = run_watched(&root, &["build"], what);
    assert_eq!(built.code, checked.code, "{what}: checked, but\n{}", built.stderr);
    if built.code == 0 {
        assert!(handbook.path("public/index.html").is_file(), "{what}: no front page");
        assert!(handbook.path("public/.handbook-site").is_file(), "{what}: no mark");
    } else {
        assert!(!handbook.path("public").exists(), "{what}: a site in spite of errors");
    }
    let litter: Vec<_> =
        fs::read_dir(&root).expect("the root").map(|entry| entry.expect("a file").file_name()).collect();
    assert!(litter.iter().all(|name| !name.to_string_lossy().starts_with('.')), "{what}: {litter:?}");
}

/// Tries each, and says of all that failed what was wrong.
fn try_all(nasty: &[Nasty]) {
    let failures = Mutex::new(Vec::new());
    let try_each = |some: &[Nasty]| {
        for one in some {
            if let Err(failure) = std::panic::catch_unwind(|| try_one(one)) {
                failures.lock().expect("no panic while it is held").push(words(failure.as_ref()));
            }
        }
    };
    // Two at a time: each keeps a core busy, and the watchdog must not count the waiting.
    std::thread::scope(|scope| {
        let (left, right) = nasty.split_at(nasty.len() / 2);
        scope.spawn(|| try_each(left));
        scope.spawn(|| try_each(right));
    });
    let failures = failures.into_inner().expect("no panic while it was held");
    assert!(failures.is_empty(), "{} of {} failed:\n{}", failures.len(), nasty.len(), failures.join("\n\n"));
}

/// What a panic said.
fn words(panic: &(dyn std::any::Any + Send)) -> String {
    panic.downcast_ref::<String>().cloned().unwrap_or_else(|| "no words".to_owned())
}

fn try_one((what, path, bytes): &Nasty) {
    let handbook = Handbook::new();
    handbook.entry("nasty", "", "A page that all of them might get in the way of.");
    handbook.file(&format!("content/{path}"), bytes);
    check_and_build(&handbook, what);
}

#[test]
fn files_that_are_hardly_text() {
    try_all(&encodings());
}

#[test]
fn bodies_without_measure() {
    let mut all = bodies();
    all.extend(["js", "rust", "html", "markdown", "perl", "bash", "sql", "tex"].map(long_code));
    all.push(lazy_lines());
    // The slow ones are spread over both threads.
    let (even, odd): (Vec<_>, Vec<_>) = all.into_iter().enumerate().partition(|(nth, _)| nth % 2 == 0);
    try_all(&even.into_iter().chain(odd).map(|(_, nasty)| nasty).collect::<Vec<_>>());
}

#[test]
fn front_matter_without_measure() {
    try_all(&[front_matters(), odd_values()].concat());
}

/// Handbooks of many entries: what is done for each must not look at all the others.
#[test]
fn handbooks_of_many_entries() {
    type Entry = fn(usize) -> (String, String, String);
    let sorts: [(&str, usize, Entry); 5] = [
        ("entries with five tags of their own", 800, |n| {
            let tags = counted(5, |tag| format!("\"t{n}-{tag}\", \"{}\",", "-".repeat(n % 50 + 1)));
            (format!("guides/g{n}"), format!("tags = [{tags}]"), "Text.".to_owned())
        }),
        ("a chain of includes", 4_000, |n| {
            (format!("context/c{n}"), format!("includes = [\"c{}\"]", n + 1), "Text.".to_owned())
        }),
        ("a chain of large includes", 1_500, |n| {
            (format!("context/c{n}"), format!("includes = [\"c{}\"]", n + 1), "Text. ".repeat(100))
        }),
        ("includes that lead back to the first", 500, |n| {
            (format!("context/c{n}"), format!("includes = [\"c0\", \"c{}\"]", n + 1), "Text.".to_owned())
        }),
        ("a chain of replacements", 3_000, |n| {
            let front = format!("status = \"deprecated\"\nreplaced_by = \"guides/g{}\"", n + 1);
            (format!("guides/g{n}"), front, "Text.".to_owned())
        }),
    ];
    for (what, count, entry) in sorts {
        let handbook = Handbook::new();
        for n in 0..count {
            let (id, front_matter, body) = entry(n);
            handbook.entry(&id, &front_matter, &body);
        }
        let checked = run_watched(&handbook.path(""), &["check", "--format", "json"], what);
        located(&checked.stdout, what);
        run_watched(&handbook.path(""), &["build"], what);
    }
}

#[test]
fn names_that_mean_something_else() {
    try_all(&names());
}

/// Things that are no files. Each is named by a problem, and nothing of it is published.
#[cfg(unix)]
#[test]
fn what_is_no_file_is_refused() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    type Make = fn(&Path);
    let make: [(&str, bool, Make); 9] = [
        ("a link to a secret", true, |content| symlink("/etc/passwd", content.join("a.md")).expect("a link")),
        ("a link to a folder", true, |content| symlink("/etc", content.join("guides")).expect("a link")),
        ("a link to itself", true, |content| symlink("loop.md", content.join("loop.md")).expect("a link")),
        ("a link to the folder above", true, |content| symlink("..", content.join("up")).expect("a link")),
        ("a link that leads nowhere", true, |content| symlink("nothing", content.join("b.md")).expect("a link")),
        ("a pipe", true, |content| {
            let made = std::process::Command::new("mkfifo").arg(content.join("c.md")).status().expect("mkfifo starts");
            assert!(made.success());
        }),
        ("a socket", true, |content| drop(UnixListener::bind(content.join("d.md")).expect("a socket"))),
        ("a folder called like a file", false, |content| fs::create_dir(content.join("x.md")).expect("a folder")),
        ("a name that is not UTF-8", true, |content| {
            fs::write(content.join(std::ffi::OsStr::from_bytes(b"caf\xe9.md")), "text").expect("a file");
        }),
    ];
    for (what, is_error, make) in make {
        let handbook = Handbook::new();
        handbook.entry("index", "", "Hello.");
        make(&handbook.path("content"));
        check_and_build(&handbook, what);
        assert_eq!(handbook.path("public").exists(), !is_error, "{what}");
    }
}

/// An attached file that is a link is not followed either, and told once, not at each place that names it.
#[cfg(unix)]
#[test]
fn an_attachment_is_no_way_out() {
    let handbook = Handbook::new();
    handbook.entry(
        "index",
        "",
        "[A](a.txt) [b](../../../etc/passwd) [c](/etc/passwd) [d](file:///etc/passwd) ![e](a.txt)",
    );
    std::os::unix::fs::symlink("/etc/passwd", handbook.path("content/a.txt")).expect("a link");
    check_and_build(&handbook, "an attachment that is a link");
    assert!(!handbook.path("public").exists());
    let told = handbook.run(&["check", "--today", crate::harness::TODAY]);
    assert_eq!(told.stdout.matches("a.txt` is a symbolic link").count(), 1, "{}", told.stdout);
}

/// Pictures whose parts look like what is searched for, again and again.
#[test]
fn pictures_without_measure() {
    let mebibyte = |piece: &str| format!("<svg>{}</svg>", piece.repeat((MEBIBYTE - 11) / piece.len()));
    let endings = [
        "on", " on", "\"onon ", "url(#a ", "href", "href =", "href='#'", "<a href=", "\\", "\\75 ", "<style>", "<style",
    ];
    for piece in endings {
        let handbook = Handbook::new();
        handbook.entry("index", "", "![picture](picture.svg)");
        handbook.file("content/picture.svg", mebibyte(piece));
        check_and_build(&handbook, piece);
    }
}
