//! How time and output grow when a hostile input doubles: `cargo bench --bench growth [-- name]`.
//!
//! Each shape is a handbook made of one thing that content decides, once and twice as large. Printed are the growth of
//! time and of output (2.0 is linear), and how many bytes come out for one that goes in. A shape that is refused as
//! `too-large` says so: its cost is that of the check alone. Files count with 1 KiB each, since every one is a page.

#![allow(clippy::print_stdout)]

use std::fmt::Write as _;
use std::sync::Arc;

use camino::Utf8PathBuf;
use jiff::civil::date;
use prompt_handbook::check::{self, Scope};
use prompt_handbook::config::{Audience, Config};
use prompt_handbook::content;
use prompt_handbook::diagnostics::{Problems, Rule, Severities, Severity};
use prompt_handbook::files;
use prompt_handbook::handbook::{Catalog, Handbook, Reading};
use prompt_handbook::site::{Content, Routes, Site};
use prompt_handbook::theme::Theme;

/// A file: its path below `content/`, and its text.
type File = (String, String);

/// What a doubling costs at most that counts as linear; small inputs have a fixed part, and clocks are noisy.
const LINEAR: f64 = 2.6;

/// A way to hurt: a name, how much of it there is the first time, and the files of that many.
struct Shape {
    name: &'static str,
    count: usize,
    files: fn(usize) -> Vec<File>,
}

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    println!("{:<34} {:>9} {:>9} {:>7} {:>7} {:>8}  ", "shape", "ms", "ms at 2n", "time", "output", "out/in");
    for shape in
        SHAPES.iter().filter(|shape| wanted.is_empty() || wanted.iter().any(|name| shape.name.contains(name.as_str())))
    {
        let (once, twice) = (measure(shape, shape.count), measure(shape, shape.count * 2));
        let growth = twice.seconds / once.seconds.max(0.002);
        let output = twice.bytes / once.bytes.max(1.0);
        let note = if growth > LINEAR && twice.seconds > 0.05 { "  <-- not linear" } else { "" };
        let refused = if twice.is_refused { "  refused" } else { "" };
        println!(
            "{:<34} {:>9.1} {:>9.1} {growth:>7.2} {output:>7.2} {:>8.1}{note}{refused}",
            shape.name,
            once.seconds * 1e3,
            twice.seconds * 1e3,
            twice.bytes / twice.input
        );
    }
}

struct Cost {
    seconds: f64,
    /// What comes out.
    bytes: f64,
    /// What goes in, with 1 KiB for each file.
    input: f64,
    is_refused: bool,
}

/// How long this process has worked, in seconds: what else a machine does lengthens no doubling.
#[allow(clippy::cast_precision_loss)]
fn busy() -> f64 {
    let worked = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    worked.tv_sec as f64 + worked.tv_nsec as f64 / 1e9
}

#[allow(clippy::cast_precision_loss)]
fn measure(shape: &Shape, count: usize) -> Cost {
    let files = (shape.files)(count);
    let input = files.iter().map(|(_, text)| text.len() + 1024).sum::<usize>() as f64;
    let root = tempfile::tempdir().expect("a folder");
    let at = Utf8PathBuf::from_path_buf(root.path().to_owned()).expect("a UTF-8 path");
    std::fs::create_dir_all(at.join("content")).expect("a folder");
    std::fs::write(at.join("handbook.toml"), "title = \"T\"\n").expect("a file");
    for (path, text) in &files {
        let path = at.join("content").join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    let mut best: Option<Cost> = None;
    for _ in 0..2 {
        let start = busy();
        let (bytes, is_refused) = build(&at);
        let seconds = busy() - start;
        if best.as_ref().is_none_or(|best| seconds < best.seconds) {
            best = Some(Cost { seconds, bytes: bytes as f64, input, is_refused });
        }
        if seconds > 3.0 {
            break;
        }
    }
    best.expect("a measurement")
}

/// Checks a handbook and renders all of it on one thread. Gives the bytes of the site, none where it is refused, and
/// whether it is.
fn build(root: &Utf8PathBuf) -> (usize, bool) {
    let mut problems = Problems::default();
    let mut files = files::read(root, &mut problems).expect("a readable handbook");
    let config = Arc::new(Config::read(&files.config, &mut problems));
    let entries = content::read(&files, &config, &mut problems);
    let catalog = Catalog::new(config, entries, std::mem::take(&mut files.assets));
    let reserved = prompt_handbook::site::reserved(&catalog.config);
    let scope = Scope { catalog: &catalog, reserved: &reserved, today: date(2026, 11, 20) };
    check::check(&scope, &mut problems);
    let report = problems.report(&Severities::default(), &files.sources);
    let too_large = |rule: Rule| matches!(rule, Rule::TooLarge | Rule::ExpansionLimit);
    if report.iter().any(|problem| too_large(problem.rule) && problem.severity == Severity::Error) {
        return (0, true);
    }
    let handbook = Handbook::new(catalog, Reading { audience: Audience(1), drafts: true });
    let theme = Theme::new(&[], "en", &mut files.sources, &mut Problems::default());
    let site = Site::new(handbook, theme, "");
    let size = |content: Content| match content {
        Content::Bytes(bytes) => bytes.len(),
        Content::Attachment(_) => 0,
    };
    let bytes = Routes::of(&site).iter().map(|route| route.render(&site).map_or(0, size)).sum();
    (bytes, false)
}

fn page(body: impl Into<String>) -> Vec<File> {
    vec![("guides/a.md".to_owned(), format!("+++\ntitle = \"A\"\nsummary = \"S.\"\n+++\n{}\n", body.into()))]
}

fn entry(id: &str, front: &str, body: &str) -> File {
    (format!("{id}.md"), format!("+++\ntitle = \"T {id}\"\nsummary = \"S.\"\n{front}\n+++\n{body}\n"))
}

fn code(language: &str, line: &str, count: usize) -> Vec<File> {
    let mut block = format!("```{language}\n");
    for nth in 0..count {
        let _ = writeln!(block, "{line}{nth}");
    }
    page(block + "```")
}

/// A list of words in quotes, each with its number.
fn list(word: &str, count: usize) -> String {
    let words: Vec<String> = (0..count).map(|nth| format!("\"{word}{nth}\"")).collect();
    format!("[{}]", words.join(","))
}

fn many(count: usize, one: impl Fn(usize) -> File) -> Vec<File> {
    (0..count).map(one).collect()
}

fn prompt(front: &str, body: &str) -> Vec<File> {
    vec![entry("prompts/p", front, &format!("```prompt\n{body}\n```"))]
}

/// A text for each number, one behind the other.
fn each(count: usize, one: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for nth in 0..count {
        text.push_str(&one(nth));
    }
    text
}

/// Thirty letters, other ones for each number.
fn word(nth: usize) -> String {
    let letters = (0..30u32).map(|at| (nth + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(at * 13) % 23);
    letters.map(|letter| char::from(b'a' + letter as u8)).collect()
}

fn shape(name: &'static str, count: usize, files: fn(usize) -> Vec<File>) -> Shape {
    Shape { name, count, files }
}

static SHAPES: std::sync::LazyLock<Vec<Shape>> = std::sync::LazyLock::new(|| {
    [markdown(), coloured(), fields(), prompts(), handbooks(), suggestions()].into_iter().flatten().collect()
});

/// Text that Markdown is read from.
fn markdown() -> Vec<Shape> {
    vec![
        shape("open brackets", 100_000, |n| page("[".repeat(n))),
        shape("open images", 60_000, |n| page("![".repeat(n))),
        shape("brackets and parentheses", 60_000, |n| page("[a](".repeat(n))),
        shape("emphasis", 150_000, |n| page("*a_".repeat(n))),
        shape("stars and words", 110_000, |n| page("**a ".repeat(n))),
        shape("backticks of every length", 400, |n| page(each(n, |at| "`".repeat(at + 1) + " "))),
        shape("quotes", 48, |n| page(">".repeat(n))),
        shape("nested lists", 40, |n| page(each(n, |at| " ".repeat(at * 2 % 300) + "- a\n"))),
        shape("link definitions", 8_000, |n| page(each(n, |at| format!("[a{at}]: b\n")) + "\n[a1]")),
        shape("one definition, many uses", 8_000, |n| {
            page(format!("[a]: /{}\n\n{}", "x".repeat(2_000), "[a] ".repeat(n)))
        }),
        shape("table of many columns", 4000, |n| {
            page(format!("{}|\n{}|\n{}", "|a".repeat(n), "|-".repeat(n), "|\n".repeat(n)))
        }),
        shape("headings alike", 10_000, |n| page("# a\n".repeat(n))),
        shape("HTML tags", 60_000, |n| page("<b>".repeat(n))),
        shape("open comments", 60_000, |n| page("<!-- ".repeat(n))),
        shape("autolinks", 20_000, |n| page("<https://a.b>".repeat(n))),
        shape("bare addresses", 20_000, |n| page("https://a.b ".repeat(n))),
        shape("entities", 60_000, |n| page("&amp;".repeat(n))),
        shape("blanks before a word", 200_000, |n| page(format!("a{}b", " ".repeat(n)))),
        shape("wikilinks", 40000, |n| page("[[guides/a]] ".repeat(n))),
        shape("broken links", 5_000, |n| page(each(n, |at| format!("[a](nowhere{at}.md) ")))),
        shape("hidden characters", 60_000, |n| page("a\u{200b}".repeat(n))),
        shape("one long word", 300_000, |n| page("a".repeat(n))),
        shape("words of many cases", 60_000, |n| page("aB".repeat(n))),
        shape("words joined", 60_000, |n| page("ab-".repeat(n))),
    ]
}

/// Code in languages whose grammars go back.
fn coloured() -> Vec<Shape> {
    vec![
        shape("ini, blanks", 30, |n| code("ini", &" ".repeat(990), n)),
        shape("ini, blanks in short lines", 300, |n| code("ini", &" ".repeat(90), n)),
        shape("d, open parentheses", 30, |n| code("d", &"(".repeat(900), n)),
        shape("d, quotes", 30, |n| code("d", &"'".repeat(990), n)),
        shape("python, members", 30, |n| code("python", &format!("({}", "a.".repeat(490)), n)),
        shape("markdown, brackets", 30, |n| code("markdown", &format!("<a {}", "\\[".repeat(480)), n)),
        shape("less, hyphens in short lines", 300, |n| code("less", &format!("<a {}", "a-".repeat(40)), n)),
        shape("js, blanks", 30, |n| code("js", &format!("({}", " ".repeat(980)), n)),
        shape("one line in many states", 2_000, |n| {
            page(format!("```sh\n{}```", each(n, |at| format!("cat <<E{at}\nx\n"))))
        }),
    ]
}

/// Front matter.
fn fields() -> Vec<Shape> {
    vec![
        shape("unknown keys", 2_000, |n| vec![entry("guides/a", &each(n, |at| format!("k{at} = 1\n")), "A.")]),
        shape("mistakes on one line", 30_000, |n| vec![entry("guides/a", &format!("a = [{}]", ",".repeat(n)), "A.")]),
        shape("lines of mistakes", 6_000, |n| vec![entry("guides/a", &"a = b\n".repeat(n), "A.")]),
        shape("dotted keys", 40, |n| vec![entry("guides/a", &format!("a{} = 1", ".b".repeat(n)), "A.")]),
        shape("tables one below another", 40, |n| {
            vec![entry("guides/a", &each(n, |at| format!("[a{}]\n", ".b".repeat(at + 1))), "A.")]
        }),
        shape("nested lists of values", 40, |n| vec![entry("guides/a", &format!("a = {}", "[".repeat(n)), "A.")]),
        shape("tags", 24, |n| vec![entry("guides/a", &format!("tags = {}", list("t", n)), "A.")]),
        shape("authors", 24, |n| vec![entry("guides/a", &format!("authors = {}", list("Ann ", n)), "A.")]),
        shape("aliases", 48, |n| vec![entry("guides/a", &format!("aliases = {}", list("old/x", n)), "A.")]),
        shape("a long title", 95, |n| {
            vec![
                entry("guides/b", "", "A."),
                ("guides/a.md".into(), format!("+++\ntitle = \"{}\"\n+++\nA.\n", "t".repeat(n))),
            ]
        }),
        shape("tags in every file", 100, |n| {
            many(n, |at| entry(&format!("guides/g{at}"), &format!("tags = {}", list(&format!("t{at}x"), 30)), "A."))
        }),
        shape("one tag in all files", 300, |n| many(n, |at| entry(&format!("guides/g{at}"), "tags = [\"t\"]", "A."))),
        shape("references to nobody", 1_500, |n| {
            many(2, |at| entry(&format!("guides/g{at}"), &format!("related = {}", list("guides/no", n)), "A."))
        }),
    ]
}

/// Prompts.
fn prompts() -> Vec<Shape> {
    vec![
        shape("variables", 90, |n| {
            let variables = each(n, |at| format!("[[variables]]\nname = \"v{at}\"\n"));
            prompt(&variables, &each(n, |at| format!("{{{{v{at}}}}}")))
        }),
        shape("options", 480, |n| {
            prompt(&format!("[[variables]]\nname = \"v\"\ntype = \"choice\"\noptions = {}", list("o", n)), "{{v}}")
        }),
        shape("slots and modules", 10, |n| {
            let slots: Vec<String> = (0..n).map(|at| format!("{{slot = \"s{at}\"}}")).collect();
            let mut files =
                prompt(&format!("context = [{}]", slots.join(",")), &each(n, |at| format!("{{{{slot:s{at}}}}}")));
            files.extend(many(n * 10, |at| entry(&format!("context/m{at}"), "", "Text.")));
            files
        }),
        shape("options from one list", 40, |n| {
            let variables =
                each(n, |at| format!("[[variables]]\nname = \"v{at}\"\ntype = \"choice\"\noptions_from = \"m/l\"\n"));
            let mut files = prompt(&variables, &each(n, |at| format!("{{{{v{at}}}}}")));
            files.push(entry("context/m", &format!("[values]\nl = {}", list("o", n * 10)), "A."));
            files
        }),
        shape("one blank, many uses", 20_000, |n| prompt("[[variables]]\nname = \"v\"", &"{{v}}".repeat(n))),
        shape("conditions", 28000, |n| prompt("[[variables]]\nname = \"v\"", &"{{#if v}}a{{/if}}".repeat(n))),
        shape("braces that mean nothing", 10_000, |n| prompt("", &"{{x}} ".repeat(n))),
        shape("a long default, many uses", 900, |n| {
            prompt(&format!("[[variables]]\nname = \"v\"\ndefault = \"{}\"", "x".repeat(500)), &"{{v}}".repeat(n))
        }),
        shape("open braces", 250_000, |n| prompt("", &"{{".repeat(n))),
    ]
}

/// Many files that refer to one another.
fn handbooks() -> Vec<Shape> {
    vec![
        shape("modules in a chain", 20, |n| {
            many(n, |at| {
                entry(
                    &format!("context/m{at}"),
                    &if at == 0 { String::new() } else { format!("includes = [\"m{}\"]", at - 1) },
                    "Text.",
                )
            })
        }),
        shape("modules that include all before", 22, |n| {
            many(n, |at| {
                entry(&format!("context/m{at}"), &format!("includes = {}", list("m", at)), &"Text. ".repeat(50))
            })
        }),
        shape("prompts with one large module", 50, |n| {
            let mut files = many(n, |at| entry(&format!("prompts/p{at}"), "context = [\"m\"]", "```prompt\nDo.\n```"));
            files.push(entry("context/m", "", &"word ".repeat(n * 400)));
            files
        }),
        shape("all related to all", 50, |n| {
            many(n, |at| entry(&format!("guides/g{at}"), &format!("related = {}", list("guides/g", n.min(90))), "A."))
        }),
        shape("links to one entry", 1000, |n| many(n, |at| entry(&format!("guides/g{at}"), "", "[a](g0.md)"))),
        shape("small pages", 1000, |n| many(n, |at| entry(&format!("guides/g{at}"), "", "A."))),
        shape("distinct words", 70_000, |n| page(each(n, |at| format!("w{at:x} ")))),
        shape("names nearly alike", 300, |n| {
            many(n, |at| {
                entry(
                    &format!("guides/very-long-name-of-a-guide-{at}"),
                    "related = [\"guides/very-long-name-of-a-giude\"]",
                    "A.",
                )
            })
        }),
    ]
}

/// Names that nobody has, each of which is looked for among many.
fn suggestions() -> Vec<Shape> {
    vec![
        shape("broken links of many pages", 1000, |n| {
            many(n, |at| {
                let links =
                    each(5, |nth| format!("[a](../topic-{}/handbook-of-research-{at:05}.md) ", (at + nth) % 40));
                entry(&format!("guides/process-{}/playbook-of-campaigns-{at:05}", at % 40), "", &links)
            })
        }),
        shape("broken links to names of any letters", 500, |n| {
            many(n, |at| entry(&format!("guides/{}", word(at)), "", &format!("[a]({}.md)", word(at + n))))
        }),
        shape("people and strangers", 500, |n| {
            let people = many(n, |at| entry(&format!("people/{}", word(at)), "", "A."));
            let by = |at: usize| format!("authors = [\"{}\", \"{}\"]", word(2 * at + n), word(2 * at + n + 1));
            people.into_iter().chain(many(n, |at| entry(&format!("guides/g{at}"), &by(at), "A."))).collect()
        }),
        shape("wrong anchors of one page", 1000, |n| {
            let mut files = page(each(n, |at| format!("# {}\n", word(at))));
            files.push(entry("guides/b", "", &each(n, |at| format!("[a](a.md#{}) ", word(at + n)))));
            files
        }),
    ]
}
