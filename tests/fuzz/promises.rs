//! What holds for any bytes, part by part, where bytes of strangers come in.
//!
//! A fuzzer looks for bytes for which a promise does not hold; the bytes that once broke one, and those that lead it
//! into every branch, lie in `corpus/` and are tried by the project's ordinary tests too. A promise panics.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock};

use html5gum::{DefaultEmitter, Token, Tokenizer};
use prompt_handbook::check::{self, Scope};
use prompt_handbook::config::{Audience, Config};
use prompt_handbook::content::template::Template;
use prompt_handbook::content::{self, Entry};
use prompt_handbook::diagnostics::printers::{Colour, PRINTERS, View};
use prompt_handbook::diagnostics::{Diagnostic, Problems, Rule, Severities, Severity};
use prompt_handbook::fields::Syntax;
use prompt_handbook::files::{EntryFile, Files, picture};
use prompt_handbook::handbook::{Catalog, Handbook, Inputs, Reading, assemble};
use prompt_handbook::import;
use prompt_handbook::import::formats::Importer;
use prompt_handbook::markdown::{self, Highlighter};
use prompt_handbook::search::Index;
use prompt_handbook::site;
use prompt_handbook::text::{Source, SourceId, Sources, hidden};

use crate::page::{self, Everywhere};

/// The part that a byte chooses: the folders of the kinds, and none.
const FOLDERS: [&str; 10] = [
    "",
    "prompts/",
    "projects/",
    "working-descriptions/",
    "context/",
    "workflows/",
    "wins/",
    "models/",
    "people/",
    "collections/",
];

/// A file of any kind is an entry or a list of problems with places, and no more: it is read, checked, shown to one
/// audience and assembled. The first byte is the kind.
pub fn front_matter(data: &[u8]) {
    let Some((kind, bytes)) = data.split_first() else { return };
    let folder = FOLDERS[usize::from(*kind) % FOLDERS.len()];
    let read = Read::of(&[(format!("{folder}a.md"), text(bytes)), ("prompts/b.md".to_owned(), PROMPT.to_owned())]);
    let (catalog, sources, problems) = (read.catalog, read.sources, read.problems);
    let report = problems.report(&Severities::default(), &sources);
    for problem in &report {
        expect_places(problem, &sources);
    }
    for (printer, colour) in PRINTERS.iter().flat_map(|known| [(known, Colour::Never), (known, Colour::Always)]) {
        let printed = printer.print(&report, View { sources: &sources, prefix: "".into(), colour });
        assert_eq!(printed.is_empty(), report.is_empty() && printer.name != "json", "{} says nothing", printer.name);
    }
    if let Some(entry) = catalog.entries.iter().find(|entry| entry.id.name() == "a") {
        expect_itself(entry, &catalog.config);
    }
    let handbook = Handbook::new(catalog, Reading { audience: Audience(1), drafts: true });
    for (ix, _) in handbook.entries() {
        // A lack is an answer too.
        let _ = assemble(&handbook, ix, &Inputs::default());
    }
}

/// What was read of an entry, written in either notation, reads as itself.
fn expect_itself(entry: &Entry, config: &Config) {
    for syntax in [Syntax::Toml, Syntax::Yaml] {
        let text = entry.front_matter(config, syntax);
        let again = Read::of(&[(format!("{}.md", entry.id), text.clone())]);
        let again = again.catalog.entries.first().expect("an entry");
        assert!(again.is_whole && again.fields == entry.fields && again.common == entry.common, "{text}\n{entry:#?}");
    }
}

/// A template's uses and mistakes have places, in the order of the text, and what is not of the grammar stays text.
pub fn template(data: &[u8]) {
    let text = text(data);
    let template = Template::parse(&text);
    for used in &template.uses {
        let written = text.get(used.range.clone()).expect("a use has a place");
        assert!(written.starts_with("{{") && written.ends_with("}}"), "{written:?}");
    }
    for mistake in &template.mistakes {
        assert!(text.get(mistake.range.clone()).is_some_and(|written| written.starts_with("{{")), "{mistake:?}");
    }
    assert!(template.uses.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start), "{:?}", template.uses);
    let escaped = Template::parse(&text.replace("{{", "\\{{"));
    assert!(escaped.uses.is_empty() && escaped.mistakes.is_empty(), "{escaped:?}");
}

/// A body becomes a balanced stream without HTML or unsafe addresses, a page of known elements that loses no text,
/// and twins of which the same is true.
pub fn markdown(data: &[u8]) {
    let body = text(data);
    assert_eq!(page::stream_fault(&body), None);
    let source = Source::new(SourceId(0), "a.md", body.as_str());
    let outline = markdown::outline(&source, 0..body.len(), Some("A title"), &mut Problems::default());
    let everywhere = Everywhere(&outline);
    let html = markdown::html(&body, &outline, &everywhere, &Highlighter::default());
    assert_eq!(page::fault(&html), None, "{html}");
    assert_eq!(page::lost(&body, &html), None, "{html}");
    assert_eq!(page::dead_end(&html), None, "{html}");
    let twin = markdown::markdown(&body, &outline, &everywhere);
    let loadable = markdown::loadable(&body, &outline, &everywhere);
    for copy in [twin, loadable] {
        // A fence of the copy may begin what was the last blank line of many.
        let hides = hidden::find(&copy).filter(|found| !matches!(found.cause, hidden::Cause::Blanks(_)));
        assert_eq!(hides, None, "{copy}");
        assert_eq!(page::stream_fault(&copy), None, "{copy}");
    }
}

/// A picture that is let through has nothing in it that a browser would run or load: not as the XML that it is, and not
/// where a host that sends no type has it taken for a page.
pub fn picture(data: &[u8]) {
    let svg = text(data);
    if picture::refusal(&svg).is_some() {
        return;
    }
    let lower = svg.to_ascii_lowercase();
    for mark in ["<!doctype", "<!entity", "<script", "<foreignobject", "<iframe", "@import", "<?xml-s"] {
        assert!(!lower.contains(mark), "{mark}");
    }
    for token in Tokenizer::new_with_emitter(&svg, DefaultEmitter::default()).flatten() {
        let Token::StartTag(tag) = token else { continue };
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        for (key, value) in &tag.attributes {
            let (key, value) = (String::from_utf8_lossy(key), String::from_utf8_lossy(value));
            assert!(!key.starts_with("on"), "{key}");
            // A namespace is a name that nobody goes to.
            if key.starts_with("xmlns") {
                continue;
            }
            let leads = matches!(&*key, "href" | "xlink:href") && !name.ends_with('a');
            let value = value.trim_start().to_ascii_lowercase();
            assert!(!leads || value.starts_with('#') || value.starts_with("data:image/"), "{key}={value}");
            let runs = |address: &str| address.contains("javascript:") || address.contains("vbscript:");
            assert!(!key.ends_with("href") || !runs(&value), "{key}={value}");
            // What stands in a string or a comment is no address; here the simple ones are looked at.
            let is_style = ["style", "fill", "stroke", "filter", "clip-path", "mask", "cursor"].contains(&&*key);
            let is_simple = is_style && !value.contains(['"', '\'']) && !value.contains("/*");
            for address in value.split("url(").skip(1).filter(|_| is_simple) {
                let inside = address.trim_start().split(')').next().unwrap_or_default();
                let stays = inside.starts_with('#') || inside.starts_with("data:image/");
                assert!(stays || !(inside.contains("//") || runs(inside)), "{key}={value}");
            }
        }
    }
}

/// A table is refused, or every row of it is accounted for once; and what is written of it can be built.
pub fn csv(data: &[u8]) {
    let read = Read::of(&[]);
    let request = import::Request {
        input: data,
        options: &BTreeMap::new(),
        into: "prompts/imported",
        taken: &|_| false,
        prompts: &HashMap::new(),
        reserved: &site::reserved(&read.catalog.config),
        config: &read.catalog.config,
        today: "2026-11-20".parse().expect("a day"),
    };
    let importer = Importer::named("csv").expect("a format of the registry");
    let Ok(done) = importer.import(&request) else { return };
    assert_eq!(done.files.len(), done.report.imported());
    assert_eq!(done.report.items.len(), done.report.imported() + done.report.skipped());
    assert!(
        done.report.items.windows(2).all(|pair| pair[0].origin < pair[1].origin),
        "rows are told in their order, once"
    );
    assert!(!done.report.render().is_empty());
    let files: Vec<_> = done.files.iter().map(|file| (format!("{}.md", file.id), file.text.clone())).collect();
    let again = Read::of(&files);
    let errors = again.problems.report(&Severities::default(), &again.sources).into_iter().filter(|problem| {
        // The table's own terms are for the handbook to add.
        problem.severity == Severity::Error && problem.rule != Rule::UnknownTerm
    });
    let errors: Vec<_> =
        errors.map(|problem| (problem.message, again.sources.get(problem.span.source).text.clone())).collect();
    assert!(errors.is_empty(), "{errors:?}");
}

/// Any question has an answer: entries of the handbook, each once, the best first.
pub fn query(data: &[u8]) {
    static INDEX: LazyLock<Index> = LazyLock::new(|| {
        let texts = [("prompts/b.md", PROMPT), ("context/c.md", MODULE), ("d.md", PAGE)];
        let read = Read::of(&texts.map(|(path, text)| (path.to_owned(), text.to_owned())));
        Index::new(&Handbook::new(read.catalog, Reading { audience: Audience(1), drafts: true }))
    });
    let answer = INDEX.search(&text(data));
    assert!(answer.hits.windows(2).all(|pair| pair[0].score >= pair[1].score), "{answer:?}");
    let mut seen: Vec<_> = answer.hits.iter().map(|hit| hit.entry).collect();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), answer.hits.len(), "{answer:?}");
}

/// What is tried on some bytes; panics where it does not hold.
pub type Promise = fn(&[u8]);

/// Every promise with the name of its target.
pub const ALL: [(&str, Promise); 6] = [
    ("front_matter", front_matter),
    ("template", template),
    ("markdown", markdown),
    ("picture", picture),
    ("csv", csv),
    ("query", query),
];

const PROMPT: &str = "+++\ntitle = \"Launch mail\"\nsummary = \"A mail for a launch\"\ncontext = [\"c\"]\ntags = [\"mail\"]\n\n\
    [[variables]]\nname = \"topic\"\n+++\n\n```prompt\nWrite of {{topic}} in C++ and ünïcode, 中文 and ไทย.\n```\n";
const MODULE: &str = "+++\ntitle = \"Our voice\"\n+++\n\nPlain words, short sentences, no jargon.\n";
const PAGE: &str = "+++\ntitle = \"How to say no\"\n+++\n\nSay it early, and say why. مرحبا שלום\n";

/// A handbook in memory, read and checked.
struct Read {
    catalog: Catalog,
    sources: Sources,
    problems: Problems,
}

impl Read {
    fn of(texts: &[(String, String)]) -> Self {
        let mut sources = Sources::default();
        let mut problems = Problems::default();
        let config = sources.add("handbook.toml", "title = \"Fuzz\"\n\n[facets]\nroles = [\"lead\"]\n");
        let entries = texts.iter().map(|(path, text)| EntryFile {
            path: path.clone(),
            source: sources.add(format!("content/{path}"), text.as_str()),
            intact: true,
        });
        let entries = entries.collect();
        let files = Files { root: ".".into(), sources, config, entries, assets: Vec::new() };
        let config = Arc::new(Config::read(&files.config, &mut problems));
        let entries = content::read(&files, &config, &mut problems);
        let catalog = Catalog::new(config, entries, Vec::new());
        let today = "2026-11-20".parse().expect("a day");
        let reserved = site::reserved(&catalog.config);
        check::check(&Scope { catalog: &catalog, reserved: &reserved, today }, &mut problems);
        Self { catalog, sources: files.sources, problems }
    }
}

/// Every place of a problem is a piece of its source.
fn expect_places(problem: &Diagnostic, sources: &Sources) {
    let fix = problem.fix.iter().map(|fix| fix.span);
    for span in [problem.span].into_iter().chain(problem.places.iter().map(|label| label.span)).chain(fix) {
        let text = sources.get(span.source).text.as_str();
        assert!(text.get(span.range()).is_some(), "{span:?} of {}: {}", text.len(), problem.message);
    }
}

/// The bytes as the reader of files hands them on.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
