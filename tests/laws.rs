//! The laws of the architecture, read off the source: which floor may use which, which outside crate belongs
//! where, and who may touch the world.

mod circles;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use regex::Regex;

use crate::harness::repository;
use crate::laws::circles::Text;

/// Every outside crate with the only places that may name it.
const CRATES: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["diagnostics/printers/terminal.rs"]),
    ("anstream", &["cli/"]),
    ("anstyle", &["cli/"]),
    ("axum", &["serve/"]),
    ("blake3", &["text/digest.rs", "markdown/highlight.rs"]),
    (
        "camino",
        &["cli/", "diagnostics/", "files/", "history/", "publish/", "serve/preview.rs", "text/source.rs", "workspace/"],
    ),
    ("clap", &["cli/"]),
    ("csv", &["import/formats/"]),
    ("elasticlunr", &["search/ranking.rs"]),
    ("foldhash", &["check/rules/out_of_proportion.rs", "markdown/highlight.rs", "search/postings.rs"]),
    ("granit_parser", &["fields/yaml/"]),
    ("hyper", &["serve/"]),
    ("hyper_util", &["serve/"]),
    ("include_dir", &["theme/built_in.rs"]),
    ("indexmap", &["fields/tree.rs", "search/postings.rs"]),
    ("indicatif", &["cli/"]),
    // Anywhere: a day is a value of content, from the field to the page.
    ("jiff", &[""]),
    ("memchr", &["fields/lookalike.rs", "fields/split.rs", "files/text_file.rs", "markdown/stream.rs"]),
    ("mimalloc", &["main.rs"]),
    ("mime_guess", &["site/headers.rs"]),
    ("onig_sys", &["markdown/steps.rs"]),
    ("percent_encoding", &["markdown/destination.rs", "site/address.rs", "serve/", "files/picture/"]),
    ("pulldown_cmark", &["markdown/"]),
    ("pulldown_cmark_escape", &["text/html.rs"]),
    // Where there is as much work as there are entries or files.
    (
        "rayon",
        &[
            "check/mod.rs",
            "content/kept.rs",
            "diagnostics/printers/terminal.rs",
            "files/",
            "handbook/",
            "publish/",
            "search/postings.rs",
            "site/",
            "workspace/",
        ],
    ),
    ("roxmltree", &["files/picture.rs", "files/picture/"]),
    ("rustix", &["publish/", "files/", "history/"]),
    ("serde", &["diagnostics/printers/json.rs", "site/", "theme/"]),
    ("serde_json", &["cli/schema.rs", "diagnostics/printers/json.rs", "schema/json_schema.rs", "site/"]),
    ("slug", &["text/slug.rs"]),
    ("strsim", &["search/corrections.rs"]),
    ("syntect", &["markdown/highlight.rs", "markdown/highlight/"]),
    ("tempfile", &["history/", "publish/fixture.rs"]),
    ("tera", &["theme/"]),
    // Failures of the world, and of what was said on the command line.
    ("thiserror", &["cli/", "files/", "handbook/find.rs", "history/", "import/", "publish/", "serve/"]),
    ("tokio", &["serve/"]),
    ("toml", &["fields/toml/"]),
    ("two_face", &["markdown/highlight/grammars.rs"]),
    (
        "unicode_normalization",
        &["content/id.rs", "handbook/wrapper.rs", "import/folded.rs", "search/tokenizer.rs", "text/"],
    ),
    ("walkdir", &["files/"]),
];

/// What reaches the world, and the only places that may.
const WORLD: &[&str] = &[
    "std::fs",
    "std::net",
    "std::process",
    "std::env",
    "std::time::Instant",
    "std::time::SystemTime",
    "Timestamp::now",
    "Zoned::now",
    "File::open",
    "fs::",
    "Instant::now",
    "SystemTime::now",
    // What a path can be asked without a name of `std::fs`.
    ".canonicalize",
    ".exists()",
    ".is_dir()",
    ".is_file()",
    ".is_symlink()",
    ".metadata()",
    ".read_dir",
    ".read_link",
    ".symlink_metadata()",
    ".try_exists()",
    "Path::exists",
    "Path::is_dir",
    "Path::is_file",
];
/// Modules of `std` that reach the world, however they are brought in: `use std::{fs, io}`.
const WORLDLY: &[&str] = &["fs", "net", "process", "env"];
const EDGES: &[&str] = &["files/", "history/", "workspace/stages.rs", "publish/", "serve/", "cli/", "main.rs"];

/// A file of `src/` with its text, without its unit tests and comments.
struct File {
    path: String,
    code: String,
}

fn sources() -> Vec<File> {
    let root = repository().join("src");
    let files = walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().map(|entry| entry.expect("a listed file"));
    let rust = files.filter(|entry| entry.path().extension().is_some_and(|ending| ending == "rs"));
    rust.map(|entry| File { path: relative(entry.path(), &root), code: code(entry.path()) }).collect()
}

fn relative(path: &Path, root: &Path) -> String {
    path.strip_prefix(root).expect("below src").to_string_lossy().replace('\\', "/")
}

fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a readable source");
    without_tests(&text).lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The text before a module of tests with a body, which reaches to the end of a file. A test's item elsewhere stays: after
/// it comes code.
fn without_tests(text: &str) -> &str {
    let marks = ["\n#[cfg(test)]\nmod tests {", "\n#[cfg(all(test, unix))]\nmod tests {"];
    let start = marks.iter().filter_map(|mark| text.find(mark)).min().unwrap_or(text.len());
    let after = text[start..].split_once('{').map_or("", |(_, body)| body);
    let end = after.find("\n}\n").map_or("", |end| after[end + 2..].trim());
    assert!(end.is_empty(), "code after the tests: {end}");
    &text[..start]
}

/// The names in the braces of each `use root::{…}`, with those in braces of their own.
fn names_used(code: &str, root: &str) -> Vec<String> {
    let start = format!("use {root}::{{");
    let groups = code.split(&start).skip(1);
    let words = groups.flat_map(|group| {
        let group = group.split(';').next().unwrap_or_default();
        group.split(|c: char| !c.is_alphanumeric() && c != '_')
    });
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The floors, lowest first, as `lib.rs` lists them.
fn floors() -> Vec<String> {
    let lib = code(&repository().join("src/lib.rs"));
    lib.lines().filter_map(|line| line.trim().strip_prefix("pub mod ")?.strip_suffix(';')).map(str::to_owned).collect()
}

/// Does something with every file of the source, as it was written.
fn with_texts<T>(work: impl FnOnce(&[Text<'_>]) -> T) -> T {
    let root = repository().join("src");
    let paths: Vec<String> = sources().into_iter().map(|file| file.path).collect();
    let texts: Vec<_> =
        paths.iter().map(|path| fs::read_to_string(root.join(path)).expect("a readable source")).collect();
    let files: Vec<_> = paths.iter().zip(&texts).map(|(path, text)| Text { path, text }).collect();
    work(&files)
}

#[test]
fn a_floor_uses_only_floors_below_it() {
    let floors = floors();
    assert!(floors.len() > 8, "{floors:?}");
    let floor_of = |path: &str| path.split_once('/').map(|(floor, _)| floor.to_owned());
    let height =
        |floor: &String| floors.iter().position(|of| of == floor).unwrap_or_else(|| panic!("{floor} is no floor"));
    let mut broken = Vec::new();
    for (file, used) in with_texts(circles::uses) {
        let Some(own) = floor_of(&file) else { continue };
        for used in used.iter().filter(|used| floor_of(used).is_some_and(|floor| height(&floor) > height(&own))) {
            broken.push(format!("{file} uses {used}, which is above {own}"));
        }
    }
    // What is brought in and not used by name, and so a module as such.
    for file in sources() {
        let Some(own) = floor_of(&file.path) else { continue };
        for above in &floors[height(&own) + 1..] {
            if file.code.contains(&format!("crate::{above}")) || names_used(&file.code, "crate").contains(above) {
                broken.push(format!("{} uses {above}, which is above {own}", file.path));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// Circles of files that are one idea, each with that idea: all that lies in a folder, where one is named, and so a file
/// that is added there.
const CIRCLES: &[(&[&str], &str)] = &[
    (
        &[
            "content/common.rs",
            "content/context_use.rs",
            "content/entry.rs",
            "content/kind.rs",
            "content/kinds/",
            "content/reference.rs",
        ],
        "honest recursion of entries and kinds: an entry holds the fields of its kind, which look at the entry when they \
         are checked, and which refer to entries of other kinds",
    ),
    (
        &["fields/reader.rs", "fields/record.rs", "fields/value.rs"],
        "honest recursion of reading: a record reads values, of which some are records",
    ),
    (
        &["fields/shape.rs", "fields/spec.rs"],
        "honest recursion of declarations: a field has a shape, and a table has fields",
    ),
];

#[test]
fn no_file_leads_back_to_itself_except_inside_one_idea() {
    let uses = with_texts(circles::uses);
    let found = circles::circles(&uses);
    let is_it = |circle: &BTreeSet<String>, listed: &[&str]| {
        let is_of = |file: &String, place: &str| file == place || place.ends_with('/') && file.starts_with(place);
        circle.iter().all(|file| listed.iter().any(|place| is_of(file, place)))
            && listed.iter().all(|place| circle.iter().any(|file| is_of(file, place)))
    };
    let mut broken: Vec<String> = Vec::new();
    for circle in found.iter().filter(|circle| !CIRCLES.iter().any(|(listed, _)| is_it(circle, listed))) {
        broken.push(format!("a circle of {} files that is not listed:", circle.len()));
        for file in circle {
            let ways: Vec<_> = uses[file].intersection(circle).map(String::as_str).collect();
            broken.push(format!("    {file} leads to {}", ways.join(", ")));
        }
    }
    let gone = CIRCLES.iter().filter(|(listed, _)| !found.iter().any(|circle| is_it(circle, listed)));
    broken.extend(gone.map(|(listed, _)| format!("is listed and no circle, or not this one any more: {listed:?}")));
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn outside_crates_are_named_only_where_they_belong() {
    let outside = with_texts(circles::outside);
    let mut broken = Vec::new();
    for (file, named) in &outside {
        for (name, places) in CRATES.iter().filter(|(name, _)| named.contains(*name)) {
            if !places.iter().any(|place| file.starts_with(place)) {
                broken.push(format!("{file} names {name}, which belongs into {places:?}"));
            }
        }
    }
    for (name, places) in CRATES {
        let is_named =
            |place: &str| outside.iter().any(|(file, named)| file.starts_with(place) && named.contains(*name));
        broken.extend(
            places.iter().filter(|place| !is_named(place)).map(|place| format!("{place} does not name {name}")),
        );
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_outside_crate_has_its_places() {
    let manifest = fs::read_to_string(repository().join("Cargo.toml")).expect("the manifest");
    let manifest: toml::Table = manifest.parse().expect("a manifest in TOML");
    let dependencies = manifest["dependencies"].as_table().expect("a table of crates");
    // A crate is named as its package, but for one.
    let named = dependencies.keys().map(|name| name.trim_end_matches("-rs").replace('-', "_"));
    assert_eq!(named.collect::<BTreeSet<_>>(), CRATES.iter().map(|(name, _)| (*name).to_owned()).collect());
}

#[test]
fn the_world_is_touched_only_at_the_edges() {
    let mut broken = Vec::new();
    for file in sources().into_iter().filter(|file| !EDGES.iter().any(|edge| file.path.starts_with(edge))) {
        for word in WORLD.iter().filter(|word| file.code.contains(**word)) {
            broken.push(format!("{} has {word}", file.path));
        }
        for name in names_used(&file.code, "std").iter().filter(|name| WORLDLY.contains(&name.as_str())) {
            broken.push(format!("{} uses std::{{{name}}}", file.path));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_floor_says_what_it_takes_and_gives() {
    for floor in floors() {
        let path = repository().join("src").join(&floor).join("mod.rs");
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{floor}: {error}"));
        let doc: Vec<&str> = text.lines().take_while(|line| line.starts_with("//!")).collect();
        assert!(doc.len() >= 4, "{floor}/mod.rs opens with {} lines of doc", doc.len());
        let text = doc.join("\n").to_lowercase();
        for (what, words) in
            [("takes", &["takes"][..]), ("gives", &["gives"]), ("never does", &["never", "knows nothing"])]
        {
            assert!(words.iter().any(|word| text.contains(word)), "{floor}/mod.rs does not say what it {what}");
        }
    }
}

/// Walks over a map without an order whose order nobody sees, by file and name, each with the reason.
const WALKED: &[(&str, &str, &str)] = &[
    ("files/kept.rs", "texts", "the sources that it becomes are sorted by their numbers"),
    ("files/watch.rs", "looks", "a reading sorts what it finds"),
    ("handbook/listed.rs", "used", "each marks places of its own"),
    ("history/mod.rs", "changes", "it becomes a map again"),
    ("publish/present.rs", "entries", "it is counted, or the names that come of it are sorted"),
];

#[test]
fn a_map_without_an_order_is_asked_and_not_walked() {
    // Its order changes from run to run, and output must not. Loops are seen by the lint `iter_over_hash_type`, which
    // knows every type; what is walked in another way is found here by the name that a file gives to the map.
    let mut found = BTreeSet::new();
    for file in sources() {
        found.extend(maps_walked(&file.code).into_iter().map(|name| (file.path.clone(), name)));
    }
    let listed = WALKED.iter().map(|(file, name, _)| ((*file).to_owned(), (*name).to_owned()));
    assert_eq!(found, listed.collect(), "use a `BTreeMap`, or say in `WALKED` why nobody sees the order");
}

/// The names under which some code holds maps and sets without an order and walks over them.
fn maps_walked(code: &str) -> BTreeSet<String> {
    const MAP: &str = r"(?:std::collections::)?Hash(?:Map|Set)\b";
    const WALKS: &str = "iter|iter_mut|keys|values|values_mut|into_iter|into_keys|into_values|drain|extract_if|retain|\
                         union|difference|symmetric_difference|intersection";
    if !code.contains("HashMap") && !code.contains("HashSet") {
        return BTreeSet::new();
    }
    let declared = |start: &str| {
        let declared = Regex::new(&format!("{start}{MAP}")).expect("an expression");
        let names = declared.captures_iter(code).map(|name| name[1].to_owned());
        names.collect::<Vec<_>>()
    };
    let is_walked = |before: &str, name: &str| {
        Regex::new(&format!(r"{before}{name}\s*\.(?:{WALKS})\b")).expect("an expression").is_match(code)
    };
    let fields = declared(r"(?m)^    (?:pub(?:\([a-z: ]*\))? )?(\w+): ");
    let fields = fields.into_iter().filter(|name| is_walked(r"self\s*\.", name));
    // A variable has its type or its value behind it, and a parameter its type; on a line of its own, a reference.
    let own = [
        r"let (?:mut )?(\w+)(?:: [^=;]*)? = ",
        r"let (?:mut )?(\w+): ",
        r"[(,] ?(?:mut )?(\w+): &?(?:mut )?",
        r"(?m)^\s+(\w+): &(?:mut )?",
    ];
    let own = own.iter().flat_map(|start| declared(start)).filter(|name| is_walked(r"(?:^|[^.\w])", name));
    fields.chain(own).collect()
}

#[test]
fn a_walk_over_a_map_without_an_order_is_found() {
    let walked = |code: &str| maps_walked(code).into_iter().collect::<String>();
    assert_eq!(walked("let mut a = HashMap::new();\na\n    .iter()"), "a");
    assert_eq!(walked("let a: HashSet<u8> = b.collect();\na.into_iter()"), "a");
    assert_eq!(walked("fn f(a: &HashSet<u8>, b: &mut HashMap<u8, u8>) { (a.union(c), b.drain()) }"), "ab");
    assert_eq!(walked("struct S {\n    pub(super) a: HashMap<u8, u8>,\n}\nself.a.values()"), "a");
    assert_eq!(walked("let a = HashMap::from([b]);\na.get(&b); b.iter(); c.a.iter()"), "");
    assert_eq!(walked("let a: BTreeMap<u8, u8> = b;\na.iter()"), "");
}

#[test]
fn only_the_tests_at_the_end_of_a_file_are_left_out() {
    let text = "#[cfg(test)]\nmod fixture;\nuse std::{io, fs};\n\n#[cfg(test)]\nmod tests {\n    use std::net;\n}\n";
    assert_eq!(names_used(without_tests(text), "std"), ["io", "fs"]);
    assert!(!without_tests(text).contains("net"));
}

/// Folders with a file for each thing of a kind, where their registry is, and what it must have of each file.
const REGISTRIES: &[(&str, &str, &str)] = &[
    ("check/rules", "check/rules/mod.rs", "::check"),
    ("content/kinds", "content/kinds/mod.rs", "::"),
    ("diagnostics/printers", "diagnostics/printers/mod.rs", "::PRINTER"),
    ("import/formats", "import/formats/mod.rs", "::IMPORTER"),
];

/// The files of a folder of the source, without that which tells of the others.
fn files_in(folder: &str) -> BTreeSet<String> {
    let files = fs::read_dir(repository().join("src").join(folder)).expect("a folder of the source");
    let names = files.map(|file| file.expect("a listed file").file_name().to_string_lossy().into_owned());
    names.filter_map(|name| name.strip_suffix(".rs").map(str::to_owned)).filter(|name| name != "mod").collect()
}

#[test]
fn every_file_of_a_registry_is_in_it() {
    for (folder, registry, line) in REGISTRIES {
        let registry = code(&repository().join("src").join(registry));
        for name in files_in(folder) {
            assert!(registry.contains(&format!("{name}{line}")), "{folder}/{name}.rs is not in the registry");
        }
    }
}

#[test]
fn a_kind_is_two_files_and_a_template() {
    let kinds = files_in("content/kinds");
    assert_eq!(kinds, files_in("site/kinds"));
    for kind in kinds {
        let template = format!("themes/default/templates/{}.html", kind.replace('_', "-"));
        assert!(repository().join(&template).is_file(), "{template} is missing");
    }
}

#[test]
fn the_table_of_what_to_add_names_files_that_are_there() {
    let text = fs::read_to_string(repository().join("src/ARCHITECTURE.md")).expect("the crate's documentation");
    let (_, table) = text.split_once("# Where to add what").expect("the table");
    let paths = table.split('`').skip(1).step_by(2).filter(|name| name.contains('/') || *name == "README.md");
    let mut count = 0;
    for path in paths {
        // `<kind>` stands for a name, so its folder is what must be there.
        let known = path.split_once('<').map_or(path, |(folder, _)| folder);
        assert!(["src", ""].iter().any(|root| repository().join(root).join(known).exists()), "{path} is not there");
        count += 1;
    }
    assert!(count > 20, "{count}");
}

/// Places outside of a kind's own files that are about that kind alone, and so may name it. Everything else walks the
/// fields or asks the kind's `KindSpec`, so that it holds for a kind that is added.
const ABOUT_A_KIND: &[(&str, &[&str])] = &[
    // Of context modules: what they load, until when, and what their texts may hold.
    ("check/rules/expansion_limit.rs", &["ContextModule"]),
    ("check/rules/expired_context.rs", &["ContextModule"]),
    ("check/rules/imitated_context.rs", &["ContextModule"]),
    // What a slot offers, which is every module, and the names that get a page, which are those of people.
    ("check/rules/out_of_proportion.rs", &["ContextModule", "Person"]),
    // Names of people, who have pages without a profile too.
    ("check/rules/duplicate_address.rs", &["Person"]),
    ("check/rules/unknown_person.rs", &["Person"]),
    ("handbook/meant.rs", &["Person"]),
    ("handbook/people.rs", &["Person"]),
    ("site/home.rs", &["Page", "Person", "Win"]),
    ("site/listings.rs", &["Person"]),
    ("site/parts/entries.rs", &["Person"]),
    ("site/people.rs", &["Person"]),
    // The list that is named where a link should lead to all of them.
    ("check/rules/broken_link.rs", &["Prompt"]),
    // The folder that their references may drop.
    ("content/context_use.rs", &["ContextModule"]),
    // The examples of a prompt.
    ("check/rules/stale_example.rs", &["Prompt"]),
    // Lists of values in a context module, from which variables take their options.
    ("check/rules/unknown_options.rs", &["ContextModule"]),
    ("handbook/options.rs", &["ContextModule"]),
    ("schema/offers.rs", &["ContextModule"]),
    // A page is what lies in no folder of a kind.
    ("content/id.rs", &["Page"]),
    // What a name on the command line, or in a text, means.
    ("handbook/find.rs", &["ContextModule", "Prompt"]),
    ("handbook/listed.rs", &["ContextModule"]),
    // Files of the site that are made for one kind.
    ("site/collection_places.rs", &["Collection"]),
    ("site/context_data.rs", &["ContextModule"]),
    ("site/feeds.rs", &["Win"]),
    ("site/fill.rs", &["ContextModule"]),
];

#[test]
fn a_kind_is_named_only_where_it_alone_is_meant() {
    // The other enums of this name: parts of Markdown, and what stands in a folder.
    let own = ["content/kinds/", "site/kinds/", "markdown/twin/", "publish/present.rs"];
    let mut broken = Vec::new();
    for file in sources().into_iter().filter(|file| !own.iter().any(|place| file.path.starts_with(place))) {
        let allowed = ABOUT_A_KIND.iter().find(|(path, _)| *path == file.path).map_or(&[][..], |(_, kinds)| *kinds);
        let named = kinds_named(&file.code);
        broken.extend(
            named
                .iter()
                .filter(|kind| !allowed.contains(&kind.as_str()))
                .map(|kind| format!("{} names {kind}: ask the kind's `KindSpec`, or walk the fields", file.path)),
        );
        let unused = allowed.iter().filter(|kind| !named.contains(**kind));
        broken.extend(unused.map(|kind| format!("{} does not name {kind} any more", file.path)));
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// The variants of `Kind` and `Fields` in some code: of `Kind::ALL`, and of another enum such as `ErrorKind`, none.
fn kinds_named(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for start in ["Kind::", "Fields::"] {
        for (at, _) in code.match_indices(start) {
            let is_whole = !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            let name: String = code[at + start.len()..].chars().take_while(|c| c.is_alphanumeric()).collect();
            let is_variant = name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase);
            if is_whole && is_variant {
                found.insert(name);
            }
        }
    }
    found
}

#[test]
fn what_is_the_same_for_all_imports_knows_no_format() {
    let is_shared = |path: &str| path.starts_with("import/") && !path.starts_with("import/formats/");
    for file in sources().into_iter().filter(|file| is_shared(&file.path)) {
        for word in ["--map", "column", "csv"] {
            assert!(!file.code.contains(word), "{} speaks of `{word}`, which is for import/formats/", file.path);
        }
    }
}

#[test]
fn only_a_record_hands_out_the_key_of_a_field() {
    let makes = sources().into_iter().filter(|file| file.code.contains("FieldKey::declared"));
    assert_eq!(makes.map(|file| file.path).collect::<Vec<_>>(), ["fields/record.rs"]);
}

#[test]
fn unsafe_code_stands_in_one_place() {
    let places = sources().into_iter().filter(|file| names_a_word(&file.code, "unsafe"));
    assert_eq!(places.map(|file| file.path).collect::<Vec<_>>(), ["markdown/steps.rs"]);
}

/// Whether a word stands in the code by itself, outside texts.
fn names_a_word(code: &str, word: &str) -> bool {
    code.lines().any(|line| {
        line.match_indices(word).any(|(at, _)| {
            let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '"');
            let (before, after) = (line[..at].chars().next_back(), line[at + word.len()..].chars().next());
            !before.is_some_and(is_part) && !after.is_some_and(is_part)
        })
    })
}
